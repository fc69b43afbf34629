"""What templates of comparisons need: texts with their changes marked, and places in words."""

from __future__ import annotations

import re
from collections.abc import Iterable

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from cases.presenting.text_diff import ADDED, LEFT_OUT, SAME, Span, fold_same
from cases.templatetags.cases import numeral

register = template.Library()
register.filter("folded", fold_same)

_PLACE = re.compile(r"(initiatives|measures|metrics|pictures)\[(\d+)\]")


@register.filter
def changes_marked(spans: Iterable[Span]) -> SafeString:
    """A text with what was added and removed as `ins` and `del`, each introduced by a word for who hears it."""
    return mark_safe("".join(map(_marked, spans)))  # noqa: S308 - every part is escaped


def _marked(span: Span) -> SafeString:
    if span.kind == SAME:
        return format_html("{}", span.text)
    if span.kind == LEFT_OUT:
        told = _("（中间 %(count)s 字没有变化）") % {"count": span.text}
        return format_html('<span class="diff__left-out">{}</span>', told)
    text = span.text.replace("\n", "¶\n")  # a paragraph joined or parted would not be seen
    tag, word = ("ins", _("［新增：")) if span.kind == ADDED else ("del", _("［删除："))
    return format_html(
        '<{0}><span class="diff__word">{1}</span>{2}<span class="diff__word">］</span></{0}>', tag, word, text
    )


@register.filter
def items_marked(spans: Iterable[Span]) -> SafeString:
    """The same for the words of a list."""
    return format_html_join("", '<li class="diff__item">{}</li>', ((_marked(span),) for span in spans))


@register.filter
def place_words(place: str) -> str:
    """Where a part stands, in words: 举措二的措施三."""
    return _("的").join(_NAMES[kind](int(index) + 1) for kind, index in _PLACE.findall(place))


_NAMES = {
    "initiatives": lambda number: _("举措%(numeral)s") % {"numeral": numeral(number)},
    "measures": lambda number: _("措施%(numeral)s") % {"numeral": numeral(number)},
    "metrics": lambda number: _("指标 %(number)d") % {"number": number},
    "pictures": lambda number: _("图片 %(number)d") % {"number": number},
}
