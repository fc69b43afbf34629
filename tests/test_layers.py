"""Which part of `cases` may import which, read from the source; a new part needs a row here.

Changing the table is a design decision and gets its own commit (LAYOUT: "Which part may import which").
"""

from __future__ import annotations

import ast
import functools
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ALL_BUT_ADMIN = {
    *("content", "folding", "identity", "tagging", "vocabulary", "reading", "parsing", "presenting", "checking"),
    "models",
    *("search", "publishing", "exporting", "editing", "public", "checks", "authentication", "uploads", "management"),
    "network",
    "renditions",
}

# Part → parts it may import. A dotted name is one module: `models.published` leaves the drafts out of reach.
MAY_IMPORT: dict[str, set[str]] = {
    "strict_json": set(),
    "content": {"strict_json"},
    "folding": set(),
    "identity": set(),
    "tagging": set(),
    "network": set(),
    "reading": {"content", "folding"},  # of the content its gettext_noop only: reading knows files, not cases
    "parsing": {"content", "folding"},
    "presenting": {"content", "folding"},
    "checking": {"content", "folding", "parsing"},  # of a case while it is written; word lists are arguments
    "models": {"content", "folding", "tagging"},
    "search": {"content", "folding", "models"},
    "search.tokens": {"folding"},  # a row for one module: the engine's words, testable alone
    "publishing": {"content", "presenting", "models", "search"},
    "exporting": {"content", "models.published", "models.vocabulary"},
    "vocabulary": {"content", "parsing"},  # the word lists the parser is given, from the data files
    "editing": {
        *("strict_json", "content", "folding", "tagging", "vocabulary", "reading", "parsing"),
        *("presenting", "checking", "models", "search", "publishing", "renditions"),
    },
    "previewing": {"content", "presenting", "models", "editing", "public"},  # drafts in the templates of readers
    "admin": {
        *("content", "folding", "identity", "tagging", "presenting", "checking", "exporting"),
        *("models", "editing", "previewing"),
    },
    "public": {
        *("content", "identity", "network", "presenting", "exporting", "renditions", "search"),
        *("models.published", "models.vocabulary", "models.counts", "models.corrections"),
    },
    "templatetags": {"content", "presenting", "models.published", "models.vocabulary", "renditions"},
    "authentication": {"models", "editing"},  # log-ins are recorded
    "management": ALL_BUT_ADMIN,
    "renditions": set(),  # files alone: pictures in the widths that pages ask for
    "uploads": {"reading"},  # the largest file of each format
    "middleware": ALL_BUT_ADMIN,
    "health": {"models", "search", "editing"},
    "checks": ALL_BUT_ADMIN,
    "apps": ALL_BUT_ADMIN,
    "migrations": {"content", "folding", "models", "search"},  # written once, never imported by the others
}
STANDARD_LIBRARY_ONLY = {"strict_json", "content", "folding", "parsing", "presenting", "checking"}
CANNOT_REACH_DRAFTS = {"exporting", "public", "templatetags"}
READING_LIBRARIES = {"selectolax", "pypdf", "PIL"}


def modules() -> dict[str, Path]:
    """Dotted name → file of every module below `cases`."""
    names = {}
    for path in sorted((ROOT / "cases").rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        names[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return names


MODULES = modules()


def part_of(module: str) -> str:
    """The row a module belongs to: its own if it has one, else its part's; "" for `cases` itself."""
    name = module.partition(".")[2]
    return name if name in MAY_IMPORT else name.partition(".")[0]


@functools.cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def import_base(node: ast.ImportFrom, importer: str) -> str:
    """The module an `import from` starts at, its leading dots resolved."""
    if not node.level:
        return node.module or ""
    is_package = MODULES[importer].name == "__init__.py"
    parents = importer.split(".")
    parents = parents[: len(parents) - node.level + is_package]
    return ".".join([*parents, *([node.module] if node.module else [])])


def home_of(module: str, name: str) -> str:
    """The module that defines `name`: `Region` of cases.models lives in cases.models.vocabulary."""
    if f"{module}.{name}" in MODULES:
        return f"{module}.{name}"
    if module in MODULES and MODULES[module].name == "__init__.py":
        for node in tree_of(MODULES[module]).body:
            if isinstance(node, ast.ImportFrom):
                for alias in node.names:
                    base = import_base(node, module)
                    if (alias.asname or alias.name) == name and base.partition(".")[0] == "cases":
                        return home_of(base, alias.name)
    return module


def imports_of(module: str, tree: ast.AST) -> Iterator[str]:
    """Dotted names a module imports anywhere, in functions too; names passed on by a package count where they live."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = import_base(node, module)
            yield from (home_of(base, alias.name) for alias in node.names)


def imports_by_name(tree: ast.AST) -> list[str]:
    """Calls that fetch a module or a model by its name, past every `import`."""
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    doors = {"import_module", "__import__", "get_model", "import_string"}
    return [ast.unparse(call) for call in calls if getattr(call.func, "attr", getattr(call.func, "id", "")) in doors]


def forbidden_imports(module: str, tree: ast.AST) -> list[str]:
    """What a module imports against the table, in order."""
    part = part_of(module)
    allowed = {f"cases.{name}" for name in {part, *MAY_IMPORT.get(part, set())}}
    found = []
    for name in imports_of(module, tree):
        top = name.partition(".")[0]
        if top == "cases":
            fine = not part or any(name == row or name.startswith(f"{row}.") for row in allowed)
        elif part in STANDARD_LIBRARY_ONLY:
            fine = top in sys.stdlib_module_names
        elif part == "reading":
            fine = top in sys.stdlib_module_names or top in READING_LIBRARIES
        else:
            fine = top not in {"config", "tests"}
        if not fine:
            found.append(name)
    return found + (imports_by_name(tree) if part in CANNOT_REACH_DRAFTS else [])


def test_every_part_has_a_row():
    assert {part_of(module) for module in MODULES} - {""} <= MAY_IMPORT.keys()


def test_the_rows_name_parts_only():
    named = {name.partition(".")[0] for names in MAY_IMPORT.values() for name in names}

    assert named <= MAY_IMPORT.keys()


@pytest.mark.parametrize("module", MODULES)
def test_imports_keep_to_the_table(module):
    assert forbidden_imports(module, tree_of(MODULES[module])) == []


@pytest.mark.parametrize(
    ("module", "source", "expected"),
    [
        ("cases.public.urls", "from cases.models import PublishedCase, Region", []),
        ("cases.public.urls", "from cases.models import Case", ["cases.models.draft"]),
        ("cases.public.urls", "from cases.models import *", ["cases.models"]),
        ("cases.public.urls", "import cases.models.draft", ["cases.models.draft"]),
        ("cases.public.urls", "from cases import models", ["cases.models"]),
        ("cases.public.urls", "from ..models.draft import Case", ["cases.models.draft"]),
        ("cases.public.urls", "from .site import site_identity", []),
        ("cases.public.urls", "def view():\n    from cases.editing import drafts", ["cases.editing.drafts"]),
        ("cases.public.urls", "apps.get_model('cases', 'Case')", ["apps.get_model('cases', 'Case')"]),
        ("cases.content", "import decimal, django", ["django"]),
        ("cases.search.tokens", "from cases.models import Region", ["cases.models.vocabulary"]),
        ("cases.parsing.result", "from cases.models import Region", ["cases.models.vocabulary"]),
        ("cases.editing.drafts", "import cases.admin", ["cases.admin"]),
        ("cases.models", "from config import settings", ["config"]),
    ],
)
def test_a_forbidden_import_is_found(module, source, expected):
    assert forbidden_imports(module, ast.parse(source)) == expected
