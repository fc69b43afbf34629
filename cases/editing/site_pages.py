"""The pages of the site itself, first filled with texts that ship with the project."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from django.db import transaction

from cases.models import SitePage

TEXTS = Path(__file__).parent.parent / "data" / "site_pages"  # <slug>.txt: title, blank line, body; en/: in English
EVER_SHIPPED = TEXTS / "shipped.sha256"  # digests of all texts the project ever came with; each change adds its own


@transaction.atomic
def load_site_pages() -> int:
    """Add the shipped pages that are not there yet, renew those nobody has edited; returns how many.

    A page whose words are not those of some edition of the project is never touched.
    """
    there = SitePage.objects.in_bulk()
    pages = [page for page in shipped_pages() if page.slug not in there or _is_outdated(there[page.slug], page)]
    for page in pages:
        page.save()
    return len(pages)


def shipped_pages() -> list[SitePage]:
    """The pages as they ship with this edition, not saved."""
    return [_page(path) for path in sorted(TEXTS.glob("*.txt"))]


def is_shipped(title: str, body: str) -> bool:
    """Whether a text, in either language, is one that came with some edition."""
    return digest_of(title, body) in _digests()


def digest_of(title: str, body: str) -> str:
    """What a text is known by; the editor's browser may have sent it with other line ends."""
    return hashlib.sha256(f"{title}\n\n{body}".replace("\r\n", "\n").strip().encode()).hexdigest()


@cache
def _digests() -> frozenset[str]:
    return frozenset(line.split()[0] for line in EVER_SHIPPED.read_text(encoding="utf-8").splitlines())


def _page(path: Path) -> SitePage:
    (title, body), (title_en, body_en) = _text(path), _text(path.parent / "en" / path.name)
    return SitePage(slug=path.stem, title=title, body=body, title_en=title_en, body_en=body_en)


def _text(path: Path) -> tuple[str, str]:
    title, _, body = path.read_text(encoding="utf-8").strip().partition("\n\n")
    return title, body


def _is_outdated(page: SitePage, shipped: SitePage) -> bool:
    in_english = (page.title_en, page.body_en)
    is_ours = is_shipped(page.title, page.body) and (in_english == ("", "") or is_shipped(*in_english))
    return is_ours and any(
        digest_of(*before) != digest_of(*now)
        for before, now in (
            ((page.title, page.body), (shipped.title, shipped.body)),
            (in_english, (shipped.title_en, shipped.body_en)),
        )
    )
