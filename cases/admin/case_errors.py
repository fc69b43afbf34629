"""What is wrong with a posted case form, each thing named by its place and linked to its field."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.text import capfirst

from cases.admin.rows import row_number


@dataclass(frozen=True, slots=True)
class NamedError:
    place: str  # 举措 2 › 具体措施 1 › 措施名称
    anchor: str  # id of the field, or of the group of rows
    message: str


def named_errors(form: Any, formsets: Iterable[Any]) -> list[NamedError]:
    """Every error of the case and of its rows, in the order of the form; a conflict stands alone.

    The conflict comes with its own advice, and rows that somebody else deleted meanwhile would
    only add riddles.
    """
    if form.has_error("__all__", code="conflict"):
        return []
    return [*_of_form(form, ()), *(error for formset in formsets for error in _of_formset(formset, ()))]


def _of_form(form: Any, place: tuple[str, ...]) -> Iterator[NamedError]:
    for name, messages in form.errors.items():
        if name == "id":  # hidden; the formset says it in words
            continue
        if name == "__all__":
            here, anchor = place, form.prefix or ""
        else:
            here, anchor = (*place, str(form[name].label)), form[name].id_for_label
        for message in messages:
            yield NamedError(" › ".join(here), anchor, str(message))


def _of_formset(formset: Any, place: tuple[str, ...]) -> Iterator[NamedError]:
    name = capfirst(str(formset.model._meta.verbose_name))
    for message in formset.non_form_errors():
        yield NamedError(" › ".join((*place, name)), f"{formset.prefix}-group", str(message))
    kept = [form for form in formset.forms if not formset._should_delete_form(form)]
    for number, form in enumerate(sorted(kept, key=_position), start=1):
        here = (*place, f"{name} {number}")
        yield from _of_form(form, here)
        for nested in getattr(form, "nested_formsets", []):
            yield from _of_formset(nested, here)


def _position(form: Any) -> int:
    return row_number(form["order"].data)
