import csv
import datetime
import io
import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from cases.exporting.exchange import published_record
from cases.models import PublishedCase
from cases.public.addresses import CSV, FEED, FILES, file_address, list_files, policy_files
from cases.public.data import files
from cases.publishing import release
from cases.publishing.rebuild import rebuild_published
from cases.search.selection import Selection
from tests.builders import make_department, make_published_case, make_region, make_theme, make_user

pytestmark = pytest.mark.django_db


def filed(**values):
    return make_published_case(
        region=make_region(),
        department=make_department(),
        themes=(make_theme(),),
        tags=("治超",),
        policies=("《优化营商环境条例》",),
        **values,
    )


def text_of(response):
    assert response.status_code == 200
    return b"".join(response.streaming_content).decode()


def rows_of(response):
    text = text_of(response)
    assert text[0] == "\ufeff"
    return list(csv.reader(io.StringIO(text[1:])))


def records_of(response):
    return json.loads(text_of(response))


def record(case):
    return published_record(PublishedCase.objects.get(pk=case.pk))


# Addresses


@pytest.mark.parametrize(
    ("selection", "expected"),
    [
        (Selection(), "/cases/cases.csv"),
        (Selection(region=("411100",)), "/regions/411100/cases.csv"),
        (Selection(department=("transport",)), "/departments/transport/cases.csv"),
        (Selection(theme=("paying-taxes",)), "/themes/paying-taxes/cases.csv"),
        (Selection(tag=("治超",)), "/tags/%E6%B2%BB%E8%B6%85/cases.csv"),
        (Selection(tag=("a/b",)), "/search/cases.csv?tag=a%2Fb"),
        (Selection(tag=("..",)), "/search/cases.csv?tag=.."),
        (Selection(year=("2024",)), "/search/cases.csv?year=2024"),
        (Selection(region=("410000", "420000")), "/search/cases.csv?region=410000&region=420000"),
        (Selection(text="一 二", region=("410000",)), "/search/cases.csv?q=%E4%B8%80+%E4%BA%8C&region=410000"),
        (Selection(with_metrics=True), "/search/cases.csv?metrics=1"),
    ],
)
def test_the_files_of_a_selection_stand_beside_its_page(selection, expected):
    assert file_address(selection, CSV) == expected


@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize(
    "page",
    [
        *("/cases/", "/regions/411100/", "/departments/transport/", "/themes/logistics-transport/", "/tags/治超/"),
        "/policies/优化营商环境条例/",
    ],
)
def test_a_list_has_its_cases_in_every_file(client, page, file):
    case, other = filed(), make_published_case()
    found = client.get(page + file)
    text = found.content.decode() if file == FEED else text_of(found)

    assert (case.title in text, other.title in text) == (True, page == "/cases/")


@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize(
    "filters",
    [
        "region=410000",
        "department=transport",
        "theme=logistics-transport",
        "tag=治超",
        "year=2024",
        "kind=amount&year=2024",
        "q=便民&metrics=1&year=2024",
        "year=1999&year=2024",
    ],
)
def test_a_search_has_its_cases_in_every_file(client, filters, file):
    case, other = filed(), make_published_case(published_at=datetime.date(2020, 1, 1))
    found = client.get(f"/search/{file}?{filters}")
    text = found.content.decode() if file == FEED else text_of(found)

    assert (case.title in text, other.title in text) == (True, False)


@pytest.mark.parametrize("page", ["/cases/", "/tags/治超/", "/search/?q=便民", "/policies/优化营商环境条例/"])
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_a_page_leads_to_its_files_in_its_head_and_in_words(client, prefix, page):
    filed()
    html = client.get(prefix + page).content.decode()
    with override("en" if prefix else "zh-hans"):
        kind = Selection(text="便民") if "q=" in page else Selection(tag=("治超",)) if "tags" in page else Selection()
        links = policy_files("优化营商环境条例") if "policies" in page else list_files(kind)
    feed = "Feed" if prefix else "订阅"

    assert f'<link rel="alternate" type="application/atom+xml" title="{feed}" href="{links.feed}">' in html
    assert f'<a href="{links.csv}" type="text/csv" download>CSV</a>' in html
    assert f'<a href="{links.json}" type="application/json" download>JSON</a>' in html


# What they hold


def test_a_csv_has_a_row_for_each_case_under_chinese_titles(client):
    case = filed(title="漯河：办得快", source_name="漯河日报")
    header, row = rows_of(client.get("/cases/cases.csv"))
    told = dict(zip(header, row, strict=True))

    assert header[:3] == ["编号", "标题", "副标题"]
    assert (told["城市"], told["标签"], told["来源"]) == (str(case.region), "治超", "漯河日报")
    assert (told["原文发布时间"], told["指标数"], told["示例"]) == ("2024-05-01", "1", "false")
    assert told["地址"] == f"http://testserver/cases/{case.pk}/"


def test_json_is_a_list_of_records_in_the_order_of_the_list(client):
    older = make_published_case(published_at=datetime.date(2023, 1, 1))
    newer = make_published_case(published_at=datetime.date(2024, 1, 1))

    assert records_of(client.get("/cases/cases.json")) == [record(newer), record(older)]


def test_an_empty_list_is_an_empty_file(client):
    assert records_of(client.get("/cases/cases.json")) == []
    assert len(rows_of(client.get("/search/cases.csv?q=没有的词"))) == 1


@pytest.mark.parametrize("title", ["=1+1", "@SUM(A1)", "-2+3", "＋1", "\u3000=1"])
def test_no_cell_is_a_formula(client, title):
    make_published_case(title=title)

    assert rows_of(client.get("/cases/cases.csv"))[1][1] == f"'{title}"


def test_a_file_ends_at_its_bound_and_says_so(client, monkeypatch):
    monkeypatch.setattr(files, "MOST", 2)
    for _ in range(3):
        make_published_case()
    table, records = client.get("/cases/cases.csv"), client.get("/cases/cases.json")

    rows = rows_of(table)

    assert len(rows) == 1 + 2 + 1
    assert rows[-1] == ["只列出前 2 个案例，共 3 个；全部案例请下载“开放数据”页面的数据集。"]
    assert (len(records_of(records)), records["X-Total-Count"], table["X-Total-Count"]) == (2, "3", "3")


def test_files_are_sent_while_they_are_read(client, monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(files, "CHUNK", 2)
    for _ in range(3):
        filed()

    with django_assert_num_queries(2):
        response = client.get("/cases/cases.json")
    with django_assert_num_queries(1):
        next(iter(response.streaming_content))


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("address", "queries"), [("/cases/cases.csv", 7), ("/cases/cases.json", 3)])
def test_a_file_is_read_in_as_many_queries_however_long(client, django_assert_num_queries, address, queries, count):
    for _ in range(count):
        filed()

    with django_assert_num_queries(queries):
        text_of(client.get(address))


# How they are answered


@pytest.mark.parametrize("file", FILES)
def test_files_are_public_pages(client, file):
    filed()
    response = client.get(f"/tags/治超/{file}")

    assert response["Cache-Control"] == "public, max-age=0, s-maxage=60"
    assert not response.cookies
    assert response.get("Vary", "Accept-Encoding") == "Accept-Encoding"
    assert client.head(f"/search/{file}?q=便民").status_code == 200
    assert client.post(f"/cases/{file}").status_code == 405


@pytest.mark.parametrize("file", FILES)
def test_what_is_not_there_is_404_and_what_cannot_be_read_400(client, file):
    assert client.get(f"/regions/999999/{file}").status_code == 404
    assert client.get(f"/tags/a%00b/{file}").status_code == 404
    assert client.get(f"/policies/没有/{file}").status_code == 404
    assert client.get(f"/policies/a%00b/{file}").status_code == 404
    refused = client.get(f"/search/{file}?region=x")
    assert (refused.status_code, "region" in refused.content.decode()) == (400, True)
    assert client.get(f"/search/{file}?q={'长' * 600}").status_code == 400
    assert client.get(f"/search/{file}?q=%00%FF%01").status_code == 200


def test_a_renamed_tag_leads_to_the_file_of_its_new_name(client):
    from cases.models import Alias

    make_published_case(tags=("治超",))
    Alias.objects.create(kind="tag", old="超限治理", new="治超")

    response = client.get("/tags/超限治理/feed.atom")

    assert (response.status_code, response["Location"]) == (302, "/tags/%E6%B2%BB%E8%B6%85/feed.atom")


def test_a_withdrawn_case_is_in_no_file(client):
    case = filed()
    release.withdraw(case.case, by=make_user(), reason="撤")

    assert records_of(client.get("/cases/cases.json")) == []
    assert case.title not in client.get("/cases/feed.atom").content.decode()


def test_an_english_file_has_english_addresses(client):
    case = make_published_case()

    assert rows_of(client.get("/en/cases/cases.csv"))[1][-1] == f"http://testserver/en/cases/{case.pk}/"


# Whether they are new


LISTS = ["/cases/", "/tags/治超/", "/search/?q=便民", "/search/?year=2024", "/policies/优化营商环境条例/"]


def tag_of(client, page, file):
    path, mark, query = page.partition("?")
    return client.get(f"{path}{file}{mark}{query}")["ETag"]


@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize("page", LISTS)
def test_who_has_a_file_already_is_not_sent_it_again_nor_is_a_case_read(client, page, file):
    filed()
    tag = tag_of(client, page, file)
    path, mark, query = page.partition("?")

    with CaptureQueriesContext(connection) as asked:
        again = client.get(f"{path}{file}{mark}{query}", headers={"if-none-match": f'"other", {tag}'})

    assert (again.status_code, again.content, again["ETag"]) == (304, b"", tag)
    assert again["Cache-Control"] == "public, max-age=0, s-maxage=60"
    assert not [sql for sql in asked.captured_queries if '"body"' in sql["sql"]]


@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize("page", LISTS)
def test_a_file_is_new_once_one_of_its_cases_is(client, page, file):
    first, second = filed(), filed()
    tags = [tag_of(client, page, file)]
    release.publish(first.case.publications.last().revision, by=make_user())
    tags.append(tag_of(client, page, file))
    release.withdraw(second.case, by=make_user(), reason="撤")
    tags.append(tag_of(client, page, file))
    filed()
    tags.append(tag_of(client, page, file))
    release.publish(second.case.publications.first().revision, by=make_user())
    tags.append(tag_of(client, page, file))
    rebuild_published()
    tags.append(tag_of(client, page, file))

    assert len(set(tags)) == 6


@pytest.mark.parametrize("file", FILES)
def test_a_file_is_not_new_because_another_list_is(client, file):
    filed()
    before = tag_of(client, "/tags/治超/", file)
    make_published_case()

    assert tag_of(client, "/tags/治超/", file) == before


def test_a_file_that_names_a_term_is_new_once_it_goes_by_another_name(client):
    case = filed()
    before = {file: tag_of(client, "/cases/", file) for file in FILES}
    type(case.department).objects.update(name="交通局")

    assert {file for file in FILES if tag_of(client, "/cases/", file) != before[file]} == {FEED, CSV}


def test_no_file_answers_for_one_that_is_not_there(client):
    assert client.get("/regions/999999/cases.csv", headers={"if-none-match": "*"}).status_code == 404
    refused = client.get("/search/cases.csv?region=x")
    assert client.get("/search/cases.csv?region=x", headers={"if-none-match": refused["ETag"]}).status_code == 400
