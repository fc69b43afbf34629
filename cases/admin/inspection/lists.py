"""What stands behind each line of the panel: what is wrong, where, and where it is mended."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.fields.json import KeyTextTransform
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext

from cases.admin.editor.drawing import field_id
from cases.admin.editor.problems import place_of_path
from cases.editing.corrections import overdue_since, visible_corrections
from cases.editing.inspection import panel, site
from cases.editing.inspection.links import dead_in_public, places_of
from cases.editing.site_pages import shipped_pages
from cases.models import CaseFinding, CaseLink, Correction, FindingKind, Publication, PublishedCase, SitePage, User
from cases.models.corrections import OPEN_STATES
from cases.models.draft import PublicState

MOST_PLACES = 20  # shown of one link


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is mended: a page of the admin, its field if there is one."""

    words: str
    address: str  # "" for what is mended outside: a setting


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that is wrong."""

    about: str
    address: str  # of what readers see; "" for none
    told: str
    places: tuple[Place, ...]
    more: int = 0  # places that are not shown


@dataclass(frozen=True, slots=True)
class Listing:
    """All that one line counts; rows are made of some at a time."""

    items: Sequence[Any] | QuerySet
    rows: Callable[[list[Any]], list[Row]]


def listing(key: str, user: User) -> Listing:
    """The list of a line of `panel.TITLES`."""
    return _LISTINGS[key](user)


# Columns, themes and pages


def _silent(user: User) -> Listing:
    return Listing(
        [state for state in site.columns() if state.is_silent], lambda states: list(map(_silent_row, states))
    )


def _silent_row(state: site.ColumnState) -> Row:
    told = gettext("最近一篇在 %(date)s，已 %(days)d 天没有新内容，限 %(limit)d 天") % {
        "date": timezone.localdate(state.newest),
        "days": state.days,
        "limit": state.column.silent_after,
    }
    return Row(str(state.column.name), reverse(state.column.key), told, (_to_cases(),))


def _to_cases() -> Place:
    return Place(gettext("发布案例"), reverse("admin:cases_case_changelist"))


def _empty(user: User) -> Listing:
    columns = [state for state in site.columns() if not state.cases]
    found = [*columns, *site.empty_themes(own=True), *site.empty_pages()]
    return Listing(found, lambda items: list(map(_empty_row, items)))


def _empty_row(item: Any) -> Row:
    if isinstance(item, site.ColumnState):
        return Row(str(item.column.name), reverse(item.column.key), gettext("栏目里没有案例"), (_to_cases(),))
    if isinstance(item, str):
        return _page_row(item, gettext("页脚链接到这个页面，但没有内容"))
    return _theme_row(item)


def _page_row(slug: str, told: str) -> Row:
    """A page of the site by its title; one that is not there has the title it would come with."""
    known = SitePage.objects.filter(pk=slug).first()
    page = known or next(page for page in shipped_pages() if page.slug == slug)
    title = (get_language() == "en" and page.title_en) or page.title
    address = reverse("admin:cases_sitepage_change", args=[slug]) if known else reverse("admin:cases_sitepage_add")
    return Row(title, page.get_absolute_url(), told, (Place(gettext("站点页面"), address),))


def _themes(user: User) -> Listing:
    return Listing(site.empty_themes(own=False), lambda themes: list(map(_theme_row, themes)))


def _theme_row(item: Any) -> Row:
    about = gettext("%(theme)s（%(scheme)s）") % {"theme": item, "scheme": item.get_scheme_display()}
    place = Place(gettext("主题"), reverse("admin:cases_theme_change", args=[item.pk]))
    told = gettext("主题下没有案例：归入案例，或者停用这个主题")
    return Row(about, item.get_absolute_url(), told, (place,))


# Links


def _links(user: User) -> Listing:
    def rows(links: list[Any]) -> list[Row]:
        places = places_of([link.address for link in links], user)
        titles = _titles(place.case for found in places.values() for place in found)
        return [_link_row(link, places.get(link.address, []), titles) for link in links]

    return Listing(dead_in_public(user), rows)


def _link_row(link: Any, places: list[CaseLink], titles: dict[int, str]) -> Row:
    answer = gettext("答复 %(status)d") % {"status": link.status} if link.status else gettext("没有答复")
    told = gettext("%(answer)s，连续 %(fails)d 次；%(at)s 检查") % {
        "answer": answer,
        "fails": link.fails,
        "at": f"{timezone.localtime(link.checked_at):%Y-%m-%d %H:%M}",
    }
    shown = tuple(_place(place.case, place.place, titles) for place in places[:MOST_PLACES])
    return Row(link.address, link.address, told, shown, max(len(places) - MOST_PLACES, 0))


# Texts


def _found(kind: str) -> Callable[[User], Listing]:
    return lambda user: Listing(panel.findings(user, kind), _finding_rows)


def _finding_rows(findings: list[CaseFinding]) -> list[Row]:
    titles = _titles(finding.case for finding in findings)
    return [_finding_row(finding, titles) for finding in findings]


def _finding_row(finding: CaseFinding, titles: dict[int, str]) -> Row:
    title = titles.get(finding.case, "")
    place = Place(place_of_path(finding.place), _editor(finding.case, finding.place))
    return Row(title, reverse("case", args=[finding.case]), gettext(finding.message), (place,))


def _meta(user: User) -> Listing:
    def rows(items: list[Any]) -> list[Row]:
        titles = _titles(item.case for item in items if isinstance(item, CaseFinding))
        return [_finding_row(item, titles) if isinstance(item, CaseFinding) else _setting_row(item) for item in items]

    return Listing([*(gap for gap in site.setting_gaps() if gap.must), *panel.findings(user, FindingKind.META)], rows)


def _setting_row(gap: site.SettingGap) -> Row:
    return Row(gap.name, "", gettext(gap.message), (Place(gettext("环境变量"), ""),))


def _settings(user: User) -> Listing:
    def rows(items: list[Any]) -> list[Row]:
        return [_default_row(item) if isinstance(item, str) else _setting_row(item) for item in items]

    return Listing([*(gap for gap in site.setting_gaps() if not gap.must), *site.default_pages()], rows)


def _default_row(slug: str) -> Row:
    if slug == "contact":
        return _page_row(slug, gettext("仍是随程序附带的默认文字：请核对，补上电话、邮箱、办公时间等"))
    return _page_row(slug, gettext("仍是随程序附带的默认文字：请核对是否合乎本站的情况"))


# Dates


def _dates(user: User) -> Listing:
    releases = Publication.objects.filter(case=OuterRef("case"), kind=PublicState.PUBLISHED)
    earlier = releases.filter(revision__number__lt=OuterRef("number"))
    before = earlier.order_by("-pk").annotate(told=KeyTextTransform("published_at", "revision__content"))
    revisions = panel.changed_dates(user).select_related("by", "case").defer("content")
    told = {"dated": KeyTextTransform("published_at", "content"), "before": Subquery(before.values("told")[:1])}
    return Listing(revisions.annotate(**told), lambda rows: list(map(_date_row, rows)))


def _date_row(revision: Any) -> Row:
    told = gettext("%(before)s → %(after)s，原因：%(reason)s（%(by)s，%(at)s）") % {
        "before": _day(revision.before),
        "after": _day(revision.dated),
        "reason": revision.date_reason,
        "by": revision.by,
        "at": f"{timezone.localtime(revision.at):%Y-%m-%d %H:%M}",
    }
    place = Place(gettext("历次版本"), reverse("admin:cases_case_versions", args=[revision.case_id]))
    return Row(revision.case.title, reverse("case", args=[revision.case_id]), told, (place,))


def _day(told: str | None) -> str:
    """A date in a revision; SQLite calls none of it null in letters."""
    return gettext("（空）") if told in (None, "", "null") else str(told).replace("T", " ")


# Corrections


def _corrections(user: User) -> Listing:
    overdue = visible_corrections(user).filter(state__in=OPEN_STATES, received_at__lt=overdue_since())
    rows = overdue.select_related("case").order_by("received_at", "pk")
    return Listing(rows, lambda corrections: list(map(_correction_row, corrections)))


def _correction_row(correction: Correction) -> Row:
    days = (timezone.now() - correction.received_at).days
    told = gettext("%(what)s；等了 %(days)d 天") % {"what": correction, "days": days}
    place = Place(gettext("答复"), reverse("admin:cases_correction_change", args=[correction.pk]))
    return Row(correction.case.title, reverse("case", args=[correction.case_id]), told, (place,))


# Views


def _views(user: User) -> Listing:
    return Listing(site.late_views(), lambda items: list(map(_late_row, items)))


def _late_row(late: site.LateViews) -> Row:
    told = gettext("从来没有汇总过")
    if late.last:
        told = gettext("最后一次汇总在 %(at)s") % {"at": f"{timezone.localtime(late.last):%Y-%m-%d %H:%M}"}
    place = Place(gettext("系统定时器：每分钟运行 do_due，或每夜运行 count_views"), "")
    return Row(gettext("浏览次数"), "", told, (place,))


# Cases


def _titles(keys: Iterable[int]) -> dict[int, str]:
    return dict(PublishedCase.objects.filter(pk__in=set(keys)).values_list("pk", "title"))


def _place(case: int, path: str, titles: dict[int, str]) -> Place:
    return Place(f"{titles.get(case, '')} › {place_of_path(path)}", _editor(case, path))


def _editor(case: int, path: str) -> str:
    """The form of a case, at a field. It is that of the working copy, which may have moved since."""
    return f"{reverse('admin:cases_case_change', args=[case])}#{field_id(path)}"


_LISTINGS: dict[str, Callable[[User], Listing]] = {
    "silent": _silent,
    "empty": _empty,
    "links": _links,
    "sources": _found(FindingKind.SOURCE),
    "dates": _dates,
    "meta": _meta,
    "pictures": _found(FindingKind.PICTURE),
    "corrections": _corrections,
    "views": _views,
    "themes": _themes,
    "settings": _settings,
}
