"""巡检: the panel, the list behind each of its lines, and all of it as one file for an inspector."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext, pgettext

from cases.admin.inspection.lists import Listing, Row, listing
from cases.admin.person import person
from cases.editing.inspection import panel
from cases.editing.inspection.bodies import is_wanted, want_all
from cases.editing.inspection.links import IGNORE, LISTEN, ignore, listen_again
from cases.editing.permissions import NotAllowed
from cases.exporting.tables import MARK, cell_text, csv_line
from cases.models import IgnoredLink, User

A_PAGE = 50
AT_ONCE = 500  # rows of the file that are made together
SEES = "cases.view_publication"  # whoever may look at what went public may look at what is wrong with it


def inspection_view(request: HttpRequest) -> HttpResponse:
    """The panel; a POST has all texts looked at when the timer comes round."""
    _require(request)
    if request.method == "POST":
        if not request.user.has_perm(IGNORE):
            raise PermissionDenied
        want_all()
        messages.info(request, gettext("已安排重新检查，由定时任务执行，请过几分钟再看。"))
        return redirect("admin:inspection")
    lines, runs = panel.lines(person(request)), panel.last_runs()
    context = {
        "title": gettext("巡检"),
        "lines": lines,
        "faults": sum(line.count for line in lines if line.is_fault),
        "is_part_unchecked": any(line.is_unchecked for line in lines),
        "runs": runs,
        "is_wanted": is_wanted(runs),
        "may_look": request.user.has_perm(IGNORE),
        "now": timezone.now(),
    }
    return _render(request, "panel", context)


def list_view(request: HttpRequest, key: str) -> HttpResponse:
    """What one line counts; on that of the links a POST has one ignored, or told of again."""
    _require(request)
    if key not in panel.TITLES:
        raise Http404
    trouble = ""
    if request.method == "POST":
        if key != "links" or not (request.user.has_perm(IGNORE) or request.user.has_perm(LISTEN)):
            raise PermissionDenied
        try:
            _change_ignored(request)
            return redirect(request.path)
        except NotAllowed as refusal:
            trouble = gettext(str(refusal))
    found = listing(key, person(request))
    page = Paginator(found.items, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "title": gettext(panel.TITLES[key]),
        "key": key,
        "line": panel.line_of(key, page.paginator.count, panel.last_runs()),
        "page": page,
        "rows": found.rows(list(page.object_list)),
        "trouble": trouble,
        "typed": request.POST if trouble else {},
        "ignored": IgnoredLink.objects.select_related("by")[:500] if key == "links" else (),
        "may_ignore": key == "links" and request.user.has_perm(IGNORE),
        "may_listen": key == "links" and request.user.has_perm(LISTEN),
        "now": timezone.now(),
    }
    return _render(request, "list", context)


def _change_ignored(request: HttpRequest) -> None:
    key = request.POST.get("again", "")
    if re.fullmatch("[0-9]{1,18}", key):
        listen_again(get_object_or_404(IgnoredLink, pk=key), by=person(request))
        messages.success(request, gettext("以后再打不开时会重新提示。"))
    else:
        address, reason = (request.POST.get(name, "").replace("\x00", "") for name in ("address", "reason"))
        ignore(address, by=person(request), reason=reason)
        messages.success(request, gettext("不再提示这个链接。"))


def file_view(request: HttpRequest) -> HttpResponseBase:
    """All lines with all that stands behind them, for an inspector."""
    _require(request)
    name = f"{gettext('巡检')}-{timezone.localdate()}.csv"
    headers = {"Content-Disposition": content_disposition_header(True, name) or ""}
    lines = _file_lines(person(request), request.build_absolute_uri)
    return StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8", headers=headers)


def _file_lines(user: User, absolute: Any) -> Iterator[str]:
    """For each line of the panel a row of what came of it, then a row for each thing that stands behind it."""
    yield MARK + csv_line(
        [
            *(
                gettext("检查项"),
                gettext("对象"),
                gettext("情况"),
                gettext("位置"),
                gettext("网址"),
                pgettext("rule", "依据"),
            ),
            *(gettext("数量"), gettext("检查时间")),
        ]
    )
    runs = panel.last_runs()
    for key, title in panel.TITLES.items():
        found = listing(key, user)
        line = panel.line_of(key, Paginator(found.items, AT_ONCE).count, runs)
        title, source = gettext(title), gettext(line.source)
        count = "" if line.is_unchecked else line.count
        at = line.checked_at if line.by_timer else timezone.now()
        yield csv_line(map(cell_text, (title, "", gettext(line.result), "", "", source, count, _minute(at))))
        for row in _all_rows(found):
            place = gettext("；").join(place.words for place in row.places)
            address = absolute(row.address) if row.address else ""
            yield csv_line(map(cell_text, (title, row.about, row.told, place, address, source, "", "")))
        if key == "links":
            yield from _ignored_lines()


def _ignored_lines() -> Iterator[str]:
    """The dead links nobody is told of, and why."""
    for link in IgnoredLink.objects.select_related("by").iterator(chunk_size=AT_ONCE):
        told = gettext("原因：%(reason)s（%(by)s，%(at)s）") % {
            "reason": link.reason,
            "by": link.by,
            "at": _minute(link.at),
        }
        cells = (gettext("不再提示的链接"), link.address, told, "", link.address, "", "", "")
        yield csv_line(map(cell_text, cells))


def _minute(at: datetime.datetime | None) -> str:
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}" if at else ""


def _all_rows(found: Listing) -> Iterator[Row]:
    pages = Paginator(found.items, AT_ONCE)
    for page in pages:
        yield from found.rows(list(page.object_list))


def _require(request: HttpRequest) -> None:
    if not request.user.has_perm(SEES):
        raise PermissionDenied


def _render(request: HttpRequest, name: str, context: dict[str, Any]) -> HttpResponse:
    return render(request, f"admin/cases/inspection/{name}.html", {**admin.site.each_context(request), **context})
