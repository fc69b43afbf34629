"""Who may log in, and the record of who did."""

import logging
from typing import Any

from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.password_validation import MinimumLengthValidator
from django.db import DatabaseError, transaction
from django.utils.translation import gettext as _

from cases.editing.audit.recording import record
from cases.models import AuditOutcome, AuditWay

_log = logging.getLogger(__name__)


class AccountBackend(ModelBackend):
    """Django's own accounts; those of the demo work with DEBUG=1 only, their passwords are public.

    There is nothing to log in to but the admin: who may not is refused here, where that is a log-in that failed.
    """

    def user_can_authenticate(self, user) -> bool:
        may_log_in = super().user_can_authenticate(user) and user.is_staff
        return may_log_in and (settings.DEMO_LOGINS or not user.is_demo)


class MinimumLength(MinimumLengthValidator):
    """Django's rule in words of ours: its Chinese catalogue lacks this one message.

    Django tells the rules of passwords when one was set, by whatever page or command: that is recorded.
    """

    def get_error_message(self) -> str:
        return _("密码太短，至少要有 %(count)d 个字符。") % {"count": self.min_length}

    def password_changed(self, password: str, user: Any = None) -> None:
        if user is not None:
            record("password", about=user)


# What Django calls when somebody logs in or out. A record that cannot be kept keeps nobody from working.


def record_login(sender: object, user: Any, **_: object) -> None:
    _record("login", by=user, about=user)


def record_logout(sender: object, user: Any, **_: object) -> None:
    if user is not None:
        _record("logout", by=user, about=user)


def record_failed_login(sender: object, credentials: dict[str, Any], **_: object) -> None:
    typed = str(credentials.get("username", ""))
    _record("login_failed", actor_name=typed, outcome=AuditOutcome.FAILED)


def _record(action: str, **facts: Any) -> None:
    try:
        with transaction.atomic():
            record(action, way=AuditWay.LOGIN, **facts)
    except DatabaseError:
        _log.exception("a log-in was not recorded")
