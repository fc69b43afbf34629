"""The buttons of the case form that hand a case on, and the state shown above the form."""

from __future__ import annotations

import re
from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from cases.admin.person import person
from cases.admin.review.steps import offers
from cases.editing.checking import blocking
from cases.editing.drafts import read_draft
from cases.editing.permissions import why_not
from cases.editing.requirements import Remark, advice
from cases.editing.review.queue import waiting
from cases.editing.review.timeline import last_return
from cases.models import Case
from cases.models.draft import FROZEN, PublicState

BUTTONS = {"_submit": "submit", "_publish": "publish", "_force": "force"}
SAVE_AND = {"_submit": _("保存并提交审核"), "_publish": _("保存并发布"), "_force": _("保存并强制发布")}
MANY = 20  # remarks listed in a message; the rest is counted


class ReleasePages(admin.ModelAdmin):
    """The part of the case form that hands a saved case on, and says above the form where it stands."""

    # The buttons; of what a step asks besides, it has a page of its own

    def response_add(self, request: HttpRequest, obj: Case, *args: Any, **kwargs: Any) -> HttpResponse:
        return self._handed_on(request, obj) or super().response_add(request, obj, *args, **kwargs)

    def response_change(self, request: HttpRequest, obj: Case) -> HttpResponse:
        return self._handed_on(request, obj) or super().response_change(request, obj)

    def _handed_on(self, request: HttpRequest, case: Case) -> HttpResponse | None:
        """Lead a case that was just saved on to the step whose button was pressed; None for a mere save."""
        for button, verb in BUTTONS.items():
            if button in request.POST:
                return self._led_to_step(request, Case.objects.visible_to(person(request)).get(pk=case.pk), verb)
        return None

    def _led_to_step(self, request: HttpRequest, case: Case, verb: str) -> HttpResponse:
        content = read_draft(case)
        if reason := why_not(person(request), verb, case):
            messages.error(request, gettext("已保存。%(reason)s") % {"reason": gettext(reason)})
        elif missing := blocking(content):
            told = ngettext(
                "已保存，但还缺 %(count)d 项，补齐后再点一次。",
                "已保存，但还缺 %(count)d 项，补齐后再点一次。",
                len(missing),
            ) % {"count": len(missing)}
            messages.error(request, remarks_list(told, missing))
        else:
            if hints := advice(content):
                messages.info(
                    request, remarks_list(gettext("还可以补充（不是必须）："), hints, self._form_address(case))
                )
            return redirect("admin:cases_case_step", case.pk, verb)
        return redirect(self._form_address(case))

    def _form_address(self, case: Case) -> str:
        return reverse("admin:cases_case_change", args=[case.pk])

    # The state above the form

    def release_context(self, request: HttpRequest, case: Any) -> dict[str, Any]:
        """What is told above the form, and which of its buttons hand the case on."""
        if case is None:
            return {"save_and": [("_submit", _("保存并提交审核"))] if settings.REVIEWS else []}
        is_public = case.public_state == PublicState.PUBLISHED
        offered = offers(person(request), case)
        open_to = {offer.verb for offer in offered if not offer.why_not}
        return {
            "stage": case.get_stage_display(),
            "waiting": waiting(case),
            "is_frozen": case.stage in FROZEN,
            "public_state": PublicState(case.public_state),
            "has_unpublished_changes": is_public and case.live_digest != case.digest,
            "has_nothing_new": is_public and case.live_digest == case.digest and case.stage not in FROZEN,
            "public_address": reverse("case", args=[case.pk]) if case.public_state else "",
            "last_return": last_return(case),
            "offers": offered,
            "save_and": [(name, SAVE_AND[name]) for name, verb in BUTTONS.items() if verb in open_to],
        }


def remarks_list(opening: str, remarks: list[Remark], address: str = "") -> SafeString:
    """A message that lists remarks, each a link to the field it is about; `address`: of the form, if elsewhere."""
    items = format_html_join(
        "",
        '<li><a href="{}#{}">{}</a></li>',
        ((address, field_id(remark.path), gettext(remark.message) % remark.params) for remark in remarks[:MANY]),
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
