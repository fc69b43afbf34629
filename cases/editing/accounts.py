"""The accounts under which commands act."""

from __future__ import annotations

from django.utils.translation import gettext as _

from cases.models import User
from cases.models.people import SYSTEM


def acting_user(username: str = SYSTEM) -> User:
    """The account a command acts as. `system` is made when first needed and cannot log in.

    Raises User.DoesNotExist for any other unknown name.
    """
    if username != SYSTEM:
        return User.objects.get(username=username)
    user, created = User.objects.get_or_create(username=SYSTEM, defaults={"name": _("系统"), "is_superuser": True})
    if created:
        user.set_unusable_password()
        user.save()
    return user
