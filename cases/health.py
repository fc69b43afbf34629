"""How the site is: for whoever starts it again, whoever sends it readers, and whoever runs it.

`live` says that the program answers and nothing else: a database that is away is not mended by starting the program
again. `ready` says whether readers may be sent here. The page says in words what an operator has to do, also when
something due did not happen; that does not make the site less ready for readers.
"""

from __future__ import annotations

import functools
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cases.editing.scheduling import late_schedules
from cases.models.append_only import missing_triggers
from cases.search.index import is_stale

MINUTES = 5  # that something due may be late


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    name: str  # for machines
    title: str
    trouble: str = ""  # what is wrong and what to do; "" if nothing is


@never_cache
@require_safe
def live(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


@never_cache
@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    """Whether readers may be sent here; 503 if not, with the names of what is wrong."""
    wrong = [finding.name for finding in findings() if finding.trouble]
    return JsonResponse({"ready": not wrong, "wrong": wrong}, status=503 if wrong else 200)


@never_cache
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """All that was looked at, in words; 503 if anything wants somebody's hand."""
    found = findings()
    if not found[0].trouble:
        found.append(Finding("schedules", _("定时发布和撤下"), _read(_schedules)))
    is_well = not any(finding.trouble for finding in found)
    context = {"findings": found, "is_well": is_well, "now": timezone.now()}
    return render(request, "health.html", context, status=200 if is_well else 503)


def findings() -> list[Finding]:
    """What readers need; of a database that does not answer nothing more is asked."""
    database = Finding("database", _("数据库"), _read(_database))
    media = Finding("media", _("图片目录"), _media())
    if database.trouble:
        return [database, media]
    return [
        database,
        Finding("migrations", _("数据库结构"), _read(_migrations)),
        Finding("triggers", _("历史记录的保护"), _read(_triggers)),
        Finding("index", _("搜索索引"), _read(_index)),
        media,
    ]


def _read(look: Callable[[], str]) -> str:
    """What a look at the database found; words of the database itself are for the log, not for a public page."""
    try:
        return look()
    except DatabaseError:
        return _("读不出来。请看日志，检查数据库是否在运行、是否已经迁移。")


def _database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return ""


def _migrations() -> str:
    applied = MigrationRecorder(connection).applied_migrations()
    missing = [name for name in _last_migrations() if name not in applied]
    return _("还没有更新。请运行 python manage.py migrate。") if missing else ""


@functools.cache
def _last_migrations() -> list[tuple[str, str]]:
    """The last migration of every app, as the files of this program have them."""
    return list(MigrationLoader(None).graph.leaf_nodes())


def _triggers() -> str:
    if not (missing := missing_triggers()):
        return ""
    return _("缺少 %(count)d 个触发器。请运行 python manage.py migrate，会重新建立。") % {"count": len(missing)}


def _index() -> str:
    return _("是另一个版本写的。请运行 python manage.py reindex。") if is_stale() else ""


def _media() -> str:
    folder = Path(settings.MEDIA_ROOT)
    there = next(path for path in (folder, *folder.parents) if path.exists())
    return "" if os.access(there, os.W_OK | os.X_OK) else _("不能写入。请检查目录 VAR_DIR/media 的权限和磁盘。")


def _schedules() -> str:
    """What is due and did not happen, without saying of what: everybody may read this page."""
    late = late_schedules(MINUTES)
    count = late.count()
    if not count:
        return ""
    first = late.earliest("at")
    return ngettext(
        "有 %(count)d 项到了时间，超过 %(minutes)d 分钟没有执行，最早的在 %(at)s。"
        "请检查定时器是否在运行 python manage.py do_due，并在后台“发布日历”查看原因。",
        "有 %(count)d 项到了时间，超过 %(minutes)d 分钟没有执行，最早的在 %(at)s。"
        "请检查定时器是否在运行 python manage.py do_due，并在后台“发布日历”查看原因。",
        count,
    ) % {"count": count, "minutes": MINUTES, "at": timezone.localtime(first.at).strftime("%Y-%m-%d %H:%M")}
