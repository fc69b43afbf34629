"""The lock: what `make setup` installs, to the byte, from whatever package index the machine uses."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
LOCK = (ROOT / "requirements.txt").read_text(encoding="utf-8")
ENTRIES = re.split(r"\n(?=\S)", LOCK.strip())


def declared() -> list[Requirement]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return [Requirement(line) for line in [*project["dependencies"], *project["optional-dependencies"]["dev"]]]


def locked() -> dict[str, str]:
    """Canonical name → version."""
    pins = [re.match(r"([\w.-]+)(?:\[.*?\])?==([^\s;]+)", entry) for entry in ENTRIES]
    return {canonicalize_name(pin[1]): pin[2] for pin in pins if pin}


def test_the_lock_names_no_host():
    assert re.findall(r"\S*(?:://|--index-url|--find-links|file:)\S*", LOCK) == []


def test_every_package_is_pinned_and_hashed():
    assert [
        entry.split()[0] for entry in ENTRIES if "==" not in entry.split()[0] or "--hash=sha256:" not in entry
    ] == []


def test_the_lock_agrees_with_the_project():
    versions = locked()

    assert [
        str(requirement)
        for requirement in declared()
        if not requirement.specifier.contains(versions.get(canonicalize_name(requirement.name), "0"), prereleases=True)
    ] == []


def test_the_lock_of_the_audit_names_no_host_either():
    lock = json.loads((ROOT / "audit" / "package-lock.json").read_text(encoding="utf-8"))
    packages = [package for path, package in lock["packages"].items() if path]

    assert "://" not in json.dumps(lock)
    assert [package for package in packages if not package.get("integrity", "").startswith("sha512-")] == []
