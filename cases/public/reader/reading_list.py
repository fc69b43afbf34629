"""阅读清单: cases that a reader picked, in the order the reader gave them.

The list itself is kept in the browser. Its address names the cases (`?cases=12,5,9`), so that it can be passed on,
printed as one brief and taken along as a document; notes come along only if the reader sends them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from cases.content import MetricContent
from cases.exporting.brief import DOCX_TYPE, BriefCase, BriefNumber, BriefWords, brief_docx
from cases.models.published import PublishedCase, WithdrawnCase
from cases.presenting.cards import strongest_metrics
from cases.presenting.metrics import ShownMetric, show_metric
from cases.public.reader.sharing import drawn
from cases.public.views import LARGEST_KEY, public_page

MOST = 50  # cases of one list
MOST_NUMBERS = 3  # of one case
LONGEST_NOTE = 1000  # characters
LONGEST_WORD = 20  # characters of what is no number that a sentence repeats


class TooMany(Exception):
    """More cases than a list holds. The message is a sentence for the reader."""


@dataclass(frozen=True, slots=True)
class Listed:
    """One line of a list: a public case, or why there is none any more."""

    key: int
    case: PublishedCase | None = None
    is_withdrawn: bool = False
    numbers: tuple[tuple[ShownMetric, MetricContent], ...] = ()


@public_page
def reading_list(request: HttpRequest) -> HttpResponse:
    """The list that the address names; without one the reader's own, which a script shows."""
    context: dict[str, Any] = {"section": "reading-list", "most": MOST, "longest_note": LONGEST_NOTE}
    try:
        keys, unread = read_keys(request.GET)
    except TooMany as error:
        return render(
            request,
            "cases/reader/reading_list.html",
            context | {"is_unlisted": True, "refused": str(error)},
            status=400,
        )
    wanted = ",".join(map(str, keys))
    context |= {
        "listed": listed_cases(keys),
        "unread": unread,
        "wanted": wanted,
        "is_unlisted": bool(wanted),
        "address": request.build_absolute_uri(f"{reverse('reading-list')}?cases={wanted}"),
        "today": timezone.localdate(),
    }
    return render(request, "cases/reader/reading_list.html", context)


@public_page
def reading_list_code(request: HttpRequest) -> HttpResponse:
    """The address of a list as a QR code."""
    try:
        keys, _unread = read_keys(request.GET)
    except TooMany as error:
        return _refused(error)
    return drawn(request.build_absolute_uri(f"{reverse('reading-list')}?cases={','.join(map(str, keys))}"))


@csrf_exempt  # it changes nothing: notes are posted because they are too long for an address
@require_http_methods(["GET", "HEAD", "POST"])
def reading_list_document(request: HttpRequest) -> HttpResponse:
    """The list as .docx, with the notes that were sent (`note-12`) and kept nowhere."""
    sent = request.POST if request.method == "POST" else request.GET
    try:
        keys, _unread = read_keys(sent)
    except TooMany as error:
        return _refused(error)
    cases = [_brief(request, one, sent.get(f"note-{one.key}", "")) for one in listed_cases(keys)]
    response = HttpResponse(brief_docx(cases, _words(request)), content_type=DOCX_TYPE)
    response["Content-Disposition"] = 'attachment; filename="reading-list.docx"'
    response["Cache-Control"] = "no-store"
    return response


def read_keys(parameters: QueryDict) -> tuple[tuple[int, ...], tuple[str, ...]]:
    """The keys of `cases`, each once and in order, and what among them is no key. Raises TooMany beyond MOST."""
    words = [word.strip() for word in ",".join(parameters.getlist("cases")).split(",") if word.strip()]
    keys = tuple(dict.fromkeys(int(word) for word in words if _is_key(word)))
    if len(keys) > MOST:
        raise TooMany(
            _("一份清单最多 %(most)d 个案例，这里有 %(count)d 个。请分成几份。") % {"most": MOST, "count": len(keys)}
        )
    unread = dict.fromkeys(word[:LONGEST_WORD] for word in words if not _is_key(word))
    return keys, tuple(unread)[:MOST]


def _is_key(word: str) -> bool:
    return word.isascii() and word.isdecimal() and len(word) < 20 and 0 < int(word) <= LARGEST_KEY


def listed_cases(keys: tuple[int, ...]) -> list[Listed]:
    """The cases of a list in its order, with those that are gone; two queries however many, none for no keys."""
    if not keys:
        return []
    found = PublishedCase.objects.select_related("region", "department").in_bulk(keys)
    missing = [key for key in keys if key not in found]
    withdrawn = set(WithdrawnCase.objects.filter(pk__in=missing).values_list("pk", flat=True)) if missing else set()
    return [
        Listed(key, found[key], numbers=_numbers(found[key]))
        if key in found
        else Listed(key, is_withdrawn=key in withdrawn)
        for key in keys
    ]


def _numbers(case: PublishedCase) -> tuple[tuple[ShownMetric, MetricContent], ...]:
    return tuple((show_metric(metric), metric) for metric in strongest_metrics(case.content, MOST_NUMBERS))


def _brief(request: HttpRequest, one: Listed, note: str) -> BriefCase:
    note = note.strip()[:LONGEST_NOTE]
    if one.case is None:
        title = _("案例 %(key)d") % {"key": one.key}
        return BriefCase(title, said=_("已撤下") if one.is_withdrawn else _("没有这个案例"), note=note)
    mark = _("示例：内容为演示而写") if one.case.is_demo else ""
    day = date_format(one.case.listed_on, "DATE_FORMAT")
    facts = (mark, one.case.region, one.case.department, day, one.case.source_name)
    return BriefCase(
        one.case.title,
        facts=" · ".join(str(fact) for fact in facts if fact),
        lead=one.case.lead,
        numbers=tuple(BriefNumber(_in_words(shown), metric.label, metric.quote) for shown, metric in one.numbers),
        note=note,
        address=request.build_absolute_uri(one.case.get_absolute_url()),
    )


def _in_words(shown: ShownMetric) -> str:
    """超过 7 → 2 个工作日（压减）"""
    parts = [_(shown.qualifier) if shown.qualifier else "", f"{shown.before} →" if shown.before else "", shown.value]
    unit = f"{_(shown.scale) if shown.scale else ''}{shown.unit}"
    meaning = _("（%(meaning)s）") % {"meaning": _(shown.meaning)} if shown.meaning else ""
    return " ".join(part for part in [*parts, unit] if part) + meaning


def _words(request: HttpRequest) -> BriefWords:
    day = date_format(timezone.localdate(), "DATE_FORMAT")
    return BriefWords(
        title=_("阅读清单"),
        about=_("%(site)s，%(day)s") % {"site": request.build_absolute_uri(reverse("home")), "day": day},
        numbers=_("主要数字"),
        evidence=_("依据："),
        note=_("笔记："),
        language="en" if get_language() == "en" else "zh-CN",
    )


def _refused(error: TooMany) -> HttpResponse:
    return HttpResponse(str(error), status=400, content_type="text/plain; charset=utf-8")
