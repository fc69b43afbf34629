import json

from django.core.management.base import CommandError
from django.db.models import Model
from django.utils.translation import gettext as _

from cases.editing.audit.recording import record
from cases.editing.drafts import read_draft
from cases.exporting.exchange import exchange_record, published_record
from cases.management.acting import ActingCommand, with_progress
from cases.models import Case, Department, PublishedCase, Region, Tag, Theme

FILTERS = ("region", "department", "theme", "tag", "year")
NAMED: dict[str, tuple[type[Model], str, str]] = {  # filter: rows it names, their key, the column it narrows
    "department": (Department, "pk", "department_id"),
    "theme": (Theme, "pk", "themes"),
    "tag": (Tag, "name__iexact", "tags__name__iexact"),
}


class Command(ActingCommand):
    help = _("按交换格式导出案例（JSONL）到标准输出。条件如 region=411100 theme=paying-taxes tag=治超 year=2024。")

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument("filters", nargs="*", metavar="FILTER", help=_("条件，可多个，须同时满足"))
        parser.add_argument("--drafts", action="store_true", help=_("导出全部工作稿，而不是已发布的内容"))

    def handle(self, *, filters, by, drafts, **options):
        actor = self.actor(by)
        wanted = [_split(condition) for condition in filters]
        if drafts and wanted:
            raise CommandError(_("导出工作稿（--drafts）时不能加条件"))
        records = _draft_records() if drafts else _published_records(wanted)
        count = 0
        for one in records:
            self.stdout.write(json.dumps(one, ensure_ascii=False))
            count += 1
        note = " ".join([*filters, "--drafts"] if drafts else filters)
        record("exported", by=actor, title=_("案例"), after={"count": count}, note=note)
        self.stderr.write(_("已导出 %(count)d 个案例") % {"count": count})


def _split(condition):
    name, equals, value = condition.partition("=")
    if not equals or name not in FILTERS or not value:
        raise CommandError(
            _("条件“%(condition)s”应写作 名称=值，名称可用 %(names)s")
            % {"condition": condition, "names": " ".join(FILTERS)}
        )
    return name, value


def _published_records(wanted):
    cases = PublishedCase.objects.order_by("pk")
    for name, value in wanted:
        cases = _narrow(cases, name, value)
    for case in with_progress(cases.iterator(chunk_size=200), total=cases.count()):
        yield published_record(case)


def _narrow(cases, name, value):
    if name == "region":
        region = Region.objects.filter(pk=value).first()
        if region is None:
            raise CommandError(_("没有代码为“%(code)s”的行政区划") % {"code": value})
        return cases.in_region(region)
    if name == "year":
        if not value.isdecimal() or len(value) != 4:
            raise CommandError(_("年份“%(year)s”应是四位数字") % {"year": value})
        return cases.filter(listed_on__year=int(value))
    model, key, column = NAMED[name]
    if not model._default_manager.filter(**{key: value}).exists():
        raise CommandError(
            _("条件 %(name)s=%(value)s：没有这个%(word)s")
            % {"name": name, "value": value, "word": model._meta.verbose_name}
        )
    return cases.filter(**{column: value})


def _draft_records():
    cases = Case.objects.order_by("pk").prefetch_related("themes")
    for case in with_progress(cases.iterator(chunk_size=200), total=cases.count()):
        yield exchange_record(str(case.external_id), read_draft(case))
