"""The working copy of a case: what the admin form edits and readers never see."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from cases.content import DECIMAL_PLACES, LIMITS
from cases.models.fields import MomentField, one_of
from cases.models.people import scope_of
from cases.models.vocabulary import Department, Region, Theme


class CaseStage(models.TextChoices):
    """The state of the working copy; what readers see is the last Publication."""

    DRAFT = "draft", _("草稿")
    FIRST_REVIEW = "first_review", _("待初审")
    SECOND_REVIEW = "second_review", _("待复审")
    FINAL_REVIEW = "final_review", _("待终审")
    APPROVED = "approved", _("待发布")
    RETURNED = "returned", _("已退回")
    ARCHIVED = "archived", _("已归档")


# Under review the text stands still: what is approved is what was read.
FROZEN = (CaseStage.FIRST_REVIEW, CaseStage.SECOND_REVIEW, CaseStage.FINAL_REVIEW, CaseStage.APPROVED)


class PublicState(models.TextChoices):
    """What readers see of a case; never stored, read from its last Publication."""

    UNPUBLISHED = "", _("未公开")
    PUBLISHED = "published", _("已发布")
    WITHDRAWN = "withdrawn", _("已撤下")


class Origin(models.TextChoices):
    ORIGINAL = "original", _("原创")
    REPRINT = "reprint", _("转载")


class Qualifier(models.TextChoices):
    EXACT = "exact", _("正好")
    OVER = "over", _("超过")
    UNDER = "under", _("不超过")
    ABOUT = "about", _("约")


class Direction(models.TextChoices):
    LEVEL = "level", _("达到")
    UP = "up", _("上升")
    DOWN = "down", _("下降")


class MetricKind(models.TextChoices):
    AMOUNT = "amount", _("数量")
    SHARE = "share", _("占比")
    GROWTH = "growth", _("增长")
    REDUCTION = "reduction", _("压减")
    COMPLETION = "completion", _("目标完成度")
    SATISFACTION = "satisfaction", _("满意度")
    DURATION = "duration", _("时长")


class SourceText(models.Model):
    """An article as it was received; one article can give several cases."""

    name = models.CharField(_("文件名"), max_length=255, blank=True)
    sha256 = models.CharField(max_length=64, unique=True)  # of the bytes received, pictures of a page included
    text = models.TextField(_("文稿"))
    levels = models.JSONField(default=list, blank=True, editable=False)  # headings the file marks, as in Reading
    address = models.URLField(_("原文链接"), max_length=LIMITS["source_url"], blank=True, editable=False)
    notes = models.JSONField(default=list, blank=True, editable=False)  # [message, params] of what reading left out
    corrections = models.JSONField(default=dict, blank=True, editable=False)  # parsing's Corrections as JSON
    corrections_version = models.PositiveIntegerField(default=0, editable=False)  # raised at each, compared and set
    received_at = models.DateTimeField(_("收到时间"), auto_now_add=True)
    received_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, verbose_name=_("收稿人"))

    class Meta:
        verbose_name = verbose_name_plural = _("原始文稿")

    def __str__(self) -> str:
        return self.name or self.text.strip().split("\n", 1)[0][:60]


class SourcePicture(models.Model):
    """A picture an article came with, kept until drafts are made of it."""

    article = models.ForeignKey(SourceText, on_delete=models.CASCADE, related_name="pictures")
    file = models.CharField(_("图片"), max_length=LIMITS["file"])
    name = models.CharField(_("文件名"), max_length=LIMITS["name"], blank=True)
    alt = models.CharField(_("图片描述"), max_length=LIMITS["alt"], blank=True)
    place = models.PositiveIntegerField()  # stands before the character of this index of the text

    class Meta:
        verbose_name = verbose_name_plural = _("文稿图片")
        ordering = ["place", "pk"]

    def __str__(self) -> str:
        return self.name or self.file


class CaseQuerySet(models.QuerySet):
    def with_public_state(self):
        """Add `public_state` (a value of PublicState) and `live_digest`, that of what readers last saw; "" if none."""
        publication: Any = self.model._meta.get_field("publications").related_model
        last = publication.objects.filter(case=models.OuterRef("pk")).order_by("-pk")
        return self.annotate(
            public_state=Coalesce(models.Subquery(last.values("kind")[:1]), models.Value("")),
            live_digest=Coalesce(models.Subquery(last.values("revision__digest")[:1]), models.Value("")),
        )

    def with_unpublished_changes(self):
        """Public cases that were edited since; on a queryset `with_public_state`."""
        return self.filter(public_state=PublicState.PUBLISHED).exclude(live_digest=models.F("digest"))

    def public(self):
        """Those that readers see: that they are there is no secret."""
        return self.with_public_state().filter(public_state=PublicState.PUBLISHED)

    def visible_to(self, user: Any):
        """Those that a person may see at all: the one rule of sight, used by every page, file and action."""
        within = scope_of(user)
        return self if within is None else self.filter(within)


class Case(models.Model):
    """One experience, as it is being edited. Field names are those of `CaseContent`."""

    external_id = models.CharField(_("外部编号"), max_length=100, unique=True, null=True, blank=True, editable=False)
    title = models.CharField(_("标题"), max_length=LIMITS["title"])
    subtitle = models.CharField(_("副标题"), max_length=LIMITS["subtitle"], blank=True)
    published_at = MomentField(
        _("原文发布时间"), null=True, blank=True, help_text=_("写作 2023-12-18 或 2023-12-18 10:41；不清楚就留空。")
    )
    source_name = models.CharField(_("来源"), max_length=LIMITS["source_name"], blank=True)
    source_url = models.URLField(_("原文链接"), max_length=LIMITS["source_url"], blank=True)
    origin = models.CharField(_("原创或转载"), max_length=10, choices=Origin.choices, default=Origin.REPRINT)
    author = models.CharField(_("作者"), max_length=LIMITS["author"], blank=True)
    responsible_editor = models.CharField(_("责任编辑"), max_length=LIMITS["responsible_editor"], blank=True)
    region = models.ForeignKey(Region, verbose_name=_("行政区划"), on_delete=models.PROTECT, null=True, blank=True)
    department = models.ForeignKey(Department, verbose_name=_("部门"), on_delete=models.PROTECT, null=True, blank=True)
    organization = models.CharField(
        _("实施单位"), max_length=LIMITS["organization"], blank=True, help_text=_("单位全称，如“漯河市交通运输局”。")
    )
    themes = models.ManyToManyField(Theme, verbose_name=_("主题"), blank=True)
    tags = models.JSONField(_("标签"), default=list, blank=True)
    intro = models.TextField(_("导语"), blank=True)
    summary = models.TextField(_("摘要"), blank=True, help_text=_("编辑写的一两句话，用在列表里。"))
    closing = models.TextField(_("结语"), blank=True)
    policies = models.JSONField(_("政策文件"), default=list, blank=True)
    honours = models.JSONField(_("荣誉"), default=list, blank=True)

    stage = models.CharField(
        _("阶段"), max_length=20, choices=CaseStage.choices, default=CaseStage.DRAFT, editable=False
    )
    stage_since = models.DateTimeField(_("进入阶段的时间"), default=timezone.now, editable=False)
    round = models.PositiveIntegerField(default=0, editable=False)  # how often it was submitted
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", editable=False
    )
    submitted_revision = models.ForeignKey(  # what is under review, or approved
        "cases.Revision", on_delete=models.PROTECT, null=True, related_name="+", editable=False
    )
    writers = models.ManyToManyField(  # who changed the text since it was last approved: none of them reviews it
        settings.AUTH_USER_MODEL, related_name="+", editable=False
    )
    version = models.PositiveIntegerField(default=0, editable=False)  # raised at each save; changes compare and set it
    digest = models.CharField(max_length=64, editable=False)  # of the content at the last save
    sketch = models.BinaryField(default=b"")  # of the text at the last save: what is like it, editing.duplicates tells
    page = models.CharField(  # source_url in the one form in which pages are compared
        max_length=LIMITS["source_url"], blank=True, default="", db_index=True, editable=False
    )
    imported_digest = models.CharField(max_length=64, editable=False, blank=True)  # of the content as imported
    is_demo = models.BooleanField(_("示例"), default=False, editable=False)
    source_text = models.ForeignKey(
        SourceText, verbose_name=_("原始文稿"), on_delete=models.PROTECT, null=True, blank=True, editable=False
    )
    part_start = models.PositiveIntegerField(null=True, blank=True, editable=False)  # of several cases in one article
    created_at = models.DateTimeField(_("创建时间"), auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("创建人"), on_delete=models.PROTECT, related_name="+", editable=False
    )
    updated_at = models.DateTimeField(_("修改时间"), editable=False)
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("修改人"), on_delete=models.PROTECT, related_name="+", editable=False
    )

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("案例"), pgettext_lazy("several", "案例")
        ordering = ["-updated_at", "-pk"]
        permissions = [
            ("first_review", _("初审")),
            ("second_review", _("复审")),
            ("final_review", _("终审")),
            ("publish", _("发布和撤下案例")),
            ("force_publish", _("强制发布")),
        ]
        indexes = [
            models.Index(fields=["-updated_at", "-id"], name="case_newest_change"),
            models.Index(fields=["stage", "stage_since", "id"], name="case_waiting"),
            models.Index(fields=["created_by", "-updated_at"], name="case_of_editor"),
        ]
        constraints = [
            models.CheckConstraint(
                name="case_under_review_has_revision",
                condition=~models.Q(stage__in=FROZEN) | models.Q(submitted_revision__isnull=False),
            ),
            one_of("stage", CaseStage.values, name="case_stage_known"),
            one_of("origin", Origin.values, name="case_origin_known"),
        ]

    def __str__(self) -> str:
        return self.title

    def is_public(self) -> bool:
        """Whether readers see it now."""
        return self.publications.values_list("kind", flat=True).last() == PublicState.PUBLISHED

    def has_history(self) -> bool:
        """Whether anything happened to it that is never deleted."""
        return self.revisions.order_by().values("pk").union(self.reviews.order_by().values("pk")).exists()


class OrderedRow(models.Model):
    """A row among siblings. The order is renumbered from 0 whenever the case is saved; equal orders keep by pk."""

    order = models.PositiveIntegerField(_("次序"), default=0)

    class Meta:
        abstract = True
        ordering = ["order", "pk"]


class Initiative(OrderedRow):
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="initiatives")
    heading = models.CharField(_("举措名称"), max_length=LIMITS["heading"], blank=True)
    text = models.TextField(_("正文"), blank=True)

    class Meta(OrderedRow.Meta):
        verbose_name, verbose_name_plural = _("举措"), pgettext_lazy("several", "举措")

    def __str__(self) -> str:
        return self.heading or self.text[:30]


class Measure(OrderedRow):
    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="measures")
    heading = models.CharField(_("措施名称"), max_length=LIMITS["heading"], blank=True)
    text = models.TextField(_("正文"), blank=True)

    class Meta(OrderedRow.Meta):
        verbose_name = verbose_name_plural = _("具体措施")

    def __str__(self) -> str:
        return self.heading or self.text[:30]


class MetricFields(models.Model):
    """The columns of a metric, alike in draft and published rows."""

    label = models.CharField(pgettext_lazy("one", "指标"), max_length=LIMITS["label"], blank=True)
    value = models.DecimalField(
        _("现值"), max_digits=15 + DECIMAL_PLACES, decimal_places=DECIMAL_PLACES, null=True, blank=True
    )
    unit = models.CharField(_("单位"), max_length=LIMITS["unit"], blank=True)
    from_value = models.DecimalField(
        _("原值"), max_digits=15 + DECIMAL_PLACES, decimal_places=DECIMAL_PLACES, null=True, blank=True
    )
    qualifier = models.CharField(_("限定词"), max_length=10, choices=Qualifier.choices, default=Qualifier.EXACT)
    direction = models.CharField(_("变化"), max_length=10, choices=Direction.choices, default=Direction.LEVEL)
    kind = models.CharField(_("类型"), max_length=20, choices=MetricKind.choices, blank=True)
    period = models.CharField(_("时段"), max_length=LIMITS["period"], blank=True)
    quote = models.TextField(_("原文依据"), blank=True)

    class Meta:
        abstract = True
        constraints = [
            one_of("qualifier", Qualifier.values, name="%(class)s_qualifier_known"),
            one_of("direction", Direction.values, name="%(class)s_direction_known"),
            one_of("kind", ["", *MetricKind.values], name="%(class)s_kind_known"),
        ]

    def __str__(self) -> str:
        return self.label or self.quote[:30]


class Metric(OrderedRow, MetricFields):
    """A number with meaning, of one initiative or of the case as a whole."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="metrics", null=True, blank=True)
    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="metrics", null=True, blank=True)

    class Meta(OrderedRow.Meta):
        verbose_name = verbose_name_plural = _("指标数据")
        constraints = [
            *MetricFields.Meta.constraints,
            models.CheckConstraint(
                name="metric_of_case_or_initiative",
                condition=models.Q(case__isnull=True) ^ models.Q(initiative__isnull=True),
            ),
        ]


class Picture(OrderedRow):
    """A picture of a case. The file is named by the digest of its bytes and never overwritten."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="pictures")
    file = models.CharField(_("图片"), max_length=LIMITS["file"])
    name = models.CharField(_("文件名"), max_length=LIMITS["name"], blank=True)
    alt = models.CharField(_("图片描述"), max_length=LIMITS["alt"], blank=True, help_text=_("给看不见图片的读者。"))
    caption = models.CharField(_("图注"), max_length=LIMITS["caption"], blank=True)
    is_cover = models.BooleanField(_("封面"), default=False)

    class Meta(OrderedRow.Meta):
        verbose_name = verbose_name_plural = _("图片")

    def __str__(self) -> str:
        return self.name or self.caption or self.alt or gettext("未命名的图片")
