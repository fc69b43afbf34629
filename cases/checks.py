"""What `manage.py check` looks at besides Django's own."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.core.checks import Error, Tags, register
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


@register(Tags.database)
def history_is_guarded(app_configs: object, databases: Sequence[str] | None = None, **kwargs: object) -> list[Error]:
    """`check --database default`: the triggers that keep the history from being changed are there."""
    from cases.models.append_only import missing_triggers

    missing = [name for using in databases or () for name in missing_triggers(using)]
    if not missing:
        return []
    return [
        Error(
            _("历史记录没有保护，数据库缺少触发器：%(names)s") % {"names": "、".join(missing)},
            hint=_("运行 python manage.py migrate，会重新建立。"),
            id="cases.E002",
        )
    ]
