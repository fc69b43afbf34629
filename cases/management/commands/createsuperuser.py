from typing import Any

from django.contrib.auth.management.commands.createsuperuser import Command as DjangoCommand

from cases.editing.audit.acting import acting
from cases.editing.audit.recording import record
from cases.models import AuditWay, User


class Command(DjangoCommand):
    """Django's, which tells nobody whom it made: that is recorded."""

    def handle(self, *args: Any, **options: Any) -> None:
        known = list(User.objects.values_list("pk", flat=True))
        super().handle(*args, **options)
        with acting(way=AuditWay.COMMAND):
            for user in User.objects.exclude(pk__in=known):
                record("added", about=user, after={"username": user.username, "is_superuser": True})
