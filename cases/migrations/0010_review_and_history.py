"""Review, its history that nothing changes any more, unsaved text, the audit, scopes, schedules and word rules.

Cases are in their stage since they were last changed; the group 发布 is called 终审 from now on, and keeps its people.
"""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


OVERWRITTEN = "导入覆盖前的工作稿"


def fill(apps, schema_editor):
    case, revision = apps.get_model("cases", "Case"), apps.get_model("cases", "Revision")
    case.objects.update(stage_since=models.F("updated_at"))
    revision.objects.filter(note=OVERWRITTEN).update(occasion="overwritten")
    group = apps.get_model("auth", "Group")
    if not group.objects.filter(name="终审").exists():
        group.objects.filter(name="发布").update(name="终审")


def nothing(apps, schema_editor):
    """What was filled goes with its columns; the group keeps its new name, which its people know."""


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0009_indexes_of_metrics'),
    ]

    operations = [
        migrations.CreateModel(
            name='AuditEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(db_index=True, verbose_name='时间')),
                ('actor', models.BigIntegerField(null=True)),
                ('actor_name', models.CharField(blank=True, max_length=150, verbose_name='操作人')),
                ('role', models.CharField(blank=True, max_length=60, verbose_name='角色')),
                ('address', models.GenericIPAddressField(null=True, verbose_name='来源地址')),
                ('way', models.CharField(choices=[('admin', '后台'), ('command', '命令'), ('timer', '定时'), ('login', '登录'), ('public', '公开页面')], max_length=10, verbose_name='途径')),
                ('action', models.CharField(max_length=40, verbose_name='动作')),
                ('kind', models.CharField(blank=True, max_length=40, verbose_name='对象类型')),
                ('key', models.CharField(blank=True, max_length=80, verbose_name='对象编号')),
                ('title', models.CharField(blank=True, max_length=300, verbose_name='对象')),
                ('case', models.BigIntegerField(null=True)),
                ('before', models.JSONField(null=True, verbose_name='原来')),
                ('after', models.JSONField(null=True, verbose_name='现在')),
                ('outcome', models.CharField(choices=[('done', '完成'), ('refused', '被拒绝'), ('failed', '失败')], default='done', max_length=10, verbose_name='结果')),
                ('note', models.CharField(blank=True, max_length=500, verbose_name='说明')),
            ],
            options={
                'verbose_name': '操作记录',
                'verbose_name_plural': '操作记录',
                'ordering': ['-pk'],
                'permissions': [('export_audit', '导出操作记录')],
                'default_permissions': ('view',),
            },
        ),
        migrations.CreateModel(
            name='DeadLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('address', models.CharField(max_length=500, unique=True, verbose_name='链接')),
                ('checked_at', models.DateTimeField(verbose_name='检查时间')),
                ('status', models.PositiveIntegerField(default=0, verbose_name='状态码')),
                ('fails', models.PositiveIntegerField(default=1, verbose_name='连续失败次数')),
            ],
            options={
                'verbose_name': '失效链接',
                'verbose_name_plural': '失效链接',
            },
        ),
        migrations.CreateModel(
            name='DraftSave',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField()),
                ('content', models.JSONField()),
                ('at', models.DateTimeField()),
            ],
            options={
                'verbose_name': '保存前的内容',
                'verbose_name_plural': '保存前的内容',
            },
        ),
        migrations.CreateModel(
            name='PreviewLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('note', models.CharField(blank=True, max_length=100, verbose_name='给谁看')),
                ('made_at', models.DateTimeField(verbose_name='建立时间')),
                ('expires_at', models.DateTimeField(verbose_name='到期时间')),
                ('revoked_at', models.DateTimeField(null=True, verbose_name='撤销时间')),
                ('opened', models.PositiveIntegerField(default=0, verbose_name='打开次数')),
                ('last_opened_at', models.DateTimeField(null=True, verbose_name='最近打开')),
            ],
            options={
                'verbose_name': '预览链接',
                'verbose_name_plural': '预览链接',
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='PublishedVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('released_at', models.DateTimeField(verbose_name='发布时间')),
                ('note', models.CharField(blank=True, max_length=500, verbose_name='修改说明')),
                ('is_minor', models.BooleanField(default=False)),
                ('body', models.JSONField(null=True)),
            ],
            options={
                'verbose_name': '历次发布',
                'verbose_name_plural': '历次发布',
                'ordering': ['number'],
            },
        ),
        migrations.CreateModel(
            name='Review',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('round', models.PositiveIntegerField(default=0)),
                ('step', models.CharField(choices=[('submitted', '提交审核'), ('taken_back', '收回'), ('approved', '审核通过'), ('returned', '退回'), ('published', '发布'), ('forced', '强制发布'), ('withdrawn', '撤下'), ('archived', '归档'), ('restored', '恢复'), ('copied', '复制为新案例'), ('scheduled', '定时'), ('unscheduled', '取消定时')], max_length=20, verbose_name='步骤')),
                ('stage', models.CharField(choices=[('draft', '草稿'), ('first_review', '待初审'), ('second_review', '待复审'), ('final_review', '待终审'), ('approved', '待发布'), ('returned', '已退回'), ('archived', '已归档')], max_length=20, verbose_name='原阶段')),
                ('opinion', models.TextField(blank=True, verbose_name='意见')),
                ('reasons', models.JSONField(default=list, verbose_name='退回原因')),
                ('way', models.CharField(choices=[('admin', '后台'), ('command', '命令'), ('timer', '定时'), ('import', '导入')], default='admin', max_length=10, verbose_name='途径')),
                ('at', models.DateTimeField(verbose_name='时间')),
            ],
            options={
                'verbose_name': '审核记录',
                'verbose_name_plural': '审核记录',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='ReviewComment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('round', models.PositiveIntegerField(default=0)),
                ('path', models.CharField(max_length=120)),
                ('quote', models.CharField(blank=True, max_length=300, verbose_name='原文')),
                ('text', models.TextField(verbose_name='批注')),
                ('at', models.DateTimeField(verbose_name='时间')),
                ('closed_at', models.DateTimeField(null=True)),
            ],
            options={
                'verbose_name': '批注',
                'verbose_name_plural': '批注',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Schedule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('published', '已发布'), ('withdrawn', '已撤下')], max_length=10, verbose_name='动作')),
                ('at', models.DateTimeField(verbose_name='时间')),
                ('reason', models.CharField(blank=True, max_length=500, verbose_name='原因')),
                ('made_at', models.DateTimeField(verbose_name='设定时间')),
                ('done_at', models.DateTimeField(null=True, verbose_name='完成时间')),
                ('cancelled_at', models.DateTimeField(null=True, verbose_name='取消时间')),
                ('tries', models.PositiveIntegerField(default=0)),
                ('trouble', models.CharField(blank=True, max_length=500, verbose_name='未能完成的原因')),
            ],
            options={
                'verbose_name': '定时',
                'verbose_name_plural': '定时',
                'ordering': ['at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='UnsavedText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token', models.CharField(max_length=32, unique=True)),
                ('base_version', models.PositiveIntegerField(default=0)),
                ('typed', models.JSONField(null=True)),
                ('step', models.PositiveIntegerField(default=0)),
                ('opened_at', models.DateTimeField()),
                ('seen_at', models.DateTimeField()),
                ('typed_at', models.DateTimeField(null=True)),
                ('is_closed', models.BooleanField(default=False)),
            ],
            options={
                'verbose_name': '未保存的文字',
                'verbose_name_plural': '未保存的文字',
            },
        ),
        migrations.CreateModel(
            name='WordRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('level', models.CharField(choices=[('forbidden', '禁止'), ('replace', '替换'), ('hint', '提示')], max_length=10, verbose_name='级别')),
                ('words', models.CharField(max_length=100, unique=True, verbose_name='词语')),
                ('replacement', models.CharField(blank=True, max_length=100, verbose_name='替换为')),
                ('allowed', models.JSONField(blank=True, default=list, help_text='含有这个词但允许出现的写法，每行一个。', verbose_name='例外')),
                ('note', models.CharField(blank=True, help_text='编辑会看到，写明理由或依据。', max_length=200, verbose_name='说明')),
                ('is_active', models.BooleanField(default=True, verbose_name='启用')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='修改时间')),
            ],
            options={
                'verbose_name': '用词规则',
                'verbose_name_plural': '用词规则',
                'ordering': ['level', 'words'],
            },
        ),
        migrations.AlterModelOptions(
            name='case',
            options={'ordering': ['-updated_at', '-pk'], 'permissions': [('first_review', '初审'), ('second_review', '复审'), ('final_review', '终审'), ('publish', '发布和撤下案例'), ('force_publish', '强制发布')], 'verbose_name': '案例', 'verbose_name_plural': '案例'},
        ),
        migrations.AddField(
            model_name='case',
            name='round',
            field=models.PositiveIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name='case',
            name='stage_since',
            field=models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='进入阶段的时间'),
        ),
        migrations.AddField(
            model_name='case',
            name='submitted_by',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='case',
            name='submitted_revision',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.revision'),
        ),
        migrations.AddField(
            model_name='case',
            name='writers',
            field=models.ManyToManyField(editable=False, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='publication',
            name='forced_reason',
            field=models.CharField(blank=True, max_length=500, verbose_name='强制发布的原因'),
        ),
        migrations.AddField(
            model_name='publication',
            name='is_forced',
            field=models.BooleanField(default=False, verbose_name='强制发布'),
        ),
        migrations.AddField(
            model_name='revision',
            name='date_reason',
            field=models.CharField(blank=True, max_length=500, verbose_name='更改原文发布时间的原因'),
        ),
        migrations.AddField(
            model_name='revision',
            name='is_minor',
            field=models.BooleanField(default=False, verbose_name='细微修改'),
        ),
        migrations.AddField(
            model_name='revision',
            name='occasion',
            field=models.CharField(choices=[('submitted', '提交审核'), ('published', '发布'), ('overwritten', '被导入覆盖之前')], default='published', max_length=20, verbose_name='缘由'),
        ),
        migrations.AddField(
            model_name='user',
            name='departments',
            field=models.ManyToManyField(blank=True, help_text='只能看到这些部门的案例；留空表示不限部门。', related_name='+', to='cases.department', verbose_name='负责的部门'),
        ),
        migrations.AddField(
            model_name='user',
            name='regions',
            field=models.ManyToManyField(blank=True, help_text='只能看到这些地区（含下级）的案例；留空表示不限地区。', related_name='+', to='cases.region', verbose_name='负责的地区'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(fields=['stage', 'stage_since', 'id'], name='case_waiting'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(fields=['created_by', '-updated_at'], name='case_of_editor'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('stage__in', ('first_review', 'second_review', 'final_review', 'approved')), _negated=True), ('submitted_revision__isnull', False), _connector='OR'), name='case_under_review_has_revision'),
        ),
        migrations.AddConstraint(
            model_name='publication',
            constraint=models.CheckConstraint(condition=models.Q(('is_forced', False), models.Q(('kind', 'published'), models.Q(('forced_reason', ''), _negated=True)), _connector='OR'), name='publication_forced_with_reason'),
        ),
        migrations.AddConstraint(
            model_name='revision',
            constraint=models.CheckConstraint(condition=models.Q(('occasion__in', ['submitted', 'published', 'overwritten'])), name='revision_occasion_known'),
        ),
        migrations.AddConstraint(
            model_name='revision',
            constraint=models.CheckConstraint(condition=models.Q(('is_minor', False), ('note', ''), _connector='OR'), name='revision_minor_without_note'),
        ),
        migrations.AddIndex(
            model_name='auditentry',
            index=models.Index(fields=['case', '-id'], name='audit_of_case'),
        ),
        migrations.AddIndex(
            model_name='auditentry',
            index=models.Index(fields=['actor', '-id'], name='audit_of_actor'),
        ),
        migrations.AddIndex(
            model_name='auditentry',
            index=models.Index(fields=['action', '-id'], name='audit_of_action'),
        ),
        migrations.AddConstraint(
            model_name='auditentry',
            constraint=models.CheckConstraint(condition=models.Q(('way__in', ['admin', 'command', 'timer', 'login', 'public'])), name='audit_way_known'),
        ),
        migrations.AddConstraint(
            model_name='auditentry',
            constraint=models.CheckConstraint(condition=models.Q(('outcome__in', ['done', 'refused', 'failed'])), name='audit_outcome_known'),
        ),
        migrations.AddField(
            model_name='draftsave',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='draftsave',
            name='case',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='saves', to='cases.case'),
        ),
        migrations.AddField(
            model_name='previewlink',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='previewlink',
            name='case',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='preview_links', to='cases.case'),
        ),
        migrations.AddField(
            model_name='previewlink',
            name='revision',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.revision'),
        ),
        migrations.AddField(
            model_name='previewlink',
            name='revoked_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='publishedversion',
            name='case',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='versions', to='cases.publishedcase'),
        ),
        migrations.AddField(
            model_name='review',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='操作人'),
        ),
        migrations.AddField(
            model_name='review',
            name='case',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reviews', to='cases.case', verbose_name='案例'),
        ),
        migrations.AddField(
            model_name='review',
            name='revision',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.revision', verbose_name='版本'),
        ),
        migrations.AddField(
            model_name='reviewcomment',
            name='answers',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='replies', to='cases.reviewcomment'),
        ),
        migrations.AddField(
            model_name='reviewcomment',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='reviewcomment',
            name='case',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='comments', to='cases.case'),
        ),
        migrations.AddField(
            model_name='reviewcomment',
            name='closed_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='reviewcomment',
            name='revision',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.revision'),
        ),
        migrations.AddField(
            model_name='schedule',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='设定人'),
        ),
        migrations.AddField(
            model_name='schedule',
            name='cancelled_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='schedule',
            name='case',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='schedules', to='cases.case', verbose_name='案例'),
        ),
        migrations.AddField(
            model_name='schedule',
            name='redirect_to',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case'),
        ),
        migrations.AddField(
            model_name='schedule',
            name='revision',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.revision'),
        ),
        migrations.AddField(
            model_name='unsavedtext',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='unsavedtext',
            name='case',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='unsaved', to='cases.case'),
        ),
        migrations.AddField(
            model_name='wordrule',
            name='updated_by',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='draftsave',
            constraint=models.UniqueConstraint(fields=('case', 'version'), name='draft_save_once_a_version'),
        ),
        migrations.AddConstraint(
            model_name='publishedversion',
            constraint=models.UniqueConstraint(fields=('case', 'number'), name='published_version_once_a_case'),
        ),
        migrations.AddIndex(
            model_name='review',
            index=models.Index(fields=['case', '-id'], name='review_last_of_case'),
        ),
        migrations.AddConstraint(
            model_name='review',
            constraint=models.CheckConstraint(condition=models.Q(('step__in', ['submitted', 'taken_back', 'approved', 'returned', 'published', 'forced', 'withdrawn', 'archived', 'restored', 'copied', 'scheduled', 'unscheduled'])), name='review_step_known'),
        ),
        migrations.AddConstraint(
            model_name='review',
            constraint=models.CheckConstraint(condition=models.Q(('way__in', ['admin', 'command', 'timer', 'import'])), name='review_way_known'),
        ),
        migrations.AddConstraint(
            model_name='review',
            constraint=models.UniqueConstraint(condition=models.Q(('step', 'approved')), fields=('case', 'round', 'stage'), name='review_stage_approved_once_a_round'),
        ),
        migrations.AddIndex(
            model_name='reviewcomment',
            index=models.Index(fields=['case', 'closed_at'], name='comment_open_of_case'),
        ),
        migrations.AddConstraint(
            model_name='reviewcomment',
            constraint=models.CheckConstraint(condition=models.Q(('answers__isnull', True), models.Q(('closed_at__isnull', True), ('closed_by__isnull', True)), _connector='OR'), name='comment_closed_as_a_whole'),
        ),
        migrations.AddIndex(
            model_name='schedule',
            index=models.Index(condition=models.Q(('cancelled_at__isnull', True), ('done_at__isnull', True)), fields=['at'], name='schedule_open'),
        ),
        migrations.AddConstraint(
            model_name='schedule',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['published', 'withdrawn'])), name='schedule_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='schedule',
            constraint=models.UniqueConstraint(condition=models.Q(('cancelled_at__isnull', True), ('done_at__isnull', True)), fields=('case', 'kind'), name='schedule_one_of_a_kind'),
        ),
        migrations.AddConstraint(
            model_name='schedule',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'published'), ('revision__isnull', False)), models.Q(('kind', 'withdrawn'), models.Q(models.Q(('reason', ''), _negated=True), ('redirect_to__isnull', False), _connector='OR')), _connector='OR'), name='schedule_says_what'),
        ),
        migrations.AddIndex(
            model_name='unsavedtext',
            index=models.Index(fields=['case', 'seen_at'], name='unsaved_seen'),
        ),
        migrations.AddIndex(
            model_name='unsavedtext',
            index=models.Index(fields=['by', '-seen_at'], name='unsaved_of_person'),
        ),
        migrations.AddConstraint(
            model_name='unsavedtext',
            constraint=models.UniqueConstraint(condition=models.Q(('case__isnull', False), ('is_closed', False)), fields=('case', 'by'), name='unsaved_one_a_person'),
        ),
        migrations.AddConstraint(
            model_name='wordrule',
            constraint=models.CheckConstraint(condition=models.Q(('level__in', ['forbidden', 'replace', 'hint'])), name='word_rule_level_known'),
        ),
        migrations.AddConstraint(
            model_name='wordrule',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('level', 'replace'), _negated=True), models.Q(('replacement', ''), _negated=True), _connector='OR'), name='word_rule_says_what_instead'),
        ),
        migrations.RunPython(fill, nothing),
    ]
