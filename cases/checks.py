"""What `manage.py check` looks at besides Django's own."""

from __future__ import annotations

from django.conf import settings
from django.core.checks import Error, register
from django.db import DatabaseError
from django.utils.translation import gettext as _


@register()
def no_demo_logins_in_production(app_configs: object, **kwargs: object) -> list[Error]:
    """With DEBUG=0 the accounts of the demo, whose passwords are public, must be gone."""
    from cases.models import User

    if settings.DEMO_LOGINS:
        return []
    try:
        names = list(User.objects.filter(is_demo=True).order_by("username").values_list("username", flat=True))
    except DatabaseError:  # not migrated yet, or out of reach: other checks say so
        return []
    if not names:
        return []
    return [
        Error(
            _("生产环境（DEBUG=0）里还有演示账号：%(names)s") % {"names": "、".join(names)},
            hint=_("运行 python manage.py load_demo --remove 清除全部演示数据。"),
            id="cases.E001",
        )
    ]
