import csv
import io
import re

import pytest

from tests.builders import make_department, make_published_case, make_region, make_theme

pytestmark = pytest.mark.django_db


def filed(**values):
    filed = {"region": make_region(), "department": make_department(), "themes": (make_theme(scheme="ndrc18"),)}
    return make_published_case(**{**filed, "tags": ("治超",), "policies": ("《甲办法》",), **values})


def rows_of(client, address):
    response = client.get(address)
    text = response.content.decode()
    assert (response.status_code, response["Content-Type"], text[0]) == (200, "text/csv; charset=utf-8", "\ufeff")
    return list(csv.reader(io.StringIO(text[1:])))


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        (
            "/regions/regions.csv",
            [
                ["代码", "名称", "英文名称", "级别", "上级代码", "案例数"],
                ["410000", "河南省", "Henan", "province", "", "1"],
                ["411100", "漯河市", "Luohe", "prefecture", "410000", "1"],
            ],
        ),
        (
            "/departments/departments.csv",
            [["标识", "名称", "英文名称", "别名", "案例数"], ["transport", "交通运输部门", "", "", "1"]],
        ),
        (
            "/themes/themes.csv",
            [
                ["标识", "体系", "名称", "英文名称", "说明", "案例数"],
                ["logistics-transport", "ndrc18", "交通物流", "", "", "1"],
            ],
        ),
        ("/tags/tags.csv", [["标识", "名称", "案例数"], ["治超", "治超", "1"]]),
        (
            "/policies/policies.csv",
            [
                ["文件", "案例数", "城市数", "地址"],
                ["甲办法", "1", "1", "http://testserver/policies/%E7%94%B2%E5%8A%9E%E6%B3%95/"],
            ],
        ),
        ("/maps/map.csv", [["区划代码", "地区", "案例数", "指标数"], ["410000", "河南省", "1", "1"]]),
        ("/maps/410000/map.csv", [["区划代码", "地区", "案例数", "指标数"], ["411100", "漯河市", "1", "1"]]),
        ("/trends/trends.csv?region=410000", [["年份", "案例数", "指标数"], ["2024", "1", "1"]]),
        ("/matrix/matrix.csv", [["区划代码", "地区", "交通物流"], ["410000", "河南省", "1"]]),
        ("/matrix/matrix.csv?region=410000", [["区划代码", "地区", "交通物流"], ["411100", "漯河市", "1"]]),
    ],
)
def test_a_table_that_a_page_shows_can_be_taken_along(client, address, expected):
    filed()

    assert rows_of(client, address) == expected


def test_documents_come_as_json_in_the_order_of_the_page(client, monkeypatch):
    monkeypatch.setattr("cases.public.policies.NAMED", 1)
    filed()
    filed(policies=("《甲办法》", "《乙办法》"))
    found = client.get("/policies/policies.json").json()

    assert [(one["key"], one["name"], one["cases"], one["cities"]) for one in found] == [
        ("甲办法", "甲办法", 2, 1),
        ("乙办法", "乙办法", 1, 1),
    ]
    assert {client.get(one["address"].removeprefix("http://testserver")).status_code for one in found} == {200}


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize(
    ("page", "files"),
    [
        ("/regions/", ["/regions/regions.csv", "/api/v1/regions"]),
        ("/tags/", ["/tags/tags.csv", "/api/v1/tags"]),
        ("/policies/", ["/policies/policies.csv", "/policies/policies.json"]),
        ("/maps/", ["/maps/map.csv"]),
        ("/maps/410000/?theme=logistics-transport", ["/maps/410000/map.csv?theme=logistics-transport"]),
        ("/trends/?region=410000", ["/trends/trends.csv?region=410000"]),
        ("/matrix/?region=410000", ["/matrix/matrix.csv?region=410000"]),
    ],
)
def test_a_page_leads_to_its_table_in_its_head_and_in_words(client, prefix, page, files):
    filed()
    html = client.get(prefix + page).content.decode()
    expected = [address if address.startswith("/api/") else prefix + address for address in files]

    assert (
        re.findall(r'<link rel="alternate" type="(?:text/csv|application/json)"[^>]*href="([^"]*)"', html) == expected
    )
    assert re.findall(r'<li><a href="([^"]*)" type="', html) == expected
    assert {client.get(address).status_code for address in expected} == {200}


@pytest.mark.parametrize("address", ["/regions/regions.csv", "/policies/policies.json", "/maps/map.csv"])
def test_tables_are_public_pages_and_not_sent_twice(client, address):
    filed()
    response = client.get(address)

    assert (response["Cache-Control"], response.cookies) == ("public, max-age=0, s-maxage=60", {})
    assert response["Access-Control-Allow-Origin"] == "*"
    assert client.get(address, headers={"if-none-match": response["ETag"]}).status_code == 304
    assert client.post(address).status_code == 405


@pytest.mark.parametrize(
    "address", ["/maps/map.csv?theme=x", "/trends/trends.csv?region=x", "/matrix/matrix.csv?region=x"]
)
def test_what_cannot_be_read_is_400(client, address):
    assert client.get(address).status_code == 400
    assert client.get("/maps/999999/map.csv").status_code == 404
