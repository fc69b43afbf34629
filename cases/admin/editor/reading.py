"""From a posted form to a typed tree, and from a typed tree to the content of a case."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext

from cases.admin.editor.fields_of_case import (
    CASE,
    DROPPED,
    LISTS_OF_CASE,
    LISTS_UNDER,
    ROWS,
    Spec,
    Typed,
    is_blank,
)
from cases.checking.findings import all_texts
from cases.content import (
    LIMITS,
    CaseContent,
    InitiativeContent,
    MeasureContent,
    MetricContent,
    PictureContent,
)
from cases.editing import bounds
from cases.editing.pictures import PictureError, store_picture

_KEY = re.compile("n?[0-9]{1,6}")  # the place of a row when the form was drawn, n… for one added since
_UNKEPT = re.compile("[\x00\ud800-\udfff]")  # no database keeps them
_KINDS: dict[str, Any] = {
    "initiatives": InitiativeContent,
    "measures": MeasureContent,
    "metrics": MetricContent,
    "pictures": PictureContent,
}


@dataclass(frozen=True, slots=True)
class Problem:
    """Something typed that cannot be saved, and where: `initiatives[0].metrics[1].value`, counted in the tree."""

    path: str
    message: str


class TooManyRows(ValueError):
    """More rows than any form of ours sends."""


# Posted → typed


def typed_from_post(post: Any) -> Typed:
    """The typed tree of a posted form; `post` is a QueryDict.

    Rows stand in the order of their keys in the post (`initiatives`: 0, n3, 1). Raises TooManyRows before a
    tree of them is built. Pictures that were sent are kept by `keep_uploads`.
    """
    left = [bounds.ROWS]
    typed: Typed = {name: _posted(post, name, spec) for name, spec in CASE.items()}
    return typed | {name: _posted_rows(post, name, name, left) for name in LISTS_OF_CASE}


def row_keys(post: Any, list_name: str) -> list[str]:
    """The keys of the rows of a list (`initiatives.0.measures`) in order."""
    return [key for key in dict.fromkeys(post.getlist(list_name)) if _KEY.fullmatch(key)]


def _posted_rows(post: Any, kind: str, list_name: str, left: list[int]) -> list[Typed]:
    keys = row_keys(post, list_name)
    left[0] -= len(keys)
    if left[0] < 0:
        raise TooManyRows
    rows = []
    for name in (f"{list_name}.{key}" for key in keys):
        row = {field: _posted(post, f"{name}.{field}", spec) for field, spec in ROWS[kind].items()}
        row |= {DROPPED: "on"} if post.get(f"{name}.{DROPPED}") else {}
        rows.append(row | {under: _posted_rows(post, under, f"{name}.{under}", left) for under in _under(kind)})
    return rows


def _under(kind: str) -> tuple[str, ...]:
    return LISTS_UNDER.get(kind, ())


def _posted(post: Any, name: str, spec: Spec) -> Any:
    if spec.control == "themes":
        return sorted({kept(value) for value in post.getlist(name)} - {""})
    return kept(post.get(name, "" if spec.control == "box" else spec.empty))


def kept(text: str) -> str:
    """What was sent, as a tree has it: lines parted by a newline, without what no database keeps."""
    return _UNKEPT.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def keep_uploads(typed: Typed, post: Any, files: Mapping[str, Any]) -> list[Problem]:
    """Keep the pictures sent with a form and put their names into its tree; what was refused is told."""
    problems = []
    for index, key in enumerate(row_keys(post, "pictures")):
        upload: Any = files.get(f"pictures.{key}.upload")
        if upload is None:
            continue
        row = typed["pictures"][index]
        try:
            row["file"] = store_picture(upload.name, upload.read())
            row["name"] = str(upload.name)[-LIMITS["name"] :]
        except PictureError as error:
            problems.append(Problem(f"pictures[{index}].file", gettext(error.message) % error.params))
    return problems


# Stored → typed


def typed_from_stored(stored: Any) -> Typed:
    """The typed tree of an unsaved text, which may be older than the form: what fits nowhere in it is left out.

    A field that the text does not have is not in the tree.
    """
    return _fitting(CASE, LISTS_OF_CASE, stored)


def _fitting(specs: Mapping[str, Spec], lists: tuple[str, ...], stored: Any) -> Typed:
    known = stored if isinstance(stored, dict) else {}
    fields = {name: known[name] for name, spec in specs.items() if name in known and _fits(spec, known[name])}
    rows = {
        name: [_fitting(ROWS[name], _under(name), row) for row in known[name] if isinstance(row, dict)]
        for name in lists
        if isinstance(known.get(name), list)
    }
    return fields | rows | ({DROPPED: "on"} if known.get(DROPPED) else {})


def _fits(spec: Spec, value: Any) -> bool:
    if spec.control == "themes":
        return isinstance(value, list) and all(isinstance(code, str) for code in value)
    return isinstance(value, str)


# Typed → content


def content_from_typed(typed: Typed, *, keep_blank: bool = False) -> tuple[CaseContent, list[Problem]]:
    """What a typed tree says, and what of it cannot be saved, in the order of the form.

    What cannot be read is empty in the content. Rows that are dropped or blank are left out, so places in the content
    may be others than in the tree; with `keep_blank` every row of the tree is there, in its place.
    """
    problems: list[Problem] = []
    values = _cleaned(CASE, typed, "", problems)
    lists: dict[str, Any] = {name: _rows(name, typed, name, problems, keep_blank) for name in LISTS_OF_CASE}
    content = CaseContent(**values, **lists)
    return content, problems + list(_too_many(content))


def without_dropped(typed: Typed) -> Typed:
    """The tree without the rows that are to be deleted."""
    tree = dict(typed)
    for name in (name for name in (*LISTS_OF_CASE, "measures") if name in tree):
        tree[name] = [without_dropped(row) for row in tree[name] if not row.get(DROPPED)]
    return tree


def _cleaned(specs: Mapping[str, Spec], typed: Typed, place: str, problems: list[Problem]) -> dict[str, Any]:
    values = {}
    for name, spec in specs.items():
        try:
            value = spec.field.clean(typed.get(name, spec.empty))
        except ValidationError as error:
            problems += [Problem(f"{place}{name}", message) for message in error.messages]
        else:
            values[name] = tuple(value) if isinstance(value, list) else value
    return values


def _rows(kind: str, typed: Typed, path: str, problems: list[Problem], keep_blank: bool) -> tuple[Any, ...]:
    rows = []
    for index, row in enumerate(typed.get(kind, ())):
        if not keep_blank and (row.get(DROPPED) or is_blank(kind, row)):
            continue
        place = f"{path}[{index}]"
        values = _cleaned(ROWS[kind], row, f"{place}.", problems)
        under = {name: _rows(name, row, f"{place}.{name}", problems, keep_blank) for name in _under(kind)}
        rows.append(_KINDS[kind](**values, **under))
    return tuple(rows)


def _too_many(content: CaseContent) -> Iterator[Problem]:
    """What is more than the form of a case can hold."""
    told = gettext("太多了，最多 %(num)d 条；请合并，或者拆成几个案例。")
    measures = [len(initiative.measures) for initiative in content.initiatives]
    for path, count, most in (
        ("initiatives", len(measures), bounds.INITIATIVES),
        *((f"initiatives[{index}].measures", count, bounds.MEASURES) for index, count in enumerate(measures)),
        ("initiatives", sum(measures), bounds.ALL_MEASURES),
        ("metrics", len(content.all_metrics()), bounds.METRICS),
        ("pictures", len(content.pictures), bounds.PICTURES),
    ):
        if count > most:
            yield Problem(path, told % {"num": most})
    written = {path: len(text) for path, text in all_texts(content)}
    if sum(written.values()) > bounds.CHARACTERS:
        too_long = gettext("文字太长，一个案例最多 %(num)d 字；请精简，或者拆成几个案例。")
        yield Problem(max(written, key=lambda path: written[path]), too_long % {"num": bounds.CHARACTERS})
    if sum(picture.is_cover for picture in content.pictures) > 1:
        yield Problem("pictures", gettext("只能有一张封面；请只勾选一张。"))
