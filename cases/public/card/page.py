"""Where the drawn cards are: one for every public case, one for the site."""

from __future__ import annotations

import hashlib

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.cache import patch_cache_control
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from cases.content import from_json
from cases.models.published import PublishedCase, WithdrawnCase
from cases.presenting.meta_tags import plain
from cases.presenting.metrics import ShownMetric, show_metric
from cases.public.card.drawing import FORM, Card, draw_card
from cases.public.data.lists import unless_known

KEPT_SECONDS = 86_400
LARGEST_KEY = 2**63 - 1


@csrf_exempt
@require_safe
def case_card(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The card of a public case; 410 for one taken down."""
    if pk > LARGEST_KEY:
        raise Http404
    published = PublishedCase.objects.select_related("region").defer("body").filter(pk=pk).first()
    if published is None:
        get_object_or_404(WithdrawnCase, pk=pk)
        return HttpResponse(status=410, content_type="text/plain; charset=utf-8")
    return _answer(request, card_of(published))


@csrf_exempt
@require_safe
def site_card(request: HttpRequest) -> HttpResponseBase:
    """The card of every page that is no case."""
    return _answer(request, Card(settings.SITE_NAME, plain(settings.SITE_DESCRIPTION) or settings.SITE_NAME))


def card_of(published: PublishedCase) -> Card:
    """Its title, place, day and strongest number, in words that can be drawn; a demo case says so first."""
    place = published.region.name if published.region else ""
    mark = _("示例") if published.is_demo else ""
    facts = " · ".join(filter(None, (mark, place, date_format(published.listed_on, "DATE_FORMAT"))))
    said = {"site": settings.SITE_NAME, "title": plain(published.title), "facts": facts}
    metrics = from_json({"metrics": published.highlights}).metrics
    return Card(**said, **_number(show_metric(metrics[0]))) if metrics else Card(**said)


def _number(metric: ShownMetric) -> dict[str, str]:
    words = [metric.qualifier and _(metric.qualifier), metric.before and f"{metric.before} →", metric.value]
    meaning = _("（%(meaning)s）") % {"meaning": _(metric.meaning)} if metric.meaning else ""
    return {
        "number": " ".join(filter(None, words)),
        "unit": (metric.scale and _(metric.scale)) + plain(metric.unit),
        "label": plain(metric.label) + meaning,
    }


def _answer(request: HttpRequest, card: Card) -> HttpResponseBase:
    """The picture, or "not modified"; then it is not even drawn."""
    digest = hashlib.sha256(repr((FORM, settings.CARD_FONT, card)).encode(errors="replace")).hexdigest()[:32]
    response = unless_known(request, f'"{digest}"', lambda: HttpResponse(draw_card(card), content_type="image/png"))
    patch_cache_control(response, public=True, max_age=KEPT_SECONDS)
    return response
