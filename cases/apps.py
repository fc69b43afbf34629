from typing import Any

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class CasesConfig(AppConfig):
    name = "cases"
    verbose_name = _("案例库")

    def ready(self) -> None:
        from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed

        from cases import (
            authentication,
            checks,  # noqa: F401 - importing registers the checks
        )

        user_logged_in.connect(authentication.record_login)
        user_logged_out.connect(authentication.record_logout)
        user_login_failed.connect(authentication.record_failed_login)
        post_migrate.connect(_reindex_if_stale, sender=self)
        post_migrate.connect(_guard_history, sender=self)


class CasesAdminConfig(AdminConfig):
    """Django's admin with a site of our own in place of its."""

    default_site = "cases.admin.site.the_site"


def _reindex_if_stale(using: str, **_: Any) -> None:
    """The search index after an upgrade; a migration back may have taken its tables away."""
    from cases.search.index import reindex_if_stale

    if using == DEFAULT_DB_ALIAS and "cases_searchformat" in connection.introspection.table_names():
        reindex_if_stale()


def _guard_history(using: str, **_: Any) -> None:
    """The triggers of the tables that only grow: SQLite drops them with every table it makes anew to alter it."""
    from cases.models.append_only import make_triggers

    make_triggers(using)
