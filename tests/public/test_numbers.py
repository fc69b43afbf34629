import csv
import dataclasses
import datetime
import io
import json
import re
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cases.content import InitiativeContent
from cases.publishing import release
from cases.search.names import directory
from tests.builders import make_department, make_metric, make_published_case, make_region, make_theme, make_user

pytestmark = pytest.mark.django_db


def publish(*metrics, **values):
    """A published case with these metrics, each quoted."""
    quotes = [metric.quote or f"第{number}句：{metric.label}" for number, metric in enumerate(metrics)]
    quoted = [dataclasses.replace(metric, quote=quote) for metric, quote in zip(metrics, quotes, strict=True)]
    text = "。".join(quotes)
    initiative = InitiativeContent(heading="办得快", text=text, metrics=tuple(quoted))
    return make_published_case(initiatives=(initiative,), **values)


def labels(client, address):
    return [row.metric.label for row in client.get(address).context["rows"]]


def status_of(response):
    found = re.search(r'<p class="numbers__status" role="status">(.*?)</p>', response.content.decode(), re.S)
    return "".join(re.sub(r"<[^>]+>", "", found[1]).split())


# The table


def test_a_row_shows_the_number_its_words_and_leads_to_them(client):
    quote = "企业开办由7天压缩至2天"
    case = publish(make_metric(label="企业开办", value=2, from_value=7, unit="天", kind="duration", quote=quote))
    html = client.get("/numbers/").content.decode()

    assert f'href="/cases/{case.pk}/#evidence-1"' in html
    assert "由<mark>7天</mark>压缩至<mark>2天</mark>" in html
    assert "−71.4%" in html
    assert 'id="evidence-1"' in client.get(case.get_absolute_url()).content.decode()


def test_metrics_of_the_newest_case_come_first_in_the_order_of_the_case(client):
    publish(make_metric(label="旧"), published_at=datetime.date(2023, 1, 1))
    publish(make_metric(label="新一"), make_metric(label="新二"), published_at=datetime.date(2024, 1, 1))

    assert labels(client, "/numbers/") == ["新一", "新二", "旧"]
    assert labels(client, "/numbers/?sort=date") == ["旧", "新一", "新二"]


def test_by_value_only_numbers_of_one_unit_and_kind_follow_one_another(client):
    publish(
        make_metric(label="甲", value=3, unit="天", kind="duration"),
        make_metric(label="乙", value=100, unit="%", kind="share"),
        make_metric(label="丙", value=20, unit="天", kind="duration"),
        make_metric(label="丁", value=5, unit="%", kind="growth"),
        make_metric(label="戊", value=7, unit="%", kind="share"),
        make_metric(label="无数值", unit="%", kind="share"),
    )
    rows = client.get("/numbers/?sort=value").context["rows"]

    assert [(row.metric.label, row.opens) for row in rows] == [
        ("丁", True),
        ("戊", True),
        ("乙", False),
        ("甲", True),
        ("丙", False),
    ]
    assert labels(client, "/numbers/?sort=-value") == ["丙", "甲", "乙", "戊", "丁"]
    assert "不同单位的数不能比大小" in client.get("/numbers/?sort=value").content.decode()


def test_changes_are_sorted_by_their_size_or_by_their_rate(client):
    publish(
        make_metric(label="少", value=98, from_value=100, unit="天", kind="duration"),
        make_metric(label="半", value=1, from_value=2, unit="天", kind="duration"),
        make_metric(label="无", value=1, from_value=0, unit="天", kind="duration"),
        make_metric(label="平", value=1, unit="天", kind="duration"),
    )

    assert labels(client, "/numbers/?unit=天&sort=change") == ["少", "半", "无"]
    assert labels(client, "/numbers/?unit=天&sort=ratio") == ["半", "少"]
    assert labels(client, "/numbers/?unit=天&sort=-ratio") == ["少", "半"]


def test_cities_are_sorted_by_province_and_cases_without_one_come_last(client):
    publish(make_metric(label="无"))
    publish(make_metric(label="漯河"), region=make_region("411100"))
    publish(make_metric(label="北京"), region=make_region("110000"))

    assert labels(client, "/numbers/?sort=city") == ["北京", "漯河", "无"]
    assert labels(client, "/numbers/?sort=-city") == ["漯河", "北京", "无"]


@pytest.mark.parametrize(
    "query", ["unit=天", "changed=1", "kind=duration&changed=1", "unit=天&sort=city", "period=2022"]
)
def test_many_metrics_are_found_in_the_order_of_few(client, shelf, monkeypatch, query):
    few = labels(client, f"/numbers/?{query}")
    monkeypatch.setattr("cases.public.numbers.query.MANY", 0)

    assert labels(client, f"/numbers/?{query}") == few == ["办理时限"]


def test_equal_numbers_keep_their_order_over_the_pages(client):
    for _ in range(3):
        publish(*(make_metric(value=1) for _ in range(40)))
    pages = [client.get(f"/numbers/?unit=公里&sort=value&page={number}").context["rows"] for number in (1, 2, 3)]
    keys = [(row.metric.case_id, row.metric.order) for page in pages for row in page]

    assert [len(page) for page in pages] == [50, 50, 20]
    assert keys == sorted(set(keys))


def test_the_head_of_a_column_says_how_it_is_sorted_and_turns_the_order_round(client):
    publish(make_metric(value=1))
    html = client.get("/numbers/?unit=公里&sort=-value").content.decode()

    assert 'aria-sort="descending"><a class="sort" href="/numbers/?unit=%E5%85%AC%E9%87%8C&amp;sort=value"' in html
    assert html.count('aria-sort="none"') == 4


def test_bars_stand_on_the_scale_of_the_unit_and_kind(client):
    publish(
        make_metric(value=10, unit="%", kind="share"),
        make_metric(value=40, unit="%", kind="share"),
        make_metric(value=300, unit="%", kind="growth"),
    )

    assert [row.bars and row.bars.after for row in client.get("/numbers/").context["rows"]] == ["25.0", "100.0", None]
    rows = client.get("/numbers/?unit=%25").context["rows"]
    assert [row.bars.after for row in rows] == ["25.0", "100.0", "100.0"]


def test_old_values_stand_on_the_same_scale(client):
    publish(
        make_metric(value=20, from_value=80, unit="天", kind="duration"),
        make_metric(value=40, unit="天", kind="duration"),
    )
    bars = [row.bars for row in client.get("/numbers/?unit=天").context["rows"]]

    assert [(bar.before, bar.after) for bar in bars] == [("100.0", "25.0"), ("", "50.0")]


# Filters


@pytest.fixture
def shelf():
    transport, tax = make_department(), make_department("tax", "税务部门")
    publish(
        make_metric(label="农村公路", value=44, unit="公里", period="2023年以来"),
        make_metric(label="办理时限", value=2, from_value=7, unit="天", kind="duration", period="2022年底"),
        region=make_region("411100"),
        department=transport,
        themes=(make_theme(),),
        tags=("治超",),
        published_at=datetime.date(2023, 5, 1),
    )
    publish(
        make_metric(label="满意度", value=99, unit="%", kind="satisfaction", period="2024年"),
        region=make_region("330100"),
        department=tax,
        published_at=datetime.date(2024, 5, 1),
    )


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["满意度", "农村公路", "办理时限"]),
        ("unit=天", ["办理时限"]),
        ("kind=satisfaction", ["满意度"]),
        ("kind=satisfaction&kind=duration", ["满意度", "办理时限"]),
        ("changed=1", ["办理时限"]),
        ("period=2023", ["农村公路"]),
        ("region=410000", ["农村公路", "办理时限"]),
        ("department=tax", ["满意度"]),
        ("theme=logistics-transport", ["农村公路", "办理时限"]),
        ("tag=治超&unit=公里", ["农村公路"]),
        ("year=2024", ["满意度"]),
        ("q=公路", ["农村公路"]),
        ("q=第1句", ["办理时限"]),
        ("q=%EF%BC%92%E5%8F%A5", []),
        ("q=办得快", []),  # stands in the case, but in no metric
        ("q=时限+句&region=411100", ["办理时限"]),
        ("metrics=1&unit=光年", []),
    ],
)
def test_conditions_are_those_of_the_address(client, shelf, query, expected):
    assert labels(client, f"/numbers/?{query}") == expected
    assert client.get(f"/numbers/?{query}").context["count"] == len(expected)


def test_words_are_compared_folded(client):
    publish(make_metric(label="ＡＩ審批事項"))

    assert labels(client, "/numbers/?q=ai审批") == ["ＡＩ審批事項"]


def test_each_condition_can_be_taken_away(client, shelf):
    response = client.get("/numbers/?region=411100&theme=logistics-transport&unit=天&changed=1&sort=-value")
    chips = response.context["filters"].chips

    assert [chip.text for chip in chips] == ["漯河市", "交通物流（本站主题）", "单位：天", "有原值"]
    assert chips[2].url == "/numbers/?region=411100&theme=logistics-transport&changed=1&sort=-value"


def test_what_the_form_cannot_show_goes_with_it(client, shelf):
    html = client.get("/numbers/?region=411100&region=330100&tag=治超&sort=-value").content.decode()

    assert '<option value="411100" selected>漯河市</option>' in html
    assert '<input type="hidden" name="region" value="330100">' in html
    assert '<input type="hidden" name="tag" value="治超">' in html
    assert '<input type="hidden" name="sort" value="-value">' in html


def test_units_in_use_are_offered(client, shelf):
    units = client.get("/numbers/").context["units"]

    assert sorted(unit for unit, _url in units) == ["%", "公里", "天"]
    assert ("天", "/numbers/?unit=%E5%A4%A9") in units


def test_too_many_cases_for_a_search_are_said(client, monkeypatch):
    monkeypatch.setattr("cases.public.numbers.query.MOST_CASES", 1)
    for _ in range(2):
        publish(make_metric(label="办理时限"))

    assert "只在最相符的" in status_of(client.get("/numbers/?q=时限"))


# The headline


def test_a_unit_has_count_median_and_ends_for_each_kind(client):
    first = publish(make_metric(value=4, unit="天", kind="duration"), make_metric(value=1, unit="天", kind="duration"))
    second = publish(make_metric(value=9, unit="天", kind="duration"), make_metric(value=6, unit="天", kind="duration"))
    publish(make_metric(value=50, unit="天", kind="amount"), make_metric(unit="天", kind="duration"))
    shown = client.get("/numbers/?unit=天").context["summaries"]

    assert [(item.kind, item.summary.count, item.median.value) for item in shown] == [
        ("时长", 4, "5"),
        ("数量", 1, "50"),
    ]
    assert (shown[0].smallest.value, shown[0].smallest_url) == ("1", f"/cases/{first.pk}/#evidence-2")
    assert (shown[0].largest.value, shown[0].largest_url) == ("9", f"/cases/{second.pk}/#evidence-1")


def test_without_a_unit_nothing_is_summed(client, shelf):
    assert client.get("/numbers/").context["summaries"] == []


# The file


def read_file(client, address):
    response = client.get(address)
    text = b"".join(response.streaming_content).decode()
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text[1:])))


def test_the_file_holds_every_page_with_its_sentence_and_address(client, shelf):
    for _ in range(2):
        numbers = [make_metric(label="站点", value=number, unit="个") for number in range(30)]
        case = publish(*numbers, region=make_region("411100"), themes=(make_theme(),))
    names, *rows = read_file(client, "/numbers.csv?unit=个&sort=-value")
    row = dict(zip(names, rows[0], strict=True))

    assert len(rows) == 60
    assert [cells[names.index("现值")] for cells in rows[:3]] == ["29", "29", "28"]
    assert row["地址"] == f"http://testserver/cases/{case.pk}/#evidence-30"
    assert (row["城市"], row["主题"]) == ("漯河市", "交通物流")
    assert (row["指标"], row["单位"], row["类型"], row["原文依据"]) == ("站点", "个", "数量", "第29句：站点")


@pytest.mark.parametrize("text", ["=1+1", "+86", "-1天", "@站点", "\t办", "＝1+1", " =1+1"])
def test_no_cell_is_a_formula(client, text):
    publish(make_metric(label="站点", value=-3, quote=text, period=text.strip()))
    names, row = read_file(client, "/numbers.csv")
    cells = dict(zip(names, row, strict=True))

    assert cells["原文依据"] == f"'{text}"
    assert cells["现值"] == "-3"  # a number of ours, no formula


def test_a_file_that_is_cut_says_so(client, monkeypatch):
    for module in ("file", "page"):
        monkeypatch.setattr(f"cases.public.numbers.{module}.MOST_ROWS", 2)
    publish(*(make_metric() for _ in range(3)))
    _names, *rows = read_file(client, "/numbers.csv")

    assert (len(rows), rows[-1]) == (3, ["只列出前 2 个指标。请加上条件，分几次看或者下载。"])
    assert "只列出前2个指标" in status_of(client.get("/numbers/"))


def test_json_holds_the_same_metrics_as_the_api_gives_them(client, monkeypatch):
    monkeypatch.setattr("cases.public.numbers.file.BATCH", 2)
    publish(*(make_metric(label="站点", value=number, unit="个") for number in range(3)), region=make_region())
    publish(make_metric(unit="天"))
    response = client.get("/numbers.json?unit=个")
    records = json.loads(b"".join(response.streaming_content))

    assert records == client.get("/api/v1/metrics?unit=个").json()["items"]
    assert ([record["value"] for record in records], response["X-Total-Count"]) == (["0", "1", "2"], "3")
    assert b"".join(client.get("/numbers.json?unit=里").streaming_content) == b"[]\n"


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("", ["乙", "甲"]),
        ("?unit=天", ["甲"]),
        ("?unit=个&sort=value", ["乙", "甲"]),
        ("?q=站点", ["乙"]),
        ("?region=420100", ["乙"]),
        ("?region=420100&unit=天", []),
    ],
)
def test_the_feed_has_the_cases_that_have_such_metrics(client, query, titles):
    publish(make_metric(label="时限", value=1, unit="天"), make_metric(label="窗口", value=1, unit="个"), title="甲")
    publish(make_metric(label="站点", value=1, unit="个"), title="乙", region=make_region("420100"))
    feed = ElementTree.fromstring(client.get(f"/numbers/feed.atom{query}").content)
    atom = "{http://www.w3.org/2005/Atom}"

    assert [entry.findtext(f"{atom}title") for entry in feed.iter(f"{atom}entry")] == titles
    links = {link.get("rel"): unquote(link.get("href")) for link in feed.findall(f"{atom}link")}
    assert links["self"] == f"http://testserver/numbers/feed.atom{query}"
    assert links["alternate"] == f"http://testserver/numbers/{query}"
    assert feed.findtext(f"{atom}title").startswith("数字")


@pytest.mark.parametrize("path", ["/numbers.csv", "/numbers.json", "/numbers/feed.atom"])
def test_a_file_that_is_known_is_not_sent_again(client, path):
    case = publish(make_metric(unit="天"))
    tag = client.get(f"{path}?unit=天")["ETag"]

    assert client.get(f"{path}?unit=天", headers={"if-none-match": tag}).status_code == 304
    release.publish(case.case.publications.last().revision, by=make_user())
    assert client.get(f"{path}?unit=天", headers={"if-none-match": tag}).status_code == 200


def test_the_page_leads_to_its_files(client):
    publish(make_metric(unit="天"))
    html = client.get("/numbers/?unit=天").content.decode()

    for address in ("/numbers/feed.atom?unit=%E5%A4%A9", "/numbers.csv?unit=%E5%A4%A9", "/numbers.json?unit=%E5%A4%A9"):
        assert re.search(rf'<link rel="alternate" [^>]*href="{re.escape(address)}">', html)
        assert re.search(rf'<a href="{re.escape(address)}" type=', html)


def test_a_file_can_be_cached_and_is_named(client, shelf):
    response = client.get("/numbers.csv")

    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="numbers.csv"'
    assert response["Cache-Control"] == "public, max-age=0, s-maxage=60"
    assert not response.cookies


# Empty, wrong, cheap


def test_an_empty_site_says_what_to_do(client):
    assert "案例发布以后" in client.get("/numbers/").content.decode()


def test_nothing_found_offers_to_drop_a_condition(client, shelf):
    html = client.get("/numbers/?unit=光年&region=411100").content.decode()

    assert "没有这样的指标" in html
    assert html.count('href="/numbers/?region=411100"') == 2  # among the conditions, and below


@pytest.mark.parametrize(
    "query", ["sort=x", "sort=-", "sort=--value", "period=23", "period=x", "unit=" + "x" * 41, "unit=%00", "region=x"]
)
@pytest.mark.parametrize("path", ["/numbers/", "/numbers.csv", "/numbers.json", "/numbers/feed.atom"])
def test_what_no_link_holds_is_refused_in_a_sentence(client, path, query):
    response = client.get(f"{path}?{query}")

    assert response.status_code == 400
    assert 'role="alert"' in response.content.decode()


@pytest.mark.parametrize("number", ["0", "2", "-1", "x", "９", "9" * 5000])
def test_a_page_that_is_not_there_is_not_found(client, shelf, number):
    assert client.get("/numbers/", {"page": number}).status_code == 404


@given(
    name=st.sampled_from(["q", "unit", "period", "sort", "changed", "kind", "region", "tag", "page"]), text=st.text()
)
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_parameter_is_an_error(client, name, text):
    assert client.get("/numbers/", {name: text}).status_code in (200, 400, 404)
    for file in ("/numbers.csv", "/numbers.json", "/numbers/feed.atom"):
        assert client.get(file, {name: text}).status_code in (200, 400)


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("query", "queries"), [("", 10), ("?unit=公里", 14), ("?q=公路&region=411100", 14), ("?tag=治超", 13)]
)
def test_the_page_reads_the_same_queries_however_many_rows(client, django_assert_num_queries, count, query, queries):
    for _ in range(count):
        filed = {"region": make_region(), "department": make_department(), "themes": (make_theme(),), "tags": ("治超",)}
        publish(make_metric(label="农村公路", value=4), **filed)
    directory()  # of names, kept for a minute

    with django_assert_num_queries(queries):
        assert len(client.get(f"/numbers/{query}").context["rows"]) == count


@pytest.mark.parametrize("count", [1, 3])
def test_the_file_reads_the_same_queries_however_many_rows(client, django_assert_num_queries, count):
    for _ in range(count):
        publish(make_metric(), themes=(make_theme(),))

    with django_assert_num_queries(11):  # four tell whether it is new, one how many there are
        assert len(read_file(client, "/numbers.csv")) == count + 1


def test_the_page_leaves_nothing_behind(client, shelf):
    response = client.get("/numbers/?unit=天")

    assert response["Cache-Control"] == "public, max-age=0, s-maxage=60"
    assert not response.cookies
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|csrf", response.content.decode())
    assert client.post("/numbers/").status_code == 405
