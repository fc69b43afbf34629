"""The form of a case: its own fields, and the rows of its parts nested in it."""

from __future__ import annotations

import copy
from typing import Any

import nested_admin
from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cases.admin.fields import (
    HeadingField,
    LinesField,
    ParagraphsField,
    PlainDecimalField,
    PlainText,
    ProjectTemplate,
    QuoteInput,
    TagsField,
    ThemesField,
    WebAddressField,
)
from cases.admin.picking import picker
from cases.admin.rows import RowForm, RowsOfCase
from cases.content import LIMITS
from cases.editing import bounds
from cases.editing.pictures import PictureError, is_stored, picture_address, store_picture
from cases.models import Case, Initiative, Measure, Metric, Picture, Theme
from cases.models.draft import CaseStage

SHORT = {"rows": 2, "class": "vLargeTextField"}
LONG = {"rows": 4, "class": "vLargeTextField"}


class CaseForm(forms.ModelForm):
    """The fields of a case. `seen_version` is that of the case when the form was drawn."""

    seen_version = forms.IntegerField(label=_("版本"), widget=forms.HiddenInput, required=False)
    region = picker(Case._meta.get_field("region"), label=_("行政区划"), required=False)
    department = picker(Case._meta.get_field("department"), label=_("部门"), required=False)
    themes = ThemesField(label=_("主题"), required=False)
    tags = TagsField(label=_("标签"), required=False, help_text=_("用逗号或顿号分开，如：四好农村路、治超。"))
    policies = LinesField(label=_("政策文件"), required=False, limit=LIMITS["policy"], help_text=_("每行一个。"))
    honours = LinesField(label=_("荣誉"), required=False, limit=LIMITS["honour"], help_text=_("每行一个。"))
    source_url = WebAddressField(label=_("原文链接"), required=False)

    class Meta:
        model = Case
        fields = (
            *("title", "subtitle", "published_at", "origin", "source_name", "source_url"),
            *("author", "responsible_editor", "region", "department", "organization", "themes", "tags"),
            *("summary", "intro", "closing", "policies", "honours"),
        )
        widgets = {
            "title": forms.TextInput(attrs={"class": "vTextField wide"}),
            "subtitle": forms.TextInput(attrs={"class": "vTextField wide"}),
            "summary": forms.Textarea(attrs=SHORT),
            "intro": forms.Textarea(attrs=LONG),
            "closing": forms.Textarea(attrs=LONG),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["seen_version"] = self.instance.version
            # A theme retired since it was chosen stays until the editor takes it away.
            chosen = self.instance.themes.values("pk")
            themes: Any = self.fields["themes"]
            themes.queryset = Theme.objects.filter(models.Q(is_retired=False) | models.Q(pk__in=chosen))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.instance.pk and cleaned.get("seen_version") != self._stored().version:
            self.add_error(None, self._somebody_saved())
        return cleaned

    def _stored(self) -> Case:
        stored = copy.copy(self.instance)
        stored.refresh_from_db()
        return stored

    def _somebody_saved(self) -> ValidationError:
        stored = self._stored()
        return ValidationError(
            render_to_string("admin/cases/case/_conflict.html", {"case": stored}),
            code="conflict",
        )


class InitiativeForm(RowForm):
    heading = HeadingField(label=_("举措名称"), help_text=_("不用写序号（一、二、……），页面自己编号；具体措施也一样。"))

    class Meta:
        model = Initiative
        fields = ("heading", "text", "order")
        widgets = {"text": forms.Textarea(attrs=SHORT)}

    def has_changed(self) -> bool:
        """An initiative without words of its own still counts when a measure or a metric stands under it."""
        return super().has_changed() or any(
            form.has_changed() for formset in getattr(self, "nested_formsets", []) for form in formset.forms
        )


class MeasureForm(RowForm):
    heading = HeadingField(label=_("措施名称"))

    class Meta:
        model = Measure
        fields = ("heading", "text", "order")
        widgets = {"text": forms.Textarea(attrs=SHORT)}


class MetricForm(RowForm):
    """One line of the metrics table; the column heads are far away, so each field says its name itself."""

    value = PlainDecimalField(label=_("现值"), required=False)
    from_value = PlainDecimalField(label=_("原值"), required=False)

    quote = ParagraphsField(label=_("原文依据"), required=False, strip=True, widget=QuoteInput(attrs={"rows": 2}))

    class Meta:
        model = Metric
        fields = (
            *("label", "from_value", "value", "unit", "qualifier", "direction", "kind", "period"),
            *("quote", "order"),
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.visible_fields():
            if field.name == "quote":
                continue  # it has a label
            field.field.widget.attrs["aria-label"] = field.label


class PictureInput(ProjectTemplate, forms.FileInput):
    """The stored file's name, hidden, and a field to send another file.

    The name comes back with the form, so a picture sent with a form that has an error elsewhere
    is not lost.
    """

    template_name = "admin/widgets/picture.html"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        stored = value if isinstance(value, str) and is_stored(value) else ""
        context["widget"] |= {"value": stored, "address": picture_address(stored) if stored else ""}
        return context

    def format_value(self, value: Any) -> Any:
        return value

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return files.get(f"{name}-upload") or data.get(name) or None

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return f"{name}-upload" not in files and name not in data


class PictureField(forms.Field):
    """A picture sent, or the name of one that is kept; cleans to the name of a kept file."""

    widget = PictureInput
    default_error_messages = {"required": _("请选择图片文件。")}

    def clean(self, value: Any) -> str:
        self.validate(value)
        if isinstance(value, str):
            if not is_stored(value):
                raise ValidationError(_("图片文件已不在，请重新上传。"))
            return value
        try:
            value.seek(0)
            return store_picture(value.name, value.read())
        except PictureError as error:
            raise ValidationError(gettext(error.message) % error.params) from None


class PictureForm(RowForm):
    file = PictureField(label=_("图片"))

    class Meta:
        model = Picture
        fields = ("file", "alt", "caption", "is_cover", "order")

    def clean_file(self) -> str:
        """Keep the name the editor gave the file, and send the stored one back if the form is shown again."""
        file: str = self.cleaned_data["file"]
        sent = f"{self.add_prefix('file')}-upload"
        if upload := self.files.get(sent):
            self.instance.name = str(upload.name)[-LIMITS["name"] :]
            form: Any = self
            form.data, form.files = form.data.copy(), form.files.copy()
            form.data[self.add_prefix("file")] = file
            del form.files[sent]
        return file


class PictureFormSet(RowsOfCase):
    def clean(self) -> None:
        super().clean()
        covers = [
            form
            for form in self.forms
            if getattr(form, "cleaned_data", {}).get("is_cover") and not self._should_delete_form(form)
        ]
        if len(covers) > 1:
            raise ValidationError(_("只能有一张封面；请只勾选一张。"))


class InitiativeFormSet(RowsOfCase):
    def _construct_form(self, i: int, **kwargs: Any) -> Any:
        form = super()._construct_form(i, **kwargs)
        form.instance.case = self.instance  # the rows under it ask whether the case may be edited
        return form


class PartOfCase(PlainText):
    """Rows that belong to a case: whoever may edit the case may edit them, whoever may look at it may look.

    nested_admin asks the rows alone, not the case above them, so they look up to it themselves.
    """

    formset = RowsOfCase
    max_num: int
    sortable_field_name = "order"
    extra = 0

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        """A formset that builds no more forms than a page can have grown, deleted rows among them."""
        inline: Any = super()
        return inline.get_formset(request, obj, **{"validate_max": True, "absolute_max": 2 * self.max_num, **kwargs})

    def _may_edit(self, request: HttpRequest, obj: Any) -> bool:
        case = obj if isinstance(obj, Case) else getattr(obj, "case", None)
        if case is not None and case.stage == CaseStage.ARCHIVED:
            return False
        match = request.resolver_match
        is_new = match is not None and match.url_name == "cases_case_add"
        return request.user.has_perm("cases.add_case" if is_new else "cases.change_case")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may_edit(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may_edit(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may_edit(request, obj)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may_edit(request, obj) or request.user.has_perm("cases.view_case")


class MeasureInline(PartOfCase, nested_admin.NestedStackedInline):
    model = Measure
    form = MeasureForm
    max_num = bounds.MEASURES
    classes = ("measures",)


class InitiativeMetricInline(PartOfCase, nested_admin.NestedTabularInline):
    model = Metric
    form = MetricForm
    fk_name = "initiative"
    max_num = bounds.METRICS
    classes = ("metrics",)


class InitiativeInline(PartOfCase, nested_admin.NestedStackedInline):
    model = Initiative
    form = InitiativeForm
    formset = InitiativeFormSet
    inlines = (MeasureInline, InitiativeMetricInline)
    max_num = bounds.INITIATIVES
    classes = ("initiatives",)


class CaseMetricInline(PartOfCase, nested_admin.NestedTabularInline):
    model = Metric
    form = MetricForm
    fk_name = "case"
    verbose_name = _("整体指标")
    verbose_name_plural = _("整体指标（出自导语或结语）")
    max_num = bounds.METRICS
    classes = ("metrics",)


class PictureInline(PartOfCase, nested_admin.NestedTabularInline):
    model = Picture
    form = PictureForm
    formset = PictureFormSet
    max_num = bounds.PICTURES
    classes = ("pictures",)
