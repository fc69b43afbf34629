"""Accounts: who may log in, what they may do, and for which places and departments."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.forms import (
    AdminPasswordChangeForm,
    AdminUserCreationForm,
    ReadOnlyPasswordHashWidget,
    UserChangeForm,
)
from django.contrib.auth.models import Group
from django.db import models
from django.db.models import Q
from django.http import HttpRequest
from django.utils.functional import lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cases.admin.audited import Audited
from cases.admin.listing import is_key
from cases.admin.person import person
from cases.admin.picking import many_picker
from cases.editing.audit.recording import record
from cases.editing.people import givable_groups, may_manage, too_wide
from cases.models import User

admin.site.unregister(Group)  # make_groups brings those there are; people are put in them on their own page


format_html_lazy = lazy(format_html, SafeString)
_TOO_WIDE = {
    "regions": _("您只能分配自己负责的地区，不能留空。"),
    "departments": _("您只能分配自己负责的部门，不能留空。"),
}
_OWN = ("is_active", "is_staff", "groups", "regions", "departments")  # nobody changes these of themselves


class KeyBoxes(forms.CheckboxSelectMultiple):
    """Boxes of rows, of which nothing is read that is no key."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        values = super().value_from_datadict(data, files, name) or ()
        return [value for value in values if is_key(Group._meta.pk, value)]


class PasswordForm(AdminPasswordChangeForm):
    """Django's, whose help on disabling the password is half English and speaks of log-ins there are not here."""

    usable_password_help_text = format_html_lazy(
        '<strong id="id_unusable_warning">{}</strong>',
        _("停用后，现在的密码作废，这个账号不能登录，直到设置新密码。"),
    )

    def save(self, commit: bool = True) -> User:
        """Django tells its rules of passwords of each that is set, and nobody of one that is taken away."""
        user: User = super().save(commit)
        if not user.has_usable_password():
            record("password", about=user, after={"usable_password": False})
        return user


class WithScope(forms.ModelForm):
    """The places and departments of an account. `keeper` is who fills the form in: nobody gives more than they have."""

    keeper: User
    regions = many_picker(
        User._meta.get_field("regions"),
        label=_("负责的地区"),
        help_text=_("只能看到这些地区（含下级）的案例；留空表示不限地区。"),
    )
    departments = many_picker(
        User._meta.get_field("departments"),
        label=_("负责的部门"),
        help_text=_("只能看到这些部门的案例；留空表示不限部门。"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "groups" in self.fields:
            groups: Any = self.fields["groups"]
            groups.queryset = givable_groups(self.keeper)
            groups.label_from_instance = group_name

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        given = ([row.pk for row in cleaned.get(name, ())] for name in _TOO_WIDE)
        for name in too_wide(self.keeper, *given):
            if name in self.fields:
                self.add_error(name, _TOO_WIDE[name])
        return cleaned


def group_name(group: Group) -> str:
    """In the language of the page where it is one of our roles."""
    return gettext(group.name)


class GroupFilter(admin.RelatedFieldListFilter):
    def field_choices(self, *args: Any, **kwargs: Any) -> Any:
        return [(key, gettext(str(name))) for key, name in super().field_choices(*args, **kwargs)]


class ShownPassword(ReadOnlyPasswordHashWidget):
    """Django's, which is a division of the page, and disabled; HTML knows no such division."""

    def get_context(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(*args, **kwargs)
        context["widget"]["attrs"].pop("disabled", None)
        return context


class AccountForm(WithScope, UserChangeForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "password" in self.fields:
            self.fields["password"].widget = ShownPassword()


class NewAccountForm(WithScope, AdminUserCreationForm):
    pass


@admin.register(User)
class UserAdmin(Audited, DjangoUserAdmin):
    """An account of the admin; what it may do comes from its groups."""

    list_display = ("username", "name", "email", "group_names", "standing", "last_login")
    list_filter = (("groups", GroupFilter), "is_active", "is_superuser")
    search_fields = ("username", "name", "email")
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        (_("个人信息"), {"fields": ("name", "email")}),
        (_("权限"), {"fields": ("is_active", "is_staff", "is_superuser", "groups")}),
        (_("范围"), {"fields": ("regions", "departments")}),
        (_("登录"), {"fields": ("last_login", "date_joined")}),
    )
    form = AccountForm
    add_form = NewAccountForm
    change_password_form = PasswordForm
    add_fieldsets = (
        (None, {"classes": ("wide",), "fields": ("username", "name", "email", "password1", "password2", "groups")}),
        (_("范围"), {"fields": ("regions", "departments")}),
    )
    readonly_fields = ("last_login", "date_joined")
    filter_horizontal = ()
    formfield_overrides = {models.ManyToManyField: {"widget": KeyBoxes}}

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("groups")

    # Who may change what of whom

    def get_fieldsets(self, request: HttpRequest, obj: User | None = None) -> Any:
        """Who is no superuser makes none, and is not shown the choice; nor a password they may not set."""
        hidden = set() if person(request).is_superuser else {"is_superuser"}
        if obj is not None and not self.has_change_permission(request, obj):
            hidden.add("password")
        return [
            (title, {**rest, "fields": tuple(name for name in rest["fields"] if name not in hidden)})
            for title, rest in super().get_fieldsets(request, obj)
        ]

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> tuple[str, ...]:
        fixed = (*super().get_readonly_fields(request, obj), *(_OWN if obj == request.user else ()))
        return fixed if person(request).is_superuser and obj != request.user else (*fixed, "is_superuser")

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return super().has_change_permission(request, obj) and (obj is None or may_manage(person(request), obj))

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        may_delete = super().has_delete_permission(request, obj)
        return may_delete and obj != request.user and (obj is None or may_manage(person(request), obj))

    def get_form(self, request: HttpRequest, obj: User | None = None, change: bool = False, **kwargs: Any) -> Any:
        form: Any = super().get_form(request, obj, change=change, **kwargs)
        form.keeper = person(request)
        return form

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        if not change:
            obj.is_staff = True  # accounts are made for the admin, there is nothing else to log in to
        super().save_model(request, obj, form, change)
        if {"name", "email"} & set(form.changed_data):
            self._warn_of_another(request, obj)

    def _warn_of_another(self, request: HttpRequest, user: User) -> None:
        """Two accounts of one person could pass each other's texts: say so to who keeps the accounts."""
        alike = Q(name=user.name) if user.name else Q(pk=None)
        alike |= Q(email__iexact=user.email) if user.email else Q(pk=None)
        others = gettext("、").join(other.username for other in User.objects.filter(alike).exclude(pk=user.pk)[:5])
        if others:
            told = gettext("已有姓名或邮箱相同的账号：%(names)s。一个人请只用一个账号，否则可能审核自己写的案例。")
            messages.warning(request, told % {"names": others})

    @admin.display(description=_("组"))
    def group_names(self, user: User) -> str:
        return gettext("、").join(map(group_name, user.groups.all()))

    @admin.display(description=_("状态"), ordering="is_active")
    def standing(self, user: User) -> str:
        """In words: Django's icons call themselves True and False."""
        if not user.is_active:
            return gettext("已停用")
        return gettext("超级用户") if user.is_superuser else ""
