"""发布 and 撤下: the buttons of the case form, what they answer, and the state shown above the form."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from cases.admin.fields import LineField
from cases.admin.people import person
from cases.admin.picking import picker
from cases.editing.drafts import Conflict, read_draft
from cases.editing.requirements import Remark, advice
from cases.editing.workflow import PUBLISH, Incomplete, NotAllowed, publish_case, withdraw_case
from cases.models import Case, Publication
from cases.models.draft import CaseStage, PublicState

MANY = 20  # remarks listed in a message; the rest is counted


class WithdrawalForm(forms.Form):
    reason = LineField(
        label=_("撤下原因"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
        help_text=_("读者打开原地址时会看到这段话，请写得体、写清楚。"),
    )
    redirect_to = picker(
        Publication._meta.get_field("redirect_to"),
        label=_("转到案例"),
        required=False,
        help_text=_("可不填。填写后，读者打开原地址会转到这个已发布的案例。"),
    )

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        self.case = case
        super().__init__(*args, **kwargs)

    def clean_redirect_to(self) -> Case | None:
        target: Case | None = self.cleaned_data["redirect_to"]
        if target == self.case:
            raise forms.ValidationError(_("不能转到正要撤下的这个案例。"))
        return target


class ReleasePages(admin.ModelAdmin):
    """The part of the case admin that publishes and withdraws, by the verbs of editing.workflow."""

    def get_urls(self) -> list[Any]:
        withdraw = self.admin_site.admin_view(self.withdraw_view)
        return [path("<int:pk>/withdraw/", withdraw, name="cases_case_withdraw"), *super().get_urls()]

    def has_publish_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(PUBLISH)

    # 发布

    def response_add(self, request: HttpRequest, obj: Case, *args: Any, **kwargs: Any) -> HttpResponse:
        return self._published(request, obj) or super().response_add(request, obj, *args, **kwargs)

    def response_change(self, request: HttpRequest, obj: Case) -> HttpResponse:
        return self._published(request, obj) or super().response_change(request, obj)

    def _published(self, request: HttpRequest, case: Case) -> HttpResponse | None:
        """Publish a case that was just saved, if 保存并发布 was pressed; the saved draft stays in any event."""
        if "_publish" not in request.POST:
            return None
        case = self.get_queryset(request).get(pk=case.pk)
        try:
            published = publish_case(case, by=person(request))
        except Incomplete as incomplete:
            told = ngettext(
                "已保存，尚未发布：还缺 %(count)d 项，补齐后再点“保存并发布”。",
                "已保存，尚未发布：还缺 %(count)d 项，补齐后再点“保存并发布”。",
                len(incomplete.missing),
            ) % {"count": len(incomplete.missing)}
            messages.error(request, remarks_list(told, incomplete.missing))
        except NotAllowed:
            messages.error(request, gettext("已保存，没有发布：您没有发布权限，或者案例已归档。"))
        else:
            link = format_html('<a href="{}">{}</a>', published.get_absolute_url(), gettext("查看公开页面"))
            messages.success(request, format_html("{} {}", gettext("已发布，读者现在看到的就是这一版。"), link))
        hints = advice(read_draft(case))
        if hints:
            messages.info(request, remarks_list(gettext("还可以补充（不影响发布）："), hints))
        return redirect("admin:cases_case_change", case.pk)

    # 撤下

    def withdraw_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask for the public reason, then take the case down."""
        case: Any = get_object_or_404(self.get_queryset(request), pk=pk)
        if not self.has_publish_permission(request):
            raise PermissionDenied
        form = WithdrawalForm(request.POST if request.method == "POST" else None, case=case)
        if form.is_valid():
            self._withdraw(request, case, **form.cleaned_data)
            return redirect("admin:cases_case_change", case.pk)
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("撤下案例"),
            "opts": self.opts,
            "original": case,
            "form": form,
            "media": self.media + form.media,
            "is_public": case.public_state == PublicState.PUBLISHED,
        }
        return render(request, "admin/cases/case/withdraw.html", context)

    def _withdraw(self, request: HttpRequest, case: Case, *, reason: str, redirect_to: Case | None) -> None:
        try:
            withdraw_case(case, by=person(request), reason=reason, redirect_to=redirect_to)
        except NotAllowed:
            messages.error(request, gettext("没有撤下：这个案例现在没有公开。"))
        except Conflict:
            messages.error(request, gettext("没有撤下：刚才有人保存了这个案例，请看过之后再操作。"))
        else:
            messages.success(request, gettext("已撤下。原地址现在显示撤下说明。"))

    # The state above the form

    def release_context(self, request: HttpRequest, case: Any) -> dict[str, Any]:
        """What the form shows about publication, and which buttons it has."""
        may_publish = self.has_publish_permission(request)
        if case is None:
            return {"show_publish": may_publish}
        is_public = case.public_state == PublicState.PUBLISHED
        return {
            "stage": case.get_stage_display(),
            "public_state": PublicState(case.public_state),
            "has_unpublished_changes": is_public and case.live_digest != case.digest,
            "public_address": reverse("case", args=[case.pk]) if case.public_state else "",
            "publications": case.publications.select_related("by", "revision").order_by("-pk")[:3],
            "show_publish": may_publish and case.stage != CaseStage.ARCHIVED,
            "show_withdraw": may_publish and is_public,
        }


def remarks_list(opening: str, remarks: list[Remark]) -> SafeString:
    """A message that lists remarks, each a link to the field it is about."""
    items = format_html_join(
        "",
        '<li><a href="#{}">{}</a></li>',
        ((field_id(remark.path), gettext(remark.message) % remark.params) for remark in remarks[:MANY]),
    )
    rest = len(remarks) - MANY
    if rest > 0:
        items += format_html("<li>{}</li>", gettext("另有 %(count)d 项") % {"count": rest})
    return format_html('{}<ul class="remarks">{}</ul>', opening, items)


def field_id(path: str) -> str:
    """The id of the form field for a place in the content.

    >>> field_id("initiatives[0].metrics[1].quote"), field_id("initiatives")
    ('id_initiatives-0-metrics-1-quote', 'initiatives-group')
    """
    if path in ("initiatives", "metrics", "pictures"):
        return f"{path}-group"
    return "id_" + re.sub(r"\[(\d+)\]\.", r"-\1-", path)
