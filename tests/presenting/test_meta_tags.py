"""Meta tags of government sites: exact names, required ones never empty, whatever a title holds."""

from __future__ import annotations

import datetime
import re
import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.presenting.meta_tags import article_tags, column_of_article, column_tags, content_source, plain, site_tags
from tests.builders import make_content

RELEASED = datetime.datetime(2026, 3, 4, 5, 6, 59)


def article(content, **known):
    said = {"released": RELEASED, "address": "https://www.example.gov.cn/cases/1/", "site_name": "营商案例库", **known}
    return dict(article_tags(content, **said))


def test_the_site_names_itself_and_its_code_if_it_has_one():
    assert site_tags(name="案例库", domain="www.example.gov.cn", code="bm12345678") == (
        ("SiteName", "案例库"),
        ("SiteDomain", "www.example.gov.cn"),
        ("SiteIDCode", "bm12345678"),
    )
    assert dict(site_tags(name="案例库", domain="www.example.gov.cn")).keys() == {"SiteName", "SiteDomain"}


def test_a_column_has_its_four_tags_with_half_width_commas():
    assert column_tags(name="地区", description="各地的案例", keywords="营商环境，城市、 案例,", type="工作动态") == (
        ("ColumnName", "地区"),
        ("ColumnDescription", "各地的案例"),
        ("ColumnKeywords", "营商环境,城市,案例"),
        ("ColumnType", "工作动态"),
    )


def test_a_keyword_is_said_once():
    tags = dict(column_tags(name="关于", description="", keywords="关于本站,营商环境,关于本站", type="概况信息"))

    assert tags["ColumnKeywords"] == "关于本站,营商环境"


def test_an_article_says_only_the_name_and_type_of_its_column():
    assert column_of_article(name="案例", type="工作动态") == (("ColumnName", "案例"), ("ColumnType", "工作动态"))


def test_an_article_has_all_its_tags():
    content = make_content(title="标题", source_name="漯河日报", author="张三", summary="第一段。\n第二段。")
    said = article(content, keywords=["交通物流", "治超", "治超", "甲,乙"], image="https://www.example.gov.cn/a.webp")

    assert list(said.items()) == [
        ("ArticleTitle", "标题"),
        ("PubDate", "2026-03-04 05:06"),
        ("ContentSource", "漯河日报"),
        ("Keywords", "交通物流,治超,甲，乙"),
        ("Author", "张三"),
        ("Description", "第一段。 第二段。"),
        ("Image", "https://www.example.gov.cn/a.webp"),
        ("Url", "https://www.example.gov.cn/cases/1/"),
    ]


def test_what_an_article_does_not_know_it_leaves_out():
    assert article(make_content(author="", summary="")).keys() == {"ArticleTitle", "PubDate", "ContentSource", "Url"}


def test_an_article_without_author_names_its_editor():
    assert article(make_content(author="", responsible_editor="李四"))["Author"] == "李四"


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"source_name": "漯河日报", "organization": "漯河市交通运输局"}, "漯河日报"),
        ({"source_name": "", "organization": "漯河市交通运输局"}, "漯河市交通运输局"),
        ({"source_name": "", "organization": "", "origin": "original"}, "主办"),
        ({"source_name": "", "organization": "", "origin": "reprint"}, ""),
    ],
)
def test_a_text_comes_from_its_source_else_from_who_did_it_else_from_the_owner(values, expected):
    assert content_source(replace(make_content(), **values), "主办") == expected


odd = st.text(
    alphabet=st.one_of(
        st.characters(exclude_characters="\0", exclude_categories=("Cs",)),
        st.sampled_from("\"'<>&\u200f\u202e\x01\x1f\x7f\x85\u2028\ufffe\U0001f600繁體"),
    ),
    max_size=200,
)


@given(title=odd, source=odd, author=odd, summary=odd, keywords=st.lists(odd, max_size=4))
def test_odd_words_give_tags_that_are_one_line_and_required_ones_are_never_empty(
    title, source, author, summary, keywords
):
    content = replace(
        make_content(organization=""), title=title, source_name=source, author=author, summary=summary, tags=()
    )
    said = article(content, keywords=keywords, owner="主办")

    assert {"ArticleTitle", "PubDate", "ContentSource"} <= said.keys()
    assert all(value and value == value.strip() for value in said.values())
    assert not [mark for value in said.values() for mark in value if unicodedata.category(mark) in ("Cc", "Cs")]
    assert re.fullmatch(r"\d{4}-\d{2}-\d{2} \d{2}:\d{2}", said["PubDate"])


@given(odd)
def test_plain_words_stay_plain(words):
    assert plain(plain(words)) == plain(words)
