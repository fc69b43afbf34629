"""Variables of the environment, read strictly: what is not understood stops the start with the name of the variable.

A word that is no yes would otherwise be a no: HTTPS=ja would take the safety of cookies away without a sound.
"""

from __future__ import annotations

import os
from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured

_YES, _NO = ("1", "true", "yes", "on"), ("", "0", "false", "no", "off")
_DATABASES = ("django.db.backends.sqlite3", "django.db.backends.postgresql")


class Environment(environ.Env):
    """`environ.Env` that raises ImproperlyConfigured, in one sentence, for a value not of the kind asked for."""

    def switch(self, name: str, *, default: bool) -> bool:
        value = os.environ.get(name)
        if value is None:
            return default
        if value.strip().lower() not in (*_YES, *_NO):
            raise ImproperlyConfigured(f"{name}: 1 or 0, not {value!r} ({name} 只能是 1 或 0)")
        return value.strip().lower() in _YES

    def number(self, name: str, *, default: int, least: int = 0, most: int | None = None) -> int:
        value = os.environ.get(name)
        if value is None:
            return default
        words, chinese = (f"{least} to {most}", f"{least} 到 {most}")
        if most is None:
            words, chinese = (f"{least} or more", f"{least} 以上")
        try:
            number = int(value)
        except ValueError:
            number = least - 1
        if number < least or (most is not None and number > most):
            raise ImproperlyConfigured(f"{name}: a number, {words}, not {value!r} ({name} 应为整数，{chinese})")
        return number

    def database(self, name: str, *, default: str) -> dict[str, Any]:
        try:
            found: dict[str, Any] = self.db_url(name, default=default)
        except ValueError:
            found = {}
        if found.get("ENGINE") not in _DATABASES:
            raise ImproperlyConfigured(
                f"{name}: sqlite:///… or postgres://… ({name} 应为 sqlite:///文件 或 postgres://用户:密码@主机/数据库)"
            )
        return found
