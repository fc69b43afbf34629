"""The terms that a text names, however it is typed."""

import time

import pytest

from cases.search.names import Name, filed_as, find_names
from tests.builders import make_department, make_published_case, make_region, make_theme

pytestmark = pytest.mark.django_db


@pytest.fixture
def vocabulary():
    for code in ("411100", "341500", "341600", "331000", "410783"):
        make_region(code)
    make_department("industry-it", "工业和信息化部门", name_en="Industry and IT", aliases=["工业和信息化局", "工信局"])
    make_theme("bidding", "招标投标", scheme="ndrc18", name_en="Tendering and bidding")


def found(text, limit=10, **options):
    return [name.name for name in find_names(text, limit, **options)]


@pytest.mark.parametrize("text", ["漯河市", "漯河", "luohe", "lh", "Luohe", "LUO HE", "ｌｕｏｈｅ", " 漯河 "])
def test_a_city_is_named_in_full_short_pinyin_initials_and_english(vocabulary, text):
    assert found(text, whole=True) == ["漯河市"]


@pytest.mark.parametrize(
    ("typed", "city"), [("luan", "六安市"), ("bozhou", "亳州市"), ("taizhou", "台州市"), ("changyuan", "长垣市")]
)
def test_names_of_places_read_right(vocabulary, typed, city):
    assert found(typed, whole=True) == ([city] if city else [])


@pytest.mark.parametrize("text", ["工信局", "工業和信息化局", "gxj", "gongxinju", "industry and it"])
def test_a_department_is_named_by_its_aliases_too(vocabulary, text):
    assert found(text, whole=True) == ["工业和信息化部门"]


@pytest.mark.parametrize("text", ["招标投标", "zbtb", "zhaobiaotoubiao", "Tendering and Bidding"])
def test_a_theme_is_named_with_its_scheme(vocabulary, text):
    assert find_names(text, 3, whole=True) == [Name("theme", "bidding", "招标投标", "营商环境评价 18 项指标", 0)]


def test_the_beginning_of_a_name_finds_it_behind_those_named(vocabulary):
    make_region("370800")
    assert found("lu") == ["六安市", "漯河市"]
    assert found("济") == found("jin") == ["济宁市"]
    assert found("lu", whole=True) == []
    assert found("漯") == ["漯河市"]


def test_names_with_cases_come_first_and_are_counted(vocabulary):
    make_published_case(region=make_region("341600"))

    assert [(name.name, name.detail, name.cases) for name in find_names("bo", 2)] == [("亳州市", "安徽省", 1)]


@pytest.mark.parametrize("text", ["", " ", "。", "'", "\0", "长" * 1000, "%", "_", "\\", "\ud800"])
def test_what_is_no_name_finds_nothing(vocabulary, text):
    assert found(text) == []


def test_a_new_name_is_known_a_minute_later(vocabulary, monkeypatch):
    now = time.monotonic()
    monkeypatch.setattr("cases.search.names.time.monotonic", lambda: now)
    assert found("济宁") == []
    make_region("370800")
    assert found("济宁") == []
    now += 60
    assert found("济宁") == ["济宁市"]


def test_initials_and_short_words_of_other_languages_are_no_names_of_what_is_filed(vocabulary):
    assert filed_as(["漯河", "luohe", "工信局", "gongxinju"]) == {
        "漯河": [("region", "411100")],
        "luohe": [("region", "411100")],
        "工信局": [("department", "industry-it")],
        "gongxinju": [("department", "industry-it")],
    }
    assert filed_as(["lh", "gxj", "招标投标", "漯", "luo", ""]) == {}
