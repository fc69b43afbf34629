"""The pages of a case under review: its steps, its text with the comments beside it, its history."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from cases.admin.listing import is_key
from cases.admin.person import person
from cases.admin.releasing import ReleasePages, remarks_list
from cases.admin.review.forms import AnswerForm, CommentForm, StepForm
from cases.admin.review.showing import shown_passages
from cases.admin.review.steps import STEPS, offers
from cases.content import from_json
from cases.editing.drafts import Conflict
from cases.editing.permissions import NotAllowed, may, why_not
from cases.editing.requirements import Incomplete
from cases.editing.review.comments import (
    answer,
    close_comment,
    comment_on,
    reviewed_content,
    threads_of,
)
from cases.editing.review.passages import passages
from cases.editing.review.queue import waiting
from cases.editing.review.timeline import timeline
from cases.editing.versions import live_revision
from cases.models import Case, ReviewComment
from cases.models.draft import FROZEN


class ReviewPages(ReleasePages):
    """The part of the case admin that takes cases through review, by the verbs of editing.review."""

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view
        return [
            path("<int:pk>/step/<slug:verb>/", view(self.step_view), name="cases_case_step"),
            path("<int:pk>/withdraw/", view(self.step_view), {"verb": "withdraw"}, name="cases_case_withdraw"),
            path("<int:pk>/copy/", view(self.step_view), {"verb": "copy"}, name="cases_case_copy"),
            path("<int:pk>/review/", view(self.review_view), name="cases_case_review"),
            path("<int:pk>/comments/", view(require_POST(self.comment_view)), name="cases_case_comment"),
            *super().get_urls(),
        ]

    # A step

    def step_view(self, request: HttpRequest, pk: int, verb: str) -> HttpResponse:
        """Say what a step will bring about and ask what it needs; taken, lead on to where there is more to do."""
        if verb not in STEPS:
            raise Http404
        case, step = self._case_in_sight(request, pk), STEPS[verb]
        context = {"title": step.name, "original": case, "verb": verb, "step": step, "foretold": step.foretell(case)}
        if reason := why_not(person(request), verb, case):
            return self._draw_review_page(request, "step_refused", {**context, "reason": gettext(reason)}, status=403)
        form = step.form(request.POST if request.method == "POST" else None, case=case)
        if form.is_valid() and (done := self._step_taken(request, case, verb, form)):
            return done
        return self._draw_review_page(request, "step", {**context, "form": form, "media": self.media + form.media})

    def _step_taken(self, request: HttpRequest, case: Case, verb: str, form: StepForm) -> HttpResponse | None:
        """Where a step leads; None if it could not be taken, with the reason on the form and all that was typed."""
        version, case.version = case.version, form.cleaned_data["version"]
        try:
            result = STEPS[verb].take(case, by=person(request), **form.choices())
        except Conflict:
            form.add_error(None, gettext("还没有做：刚才有人保存或者处理了这个案例。请看过现在的样子，再按一次。"))
        except NotAllowed as refused:
            form.add_error(None, gettext(str(refused)))
        except Incomplete as incomplete:
            told = gettext("还不能这样做，缺 %(count)d 项：") % {"count": len(incomplete.missing)}
            address = reverse("admin:cases_case_change", args=[case.pk])
            form.add_error(None, remarks_list(told, incomplete.missing, address))
        else:
            messages.success(request, STEPS[verb].done)
            return self._after_step(verb, case, result)
        case.version = version
        form.seen_again()
        return None

    def _after_step(self, verb: str, case: Case, result: Any) -> HttpResponse:
        if verb == "copy":
            return redirect("admin:cases_case_change", result.pk)
        return (
            redirect("admin:queue") if verb in ("approve", "return") else redirect("admin:cases_case_review", case.pk)
        )

    # Reading

    def review_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The text that stands for review, the comments beside it, and the steps this person may take."""
        return self._draw_text(request, self._case_in_sight(request, pk))

    def _draw_text(self, request: HttpRequest, case: Any, form: Any = None, answering: Any = None) -> HttpResponse:
        user, texts = person(request), passages(reviewed_content(case))
        at = request.GET.get("at", "") if form is None else form["path"].value() or ""
        if form is None:
            form = CommentForm(initial={"path": at, "quote": request.GET.get("quote", "")[:300]})
        live = live_revision(case)
        known = passages(from_json(live.content)) if live else None
        shown, whole, gone = shown_passages(texts, threads_of(case), known)
        context = {
            "title": gettext("审核与批注"),
            "original": case,
            "is_frozen": case.stage in FROZEN,
            "waiting": waiting(case),
            "offers": offers(user, case),
            "passages": shown,
            "is_public": live is not None,
            "new_count": sum(passage.is_new for passage in shown),
            "whole": whole,
            "gone": gone,
            "may_comment": may(user, "comment", case),
            "at": at,
            "is_commenting": form.is_bound or "at" in request.GET,
            "form": form,
            "answering": answering,
            "answer_form": AnswerForm(auto_id=False),
            "events": timeline(case)[:5],
        }
        return self._draw_review_page(request, "review", context | self.release_context(request, case))

    # Comments

    def comment_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Make, answer or close a comment; what cannot be taken comes back with the reason and the words."""
        case = self._case_in_sight(request, pk)
        if "comment" in request.POST:
            return self._comment_answered(request, case)
        form = CommentForm(request.POST)
        if form.is_valid():
            try:
                made = comment_on(case, by=person(request), **form.cleaned_data)
                return self._back_to_comment(case, made)
            except NotAllowed as refused:
                form.add_error(None, gettext(str(refused)))
        return self._draw_text(request, case, form=form)

    def _comment_answered(self, request: HttpRequest, case: Case) -> HttpResponse:
        key = request.POST["comment"]
        comments = ReviewComment.objects.filter(case=case, answers=None).select_related("case")
        comment = get_object_or_404(comments, pk=key if is_key(ReviewComment._meta.pk, key) else 0)
        try:
            form = AnswerForm(request.POST)
            if "close" not in request.POST and not form.is_valid():
                raise NotAllowed(gettext("；").join(str(error) for errors in form.errors.values() for error in errors))
            if form.is_valid():
                answer(comment, by=person(request), text=form.cleaned_data["text"])
            if "close" in request.POST:
                close_comment(comment, by=person(request))
        except NotAllowed as refused:
            messages.error(request, gettext(str(refused)))
            return self._draw_text(request, case, answering={"pk": comment.pk, "text": request.POST.get("text", "")})
        return self._back_to_comment(case, comment)

    def _back_to_comment(self, case: Case, comment: ReviewComment) -> HttpResponse:
        return redirect(f"{reverse('admin:cases_case_review', args=[case.pk])}#comment-{comment.pk}")

    # What happened

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """Who did what with the case, when, and what they said."""
        case = self._case_in_sight(request, int(object_id) if is_key(Case._meta.pk, object_id) else 0)
        context = {"title": gettext("流转记录"), "original": case, "events": timeline(case)}
        return self._draw_review_page(request, "timeline", context)

    def _case_in_sight(self, request: HttpRequest, pk: int) -> Any:
        """The case, if they see it: of one out of their sight not even its existence is told."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        cases: Any = Case.objects.visible_to(person(request))
        cases = cases.with_public_state().select_related("submitted_by", "submitted_revision", "updated_by")
        return get_object_or_404(cases, pk=pk)

    def _draw_review_page(
        self, request: HttpRequest, name: str, context: dict[str, Any], status: int = 200
    ) -> HttpResponse:
        whole = {**self.admin_site.each_context(request), "opts": self.opts, "media": self.media, **context}
        return render(request, f"admin/cases/review/{name}.html", whole, status=status)
