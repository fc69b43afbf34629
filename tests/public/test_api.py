import datetime
import json
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.test import Client

from cases.public.data import api
from cases.publishing import release
from cases.search.names import directory
from tests.builders import (
    make_content,
    make_department,
    make_metric,
    make_published_case,
    make_region,
    make_theme,
    make_user,
)

pytestmark = pytest.mark.django_db

ADDRESSES = ("cases", "cases/{pk}", "metrics", "regions", "departments", "themes", "tags", "openapi.json")


def filed(**values):
    return make_published_case(
        region=make_region(), department=make_department(), themes=(make_theme(),), tags=("治超",), **values
    )


def exported(capsys):
    """Key → record, as `export_cases` writes them."""
    call_command("export_cases")
    return {record["id"]: record for record in map(json.loads, capsys.readouterr().out.splitlines())}


def asked(client, address, status=200):
    response = client.get(f"/api/v1/{address}")
    assert response.status_code == status, response.content.decode()
    assert response["Content-Type"].startswith("application/json")
    return response.json()


def ids(client, query):
    return [item["id"] for item in asked(client, f"cases?{query}")["items"]]


# Cases


def test_cases_are_what_export_cases_writes(client, capsys):
    older = filed(published_at=datetime.date(2023, 1, 1))
    newer = make_published_case(published_at=datetime.date(2024, 1, 1))
    written = exported(capsys)
    said = asked(client, "cases")

    assert said == {
        "count": 2,
        "next": None,
        "items": [written[f"case-{newer.pk}"], written[f"case-{older.pk}"]],
    }
    assert [list(item) for item in said["items"]] == [list(written[item["id"]]) for item in said["items"]]
    assert asked(client, f"cases/{newer.pk}") == written[f"case-{newer.pk}"]


@pytest.mark.parametrize(
    "query",
    [
        "region=410000",
        "region=999999&region=411100",
        "department=transport",
        "theme=logistics-transport",
        "tag=治超",
        "year=2024",
        "kind=amount&year=2024",
        "q=便民&year=2024",
        "metrics=1&year=2024",
        "q=便民&region=411100&department=transport&theme=logistics-transport&tag=治超&year=2024",
    ],
)
def test_cases_are_narrowed_by_every_parameter(client, query):
    case = filed()
    make_published_case(published_at=datetime.date(2020, 1, 1))

    assert ids(client, query) == [f"case-{case.pk}"]
    assert ids(client, f"{query}&year=1999") == ([] if "year" not in query else [f"case-{case.pk}"])


def test_pages_follow_each_other_by_absolute_addresses(client):
    cases = [filed() for _ in range(5)]
    address, found = "http://testserver/api/v1/cases?q=便民&region=411100&page_size=2", []
    while address:
        page = client.get(address.removeprefix("http://testserver")).json()
        assert page["count"] == 5
        found += [item["id"] for item in page["items"]]
        address = page["next"]

    assert sorted(found) == sorted(f"case-{case.pk}" for case in cases)


def test_pages_end_at_a_bound_and_point_nowhere_beyond_it(client, monkeypatch):
    monkeypatch.setattr(api, "MOST", 4)
    for _ in range(5):
        make_published_case()

    assert asked(client, "cases?page=1&page_size=2")["next"].endswith("page=2&page_size=2")
    assert asked(client, "cases?page=2&page_size=2")["next"] is None
    assert "数据集" in asked(client, "cases?page=3&page_size=2", 404)["detail"]


def test_a_case_taken_down_says_why(client):
    case = make_published_case()
    release.withdraw(case.case, by=make_user(), reason="来源单位要求撤下")
    said = asked(client, f"cases/{case.pk}", 410)

    assert (said["detail"], said["reason"]) == ("这个案例已经撤下：来源单位要求撤下", "来源单位要求撤下")
    assert (said["moved_to"], list(said)) == (None, ["detail", "reason", "withdrawn_at", "moved_to"])


def test_a_case_taken_down_may_lead_to_another(client):
    case, other = make_published_case(), make_published_case()
    release.withdraw(case.case, by=make_user(), reason="合并", redirect_to=other.case)
    response = client.get(f"/api/v1/cases/{case.pk}")

    expected = f"http://testserver/api/v1/cases/{other.pk}"
    assert (response.status_code, response["Location"], response.json()["moved_to"]) == (302, expected, expected)


# Metrics


def test_a_metric_carries_its_case_its_place_and_its_words(client):
    quote = "由5天压减到2.5天"
    content = make_content(
        intro=quote,
        region=make_region().pk,
        metrics=(make_metric(label="时限", value="2.50", from_value=5, unit="天", kind="duration", quote=quote),),
    )
    case = make_published_case(content)

    assert asked(client, "metrics?changed=1")["items"] == [
        {
            "case": f"case-{case.pk}",
            "title": case.title,
            "address": f"http://testserver/cases/{case.pk}/#metric-1",
            "region": "411100",
            "place": "漯河市",
            "department": None,
            "listed_on": "2024-05-01",
            "initiative": None,
            "label": "时限",
            "value": "2.5",
            "unit": "天",
            "from_value": "5",
            "qualifier": "exact",
            "direction": "level",
            "kind": "duration",
            "period": "",
            "quote": quote,
        }
    ]


def test_the_address_of_a_metric_is_a_place_in_its_page(client):
    make_published_case()
    path, _, anchor = asked(client, "metrics")["items"][0]["address"].removeprefix("http://testserver").partition("#")

    assert f'id="{anchor}"' in client.get(path).content.decode()


def test_metrics_are_narrowed_by_their_case_and_by_what_they_are(client):
    quote = "办件10件，满意度99%，由5天减到2天"
    metrics = (
        make_metric(label="办件", value=10, unit="件", kind="amount", quote="办件10件"),
        make_metric(label="满意度", value=99, unit="%", kind="satisfaction", quote="满意度99%"),
        make_metric(label="时限", value=2, from_value=5, unit="天", kind="duration", quote="由5天减到2天"),
    )
    make_published_case(make_content(intro=quote, initiatives=(), metrics=metrics, region=make_region().pk))
    make_published_case(make_content(intro=quote, initiatives=(), metrics=metrics))

    def labels(query):
        return [item["label"] for item in asked(client, f"metrics?{query}")["items"]]

    assert labels("") == ["办件", "满意度", "时限"] * 2
    assert labels("region=411100") == ["办件", "满意度", "时限"]
    assert labels("region=411100&kind=satisfaction&kind=amount") == ["办件", "满意度"]
    assert labels("region=411100&unit=%25") == ["满意度"]
    assert labels("region=411100&changed=true&q=满意度") == ["时限"]
    assert asked(client, "metrics?unit=%25&page_size=1")["next"] == (
        "http://testserver/api/v1/metrics?unit=%25&page=2&page_size=1"
    )


def test_numbers_are_text_without_zeros_that_say_nothing(client):
    quote = "投资1200000000.5元"
    metric = make_metric(value=Decimal("1200000000.5"), unit="元", quote=quote)
    make_published_case(make_content(intro=quote, initiatives=(), metrics=(metric,)))

    assert [item["value"] for item in asked(client, "metrics")["items"]] == ["1200000000.5"]


# Vocabulary


def test_vocabulary_comes_with_the_number_of_cases(client):
    filed()
    tag = {"slug": "治超", "name": "治超", "cases": 1, "address": "http://testserver/tags/%E6%B2%BB%E8%B6%85/"}

    assert {item["code"]: item["cases"] for item in asked(client, "regions")["items"]} == {"410000": 1, "411100": 1}
    assert [(item["slug"], item["cases"]) for item in asked(client, "departments")["items"]] == [("transport", 1)]
    assert [(item["slug"], item["cases"]) for item in asked(client, "themes")["items"]] == [("logistics-transport", 1)]
    assert asked(client, "tags") == {"count": 1, "next": None, "items": [tag]}


@pytest.mark.parametrize(("name", "key"), [("regions", "code"), ("departments", "slug"), ("themes", "slug")])
def test_a_word_leads_to_its_page(client, name, key):
    case = filed()
    terms = {"regions": case.region, "departments": case.department, "themes": case.themes.get()}
    addresses = {item[key]: item["address"] for item in asked(client, name)["items"]}

    assert addresses[terms[name].pk] == f"http://testserver{terms[name].get_absolute_url()}"


def test_tags_come_in_pages_the_most_used_first(client):
    make_published_case(tags=("甲", "乙"))
    make_published_case(tags=("乙",))
    first = asked(client, "tags?page_size=1")

    assert [item["name"] for item in first["items"]] == ["乙"]
    assert [item["name"] for item in asked(client, "tags?page_size=1&page=2")["items"]] == ["甲"]
    assert first["next"] == "http://testserver/api/v1/tags?page=2&page_size=1"


# Queries


@pytest.mark.parametrize("count", [1, 3, 20])
@pytest.mark.parametrize(
    ("address", "queries"),
    [("cases", 4), ("cases?q=便民&tag=治超", 6), ("metrics", 3), ("regions", 2), ("departments", 2), ("tags", 3)],
)
def test_a_list_is_read_in_as_many_queries_however_long(client, django_assert_num_queries, address, queries, count):
    for _ in range(count):
        filed()
    directory()  # of names, kept for a minute

    with django_assert_num_queries(queries):
        asked(client, address)


# What cannot be answered


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("cases?region=x", 400, "“region”"),
        ("cases?kind=nothing", 400, "“kind”"),
        ("cases?year=1850", 400, "“year”"),
        ("cases?tag=%00", 400, "“tag”"),
        ("metrics?department=%27%20OR%201", 400, "“department”"),
        ("cases?" + "&".join(f"year={year}" for year in range(1950, 1980)), 400, "最多选 20 个"),
        ("cases?q=" + "长" * 600, 400, "太长"),
        ("cases?page=0", 422, "参数 page 最小是 1。"),
        ("cases?page=x", 422, "参数 page 应是整数。"),
        ("cases?page=99999999999999999999999", 422, "参数 page 最大是 10000。"),
        ("cases?page=" + "9" * 5000, 422, "参数 page"),
        ("cases?page_size=101", 422, "参数 page_size 最大是 100。"),
        ("cases?page=0&page_size=0", 422, "参数 page 最小是 1。参数 page_size 最小是 1。"),
        ("metrics?changed=perhaps", 422, "参数 changed 应是 1 或 0。"),
        ("metrics?unit=%00", 422, "参数 unit 无法识别。"),
        ("metrics?unit=" + "长" * 41, 422, "参数 unit 最多 40 个字符。"),
        ("cases?page=2", 404, "没有这一页。"),
        ("cases?page=10000&page_size=100", 404, "最多翻到第 10000 条"),
        ("cases/999", 404, "没有这个案例。"),
        ("cases/99999999999999999999", 422, "参数 pk 最大是"),
        ("cases/0", 422, "参数 pk 最小是 1。"),
        ("cases/x", 404, "没有这个接口"),
        ("nothing", 404, "没有这个接口"),
        ("", 404, "没有这个接口"),
        ("cases/", 404, "没有这个接口"),
    ],
)
def test_what_cannot_be_answered_is_told_in_chinese(client, address, status, words):
    make_published_case()
    said = asked(client, address, status)

    assert (list(said), words in said["detail"]) == (["detail"], True), said


@pytest.mark.parametrize("address", ["cases?q=%FF%FE", "cases?q=%00%01", "cases?q=%22", "cases?q=" + "a%20" * 29])
def test_any_search_is_answered(client, address):
    assert asked(client, address)["items"] == []


# How it is answered


@pytest.mark.parametrize("address", ADDRESSES)
def test_answers_are_public_and_known_by_a_digest(client, address):
    case = filed()
    client.cookies["sessionid"] = "somebody"
    address = f"/api/v1/{address.format(pk=case.pk)}"
    first = client.get(address, headers={"accept-language": "en"})
    again = client.get(address, headers={"if-none-match": first["ETag"]})

    assert first["Cache-Control"] == "public, max-age=0, s-maxage=60"
    assert first["Access-Control-Allow-Origin"] == "*"
    assert not first.cookies
    assert first.get("Vary", "Accept-Encoding") == "Accept-Encoding"
    assert (again.status_code, again.content, again["Cache-Control"]) == (304, b"", first["Cache-Control"])


def test_an_answer_has_another_digest_once_something_is_published(client):
    make_published_case()
    before = client.get("/api/v1/cases")["ETag"]
    make_published_case()

    assert client.get("/api/v1/cases", headers={"if-none-match": before}).status_code == 200


@pytest.mark.parametrize("address", [*ADDRESSES, "nothing", "cases/999"])
def test_the_api_is_for_reading_only(address):
    case = filed()
    client = Client(enforce_csrf_checks=True)
    address = f"/api/v1/{address.format(pk=case.pk)}"

    assert client.head(address).status_code == client.get(address).status_code
    for method in ("post", "put", "patch", "delete"):
        response = getattr(client, method)(address)
        assert (response.status_code, response["Allow"]) == (405, "GET, HEAD")
        assert response.json() == {"detail": "这个接口只能读取（GET）。"}


# Its description


def test_the_description_names_every_parameter_and_its_bounds(client):
    paths = asked(client, "openapi.json")["paths"]

    assert sorted(paths) == sorted(
        f"/api/v1/{name}" for name in ("cases", "cases/{pk}", "metrics", "regions", "departments", "themes", "tags")
    )
    parameters = {one["name"]: one for one in paths["/api/v1/cases"]["get"]["parameters"]}
    assert list(parameters) == [
        *("page", "page_size", "q", "region", "department", "theme", "tag", "year", "kind", "metrics")
    ]
    assert parameters["page_size"]["schema"] == {"default": 20, "maximum": 100, "minimum": 1, "type": "integer"}
    assert all(one["description"] for path in paths.values() for one in path["get"]["parameters"])


def test_the_description_is_the_same_each_time(client):
    assert client.get("/api/v1/openapi.json").content == client.get("/api/v1/openapi.json").content
