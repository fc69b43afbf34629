"""Those who log in, and what each of them sees."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q, Value
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cases.models.vocabulary import Department, Region

SYSTEM = "system"  # the account of the commands


class User(AbstractUser):
    """An account of the admin. A Chinese name is one field, not a first and a last one."""

    first_name = None  # type: ignore[assignment]  # so Django takes a field away
    last_name = None  # type: ignore[assignment]  # as above
    name = models.CharField(_("姓名"), max_length=50, blank=True)
    is_demo = models.BooleanField(_("演示账号"), default=False, editable=False)  # logs in with DEBUG=1 only
    regions = models.ManyToManyField(
        Region,
        verbose_name=_("负责的地区"),
        blank=True,
        related_name="+",
        help_text=_("只能看到这些地区（含下级）的案例；留空表示不限地区。"),
    )
    departments = models.ManyToManyField(
        Department,
        verbose_name=_("负责的部门"),
        blank=True,
        related_name="+",
        help_text=_("只能看到这些部门的案例；留空表示不限部门。"),
    )

    class Meta(AbstractUser.Meta):
        pass

    def __str__(self) -> str:
        if self.username == SYSTEM and self.name:
            return gettext(self.name)  # as it was made; a name of one's own is found in no catalogue
        return self.name or self.username

    def get_full_name(self) -> str:
        return str(self)

    def get_short_name(self) -> str:
        return str(self)


def reach_of(user: Any) -> tuple[list[str], list[str]]:
    """The keys of the regions and of the departments a person works on; of either none where nothing binds them.

    Read once a request: one query, kept on the user.
    """
    if not hasattr(user, "_reach"):
        user._reach = ([], []) if user.is_superuser else _reach(user)
    return user._reach


def _reach(user: User) -> tuple[list[str], list[str]]:
    regions, departments = (
        chosen.order_by().values_list("pk", Value(kind, output_field=models.IntegerField()))
        for kind, chosen in enumerate((user.regions, user.departments))
    )
    keys = list(regions.union(departments))
    return [key for key, kind in keys if kind == 0], [key for key, kind in keys if kind == 1]


def scope_of(user: Any) -> Q | None:
    """The condition on a Case that a person sees it; None for one who sees all.

    A case in their regions and their departments, where they have some; and whatever they made themselves, if it
    lies in no region or department yet: a pasted article must not vanish from its author.
    """
    regions, departments = reach_of(user)
    if not regions and not departments:
        return None
    own = Q(created_by=user)
    within = Q()
    if regions:
        below = Q(region__in=regions) | Q(region__parent__in=regions) | Q(region__parent__parent__in=regions)
        within &= below | (own & Q(region__isnull=True))
    if departments:
        within &= Q(department__in=departments) | (own & Q(department__isnull=True))
    return within
