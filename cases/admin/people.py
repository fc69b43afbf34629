"""Accounts and groups."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.models import Group
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from cases.models import User

admin.site.unregister(Group)  # make_groups brings the two there are; people are put in them on their own page


def person(request: HttpRequest) -> User:
    """Who is at work in a page of the admin, where nobody is without having logged in."""
    return cast(User, request.user)


@admin.register(User)
class UserAdmin(DjangoUserAdmin):
    """An account of the admin; what it may do comes from its groups."""

    list_display = ("username", "name", "email", "group_names", "is_active", "is_superuser", "last_login")
    list_filter = ("groups", "is_active", "is_superuser")
    search_fields = ("username", "name", "email")
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        (_("个人信息"), {"fields": ("name", "email")}),
        (_("权限"), {"fields": ("is_active", "is_staff", "is_superuser", "groups")}),
        (_("登录"), {"fields": ("last_login", "date_joined")}),
    )
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
