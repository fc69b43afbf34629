"""Who may log in."""

from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.password_validation import MinimumLengthValidator
from django.utils.translation import gettext as _


class AccountBackend(ModelBackend):
    """Django's own accounts; those of the demo work with DEBUG=1 only, their passwords are public."""

    def user_can_authenticate(self, user) -> bool:
        return super().user_can_authenticate(user) and (settings.DEMO_LOGINS or not user.is_demo)


class MinimumLength(MinimumLengthValidator):
    """Django's rule in words of ours: its Chinese catalogue lacks this one message."""

    def get_error_message(self) -> str:
        return _("密码太短，至少要有 %(count)d 个字符。") % {"count": self.min_length}
