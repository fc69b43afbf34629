"""The English catalogue: complete, current, compiled, and faithful to its glossary.

`make messages` brings it up to date; GLOSSARY.md beside it says which word stands for which idea.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import polib
import pytest

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "cases" / "locale" / "en"
CATALOGUE = FOLDER / "LC_MESSAGES" / "django.po"
HAN = re.compile(r"[\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+")
FULL_WIDTH = re.compile(r"[\u3001\u3002\uff01\uff08\uff09\uff0c\uff1a\uff1b\uff1f]")
PLACEHOLDER = re.compile(r"%\(\w+\)[.\d]*[sdf]|%[sd]")
GLOSSARY_ROW = re.compile(r"^\| ([^|]*[\u4e00-\u9fff][^|]*) \| ([^|]+) \|", re.MULTILINE)

# Chinese that stays in English sentences, with the reason. What stands in 《》 or is an address is let pass, too.
NAME_OF_THE_LANGUAGE = {"简体中文", "中文"}
SEARCHED_FOR = {"企业开办 容缺受理 不动产登记 水电气报装", "企业开办", "容缺", "报装"}  # what the text is searched for
CELLS_OF_A_SHEET = {  # what is typed into a sheet of cases is Chinese
    "漯河：一个窗口办成一件事",
    "漯河日报",
    "河南省漯河市",
    "交通运输局",
    "漯河市交通运输局",
    "交通物流",
    "治超、一件事",
    "近年来……\n一、办得快。一是减环节。全年建成便民站点18个。二是减材料。能共享的不再提交。",
}
QUOTED_WORDS = {  # words of the articles themselves that a sentence is about
    *("一、二、…", "一、二、三、", "一是二是三是", "一是、二是", "一是"),
    *("万", "亿", "来源", "第一", "第一季度", "四好农村路", "治超"),
    *("漯河市交通运输局", "河南省漯河市", "、"),
    *("京ICP备", "京公网安备", "号"),
}

entries = polib.pofile(str(CATALOGUE))


def english(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def name_of(entry: polib.POEntry) -> str:
    return f"{entry.msgctxt}|{entry.msgid}" if entry.msgctxt else entry.msgid


def test_every_string_has_its_english():
    assert [entry.msgid for entry in entries if not all(english(entry))] == []
    assert [entry.msgid for entry in entries if entry.fuzzy or entry.obsolete] == []


def test_both_sides_take_the_same_values():
    different = [
        (entry.msgid, text)
        for entry in entries
        for text in english(entry)
        if sorted(PLACEHOLDER.findall(entry.msgid)) != sorted(PLACEHOLDER.findall(text))
    ]

    assert different == []


def chinese_left(text: str) -> str:
    for word in sorted(QUOTED_WORDS, key=len, reverse=True):
        text = text.replace(word, "")
    text = re.sub(r"《[^》]*》|^/.*$", "", text)
    return "".join(HAN.findall(text) + FULL_WIDTH.findall(text))


def test_no_chinese_is_left_but_what_is_named_here():
    whole = NAME_OF_THE_LANGUAGE | SEARCHED_FOR | CELLS_OF_A_SHEET
    left = [
        text
        for entry in entries
        for text in english(entry)
        if HAN.search(text) or FULL_WIDTH.search(text)
        if text not in whole and chinese_left(text)
    ]

    assert left == []


def test_quotation_marks_are_curly():
    spoken = [(entry.msgid, re.sub(r"<[^>]*>|\{.*\}", "", text)) for entry in entries for text in english(entry)]

    assert [text for msgid, text in spoken if set("\"'「」『』") & set(text) and '"' not in msgid] == []


def glossary() -> list[tuple[list[str], list[str]]]:
    """The first table: Chinese words and the English, one of which is used for them."""
    table = (FOLDER / "GLOSSARY.md").read_text("utf-8").partition("Further words")[0]
    rows = [(row[0], row[1]) for row in GLOSSARY_ROW.findall(table)]
    return [(chinese.split(", "), english.split(", ")) for chinese, english in rows if chinese != "中文"]


# Where a word of the glossary stands in another, or is no noun: 审核通过 is to approve, 依据文件 to rest on it.
OTHER_CONTEXTS = ("18 项", "rule")  # indicators are no metrics; what the inspection goes by is no evidence
OTHER_IDEAS = re.compile(
    r"18 项指标|评价指标|检查指标|高对比|审核通过|通过审核|来源地址|文件来源|案例所?依据(?:的|这)"
    r"|以及依据|，依据的|理由或依据|主题等的依据"
)


@pytest.mark.parametrize(("chinese", "words"), glossary(), ids=lambda words: words[0])
def test_one_word_stands_for_one_idea(chinese, words):
    stems = {word.removesuffix("e").removesuffix("y") for phrase in words for word in phrase.split()}
    spoken = re.compile("|".join(stems), re.IGNORECASE)
    about_it = [
        (entry.msgid, text)
        for entry in entries
        for text in english(entry)
        if any(word in OTHER_IDEAS.sub("", entry.msgid) for word in chinese) and entry.msgctxt not in OTHER_CONTEXTS
    ]

    assert about_it != []
    assert [pair for pair in about_it if not spoken.search(pair[1]) and not HAN.search(pair[1])] == []


@pytest.mark.gettext
def test_the_compiled_words_are_those_of_the_catalogue(tmp_path):
    made = tmp_path / "django.mo"
    subprocess.run(["msgfmt", "--check-format", "--output-file", str(made), str(CATALOGUE)], check=True)

    assert made.read_bytes() == CATALOGUE.with_suffix(".mo").read_bytes()


@pytest.mark.gettext
def test_the_catalogue_holds_the_strings_of_the_source_and_no_others(tmp_path):
    for folder in ("cases", "templates", "config"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__", "locale"))
    shutil.copy(ROOT / "manage.py", tmp_path)
    made = tmp_path / "cases" / "locale" / "en" / "LC_MESSAGES" / "django.po"
    made.parent.mkdir(parents=True)
    subprocess.run(
        [sys.executable, "manage.py", "makemessages", "--locale", "en", "--verbosity", "0"], cwd=tmp_path, check=True
    )

    assert set(map(name_of, polib.pofile(str(made)))) == set(map(name_of, entries))
