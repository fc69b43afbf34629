import datetime

import pytest

from cases.content import CaseContent
from cases.presenting.linked_data import Download, PublishedFacts, article, breadcrumbs, dataset

FACTS = PublishedFacts(
    address="https://example.org/cases/1/",
    lead="导读",
    released=datetime.datetime(2024, 5, 1, 8, tzinfo=datetime.UTC),
    updated=datetime.datetime(2024, 5, 2, 8, tzinfo=datetime.UTC),
    publisher="营商案例库",
)


def test_an_article_has_what_search_engines_ask_for():
    said = article(CaseContent(title="题" * 200, organization="某局"), FACTS)

    assert said == {
        "@context": "https://schema.org",
        "@type": "Article",
        "headline": "题" * 110,
        "description": "导读",
        "url": "https://example.org/cases/1/",
        "mainEntityOfPage": "https://example.org/cases/1/",
        "inLanguage": "zh-CN",
        "datePublished": "2024-05-01T08:00:00+00:00",
        "dateModified": "2024-05-02T08:00:00+00:00",
        "author": {"@type": "Organization", "name": "某局"},
        "publisher": {"@type": "Organization", "name": "营商案例库"},
    }


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"author": "张三", "organization": "某局"}, {"@type": "Person", "name": "张三"}),
        ({"organization": "某局", "source_name": "日报"}, {"@type": "Organization", "name": "某局"}),
        ({"source_name": "日报"}, {"@type": "Organization", "name": "日报"}),
        ({}, {"@type": "Organization", "name": "营商案例库"}),
    ],
)
def test_an_article_always_has_an_author(values, expected):
    assert article(CaseContent(title="题", **values), FACTS)["author"] == expected


def test_an_article_tells_where_it_first_appeared():
    content = CaseContent(
        source_name="日报", source_url="https://example.org/1", published_at=datetime.datetime(2023, 12, 18, 10, 41)
    )

    assert article(content, FACTS)["isBasedOn"] == {
        "@type": "CreativeWork",
        "url": "https://example.org/1",
        "publisher": {"@type": "Organization", "name": "日报"},
        "datePublished": "2023-12-18T10:41",
    }
    assert "isBasedOn" not in article(CaseContent(source_url="javascript:alert(1)"), FACTS)


def test_breadcrumbs_are_numbered_and_the_last_needs_no_address():
    assert breadcrumbs([("首页", "https://example.org/"), ("案例", "")])["itemListElement"] == [
        {"@type": "ListItem", "position": 1, "name": "首页", "item": "https://example.org/"},
        {"@type": "ListItem", "position": 2, "name": "案例"},
    ]


def test_a_dataset_has_its_files_and_what_is_unknown_is_left_out():
    downloads = [Download("https://example.org/a.zip", "application/zip", 12, "ab"), Download("/b", "text/csv")]
    said = dataset("名", "说明", address="https://example.org/", publisher="站", downloads=downloads)

    assert said["distribution"] == [
        {
            "@type": "DataDownload",
            "contentUrl": "https://example.org/a.zip",
            "encodingFormat": "application/zip",
            "contentSize": "12 B",
            "sha256": "ab",
        },
        {"@type": "DataDownload", "contentUrl": "/b", "encodingFormat": "text/csv"},
    ]
    assert not {"license", "dateModified", "keywords"} & said.keys()
