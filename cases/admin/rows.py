"""The rows nested in the form of a case: their places, and that they are rows of this case."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import nested_admin
from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.editing.bounds import ROWS


def row_number(value: Any) -> int:
    """The number that a hidden field of a row holds; 0 for what is none or no number of rows."""
    return int(value) if re.fullmatch("[0-9]{1,6}", str(value)) else 0


class RowForm(forms.ModelForm):
    """A row among siblings. Its place alone is no content: an added row left empty is not saved."""

    order = forms.IntegerField(label=_("次序"), required=False, widget=forms.HiddenInput)

    def clean_order(self) -> int:
        return self.cleaned_data["order"] or 0

    def has_changed(self) -> bool:
        return any(name != "order" for name in self.changed_data) or (
            bool(self.instance.pk) and bool(self.changed_data)
        )


class RowsOfCase(nested_admin.formsets.NestedInlineFormSet):
    """Rows of one case, each posted with its key.

    A row may come from another initiative of the same case (it was dragged there). nested-admin takes
    whatever row has a posted key; here a key that no row of the case has is an error, of deleted rows too.
    """

    default_error_messages = {
        "too_many_forms": _("太多了，最多 %(num)d 条；请合并，或者拆成几个案例。"),
        "missing_management_form": _("表单不完整，没有保存；请重新打开这个案例再改。"),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.is_bound:
            self._place_rows()
        self.error_messages["too_many_forms"] = self.default_error_messages["too_many_forms"] % {"num": self.max_num}

    def _place_rows(self) -> None:
        """Give each posted row a place of its own: nested-admin cannot sort rows by unreadable or equal ones."""
        names = [f"{self.add_prefix(index)}-order" for index in range(self.total_form_count())]
        typed = [self.data.get(name) for name in names]
        if len(set(typed)) < len(names) or any(str(row_number(place)) != place for place in typed):
            for place, name in enumerate(sorted(names, key=lambda name: row_number(self.data.get(name)))):
                self.data[name] = str(place)

    def initial_form_count(self) -> int:
        count: int = super().initial_form_count()
        return min(count, self.total_form_count()) if self.is_bound else count

    def get_queryset(self) -> models.QuerySet:
        if not self.is_bound:
            return super().get_queryset()
        if not hasattr(self, "_rows"):
            keys = {int(key) for key in self._posted_keys() if re.fullmatch("[0-9]{1,18}", key)}
            self._rows = self._rows_of_case().filter(pk__in=keys).order_by("pk")
        return self._rows

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields[self.model._meta.pk.name].queryset = self._rows_of_case()

    def clean(self) -> None:
        super().clean()
        known = {str(row.pk) for row in self.get_queryset()}
        if any(key not in known for key in self._posted_keys()):
            raise ValidationError(_("有一行不是这个案例的，或者已被删除，没有保存；请重新打开这个案例再改。"))

    def _posted_keys(self) -> list[str]:
        name = self.model._meta.pk.name
        keys = (self.data.get(f"{self.add_prefix(index)}-{name}") for index in range(self.total_form_count()))
        return [key for key in keys if key]

    def _rows_of_case(self) -> models.QuerySet:
        owner: Any = self.instance
        rows = self.model._default_manager
        place, case = ("case", owner.pk) if self.fk.name == "case" else ("initiative__case", owner.case_id)
        return rows.filter(**{place: case}) if case else rows.none()


def has_too_many_rows(posted: Mapping[str, Any]) -> bool:
    """True for a post that announces more rows than any form has, before a form is built for each."""
    totals = [str(value) for name, value in posted.items() if name.endswith("-TOTAL_FORMS")]
    return any(len(total) > 6 for total in totals) or sum(map(row_number, totals)) > ROWS
