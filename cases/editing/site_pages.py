"""The pages of the site itself, first filled with texts that ship with the project."""

from __future__ import annotations

from pathlib import Path

from django.db import transaction

from cases.models import SitePage

TEXTS = Path(__file__).parent.parent / "data" / "site_pages"  # <slug>.txt: title, blank line, body


@transaction.atomic
def load_site_pages() -> int:
    """Add the shipped pages that are not there yet; returns how many. A page that is there is never touched."""
    present = set(SitePage.objects.values_list("slug", flat=True))
    added = [_page(path) for path in sorted(TEXTS.glob("*.txt")) if path.stem not in present]
    SitePage.objects.bulk_create(added)
    return len(added)


def _page(path: Path) -> SitePage:
    title, _, body = path.read_text(encoding="utf-8").strip().partition("\n\n")
    return SitePage(slug=path.stem, title=title, body=body)
