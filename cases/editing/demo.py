"""The demo: cases written for it, covers drawn for it, and accounts to try the admin with.

Everything of it carries `is_demo`, is told apart on every page, and can be taken away again.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models import ProtectedError, QuerySet
from django.utils.translation import gettext as _

from cases.content import CaseContent, PictureContent
from cases.editing.accounts import acting_user
from cases.editing.audit.recording import record
from cases.editing.covers import draw_cover
from cases.editing.demo_reviews import put_under_review
from cases.editing.exchange import import_case, read_line
from cases.editing.people import (
    ADMINISTRATORS,
    EDITORS,
    FINAL_REVIEWERS,
    FIRST_REVIEWERS,
    READERS,
    SECOND_REVIEWERS,
    make_groups,
)
from cases.editing.pictures import named_files, pictures_folder, store_picture
from cases.models import (
    Case,
    CaseStage,
    PreviewLink,
    Publication,
    PublishedCase,
    Review,
    ReviewComment,
    Revision,
    Schedule,
    Tag,
    User,
    WithdrawnCase,
)
from cases.models.append_only import lifted
from cases.search.index import remove_case

FOLDER = Path(__file__).parent.parent / "data" / "demo"
PASSWORD = "casebook-demo"  # noqa: S105 - printed by make run, and refused with DEBUG=0

# A theme of the case to what its cover shows; the first that fits decides.
MOTIFS = {
    "logistics-transport": "road",
    "cross-border-trade": "boats",
    "construction-permits": "buildings",
    "registering-property": "buildings",
    "project-land-factors": "buildings",
    "digital-government": "network",
    "one-thing-once": "network",
    "getting-credit": "network",
    "regional-cooperation": "boats",
}


class StillNeeded(Exception):
    """Part of the demo that real cases lean on; the text says which, for people."""


def demo_accounts() -> list[tuple[str, str, list[str], bool]]:
    """(user name, name, groups, is superuser) of the accounts to try the admin with."""
    return [
        ("demo-editor", _("演示编辑"), [EDITORS], False),
        ("demo-first", _("演示初审"), [FIRST_REVIEWERS], False),
        ("demo-second", _("演示复审"), [SECOND_REVIEWERS], False),
        ("demo-publisher", _("演示终审"), [FINAL_REVIEWERS], False),
        ("demo-keeper", _("演示管理员"), [ADMINISTRATORS], False),
        ("demo-reader", _("演示读者"), [READERS], False),
        ("demo-admin", _("演示超级用户"), [], True),
    ]


@transaction.atomic
def load_demo(*, by: User | None = None, progress: Callable[[Iterable], Iterable] = iter) -> int:
    """Load the demo cases that are not there yet and, with DEBUG=1, its accounts; returns how many cases came."""
    if settings.DEMO_LOGINS:
        _make_accounts()
    by, made = by or acting_user(), []
    for path in progress(sorted(FOLDER.glob("*.json"))):
        identity, content = read_line(path.read_bytes())
        if not Case.objects.filter(external_id=identity).exists():
            made.append(import_case(identity, _with_cover(identity, content), by=by, publish=True, is_demo=True).case)
    if settings.DEMO_LOGINS:
        put_under_review(made)
    return len(made)


def _make_accounts() -> None:
    make_groups()
    for username, name, groups, is_superuser in demo_accounts():
        if not User.objects.filter(username=username).exists():
            user = User.objects.create_user(
                username, password=PASSWORD, name=name, is_staff=True, is_superuser=is_superuser, is_demo=True
            )
            user.groups.set(Group.objects.filter(name__in=groups))


def _with_cover(identity: str, content: CaseContent) -> CaseContent:
    motif = next((MOTIFS[theme] for theme in content.themes if theme in MOTIFS), "ridges")
    file = store_picture(f"{identity}.png", draw_cover(identity, motif))
    cover = PictureContent(file=file, name=f"{identity}.png", alt=_("示意图：远山与日"), is_cover=True)
    return dataclasses.replace(content, pictures=(cover, *content.pictures))


@transaction.atomic
def remove_demo(*, by: User | None = None) -> int:
    """Take the demo away: its cases with their history, its pictures, its accounts; returns how many cases went.

    An account whose name stands in the history of real cases is closed for ever instead of deleted.
    Raises StillNeeded, and removes nothing, while a real case leads its readers to one of the demo.
    """
    cases = Case.objects.filter(is_demo=True)
    leaning = Publication.objects.filter(redirect_to__is_demo=True, case__is_demo=False).first()
    if leaning is not None:
        raise StillNeeded(_("案例 %(pk)d 撤下后转到了示例案例，请先另选转到的案例") % {"pk": leaning.case_id})
    count = cases.count()
    files = {file for file in cases.values_list("pictures__file", flat=True) if file}
    with lifted("cases_review", "cases_publication", "cases_revision"):
        for pk in cases.values_list("pk", flat=True):
            remove_case(pk)
        _delete(cases)
    record("demo_removed", by=by, actor_name=_("系统"), before={"count": count})
    Tag.objects.filter(taggedcase_items=None).delete()
    for file in files - named_files():
        (pictures_folder() / file).unlink(missing_ok=True)
    _close_accounts()
    return count


def _delete(cases: QuerySet[Case]) -> None:
    """Cases with all that hangs on them, their history too: it is that of a game."""
    tables: tuple[Any, ...] = (WithdrawnCase, PublishedCase, Schedule)
    for model in tables:
        model.objects.filter(case__in=cases).delete()
    cases.update(submitted_revision=None, stage=CaseStage.DRAFT)
    facts: tuple[Any, ...] = (ReviewComment, PreviewLink, Review, Publication, Revision)
    for model in facts:
        model.objects.filter(case__in=cases).delete()
    cases.delete()


def _close_accounts() -> None:
    for user in User.objects.filter(is_demo=True):
        try:
            with transaction.atomic():
                user.delete()
        except ProtectedError:
            user.is_demo, user.is_active, user.is_staff, user.is_superuser = False, False, False, False
            user.name = _("%(name)s（已停用）") % {"name": user.name}
            user.set_unusable_password()
            user.save()
