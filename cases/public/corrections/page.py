"""我要纠错: the form of one case, and the receipt by which a sender follows what becomes of it.

Neither can be cached: a form is for one sender, and the address of a receipt is its key. Still no cookie is set, and
no token against forged posts is needed: whoever posts acts for nobody.
"""

from __future__ import annotations

from functools import wraps
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext, gettext_noop
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from cases.models.corrections import LONGEST_QUOTE, Correction
from cases.models.published import PublishedCase
from cases.network import address_of
from cases.public.corrections.form import CorrectionForm, clean_text
from cases.public.corrections.guard import Refused, count_sender, new_stamp, read_stamp
from cases.public.corrections.receiving import is_used, receive, same_as
from cases.public.reader.sharing import drawing
from cases.public.views import LARGEST_KEY, View, withdrawn_page

TOO_MANY = 429
USED = gettext_noop("这张表格已经提交过了；要再报一处，请看一看所写的内容，再提交一次。")


def own_page(view: View) -> View:
    """A page for whoever asks alone: kept by nobody, listed nowhere."""

    @wraps(view)
    def answered(request: HttpRequest, **kwargs: object) -> HttpResponse:
        response = view(request, **kwargs)
        response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
        return response  # type: ignore[return-value]

    return csrf_exempt(cache_control(private=True, no_store=True)(answered))


@own_page
@require_http_methods(["GET", "HEAD", "POST"])
def correction_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The form of a case; one that was taken down answers here as at its own address."""
    if pk > LARGEST_KEY:
        raise Http404
    case = PublishedCase.objects.filter(pk=pk).first()
    if case is None:
        return withdrawn_page(request, pk)
    if request.method == "POST":
        return _posted(request, case)
    quote = clean_text(request.GET.get("quote", ""))[:LONGEST_QUOTE]
    return _form_page(request, case, CorrectionForm(initial={"quote": quote}), stamp=str(new_stamp(pk)))


def _posted(request: HttpRequest, case: PublishedCase) -> HttpResponse:
    form = CorrectionForm(request.POST)
    stamp, status = request.POST.get("stamp", ""), 400
    try:
        token = read_stamp(stamp, case.pk).token
        if form.is_valid():
            if same := same_as(case, form.cleaned_data, token):
                return redirect("correction-receipt", same.token)
            if is_used(token):
                raise Refused(USED)
            status = TOO_MANY
            count_sender(address_of(request))
            return redirect("correction-receipt", receive(case, form.cleaned_data, token).token)
    except Refused as refused:
        form.add_error(None, gettext(str(refused)))
        if refused.renew:
            stamp = str(new_stamp(case.pk))
    return _form_page(request, case, form, stamp=stamp, status=status)


def _form_page(
    request: HttpRequest, case: PublishedCase, form: CorrectionForm, *, stamp: str, status: int = 200
) -> HttpResponse:
    days = settings.CORRECTION_CONTACT_DAYS
    context: dict[str, Any] = {"section": "corrections", "is_unlisted": True, "case": case}
    context |= {"form": form, "stamp": stamp, "contact_days": days}
    return render(request, "cases/corrections/form.html", context, status=status)


@own_page
@require_http_methods(["GET", "HEAD"])
def receipt_page(request: HttpRequest, token: str) -> HttpResponse:
    """What became of a correction, to whoever has its address."""
    correction = get_object_or_404(Correction, token=token)
    case = PublishedCase.objects.defer("body").filter(pk=correction.case_id).first()
    address = request.build_absolute_uri(request.path)
    context = {"section": "corrections", "is_unlisted": True, "correction": correction, "case": case}
    context |= {"address": address, "drawing": drawing(address)}
    response = render(request, "cases/corrections/receipt.html", context)
    response.headers["Referrer-Policy"] = "no-referrer"  # the address is the key
    return response
