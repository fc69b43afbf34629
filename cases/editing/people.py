"""The roles that come with the site, as groups: who writes, who reviews, who keeps house, who only looks."""

from __future__ import annotations

from collections.abc import Collection

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.db.models import QuerySet

from cases.content import gettext_noop
from cases.editing.permissions import regions_within
from cases.models import User
from cases.models.people import reach_of

EDITORS = gettext_noop("编辑")
FIRST_REVIEWERS = gettext_noop("初审")
SECOND_REVIEWERS = gettext_noop("复审")
FINAL_REVIEWERS = gettext_noop("终审")
ADMINISTRATORS = gettext_noop("管理员")
READERS = gettext_noop("读者")

_LOOK_AT = (
    *("region", "department", "theme", "sourcetext", "revision", "publication", "review", "alias", "sitepage"),
    *("searchedword", "wordrule", "correction"),
)
_LOOK = ("view_case", *(f"view_{table}" for table in _LOOK_AT))
_WRITE = ("add_case", "change_case", "delete_case", "change_correction")
_KEEP_WORDS = (  # words and pages of the site
    *("add_department", "change_department", "add_theme", "change_theme"),
    *("add_alias", "change_alias", "delete_alias", "add_sitepage", "change_sitepage"),
    *("add_wordrule", "change_wordrule", "delete_wordrule", "change_correction"),
    *("add_ignoredlink", "delete_ignoredlink"),
)
_KEEP_HOUSE = ("add_user", "change_user", "view_user", "view_auditentry", "export_audit")

# Who writes may review what others wrote: roles add up, and nobody reviews their own text whatever roles they have.
ROLES = {
    READERS: _LOOK,
    EDITORS: (*_LOOK, *_WRITE),
    FIRST_REVIEWERS: (*_LOOK, "first_review"),
    SECOND_REVIEWERS: (*_LOOK, "second_review"),
    FINAL_REVIEWERS: (*_LOOK, *_WRITE, "final_review", "publish", "force_publish", *_KEEP_WORDS),
    ADMINISTRATORS: (*_LOOK, *_KEEP_WORDS, *_KEEP_HOUSE),
}


@transaction.atomic
def make_groups() -> None:
    """Make sure that the groups of the roles exist and may do what they need; what else they may is left alone."""
    for name, codenames in ROLES.items():
        group, _made = Group.objects.get_or_create(name=name)
        group.permissions.add(*Permission.objects.filter(content_type__app_label="cases", codename__in=codenames))


# What one account may do to another: nobody gives, or takes over, more than they may hand out


def givable_groups(keeper: User) -> QuerySet[Group]:
    """The groups a person may put others in: the six roles, and others with no right they lack themselves."""
    if keeper.is_superuser:
        return Group.objects.all()
    beyond = Group.objects.filter(permissions__in=_lacking(keeper)).exclude(name__in=ROLES)
    return Group.objects.exclude(pk__in=beyond.values("pk"))


def may_manage(keeper: User, account: User) -> bool:
    """Whether a person may change an account, its password too: not one of which they could not give all it has."""
    if keeper.is_superuser:
        return True
    if account.is_superuser or account.groups.exclude(pk__in=givable_groups(keeper).values("pk")).exists():
        return False
    if account.user_permissions.filter(pk__in=_lacking(keeper)).exists():
        return False
    return account == keeper or not too_wide(keeper, *reach_of(account))


def too_wide(keeper: User, regions: Collection[str], departments: Collection[str]) -> list[str]:
    """Which of an account's "regions" and "departments", by their keys, would let it see more than its keeper does.

    None of either is no bound: it sees all.
    """
    own_regions, own_departments = reach_of(keeper)
    wide = []
    if own_regions and (not regions or len(regions_within(regions, own_regions)) < len(regions)):
        wide.append("regions")
    if own_departments and (not departments or set(departments) - set(own_departments)):
        wide.append("departments")
    return wide


def _lacking(keeper: User) -> QuerySet[Permission]:
    held = Permission.objects.filter(group__user=keeper) | Permission.objects.filter(user=keeper)
    return Permission.objects.exclude(pk__in=held.values("pk"))
