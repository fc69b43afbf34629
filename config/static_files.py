"""How static files are stored: each by itself while we work on them, style sheets in one file for readers.

A first view then asks for one style sheet, and it is `collectstatic`, which every operator runs, that makes it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from django.contrib.staticfiles.storage import StaticFilesStorage
from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

SITE = "css/site.css"
# The style sheets of every public page, in the order in which they apply.
FOUNDATION = ("tokens", "base", "layout")
COMPONENTS = (
    *("breadcrumb", "form", "chip", "message", "card", "metric", "quote", "facts", "contents", "prose", "figure"),
    *("toc", "tiles", "pager", "table", "like", "case", "home"),
    *("corrections", "rules", "reader", "tools", "read-aloud", "dialog", "before-after", "english"),
)
SITE_PARTS = tuple(f"css/{part}.css" for part in (*FOUNDATION, *COMPONENTS, "print"))


class SeparateFiles(StaticFilesStorage):
    """Files as they stand in `static/`: what is changed shows at the next look."""

    style_sheets: ClassVar[tuple[str, ...]] = SITE_PARTS


class JoinedFiles(CompressedManifestStaticFilesStorage):
    """Files under names that change with what they hold, compressed, the style sheets of all pages joined."""

    style_sheets: ClassVar[tuple[str, ...]] = (SITE,)
    support_js_module_import_aggregation = True  # `import` names the hashed file, too

    def post_process(self, paths: dict[str, Any], dry_run: bool = False, **options: Any) -> Iterator[Any]:
        if not dry_run:
            self.delete(SITE)
            self._save(SITE, ContentFile(b"\n".join(self._read(*paths[part]) for part in SITE_PARTS)))
        yield from super().post_process(paths if dry_run else {**paths, SITE: (self, SITE)}, dry_run, **options)

    @staticmethod
    def _read(storage: Any, path: str) -> bytes:
        with storage.open(path) as file:
            return file.read()
