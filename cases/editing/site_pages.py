"""The pages of the site itself, first filled with texts that ship with the project."""

from __future__ import annotations

from pathlib import Path

from django.db import transaction

from cases.models import SitePage

TEXTS = Path(__file__).parent.parent / "data" / "site_pages"  # <slug>.txt: title, blank line, body; en/: in English


@transaction.atomic
def load_site_pages() -> int:
    """Add the shipped pages that are not there yet; returns how many were added or got their English.

    A page that is there is never touched, but for one thing: where it still is the shipped text and has no English.
    """
    there = SitePage.objects.in_bulk()
    shipped = [_page(path) for path in sorted(TEXTS.glob("*.txt"))]
    added = [page for page in shipped if page.slug not in there]
    SitePage.objects.bulk_create(added)
    in_chinese_only = [page for page in shipped if page.slug in there and _lacks_english(there[page.slug], page)]
    SitePage.objects.bulk_update(in_chinese_only, ["title_en", "body_en"])
    return len(added) + len(in_chinese_only)


def _page(path: Path) -> SitePage:
    (title, body), (title_en, body_en) = _text(path), _text(path.parent / "en" / path.name)
    return SitePage(slug=path.stem, title=title, body=body, title_en=title_en, body_en=body_en)


def _text(path: Path) -> tuple[str, str]:
    title, _, body = path.read_text(encoding="utf-8").strip().partition("\n\n")
    return title, body


def _lacks_english(page: SitePage, shipped: SitePage) -> bool:
    return (page.title, page.body, page.title_en, page.body_en) == (shipped.title, shipped.body, "", "")
