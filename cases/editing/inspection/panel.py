"""The lines of the panel: how much of each is wrong, by which rule, for a person."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, QuerySet

from cases.content import gettext_noop
from cases.editing.corrections import waiting
from cases.editing.inspection import site
from cases.editing.inspection.links import dead_in_public
from cases.editing.inspection.reach import of_public
from cases.models import Case, CaseFinding, FindingKind, Inspection, Publication, Revision, User
from cases.models.draft import PublicState
from cases.models.people import scope_of


@dataclass(frozen=True, slots=True)
class Line:
    """One thing inspectors look for."""

    key: str  # in the address of its list
    title: str  # translatable, as are the next two
    rule: str
    source: str  # where the rule comes from
    count: int
    params: dict[str, Any] = field(default_factory=dict)  # of the rule
    is_fault: bool = True  # else it is only listed: nothing is wrong with it by itself
    by_timer: bool = False  # found by a run of the timer, not when the panel is asked for
    checked_at: datetime.datetime | None = None  # when that run was last; None before the first

    @property
    def is_unchecked(self) -> bool:
        """Whether nothing was found because nobody has looked."""
        return self.by_timer and self.checked_at is None and not self.count

    @property
    def result(self) -> str:
        """What came of it, in a translatable word."""
        if not self.is_fault:
            return gettext_noop("备查")
        if self.count:
            return gettext_noop("要改")
        return gettext_noop("尚未检查") if self.is_unchecked else gettext_noop("没有问题")


_CHECK = gettext_noop("《政府网站与政务新媒体检查指标》")
_GUIDE = gettext_noop("《政府网站发展指引》")
_ACCESS = gettext_noop("《信息技术 互联网内容无障碍可访问性技术要求与测试方法》")
_OWN = gettext_noop("本站规定")
TITLES = {
    "silent": gettext_noop("长期没有更新的栏目"),
    "empty": gettext_noop("空栏目"),
    "links": gettext_noop("失效链接"),
    "sources": gettext_noop("缺少来源"),
    "dates": gettext_noop("更改过的发布时间"),
    "meta": gettext_noop("元标签和页脚缺项"),
    "pictures": gettext_noop("图片缺少说明"),
    "corrections": gettext_noop("超期未答复的纠错"),
    "views": gettext_noop("没有按时汇总的浏览次数"),
    "themes": gettext_noop("没有案例的其他体系主题"),
    "settings": gettext_noop("可以补充的设置和页面"),
}
_RULES = {
    "silent": (gettext_noop("动态类栏目两周内、通知类栏目半年内要有新内容，否则算长期不更新。"), _CHECK),
    "empty": (gettext_noop("栏目、本站主题和页脚链接的页面不能没有内容。"), _CHECK),
    "links": (gettext_noop("页面上的链接要能打开；连续两夜打不开，或对方答复已不存在，就列在这里。"), _CHECK),
    "sources": (gettext_noop("转载要注明来源，并给出原文链接。"), _GUIDE),
    "dates": (gettext_noop("发布时间不得随意更改，改了要有原因和记录；这里全部列出备查。"), _CHECK),
    "meta": (gettext_noop("网站、栏目、文章三类必填的元标签不能缺，也不能空；页脚应有规定的标识。"), _GUIDE),
    "pictures": (gettext_noop("图片要有文字说明，让看不见图片的人知道上面是什么。"), _ACCESS),
    "corrections": (gettext_noop("读者的纠错应在 %(days)d 天内答复。"), _OWN),
    "views": (gettext_noop("浏览次数每夜汇总一次；超过两天没有汇总，页面上的数字就旧了。"), _OWN),
    "themes": (gettext_noop("从别的体系整套采用的主题，有的还没有案例；这里全部列出备查。"), _OWN),
    "settings": (gettext_noop("不填也合规，填了更完整；仍是默认文字的站点页面也列在这里。"), _OWN),
}
_LISTED = ("dates", "themes", "settings")  # nothing is wrong with what these lines list
_RUNS = {  # line → when that was looked at which it counts
    "links": "links_checked_at",
    "sources": "finished_at",
    "meta": "finished_at",
    "pictures": "finished_at",
}


def lines(user: User) -> list[Line]:
    """All lines, in the order of the panel. As many queries however many cases there are, and no text is read."""
    found = dict(_findings(user).order_by().values_list("kind").annotate(count=Count("pk")))
    states = site.columns()
    gaps = list(site.setting_gaps())
    counts = {
        "silent": sum(state.is_silent for state in states),
        "empty": sum(not state.cases for state in states)
        + site.empty_themes(own=True).count()
        + len(site.empty_pages()),
        "links": dead_in_public(user).count(),
        "sources": found.get(FindingKind.SOURCE, 0),
        "dates": changed_dates(user).count(),
        "meta": sum(gap.must for gap in gaps) + found.get(FindingKind.META, 0),
        "pictures": found.get(FindingKind.PICTURE, 0),
        "corrections": waiting(user)["overdue"],
        "views": len(site.late_views()),
        "themes": site.empty_themes(own=False).count(),
        "settings": sum(not gap.must for gap in gaps) + len(site.default_pages()),
    }
    runs = last_runs()
    return [line_of(key, count, runs) for key, count in counts.items()]


def line_of(key: str, count: int, runs: Inspection) -> Line:
    rule, source = _RULES[key]
    params = {"days": settings.CORRECTION_DAYS} if key == "corrections" else {}
    run = _RUNS.get(key)
    return Line(
        key,
        TITLES[key],
        rule,
        source,
        count,
        params,
        is_fault=key not in _LISTED,
        by_timer=run is not None,
        checked_at=getattr(runs, run) if run else None,
    )


def findings(user: User, kind: str) -> QuerySet[CaseFinding]:
    """What was found of one kind in the public cases a person sees, case by case."""
    return _findings(user).filter(kind=kind).order_by("case", "pk")


def _findings(user: User) -> QuerySet[CaseFinding]:
    return of_public(CaseFinding.objects.all(), user)


def changed_dates(user: User) -> QuerySet[Revision]:
    """Versions that went public with another date than readers were told before, the newest first."""
    out = Publication.objects.filter(revision=OuterRef("pk"), kind=PublicState.PUBLISHED)
    rows = Revision.objects.exclude(date_reason="").filter(Exists(out)).order_by("-pk")
    if scope_of(user) is None:
        return rows
    return rows.filter(case__in=Case.objects.visible_to(user).values("pk"))


def last_runs() -> Inspection:
    """When texts and links were looked at last; with no time before the first."""
    return Inspection.objects.filter(pk=1).first() or Inspection()
