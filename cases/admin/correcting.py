"""What an editor corrects in a preview: one word from a button, one new `Corrections`.

A button sends its correction whole: "role 120 measure", "drop 88 96", "accept heading@120",
"leave_out themes water", so that it works as an ordinary post and is the same with scripts and without.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from urllib.parse import quote, unquote

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cases.admin.found import BASES
from cases.admin.structure import ROLE_NAMES
from cases.editing.importing import LISTS, Corrections
from cases.models import Region, Theme

UNDONE_AT_MOST = 30  # steps that can be taken back
_KEY = re.compile(r"[a-z_]{1,40}[0-9a-f]{0,8}(?:@[0-9]{1,9})?")  # heading@12, issue3f2a, issue3f2a@12
_MOST_ACCEPTED = 5_000  # more things than any article holds
_LONGEST_VALUE = 500  # characters of a theme, a tag, a document or an honour
_MOST_LEFT_OUT = 500
_SENTENCE_ENDS = tuple("。；：！？;:!?”")
_LONGEST_MARK = 12
_LONGEST_MARK_INSIDE = 4  # characters: in the middle of a line stand marks such as those of “（一）” and “二是”


class NotUnderstood(ValueError):
    """A correction that cannot be made; a person reads its words."""


def corrected(corrections: Corrections, command: str, text: str, where: Any) -> tuple[Corrections, str]:
    """The corrections with one more, and what it was in words.

    `where` are the posted `words` and `at`, for a correction of what was selected in the article.
    Raises NotUnderstood.
    """
    verb, *rest = command.split() or [""]
    try:
        return _VERBS[verb](corrections, _Stretch(text, rest, where))
    except (KeyError, IndexError, ValueError) as error:
        if isinstance(error, NotUnderstood):
            raise
        raise NotUnderstood(gettext("没有看懂这一处修改，什么也没有改。")) from None


class _Stretch:
    """What a correction is about: places and words, from the button or from what was selected."""

    def __init__(self, text: str, rest: list[str], where: Any) -> None:
        self.text, self.rest = text, rest
        self.where = where

    def value(self) -> tuple[str, str]:
        """The field and the value of a list that the button names."""
        name, value = self.rest[0], unquote(self.rest[1])
        if name not in LISTS or not 0 < len(value) <= _LONGEST_VALUE or "\x00" in value:
            raise ValueError(name)
        return name, value

    def place(self) -> int:
        """The place the button names, else where the selected sentence begins with its mark, else its line."""
        if len(self.rest) > 1:
            return self._within(int(self.rest[0]))
        start, _end = self.selected()
        line = self.text.rfind("\n", 0, start) + 1
        before = self.text[line:start].rstrip()
        sentence = max(before.rfind(sign) for sign in _SENTENCE_ENDS) + 1
        mark = before[sentence:].strip()
        if sentence and len(mark) <= _LONGEST_MARK_INSIDE:
            return start - len(self.text[line + sentence : start].lstrip())
        return line + len(self.text[line:start]) - len(self.text[line:start].lstrip())

    def lines(self) -> list[int]:
        """Where the lines of the stretch begin that the button names."""
        start, end = self.stretch()
        lines = self.text[start:end].splitlines(keepends=True)
        places = itertools.accumulate(map(len, lines), initial=start)
        return [
            place + len(line) - len(line.lstrip()) for place, line in zip(places, lines, strict=False) if line.strip()
        ]

    def stretch(self) -> tuple[int, int]:
        """Start and end the button names, else of the words that were selected or written out."""
        if not self.rest:
            return self.selected()
        start, end = self._within(int(self.rest[0])), int(self.rest[1])
        if not start < end <= len(self.text):
            raise ValueError(end)
        return start, end

    def selected(self) -> tuple[int, int]:
        words = self.where.get("words", "").replace("\r\n", "\n").strip()
        if not words:
            raise NotUnderstood(gettext("请先选中文稿里的文字，或者写出原文里的字句。"))
        at = self.where.get("at", "")
        if at.isdecimal() and len(at) < 10 and self.text.startswith(words, int(at)):
            return int(at), int(at) + len(words)
        count = self.text.count(words)
        if not count:
            raise NotUnderstood(gettext("文稿里没有“%(words)s”，请照原文写。") % {"words": words[:60]})
        if count > 1:
            told = {"words": words[:60], "count": count}
            raise NotUnderstood(gettext("“%(words)s”在文稿里有 %(count)d 处，请多写几个字。") % told)
        start = self.text.index(words)
        return start, start + len(words)

    def _within(self, place: int) -> int:
        if not 0 <= place < len(self.text):
            raise ValueError(place)
        return place


def _role(corrections: Corrections, about: _Stretch) -> tuple[Corrections, str]:
    """A level for a heading or a line; of several lines the first gets it, those under a heading are its text."""
    *places, role = about.rest
    first, *others = about.lines() if len(places) == 2 else [about.place()]
    if role != "auto" and role not in ROLE_NAMES:
        raise ValueError(role)
    given = {first: role, **dict.fromkeys(others, "text" if role in ("initiative", "measure", "title") else role)}
    roles = {
        at: kept
        for at, kept in corrections.roles.items()
        if not any(_is_one_heading(about.text, at, place) for place in given)
    }
    line = _opening_words(about.text, first)
    if role == "auto":
        return replace(corrections, roles=roles), gettext("“%(words)s”重新自动识别。") % {"words": line}
    told = gettext("“%(words)s”改为：%(role)s。") % {"words": line, "role": ROLE_NAMES[role]}
    return replace(corrections, roles={**roles, **given}), told


def _is_one_heading(text: str, one: int, other: int) -> bool:
    """True for one place, and for a mark and the words right after it: the parser takes both for the heading."""
    between = text[min(one, other) : max(one, other)]
    return len(between) <= _LONGEST_MARK and not any(sign in between for sign in ("\n", *_SENTENCE_ENDS))


def _drop(corrections: Corrections, about: _Stretch) -> tuple[Corrections, str]:
    stretch = about.stretch()
    told = gettext("去掉了指标“%(words)s”。") % {"words": shown(about.text[slice(*stretch)])}
    marked = _apart_from(corrections.marked, stretch)
    if stretch in corrections.marked:
        return replace(corrections, marked=marked), told
    return replace(corrections, marked=marked, dropped=corrections.dropped | {stretch}), told


def _restore(corrections: Corrections, about: _Stretch) -> tuple[Corrections, str]:
    stretch = about.stretch()
    told = gettext("恢复了指标“%(words)s”。") % {"words": shown(about.text[slice(*stretch)])}
    return replace(corrections, dropped=corrections.dropped - {stretch}), told


def _mark(corrections: Corrections, about: _Stretch) -> tuple[Corrections, str]:
    stretch = about.stretch()
    told = gettext("“%(words)s”标为指标。") % {"words": shown(about.text[slice(*stretch)])}
    dropped = _apart_from(corrections.dropped, stretch)
    return replace(corrections, marked=corrections.marked | {stretch}, dropped=dropped), told


def _apart_from(stretches: frozenset[tuple[int, int]], stretch: tuple[int, int]) -> frozenset[tuple[int, int]]:
    """Those that share no words with a stretch: the last word on a figure counts, even with other words round it."""
    start, end = stretch
    return frozenset((low, high) for low, high in stretches if high <= start or end <= low)


def _accept(corrections: Corrections, about: _Stretch) -> tuple[Corrections, str]:
    key = about.rest[0]
    if not _KEY.fullmatch(key) or len(corrections.accepted) >= _MOST_ACCEPTED:
        raise ValueError(key)
    return replace(corrections, accepted=corrections.accepted | {key}), gettext("已核对一处。")


def _reopen(corrections: Corrections, about: _Stretch) -> tuple[Corrections, str]:
    return replace(corrections, accepted=corrections.accepted - {about.rest[0]}), gettext("这一处重新待核对。")


def _region(corrections: Corrections, about: _Stretch) -> tuple[Corrections, str]:
    code = about.rest[0]
    if code == "auto":
        return replace(corrections, region=""), gettext("行政区划重新自动识别。")
    region = Region.objects.filter(pk=code).first()
    if region is None:
        raise ValueError(code)
    name = " / ".join(map(str, region.lineage()))
    return replace(corrections, region=code), gettext("行政区划选定：%(name)s。") % {"name": name}


def _leave_out(corrections: Corrections, about: _Stretch) -> tuple[Corrections, str]:
    name, value = about.value()
    if len(corrections.left_out) >= _MOST_LEFT_OUT:
        raise ValueError(name)
    told = gettext("去掉了%(list)s“%(value)s”。") % _value_words(name, value)
    return replace(corrections, left_out=corrections.left_out | {(name, value)}), told


def _take_back(corrections: Corrections, about: _Stretch) -> tuple[Corrections, str]:
    name, value = about.value()
    told = gettext("恢复了%(list)s“%(value)s”。") % _value_words(name, value)
    return replace(corrections, left_out=corrections.left_out - {(name, value)}), told


def _value_words(name: str, value: str) -> dict[str, str]:
    """The names of a list and of a value in it; a theme is known by its slug."""
    theme = Theme.objects.filter(pk=value).first() if name == "themes" else None
    return {"list": str(BASES[name]), "value": shown(str(theme or value))}


_VERBS: dict[str, Callable[[Corrections, _Stretch], tuple[Corrections, str]]] = {
    "role": _role,
    "drop": _drop,
    "restore": _restore,
    "mark": _mark,
    "accept": _accept,
    "reopen": _reopen,
    "region": _region,
    "leave_out": _leave_out,
    "take_back": _take_back,
}


def _opening_words(text: str, place: int) -> str:
    """The heading or the first sentence at a place, as a message holds it."""
    return shown(re.split("[。；\n]", text[place : place + 200], maxsplit=1)[0])


def shown(words: str) -> str:
    """The words as a message holds them."""
    words = " ".join(words.split())
    return words if len(words) <= 40 else f"{words[:39]}…"


# What was corrected so far


def corrections_made(corrections: Corrections, text: str) -> list[tuple[Any, str, str, str]]:
    """What editors changed, in text order: (kind in words, the words, what takes it back, name of that button)."""
    made: list[tuple[int, Any, str, str, str]] = []
    for place, role in corrections.roles.items():
        words = _opening_words(text, place)
        told = gettext("改为：%(role)s") % {"role": ROLE_NAMES.get(role, role)}
        made.append((place, told, words, f"role {place} auto", gettext("恢复自动识别")))
    for start, end in corrections.dropped:
        made.append((start, _("去掉的指标"), shown(text[start:end]), f"restore {start} {end}", gettext("恢复")))
    for start, end in corrections.marked:
        made.append((start, _("标为指标"), shown(text[start:end]), f"drop {start} {end}", gettext("取消标记")))
    told_in_order = [(kind, words, back, button) for _at, kind, words, back, button in sorted(made, key=lambda m: m[0])]
    region = Region.objects.filter(pk=corrections.region).first() if corrections.region else None
    if region:
        name = " / ".join(map(str, region.lineage()))
        told_in_order.append((_("选定的行政区划"), name, "region auto", gettext("恢复自动识别")))
    for name, value in sorted(corrections.left_out):
        of_list = _value_words(name, value)
        kind = gettext("去掉的%(list)s") % of_list
        told_in_order.append((kind, of_list["value"], f"take_back {name} {quote(value)}", gettext("恢复")))
    return told_in_order


# Taking back the last one: kept with the session, as nobody takes back what a colleague did


def remember(session: Any, pk: int, before: Corrections, version: int) -> None:
    """Keep what the corrections of an article were before the one that made `version`."""
    steps = [*_steps(session, pk, version - 1), before.to_json()][-UNDONE_AT_MOST:]
    session["undo"] = {"article": pk, "version": version, "steps": steps}


def last_step(session: Any, pk: int, version: int) -> Corrections | None:
    """What the corrections were before the last one, if that was made here and nobody made one since."""
    steps = _steps(session, pk, version)
    return Corrections.from_json(steps[-1]) if steps else None


def forget_last(session: Any, pk: int, version: int) -> None:
    """The last step was taken back, which made `version`."""
    session["undo"] = {"article": pk, "version": version, "steps": _steps(session, pk, version - 1)[:-1]}


def _steps(session: Any, pk: int, version: int) -> list[Any]:
    undo = session.get("undo") or {}
    return undo["steps"] if (undo.get("article"), undo.get("version")) == (pk, version) else []
