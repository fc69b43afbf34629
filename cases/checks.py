"""What `manage.py check` looks at besides Django's own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from django.conf import settings
from django.core.checks import Error, Tags, Warning, register
from django.db import DatabaseError
from django.utils.translation import gettext as _

from cases.presenting.addresses import web_address
from cases.presenting.meta_tags import plain
from cases.public.marks import size_of

Mistake = tuple[str, str]  # name of a setting, what is wrong with it
_HOST = r"(?i:(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)?"
_PLACE = r"[\u4e00-\u9fff]"  # a province in one character
_ICP = rf"(?:{_PLACE}ICP\u5907[0-9]{{8,10}}\u53f7(?:-[0-9]+)?)?"  # ICP备, 号
_POLICE = rf"(?:{_PLACE}\u516c\u7f51\u5b89\u5907 ?[0-9]{{14}}\u53f7)?"  # 公网安备, 号


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


@register()
def identity_of_the_site(app_configs: object, **kwargs: object) -> list[Error]:
    """What stands in the head and foot of every page is of the form it must have."""
    mistakes = [*_identity(), *_links(), *_contacts(), *_columns()]
    return [Error(f"{name}: {message}", id="cases.E003") for name, message in mistakes]


def _identity() -> Iterator[Mistake]:
    for name in ("SITE_NAME", "SITE_NAME_EN"):
        if not plain(getattr(settings, name)):
            yield name, _("网站名称不能为空")
    if not re.fullmatch(_HOST, settings.SITE_DOMAIN):
        yield "SITE_DOMAIN", _("只写域名，不带 http:// 、端口和路径，例如 www.example.gov.cn")
    if not re.fullmatch(r"(?:bm\d{8}|\d{10})?", settings.SITE_CODE, re.ASCII):
        yield "SITE_CODE", _("网站标识码应为 bm 加 8 位数字，或 10 位数字；不是政府网站就不要设置")
    if not re.fullmatch(_ICP, settings.ICP_NUMBER):
        yield "ICP_NUMBER", _("ICP备案号的写法应如“京ICP备19014889号”或“京ICP备19014889号-1”")
    if not re.fullmatch(_POLICE, settings.POLICE_NUMBER):
        yield "POLICE_NUMBER", _("公安备案号的写法应如“京公网安备11010102000001号”，中间是 14 位数字")


def _links() -> Iterator[Mistake]:
    if settings.DATA_LICENCE_URL and not web_address(settings.DATA_LICENCE_URL):
        yield "DATA_LICENCE_URL", _("应为 http:// 或 https:// 开头的网址")
    for name in ("PARTY_MARK", "FAULT_REPORT"):
        url, picture = (getattr(settings, f"{name}_{part}") for part in ("URL", "PICTURE"))
        if url and not web_address(url):
            yield f"{name}_URL", _("应为 http:// 或 https:// 开头的网址")
        if picture and not url:
            yield f"{name}_URL", _("有图片而没有网址：图片要能点开")
        if picture and size_of(picture) is None:
            yield f"{name}_PICTURE", _("应为本机上 200 KB 以内的图片文件（png、gif、jpg、webp）：%s") % picture
    if settings.CARD_FONT and not Path(settings.CARD_FONT).is_file():
        yield "CARD_FONT", _("没有这个字体文件：%s") % settings.CARD_FONT


def _contacts() -> Iterator[Mistake]:
    for contact in settings.SECURITY_CONTACT:
        if not re.fullmatch(r"mailto:[^\s@]+@[^\s@]+|https://\S+|tel:\+?[0-9-]+", contact):
            yield "SECURITY_CONTACT", _("应为 mailto:、https:// 或 tel: 开头的地址，几个之间用逗号隔开：%s") % contact


def _columns() -> Iterator[Mistake]:
    """Inspectors take an empty tag for a missing one."""
    for key, column in settings.SITE_COLUMNS.items():
        if not all(plain(str(words)) for words in (column.name, column.description, column.keywords, column.type)):
            yield f"SITE_COLUMNS[{key}]", _("栏目的名称、描述、关键词和类别都不能为空")


@register()
def views_are_counted_from_some_log(app_configs: object, **kwargs: object) -> list[Warning]:
    """With VIEWS=log the program counts nothing by itself."""
    if settings.VIEWS != "log" or settings.VIEWS_LOG:
        return []
    return [
        Warning(
            _("VIEWS_LOG: VIEWS=log 而没有写明日志文件，浏览次数不会增加"),
            hint=_("设置 VIEWS_LOG，例如 VIEWS_LOG=/var/log/nginx/access.log*；或者不设 VIEWS，由程序自己计数。"),
            id="cases.W001",
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
