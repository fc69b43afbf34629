from typing import Any

from django.core.management.commands.migrate import Command as DjangoCommand


class Command(DjangoCommand):
    """Django's, without the checks of the database: one of them misses the triggers that it makes when it ends."""

    def get_check_kwargs(self, options: Any) -> Any:
        return {**super().get_check_kwargs(options), "databases": []}
