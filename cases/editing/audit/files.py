"""The audit as files: a table to be read, lines to be kept."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext

from cases.editing.audit.finding import action_words, kind_words
from cases.editing.batch_rows import plain_cell
from cases.models import AuditEntry

_COLUMNS = [field.name for field in AuditEntry._meta.fields]


def csv_lines(entries: Iterable[AuditEntry]) -> Iterator[str]:
    """The entries in words, by the local time; no cell is taken for a formula."""
    yield "\ufeff" + _line(  # the mark by which Excel knows UTF-8
        [
            *(gettext("编号"), gettext("时间"), gettext("操作人"), gettext("角色"), gettext("来源地址")),
            *(gettext("途径"), gettext("动作"), gettext("结果"), gettext("对象类型"), gettext("对象编号")),
            *(gettext("对象"), gettext("原来"), gettext("现在"), gettext("说明")),
        ]
    )
    for entry in entries:
        who = [f"{timezone.localtime(entry.at):%Y-%m-%d %H:%M:%S}", entry.actor_name, entry.role, entry.address or ""]
        what = [entry.get_way_display(), action_words(entry), entry.get_outcome_display()]
        about = [kind_words(entry), entry.key, entry.title, _json(entry.before), _json(entry.after), entry.note]
        yield _line([entry.pk, *who, *what, *about])


def json_lines(entries: Iterable[AuditEntry]) -> Iterator[str]:
    """Every column as it is kept, one object a line; times in UTC."""
    for entry in entries:
        columns: dict[str, Any] = {name: getattr(entry, name) for name in _COLUMNS}
        yield json.dumps({**columns, "at": entry.at.isoformat()}, ensure_ascii=False) + "\n"


def _line(cells: list[object]) -> str:
    out = io.StringIO()
    csv.writer(out).writerow([plain_cell(cell) for cell in cells])
    return out.getvalue()


def _json(values: Any) -> str:
    return json.dumps(values, ensure_ascii=False) if values else ""
