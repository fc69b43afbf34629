"""Pictures of pages, kept for who wants to look at them: in the folder that SCREENSHOTS names, else in build."""

from __future__ import annotations

import os
import re
from pathlib import Path

from django.conf import settings
from playwright.sync_api import Page

WIDTHS = {"desktop": 1280, "phone": 375}
SCREENSHOTS = Path(os.environ.get("SCREENSHOTS") or settings.BASE_DIR / "build" / "screenshots")
_LOAD_PICTURES = """
() => Promise.all([...document.images].map((picture) => {
  picture.loading = "eager";
  return picture.complete || new Promise((done) => { picture.onload = picture.onerror = done; });
}))
"""


def load_pictures(page: Page) -> None:
    """See to it that pictures which wait to be scrolled to are in the picture taken of the page."""
    page.evaluate(_LOAD_PICTURES)


def keep_picture(page: Page, folder: str, name: str, width: int) -> Path:
    """Where the picture of the whole page was put: `<folder>/<name>-<width>.jpg`, a kind of page as its name."""
    load_pictures(page)
    path = SCREENSHOTS / folder / f"{re.sub(r'[^0-9A-Za-z_-]+', '-', name).strip('-') or 'home'}-{width}.jpg"
    path.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=path, full_page=True, type="jpeg", quality=70)
    return path
