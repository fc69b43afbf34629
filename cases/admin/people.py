"""Accounts and groups."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.forms import AdminPasswordChangeForm
from django.contrib.auth.models import Group
from django.db import models
from django.http import HttpRequest
from django.utils.functional import lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cases.models import User

admin.site.unregister(Group)  # make_groups brings the two there are; people are put in them on their own page


format_html_lazy = lazy(format_html, SafeString)


def person(request: HttpRequest) -> User:
    """Who is at work in a page of the admin, where nobody is without having logged in."""
    return cast(User, request.user)


class PasswordForm(AdminPasswordChangeForm):
    """Django's, whose help on disabling the password is half English and speaks of log-ins there are not here."""

    usable_password_help_text = format_html_lazy(
        '<ul id="id_unusable_warning" class="messagelist"><li class="warning">{}</li></ul>',
        _("停用后，现在的密码作废，这个账号不能登录，直到设置新密码。"),
    )


@admin.register(User)
class UserAdmin(DjangoUserAdmin):
    """An account of the admin; what it may do comes from its groups."""

    list_display = ("username", "name", "email", "group_names", "standing", "last_login")
    list_filter = ("groups", "is_active", "is_superuser")
    search_fields = ("username", "name", "email")
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        (_("个人信息"), {"fields": ("name", "email")}),
        (_("权限"), {"fields": ("is_active", "is_staff", "is_superuser", "groups")}),
        (_("登录"), {"fields": ("last_login", "date_joined")}),
    )
    change_password_form = PasswordForm
    add_fieldsets = (
        (None, {"classes": ("wide",), "fields": ("username", "name", "email", "password1", "password2", "groups")}),
    )
    readonly_fields = ("last_login", "date_joined")
    filter_horizontal = ()
    formfield_overrides = {models.ManyToManyField: {"widget": forms.CheckboxSelectMultiple}}

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("groups")

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        if not change:
            obj.is_staff = True  # accounts are made for the admin, there is nothing else to log in to
        super().save_model(request, obj, form, change)

    @admin.display(description=_("组"))
    def group_names(self, user: User) -> str:
        return "、".join(group.name for group in user.groups.all())

    @admin.display(description=_("状态"), ordering="is_active")
    def standing(self, user: User) -> str:
        """In words: Django's icons call themselves True and False."""
        if not user.is_active:
            return gettext("已停用")
        return gettext("超级用户") if user.is_superuser else ""
