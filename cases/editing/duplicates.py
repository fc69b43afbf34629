"""Whether an article is a case already: by its address, or by its text.

Texts are compared by runs of five characters, punctuation and blanks left out and traditional characters
folded, so that line breaks, other marks and another title change nothing or little. Of the hashes of all
runs the smallest 128 are the sketch: two sketches tell how much of two texts is the same, to about a
twentieth. The smallest 8 are rows of a table; texts alike share several of them, and are found by them
without looking at every case.

Tried against the alternatives on articles with a fifth cut or replaced, with one character in twenty
changed, in other characters, marks and lines: runs stay above 0.6 where different articles of one kind
stay below 0.25. Hashes of clauses fell to 0.35 by typing errors alone; the distances of 64-bit simhashes
of edited and of different articles overlap.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Iterator, Sequence
from urllib.parse import parse_qsl, urlencode, urlsplit
from zlib import crc32

from django.db.models import Count

from cases.content import LIMITS, CaseContent
from cases.editing.found import Duplicate
from cases.folding import fold
from cases.models import Case, FingerprintMark

RUN = 5  # characters
SKETCH = 128  # values
MARKS = 8  # of them
SHARED_MARKS = 2  # a case to be looked at has as many in common
CANDIDATES = 20  # looked at
ALIKE = 0.6  # share of the text that is the same in what counts as a duplicate
SHORTEST = 40  # runs; below that a likeness means nothing

_LEFT_OUT = re.compile(r"[\W_]+")
_TRACKER = re.compile(r"utm_|spm$|from$|share|scene$|wfr$|fr$|isappinstalled$|timestamp$|nsukey$|_$", re.IGNORECASE)


# Texts and addresses in the form in which they are compared


def sketch(content: CaseContent) -> list[int]:
    """The smallest hashes of the runs of characters of a case, in order; fewer than `SKETCH` for a short one."""
    plain = _LEFT_OUT.sub("", fold(_words(content))).encode("utf-16-le", "surrogatepass")
    limit = 3 * SKETCH * 2**33 // max(len(plain), 1)  # three times as many as are wanted lie below it
    values = {value for value in _runs(plain) if value < limit}
    return sorted(values if len(values) >= SKETCH else set(_runs(plain)))[:SKETCH]


def _runs(plain: bytes) -> Iterator[int]:
    width = 2 * RUN
    return (crc32(plain[start : start + width]) for start in range(0, len(plain) - width + 1, 2))


def _words(content: CaseContent) -> str:
    parts = [content.title, content.intro]
    for initiative in content.initiatives:
        parts += [initiative.heading, initiative.text]
        for measure in initiative.measures:
            parts += [measure.heading, measure.text]
    return "\n".join([*parts, content.closing])


def likeness(one: Sequence[int], other: Sequence[int]) -> float:
    """The share of two texts that is the same, by their sketches: 0 to 1."""
    if min(len(one), len(other)) < SHORTEST:
        return 0.0
    size = min(SKETCH, max(len(one), len(other)))
    both, either = set(one) & set(other), sorted({*one, *other})[:size]
    common = sum(value in both for value in either) / len(either)  # of both together …
    return 2 * common / (1 + common)  # … and of each


def one_form(address: str) -> str:
    """An address without what differs between links to the same page; "" for what is none of a page.

    Scheme, www., letter case of the host, standard ports, a closing slash or index page, the place within
    the page, the order of the query, and what trackers add to it.
    """
    try:
        parts = urlsplit(address.strip())
        host, port = (parts.hostname or "").removeprefix("www."), parts.port
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not host:
        return ""
    place = f"/#{parts.fragment}" if parts.fragment.startswith(("/", "!")) else ""  # a page drawn by a script
    path = re.sub(r"/(?:index\.(?:s?html?|jsp|php|aspx?))?$", "", parts.path)
    asked = sorted(pair for pair in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKER.match(pair[0]))
    if not (path or asked or place):
        return ""  # a whole site is no article
    where = host if port in (None, 80, 443) else f"{host}:{port}"
    return f"{where}{path}{'?' + urlencode(asked) if asked else ''}{place}"[: LIMITS["source_url"]]


# Keeping and looking up


def set_fingerprint(case: Case, content: CaseContent) -> None:
    """Set by what a case will be recognised, `sketch` and `page`, for the caller to save; write its marks.

    One query for a new case, two for one that was there.
    """
    values = sketch(content)
    if case.digest:
        FingerprintMark.objects.filter(case=case).delete()
    FingerprintMark.objects.bulk_create(FingerprintMark(case=case, value=value) for value in values[:MARKS])
    case.sketch, case.page = array("I", values).tobytes(), one_form(content.source_url)


def likely_duplicates(content: CaseContent, address: str = "", *, but: Iterable[int] = ()) -> list[Duplicate]:
    """The cases an article is likely to be, the surest first; `but` are keys of cases that are known to be it.

    `address` is that of the article where its content names none. Three queries however many cases there are.
    """
    values, left_out = sketch(content), set(but)
    where = one_form(content.source_url or address)
    there = Case.objects.filter(page=where).order_by("pk").values_list("pk", flat=True)
    same_page = set(there[:CANDIDATES]) if where else set()
    sharing = FingerprintMark.objects.filter(value__in=values).values("case").annotate(shared=Count("pk"))
    alike = sharing.filter(shared__gte=min(SHARED_MARKS, len(values) or 1)).order_by("-shared", "case")[:CANDIDATES]
    near = {row["case"] for row in alike}
    rows = Case.objects.filter(pk__in=(same_page | near) - left_out).values_list("pk", "title", "sketch")
    found = []
    for pk, title, kept in rows:
        share = likeness(values, array("I", bytes(kept)))
        if pk in same_page or share >= ALIKE:
            found.append(Duplicate("address" if pk in same_page else "text", title, case=pk, likeness=round(share, 2)))
    return sorted(found, key=lambda one: (one.way != "address", -one.likeness, one.case))
