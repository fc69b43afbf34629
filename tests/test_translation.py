"""Every word a person sees goes through gettext; the Chinese text is the source string.

Read from the source: Han characters outside translation calls in Python, templates, scripts and styles.
"""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
HAN = re.compile(r"[\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
TRANSLATION_CALLS = {
    *("_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy", "ngettext_noop"),
    *("pgettext", "pgettext_lazy", "npgettext", "npgettext_lazy"),
}
NOT_FOR_READERS = {
    "cases/parsing": "rules of the language itself: 一是, 由…缩短至…",
    "cases/checking/names.py": "rules of the language: 原…局, …更名为",
    "cases/folding.py": "characters, not words",
    **dict.fromkeys(
        (f"cases/presenting/{module}.py" for module in ("likeness", "numerals", "policies", "quoting")),
        "rules of the language: characters that begin no word, numerals, marks of versions",
    ),
    "cases/reading/counting.py": "numbers as lists show them: 一 甲 壹",
    **dict.fromkeys(
        (f"cases/reading/{module}.py" for module in ("html", "lists", "markdown", "styles", "writing")),
        "names of styles and labels of pages: 标题 1, 来源",
    ),
    "cases/data": "the vocabulary and the demo, which carry their English beside them",
    "cases/migrations": "history: verbose names as they once were",
}


def is_for_readers(path: Path) -> bool:
    name = path.relative_to(ROOT).as_posix()
    return not any(name == exempt or name.startswith(f"{exempt}/") for exempt in NOT_FOR_READERS)


PYTHON = sorted(filter(is_for_readers, (ROOT / "cases").rglob("*.py")))
TEMPLATES = sorted((ROOT / "templates").rglob("*.*"))
SCRIPTS_AND_STYLES = sorted([*(ROOT / "static").rglob("*.js"), *(ROOT / "static").rglob("*.css")])


def untranslated_in_python(source: str) -> list[str]:
    """Strings with Han characters that are neither a docstring nor, whole, an argument of a translation call."""
    tree = ast.parse(source)
    spoken_for: set[ast.AST] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr):  # a docstring, or a string standing alone
            spoken_for.add(node.value)
        elif isinstance(node, ast.Compare) and isinstance(node.ops[0], ast.Lt | ast.LtE | ast.Gt | ast.GtE):
            spoken_for.update([node.left, *node.comparators])  # a range of characters: "一" <= character <= "龥"
        elif (
            isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) in TRANSLATION_CALLS
        ):
            spoken_for.update(node.args)
    constants = [node for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    return [node.value for node in constants if node not in spoken_for and HAN.search(node.value)]


_SPOKEN_FOR_IN_TEMPLATES = re.compile(
    r"""\{\#.*?\#\}
    | \{%-?\s*comment\b.*?%\} .*? \{%\s*endcomment\s*%\}
    | \{%\s*blocktrans(?:late)?\b.*?%\} .*? \{%\s*endblocktrans(?:late)?\s*%\}
    | \{%\s*trans(?:late)?\s .*? %\}
    | \b_\( (?: "[^"]*" | '[^']*' ) \)""",
    re.DOTALL | re.VERBOSE,
)
_SPOKEN_FOR_IN_SCRIPTS = re.compile(
    r"""/\*.*?\*/
    | (?<!:)//[^\n]*
    | \bn?p?gettext\( \s* (?: "[^"]*" | '[^']*' ) (?: \s*,\s* (?: "[^"]*" | '[^']*' ) )*""",
    re.DOTALL | re.VERBOSE,
)


def lines_with_han(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if HAN.search(line)]


def untranslated_in_template(source: str) -> list[str]:
    """Lines with Han characters outside comments and translation tags; attributes count."""
    return lines_with_han(_SPOKEN_FOR_IN_TEMPLATES.sub("", source))


def untranslated_in_script(source: str) -> list[str]:
    """Lines with Han characters outside comments and gettext calls, of a script or a style sheet."""
    return lines_with_han(_SPOKEN_FOR_IN_SCRIPTS.sub("", source))


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", PYTHON, ids=name_of)
def test_python_says_nothing_past_gettext(path):
    assert untranslated_in_python(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_a_template_says_nothing_past_gettext(path):
    assert untranslated_in_template(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", SCRIPTS_AND_STYLES, ids=name_of)
def test_scripts_and_styles_say_nothing_past_gettext(path):
    assert untranslated_in_script(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('"""文档"""\ndef f():\n    """说明"""\n    # 注释\n    return _("标题")', []),
        ('label = "标题"', ["标题"]),
        ('"一" <= character <= "龥" or word == "甲"', ["甲"]),
        ('label = gettext_noop("标题" "甲")', []),
        ('label = ngettext("%d 例", "%d 例", n)', []),
        ('label = _(f"{n} 例")', [" 例"]),
        ('label = _("共 %d 例" % n)', ["共 %d 例"]),
        ('label = translation.gettext("标题") + "乙"', ["乙"]),
    ],
)
def test_words_past_gettext_are_found_in_python(source, expected):
    assert untranslated_in_python(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('{# 卡片 #}{% comment "甲" %}乙{% endcomment %}<h1>{% translate "标题" %}</h1>', []),
        ("{% blocktranslate count n=n %}一例{% plural %}{{ n }} 例{% endblocktranslate %}", []),
        ('{% include "x" with label=_("标题") only %}', []),
        ('{% translate "标题" as heading %}\n<img alt="图片">', ['<img alt="图片">']),
        ("<!-- 也会送到读者那里 -->", ["<!-- 也会送到读者那里 -->"]),
        ("{% if a == '甲' %}{% endif %}", ["{% if a == '甲' %}{% endif %}"]),
    ],
)
def test_words_past_gettext_are_found_in_templates(source, expected):
    assert untranslated_in_template(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('/* 说明 */ button.title = gettext("复制"); // 注释', []),
        ('ngettext("一例", "多例", n)', []),
        ('button.title = "复制";', ['button.title = "复制";']),
        ('a::after { content: "外部"; }', ['a::after { content: "外部"; }']),
    ],
)
def test_words_past_gettext_are_found_in_scripts_and_styles(source, expected):
    assert untranslated_in_script(source) == expected


@pytest.mark.gettext
def test_the_catalogue_is_made_from_the_source(tmp_path):
    for folder in ("cases", "templates", "config"):
        if (ROOT / folder).is_dir():
            shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("data", "__pycache__"))
    shutil.copy(ROOT / "manage.py", tmp_path)

    made = subprocess.run(
        [sys.executable, "manage.py", "makemessages", "--locale", "en", "--verbosity", "0"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (made.returncode, made.stderr) == (0, "")
    assert 'msgid "指标数据"' in (tmp_path / "cases" / "locale" / "en" / "LC_MESSAGES" / "django.po").read_text("utf-8")
