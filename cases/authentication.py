"""Who may log in."""

from django.conf import settings
from django.contrib.auth.backends import ModelBackend


class AccountBackend(ModelBackend):
    """Django's own accounts; those of the demo work with DEBUG=1 only, their passwords are public."""

    def user_can_authenticate(self, user) -> bool:
        return super().user_can_authenticate(user) and (settings.DEMO_LOGINS or not user.is_demo)
