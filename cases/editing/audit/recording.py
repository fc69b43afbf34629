"""Writing the audit: one entry for each thing that is done, in the transaction that does it."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Iterator, Mapping
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cases.content import CaseContent, to_json
from cases.editing.audit.acting import afterwards, where
from cases.models import AuditEntry, AuditOutcome, Case, ReviewStep

# What is done: the name in the table, and in words.
ACTIONS: dict[str, Any] = {
    "created": _("新建"),
    "saved": _("保存草稿"),
    "deleted": _("删除"),
    **dict(ReviewStep.choices),
    "commented": _("批注"),
    "comment_closed": _("关闭批注"),
    "shared": _("发预览链接"),
    "unshared": _("撤销预览链接"),
    "received": _("收稿"),
    "corrected": _("修改拆解结果"),
    "added": _("添加"),
    "changed": _("修改"),
    "login": _("登录"),
    "logout": _("退出登录"),
    "login_failed": _("登录失败"),
    "password": _("设置密码"),
    "opened": _("打开页面"),
    "loaded": _("载入"),
    "exported": _("导出"),
    "pruned": _("清理操作记录"),
    "demo_removed": _("清除示例"),
    "correction_started": _("开始处理纠错"),
    "correction_answered": _("答复纠错"),
    "link_ignored": _("不再提示失效链接"),
    "link_unignored": _("恢复提示失效链接"),
    "contacts_removed": _("清除纠错人的联系方式"),
}
# The verb of `editing.permissions` that was refused → what it would have been.
_OF_VERB = {
    "change": "saved",
    "submit": "submitted",
    "take_back": "taken_back",
    "approve": "approved",
    "return": "returned",
    "publish": "published",
    "force": "forced",
    "withdraw": "withdrawn",
    "archive": "archived",
    "restore": "restored",
    "schedule": "scheduled",
    "copy": "copied",
    "comment": "commented",
    "share": "shared",
    "export": "exported",
}

LONGEST = 2_000  # characters of a text that are kept before and after; what is behind them is known by a digest
MOST = 200  # changed places kept of one save
REST = "…"  # the path under which the others are counted


def record(
    action: str,
    *,
    by: Any = None,
    about: models.Model | None = None,
    title: str = "",
    case: int | None = None,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    outcome: str = AuditOutcome.DONE,
    note: str = "",
    way: str = "",
    actor_name: str = "",
) -> AuditEntry:
    """A new entry; in the caller's transaction, so that it stands if and only if the thing was done.

    `by` is whoever is logged in if nobody is given; `case` is the key of the case it is about, read from `about`
    where that is a case or belongs to one.
    """
    here = where()
    person = by if by is not None else here.by
    if person is not None and not person.is_authenticated:
        person = None
    values = {
        "actor_name": str(person) if person is not None else actor_name,
        "role": role_of(person) if person is not None else "",
        "note": note,
        **_named(about, title),
    }
    return AuditEntry.objects.create(
        at=timezone.now(),
        actor=person.pk if person is not None else None,
        address=here.address,
        way=way or here.way,
        action=action,
        case=case if case is not None else _case_of(about),
        before=_plain(before),
        after=_plain(after),
        outcome=outcome,
        **{name: _fitting(name, value) for name, value in values.items()},
    )


def record_refusal(action: str, *, by: Any, about: models.Model | None = None, title: str = "", note: str = "") -> None:
    """Somebody tried what they may not: an entry, written when the request or command is over."""
    action = _OF_VERB.get(action, action)
    refused = AuditOutcome.REFUSED
    afterwards(functools.partial(record, action, by=by, about=about, title=title, outcome=refused, note=note))


def role_of(person: Any) -> str:
    """The names of the groups of a person; one query, once a request."""
    if not hasattr(person, "_role"):
        names = person.groups.order_by("pk").values_list("name", flat=True)
        person._role = gettext("超级用户") if person.is_superuser else "、".join(names)
    return person._role


def changed_paths(old: CaseContent, new: CaseContent) -> tuple[dict[str, Any], dict[str, Any]]:
    """What differs between two contents, by the paths of its leaves: as it was, and as it is.

    >>> changed_paths(CaseContent(title="治超"), CaseContent(title="治超载"))
    ({'title': '治超'}, {'title': '治超载'})

    What one of them does not have is absent there. Long texts are cut, many changes counted, so that an entry stays
    small; the revisions hold the texts whole.
    """
    before, after = dict(_leaves(to_json(old))), dict(_leaves(to_json(new)))
    paths = [path for path in (before | after) if before.get(path) != after.get(path)]
    told = [
        {path: _cut(side[path]) for path in paths[:MOST] if side.get(path) not in (None, "")}
        for side in (before, after)
    ]
    if len(paths) > MOST:
        told[1][REST] = len(paths) - MOST
    return told[0], told[1]


def _leaves(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _leaves(inner, f"{path}.{name}" if path else name)
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _leaves(inner, f"{path}[{index}]")
    else:
        yield path, value


def _cut(value: Any) -> Any:
    if not isinstance(value, str) or len(value) <= LONGEST:
        return value
    return f"{value[:LONGEST]}… SHA-256 {hashlib.sha256(value.encode()).hexdigest()}"


def _named(about: models.Model | None, title: str) -> dict[str, str]:
    """What an entry says of the row it is about; its title stays when the row is gone."""
    if about is None:
        return {"kind": "", "key": "", "title": title}
    return {"kind": about._meta.model_name or "", "key": str(about.pk), "title": title or str(about)}


def _case_of(about: models.Model | None) -> int | None:
    return about.pk if isinstance(about, Case) else getattr(about, "case_id", None)


def _fitting(name: str, value: str) -> str:
    """A text as its column takes it: PostgreSQL has no NUL, and nobody reads more than there is room for."""
    limit = AuditEntry._meta.get_field(name).max_length  # type: ignore[union-attr]  # a plain column
    return value.replace("\x00", "")[:limit]


def _plain(values: Mapping[str, Any] | None) -> dict[str, Any] | None:
    return {path: _clean(value) for path, value in values.items()} if values else None


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return value.replace("\x00", "")
    if isinstance(value, list | tuple):
        return [_clean(one) for one in value]
    return value if value is None or isinstance(value, bool | int | float) else str(value)
