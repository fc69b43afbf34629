import csv
from pathlib import Path

import pytest

DATA = Path(__file__).parents[2] / "cases" / "data"


def rows(name):
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def typed():
    return {row["name"]: (row["pinyin"], row["initials"]) for row in rows("pinyin.csv")}


def test_every_name_of_a_department_or_theme_can_be_typed(typed):
    names = {row["name_zh"] for file in ("departments.csv", "themes.csv") for row in rows(file)}
    aliases = {alias for row in rows("departments.csv") for alias in row["aliases"].split("|") if alias}

    assert typed.keys() == names | aliases
    assert [name for name, (pinyin, initials) in typed.items() if not (pinyin + initials).isalpha()] == []


@pytest.mark.parametrize(
    ("name", "pinyin", "initials"),
    [
        ("发改委", "fagaiwei", "fgw"),
        ("工商行政管理局", "gongshangxingzhengguanliju", "gsxzglj"),
        ("人民银行", "renminyinhang", "rmyh"),
        ("社会经济调查队", "shehuijingjidiaochadui", "shjjdcd"),
        ("执行合同", "zhixinghetong", "zxht"),
        ("知识产权创造、保护和运用", "zhishichanquanchuangzaobaohuheyunyong", "zscqczbhhyy"),
    ],
)
def test_names_read_as_they_are_spoken(typed, name, pinyin, initials):
    assert typed[name] == (pinyin, initials)
