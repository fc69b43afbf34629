"""The two groups that come with the site: those who edit, and those who also publish."""

from __future__ import annotations

from django.contrib.auth.models import Group, Permission
from django.db import transaction

from cases.content import gettext_noop

EDITORS = gettext_noop("编辑")
PUBLISHERS = gettext_noop("发布")

_LOOK_AT = (
    "region",
    "department",
    "theme",
    "sourcetext",
    "revision",
    "publication",
    "alias",
    "sitepage",
    "searchedword",
)
_EDIT = ("add_case", "change_case", "delete_case", "view_case", *(f"view_{table}" for table in _LOOK_AT))
_KEEP_HOUSE = (  # words and pages of the site
    *("add_department", "change_department", "add_theme", "change_theme"),
    *("add_alias", "change_alias", "delete_alias", "add_sitepage", "change_sitepage"),
)


@transaction.atomic
def make_groups() -> None:
    """Make sure that the groups 编辑 and 发布 exist and may do what they need; what else they may is left alone."""
    for name, codenames in ((EDITORS, _EDIT), (PUBLISHERS, (*_EDIT, "publish", *_KEEP_HOUSE))):
        group, _made = Group.objects.get_or_create(name=name)
        group.permissions.add(*Permission.objects.filter(content_type__app_label="cases", codename__in=codenames))
