"""What the form offers of the vocabulary: themes to tick, and the pickers of region and department."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Collection
from typing import Any

from django.contrib import admin
from django.db.models import Q
from django.forms import Media

from cases.admin.editor.fields_of_case import Typed
from cases.admin.picking import PickerSelect, choices_of, picked_name
from cases.models import Case, Department, Region, Theme
from cases.models.vocabulary import ThemeScheme

_PICKED: dict[str, Any] = {"region": Region, "department": Department}


def theme_groups(chosen: Collection[str]) -> list[tuple[Any, list[tuple[str, str, bool]]]]:
    """Name of a scheme and its themes: slug, name, and whether it is chosen; retired ones only where they are."""
    themes = Theme.objects.filter(Q(is_retired=False) | Q(pk__in=chosen))
    in_order = sorted(themes, key=lambda theme: (ThemeScheme.values.index(theme.scheme), theme.order))
    return [
        (ThemeScheme(scheme).label, [(theme.pk, str(theme), theme.pk in chosen) for theme in group])
        for scheme, group in itertools.groupby(in_order, key=lambda theme: theme.scheme)
    ]


def names_of(typed: Typed, case: Case | None) -> dict[str, str]:
    """How the pickers show what is chosen; asks only for what the case does not have at hand."""
    names = {}
    for name, model in _PICKED.items():
        code = typed[name]
        if case is not None and code and code == getattr(case, f"{name}_id"):
            row = getattr(case, name)
        else:
            row = choices_of(model).filter(pk=code).first() if code else None
        names[name] = picked_name(row) if row else code
    return names


@functools.cache
def _widget(name: str) -> PickerSelect:
    return PickerSelect(Case._meta.get_field(name), admin.site)


def pickers() -> dict[str, dict[str, Any]]:
    """The attributes of each picker's select, by which the admin's script makes it search."""
    return {name: _widget(name).build_attrs({}) for name in _PICKED}


def pickers_media() -> Media:
    return _widget("region").media
