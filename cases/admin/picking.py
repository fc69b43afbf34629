"""Pickers of places, departments and cases: type a few letters, see the lineage, choose."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.core.exceptions import PermissionDenied
from django.db import models
from django.forms.widgets import Script
from django.http import HttpRequest

from cases.admin.listing import is_key
from cases.models import Case, Department, Region


def picked_name(row: models.Model) -> str:
    """How a picker shows a row: 河南省 / 漯河市; a department by its name; a case by its title."""
    return " / ".join(map(str, row.lineage())) if isinstance(row, Region) else str(row)


def choices_of(model: type[models.Model]) -> models.QuerySet:
    """Rows a picker may hold, with what `picked_name` needs."""
    if model is Region:
        return Region.objects.select_related("parent__parent")
    if model is Case:
        return Case.objects.public()
    return model._default_manager.all()


class PickedField(forms.ModelChoiceField):
    def label_from_instance(self, row: models.Model) -> str:
        return picked_name(row)


class Named:
    """What Select2 draws in place of a select bears the words of its label."""

    @property
    def media(self) -> forms.Media:
        # the stubs know neither what this is mixed into nor that Media takes more than paths
        script: Any = Script("js/admin/pickers.js", type="module")
        return super().media + forms.Media(js=[script])  # type: ignore[misc]


class PickerSelect(Named, AutocompleteSelect):
    url_name = "%s:cases_case_pick"

    def create_option(self, name: str, value: Any, label: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """As Django; none chosen is seen as such, HTML wants words in every choice."""
        return super().create_option(name, value, label or "—", *args, **kwargs)

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        value = super().value_from_datadict(data, files, name)
        return value if value and is_key(self.field.target_field, value) else ""  # the select is drawn by its row


def picker(field: models.ForeignKey, **kwargs: Any) -> PickedField:
    """A form field for `field` that searches as it is typed in."""
    widget = PickerSelect(field, admin.site)
    return PickedField(queryset=choices_of(field.remote_field.model), widget=widget, **kwargs)


class ManyPickedField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, row: models.Model) -> str:
        return picked_name(row)


class ManyPickerSelect(Named, AutocompleteSelectMultiple):
    url_name = "%s:cases_case_pick"

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        values = super().value_from_datadict(data, files, name) or ()
        return [value for value in values if is_key(self.field.target_field, value)]


def many_picker(field: models.ManyToManyField, **kwargs: Any) -> ManyPickedField:
    """A form field for `field`, several rows of it, that searches as it is typed in."""
    widget = ManyPickerSelect(field, admin.site)
    return ManyPickedField(queryset=choices_of(field.remote_field.model), widget=widget, required=False, **kwargs)


class PickView(AutocompleteJsonView):
    """What a picker offers for the words typed: current rows of the vocabulary, published cases."""

    def process_request(self, request: HttpRequest) -> tuple[Any, ...]:
        term, *rest = super().process_request(request)
        return (term.replace("\x00", ""), *rest)

    def has_perm(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whoever fills in a case may pick, also without the right to see the tables of the vocabulary."""
        fills_in = any(request.user.has_perm(f"cases.{right}") for right in ("add_case", "change_case"))
        return fills_in or super().has_perm(request, obj)

    def get_queryset(self) -> models.QuerySet:
        model = self.model_admin.model
        rows: Any = choices_of(model)
        if model not in (Region, Department, Case):
            raise PermissionDenied  # a picker of this site asks for no other table
        if model is not Case:
            rows = rows.current()
        found, may_repeat = self.model_admin.get_search_results(self.request, rows, self.term)
        return found.distinct() if may_repeat else found

    def serialize_result(self, row: models.Model, to_field_name: str) -> dict[str, str]:
        return {"id": str(getattr(row, to_field_name)), "text": picked_name(row)}
