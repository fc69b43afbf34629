"""Wrong arguments of a command, told in Chinese: argparse knows none."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

# What argparse says → what we say; groups of the pattern are the values of the sentence.
_NAME = "argument (?P<name>.+?): "
_SAID = (
    ("the following arguments are required: (?P<names>.+)", gettext_noop("缺少 %(names)s")),
    ("unrecognized arguments: (?P<names>.+)", gettext_noop("不认识 %(names)s")),
    (_NAME + "invalid int value: '(?P<value>.*)'", gettext_noop("%(name)s 应为整数，不能是 %(value)s")),
    (
        _NAME + "invalid fromisoformat value: '(?P<value>.*)'",
        gettext_noop("%(name)s 应为日期，如 2026-05-01，不能是 %(value)s"),
    ),
    (
        _NAME + r"invalid choice: (?P<value>.+) \(choose from (?P<choices>.+)\)",
        gettext_noop("%(name)s 只能是 %(choices)s，不能是 %(value)s"),
    ),
    (_NAME + "expected (?:one|at least one) argument", gettext_noop("%(name)s 后面缺少内容")),
    (_NAME + "ignored explicit argument '(?P<value>.*)'", gettext_noop("%(name)s 后面不带内容")),
    (
        "ambiguous option: (?P<name>.+?) could match (?P<choices>.+)",
        gettext_noop("%(name)s 可能是 %(choices)s，请写全"),
    ),
)


def refusal_of(message: str) -> str:
    """One line for people about what argparse found wrong; what it says itself where we know no words for it."""
    for pattern, words in _SAID:
        if found := re.fullmatch(pattern, message, re.DOTALL):
            message = _(words) % found.groupdict()
            break
    return _("参数不对：%(message)s。加 --help 查看用法") % {"message": " ".join(message.split())}
