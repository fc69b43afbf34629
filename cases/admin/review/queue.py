"""待我处理 and 我的稿件: pages of the admin as a whole, and what its first page says of them."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cases.admin.person import person
from cases.editing.corrections import waiting as waiting_corrections
from cases.editing.review.queue import manuscripts, waiting, waiting_cases
from cases.models import User

A_PAGE = 50
NEXT = {"approve": _("审核"), "publish": _("发布"), "submit": _("修改后再提交")}
GROUPS = {
    "returned": (_("已退回"), _("请看意见，改好再提交。")),
    "draft": (_("草稿"), _("还没有提交，或者公开之后又改过。")),
    "review": (_("审核中"), _("文字冻结，等别人处理。")),
    "public": (_("已发布"), _("读者看到的就是这一版。")),
    "archived": (_("已归档"), _("只能查看，可以恢复。")),
}


def queue_view(request: HttpRequest) -> HttpResponse:
    """What waits for this person, longest first, and what of it is overdue."""
    page = _paginated(request, waiting_cases(person(request)))
    context = {
        "title": gettext("待我处理"),
        "page": page,
        "rows": [(row, NEXT[row.verb]) for row in map(waiting, page.object_list)],
        "days": settings.REVIEW_DAYS,
    }
    return _render(request, "queue", context)


def manuscripts_view(request: HttpRequest) -> HttpResponse:
    """What this person wrote, one group at a time, with how many there are in each."""
    groups = manuscripts(person(request))
    counts = {name: cases.count() for name, cases in groups.items()}
    chosen = request.GET.get("group", "")
    if chosen not in groups:
        chosen = next((name for name, count in counts.items() if count), "draft")
    context = {
        "title": gettext("我的稿件"),
        "groups": [(name, GROUPS[name][0], counts[name]) for name in groups],
        "chosen": chosen,
        "explained": GROUPS[chosen][1],
        "page": _paginated(request, groups[chosen]),
        "query": f"group={chosen}&",
    }
    return _render(request, "manuscripts", context)


def at_a_glance(by: User) -> dict[str, Any]:
    """What waits for this person, in numbers and the first three: for the first page of the admin."""
    cases = waiting_cases(by)
    overdue = sum(waiting(case).is_overdue for case in cases[:A_PAGE])
    told: dict[str, Any] = {"waiting_count": cases.count(), "overdue_count": overdue, "waiting_first": cases[:3]}
    return told | ({"corrections": waiting_corrections(by)} if by.has_perm("cases.view_correction") else {})


def _paginated(request: HttpRequest, cases: Any) -> Any:
    return Paginator(cases, A_PAGE).get_page(request.GET.get("page"))


def _render(request: HttpRequest, name: str, context: dict[str, Any]) -> HttpResponse:
    if not request.user.has_perm("cases.view_case"):
        raise PermissionDenied
    return render(request, f"admin/cases/review/{name}.html", {**admin.site.each_context(request), **context})
