"""Every address of the admin, and one row of each table to ask it for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from django.contrib.auth.models import Group
from django.test import Client
from django.urls import get_resolver
from django.utils import timezone

from cases.editing.importing import receive_article
from cases.editing.people import ROLES, make_groups
from cases.models import (
    Alias,
    AuditEntry,
    Case,
    Correction,
    ImportBatch,
    Publication,
    Revision,
    SearchedWord,
    SitePage,
    User,
    WordRule,
)
from tests.builders import (
    make_case,
    make_department,
    make_published_case,
    make_region,
    make_theme,
    make_user,
)

NOBODY, NO_ROLE, ELSEWHERE, SUPERUSER = "anonymous", "no role", "editor elsewhere", "superuser"
WHO = (NOBODY, NO_ROLE, ELSEWHERE, *ROLES, SUPERUSER)


def routes(patterns: Any = None, above: str = "") -> Iterator[str]:
    """The routes of all addresses below admin/, as they are written in the patterns."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        route = above + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            yield from routes(pattern.url_patterns, route)
        elif route.startswith("admin/"):
            yield route


def make_accounts() -> None:
    make_groups()
    for name in WHO[1:]:
        user = make_user(name, permissions=("*",) if name == SUPERUSER else ())
        role = "编辑" if name == ELSEWHERE else name
        user.groups.set(Group.objects.filter(name=role))
    User.objects.get(username=ELSEWHERE).regions.add(make_region("440300"))


def make_rows() -> dict[str, object]:
    """By table, the key of one row; cases lie in 漯河, made by somebody who asks for nothing here."""
    somebody = make_user("somebody")
    place = make_region("411100")
    article = receive_article("", "一篇文稿。\n\n一、做法\n\n把窗口搬到园区。".encode(), by=somebody)
    draft = make_case(by=somebody, region=place)
    Case.objects.filter(pk=draft.pk).update(source_text=article)
    public = make_published_case(by=somebody, region=place).case
    rule = WordRule.objects.create(level="hint", words="示范", updated_by=somebody, updated_at=timezone.now())
    return {
        "case": draft.pk,
        "public": public.pk,
        "sourcetext": article.pk,
        "import": article.pk,
        "revision": Revision.objects.latest("pk").pk,
        "publication": Publication.objects.latest("pk").pk,
        "auditentry": AuditEntry.objects.filter(case=draft.pk).latest("pk").pk,
        "region": place.pk,
        "department": make_department().pk,
        "theme": make_theme().pk,
        "user": somebody.pk,
        "importbatch": ImportBatch.objects.create(received_by=somebody).pk,
        "alias": Alias.objects.create(kind="tag", old="治超", new="治超载").pk,
        "searchedword": SearchedWord.objects.create(text="治超", day="2026-01-01", times=1, times_in_vain=0).pk,
        "wordrule": rule.pk,
        "correction": Correction.objects.create(
            case=public, kind="typo", text="错字", token="t", received_at=timezone.now()
        ).pk,
        "sitepage": SitePage.objects.get_or_create(slug="help", defaults={"title": "帮助"})[0].pk,
    }


def address_of(route: str, rows: dict[str, object]) -> str:
    """The address of a route, written without admin/, for the rows of make_rows."""
    table = re.match(r"cases/(\w+)/", route)
    key = "public" if "withdraw" in route or "restore" in route else table[1] if table else ""
    if route.startswith("cases/case/import/<"):
        key = "import"
    route = re.sub(r"<(?:int:pk|path:object_id|id)>", str(rows.get(key, "")), route)
    values = {"<str:ending>": "csv", "<slug:verb>": "submit", "<slug:key>": "links", "<int:number>": "1"}
    for name, value in values.items():
        route = route.replace(name, value)
    return f"/admin/{route}"


def answer(client: Client, method: str, address: str) -> str:
    """What an address answers, in a word: "open" (if only to ask for more), "login", or the number of a refusal."""
    response = getattr(client, method)(address)
    if response.status_code in (301, 302):
        return "login" if response.headers["Location"].startswith("/admin/login/") else "open"
    return "open" if response.status_code in (200, 400) else str(response.status_code)
