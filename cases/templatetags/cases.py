"""What templates of the public pages need beyond Django's own tags."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Mapping
from typing import Any

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse, translate_url
from django.utils import timezone
from django.utils.encoding import iri_to_uri
from django.utils.formats import date_format
from django.utils.html import conditional_escape, escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cases.content import Moment, from_json, moment_text
from cases.models.published import PublishedCase
from cases.presenting.addresses import is_government, web_address
from cases.presenting.canonical import site_root
from cases.presenting.chinese_parts import mark_runs
from cases.presenting.linked_data import breadcrumbs
from cases.presenting.marking import Piece
from cases.presenting.marks import Paragraph, Quote
from cases.presenting.metrics import ShownMetric, in_language, show_metric
from cases.presenting.numerals import chinese_numeral
from cases.presenting.tiles import tile_lines

LONGEST_QUOTED = 60  # characters of a searched word that a sentence repeats

register = template.Library()
register.filter("web_address", web_address)
register.filter("is_government", is_government)
register.filter("tile_lines", tile_lines)


@register.filter
def marked(paragraph: Paragraph) -> SafeString:
    """The paragraph with its quotes underlined, each followed by the number of its metric card.

    Written here and not in a partial, because a line break in a template would show as a blank.
    """
    return _joined(_quote(part) if isinstance(part, Quote) else conditional_escape(part) for part in paragraph)


@register.filter
def hits_marked(pieces: Iterable[Piece]) -> SafeString:
    """A text with its search hits marked. No partial: a page of results has a hundred."""
    return _joined(
        mark_safe(f"<mark>{escape(piece.text)}</mark>") if piece.is_hit else escape(piece.text)  # noqa: S308 - escaped
        for piece in pieces
    )


def _joined(parts: Iterable[SafeString]) -> SafeString:
    return mark_safe("".join(parts))  # noqa: S308 - every part is escaped


def _quote(quote: Quote) -> SafeString:
    """The quote as one element. Only its words are underlined, not the numbers between them."""
    classes = ["quote", *(["quote--rest"] * quote.is_rest)]
    classes += [f"quote--continues-{where}" for where in sorted(quote.continues)]
    anchor = "" if quote.is_rest else format_html(' id="evidence-{}"', quote.number)
    number = "" if quote.continues else _number_link(quote.number)
    words = _joined(
        _quote(part) if isinstance(part, Quote) else format_html('<span class="quote__words">{}</span>', part)
        for part in quote.parts
    )
    return format_html('<span class="{}"{}>{}{}</span>', " ".join(classes), anchor, words, number)


def _number_link(number: int) -> SafeString:
    label = _("指标 %(number)d") % {"number": number}
    link = '<a class="quote__number" href="#metric-{0}" aria-label="{1}"{2}>{0}</a>'
    return format_html(link, number, label, "" if in_chinese() else lang_of_page())


@register.filter
def paragraphs(text: str) -> list[str]:
    """The lines of a plain text that are not blank."""
    return [line for line in text.split("\n") if line.strip()]


@register.filter
def moment(value: Moment | None) -> str:
    """A day in words, with hour and minute if the value has them: 2023年12月18日 10:41; Beijing time."""
    if value is None:
        return ""
    if not isinstance(value, datetime.datetime):
        return date_format(value, "DATE_FORMAT")
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    return f"{date_format(local, 'DATE_FORMAT')} {local:%H:%M}"


@register.filter
def iso_moment(value: Moment) -> str:
    """The same for machines: 2023-12-18 or 2023-12-18T10:41."""
    if isinstance(value, datetime.datetime) and timezone.is_aware(value):
        value = timezone.localtime(value).replace(tzinfo=None)
    return moment_text(value)


@register.filter
def highlights(case: PublishedCase) -> list[ShownMetric]:
    """The strongest numbers of a case, for its card."""
    return [show_metric(metric) for metric in from_json({"metrics": case.highlights}).metrics]


@register.filter
def in_words_of_page(shown: ShownMetric) -> ShownMetric:
    """The number as the language of the page writes it: English has no 万 and 亿."""
    return in_language(shown, get_language() or "")


@register.filter
def numeral(number: int) -> str:
    """The number of an initiative or measure: 一, 二 … on Chinese pages, 1, 2 … on others."""
    return chinese_numeral(number) if in_chinese() else str(number)


def in_chinese() -> bool:
    return (get_language() or "").startswith("zh")


@register.simple_tag
def lang_of_page() -> SafeString:
    """The attribute for words of the page within what is marked as Chinese."""
    return format_html(' lang="{}"', "zh-CN" if in_chinese() else get_language())


@register.filter
def chinese(text: object) -> str:
    """The text, what is Chinese in it marked so on pages of another language: names and tags stay as they are."""
    if in_chinese():
        return conditional_escape(str(text))
    return mark_safe(mark_runs(conditional_escape(str(text))))  # noqa: S308 - escaped


@register.filter
def in_title_marks(policy: str) -> str:
    """The name of a document with its 《》: some editors write them, others leave them out."""
    return policy if "《" in policy else f"《{policy}》"


@register.filter
def picture_url(file: str) -> str:
    return reverse("picture", args=[file])


@register.simple_tag(takes_context=True)
def address_in(context: dict[str, Any], language: str) -> str:
    """The address of the present page in another language; of the home page where it has none."""
    request: HttpRequest | None = context.get("request")
    here = _address_as_sent(request) if request else "/"
    there = translate_url(here, language)
    return there if there != here else translate_url(reverse("home"), language)


def _address_as_sent(request: HttpRequest) -> str:
    """Path and query. Servers hand on a query sent as bare UTF-8 as if each of its bytes were a character."""
    query = request.META.get("QUERY_STRING", "").encode("latin-1", "replace").decode("utf-8", "replace")
    return f"{request.get_full_path().partition('?')[0]}{iri_to_uri(f'?{query}') if query else ''}"


@register.simple_tag
def quoted(words: tuple[str, ...], meant: Mapping[str, tuple[str, ...]]) -> str:
    """The words of a search for a sentence: “审批”, or “审批”和“漯河”（或属于漯河市）; very long ones are cut."""
    marks = []
    for word in words:
        mark = _("“%(word)s”") % {"word": word if len(word) <= LONGEST_QUOTED else f"{word[:LONGEST_QUOTED]}…"}
        names = _("、").join(meant.get(word, ()))
        marks.append(mark + _("（或属于%(names)s）") % {"names": names} if names else mark)
    if not marks[1:]:
        return chinese("".join(marks))
    return chinese(_("%(some)s和%(last)s") % {"some": _("、").join(marks[:-1]), "last": marks[-1]})


@register.filter
def grouped(count: int) -> str:
    """12,345"""
    return f"{count:,}"


@register.filter
def share(count: int, most: int) -> str:
    """How long a bar of `count` is when that of `most` is 100: a number for an SVG attribute."""
    return f"{count / most * 100:.1f}" if most else "0"


@register.filter
def beside(columns: Iterable[Any], cells: Iterable[Any]) -> list[tuple[Any, Any]]:
    """Each column with its cell of a line."""
    return list(zip(columns, cells, strict=True))


_NO_MARKUP = {ord(character): f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}


@register.filter
def json_ld(data: dict[str, Any]) -> SafeString:
    """The object as the text of a script element: nothing in it can end the element or open a comment."""
    return mark_safe(json.dumps(data, ensure_ascii=False).translate(_NO_MARKUP))  # noqa: S308 - markup is escaped


@register.simple_tag(takes_context=True)
def breadcrumb_data(
    context: Any, root: str, root_url: str, terms: Iterable[Any], case: PublishedCase | None, here: Any
) -> dict[str, Any] | None:
    """The breadcrumb as JSON-LD, home first; None outside a request, as there are no absolute addresses."""
    request: HttpRequest | None = getattr(context, "request", None)
    if request is None:
        return None
    site = site_root(request.scheme or "https", request.get_host(), settings.SITE_DOMAIN)
    trail = [(_("首页"), reverse("home"))]
    trail += [(str(root), root_url)] if root else []
    trail += [(str(term), term.get_absolute_url()) for term in terms or ()]
    trail += [(case.title, case.get_absolute_url())] if case else []
    trail += [(str(here), "")] if here else []
    return breadcrumbs((name, address and site + iri_to_uri(address)) for name, address in trail)
