"""Programs outside Python that some tests drive, and the Debian packages that bring them."""

from __future__ import annotations

import os
import shutil
from pathlib import Path


def chromium() -> str | None:
    """Path of an installed Chromium or Chrome."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return next((path for name in names if (path := shutil.which(name))), None)


def postgresql_folder() -> Path | None:
    """Folder with `initdb` and `postgres`: the newest that Debian keeps, else the one on PATH."""
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: float(folder.parent.name))
    on_path = [Path(found).resolve().parent for name in ("postgres", "initdb") if (found := shutil.which(name))]
    folders = [*reversed(versions), *on_path]
    return next(
        (folder for folder in folders if all((folder / name).exists() for name in ("initdb", "postgres"))), None
    )


def missing_tools() -> dict[str, str]:
    """Marker of the tests that cannot run here, and the Debian package that would let them."""
    found = {
        "browser": (chromium(), "chromium"),
        "postgresql": (os.environ.get("TEST_POSTGRES_URL") or postgresql_folder(), "postgresql"),
        "gettext": (shutil.which("xgettext"), "gettext"),
    }
    return {marker: package for marker, (tool, package) in found.items() if not tool}
