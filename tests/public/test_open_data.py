import json
import re

import pytest
from django.utils import timezone

from cases.exporting.dataset import write_dataset
from cases.exporting.dictionary import data_dictionary
from cases.models import PublishedCase
from cases.public.data.api_docs import documented_operations, form_in_words
from tests.builders import make_published_case

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _folder_of_its_own(settings, tmp_path):
    settings.VAR_DIR = tmp_path


def page(client, address="/data/"):
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def dataset_of(html):
    blocks = map(json.loads, re.findall(r'<script type="application/ld\+json">(.*?)</script>', html))
    return next(block for block in blocks if block["@type"] == "Dataset")


def test_without_a_dataset_the_page_says_so(client):
    html = page(client)

    assert "整包下载还没有准备好" in html
    assert "下载数据集" not in html
    assert client.get("/data/casebook.zip").status_code == 404


def test_the_dataset_is_offered_with_size_date_digest_and_licence(client):
    make_published_case()
    made = write_dataset()
    html = page(client)

    assert made.sha256 in html
    assert "1 个案例，1 项指标" in html
    assert "不含示例案例" in html
    assert f'<time datetime="{made.as_of}">' in html
    assert "CC BY 4.0" in html


def test_the_dataset_can_be_cited_as_such(client, settings):
    settings.SITE_OWNER = "漯河市发展和改革委员会"
    make_published_case()
    made = write_dataset()
    citation = re.sub("<[^>]+>", "", re.search(r'<dd class="citation">(.*?)</dd>', page(client)).group(1))

    assert citation == (
        f"漯河市发展和改革委员会. 营商案例库：案例与指标数据[DS/OL]. （{made.as_of}）"
        f"[{timezone.localdate()}]. http://testserver/data/."
    )


def test_demo_cases_in_the_dataset_are_said(client):
    PublishedCase.objects.filter(pk=make_published_case().pk).update(is_demo=True)
    write_dataset(with_demo=True)

    assert "其中 1 个是为演示而写的示例" in page(client)


def test_no_licence_is_named_where_the_setting_is_empty(client, settings):
    settings.DATA_LICENCE_NAME = ""
    write_dataset()
    html = page(client)

    assert ("许可" in html, "license" in dataset_of(html)) == (False, False)
    assert "license" not in client.get("/api/v1/openapi.json").json()["info"]


def test_the_file_is_that_of_the_digest_and_is_not_sent_again(client):
    make_published_case()
    made = write_dataset()
    response = client.get("/data/casebook.zip")
    again = client.get("/data/casebook.zip", headers={"if-none-match": response["ETag"]})

    assert b"".join(response.streaming_content) == made.path.read_bytes()
    assert (response["ETag"], response["Content-Type"]) == (f'"{made.sha256}"', "application/zip")
    assert response["Content-Disposition"] == f'attachment; filename="casebook-{made.as_of}.zip"'
    assert response["Cache-Control"] == "public, max-age=0, s-maxage=60"
    assert again.status_code == 304
    assert client.head("/data/casebook.zip").status_code == 200
    assert client.post("/data/casebook.zip").status_code == 405


def test_the_page_is_a_dataset_to_search_engines(client):
    make_published_case()
    made = write_dataset()
    said = dataset_of(page(client))

    assert {"name", "description", "license", "creator", "url"} <= said.keys()
    assert 50 <= len(said["description"]) <= 5000
    assert said["dateModified"] == made.as_of
    assert said["distribution"][0] == {
        "@type": "DataDownload",
        "contentUrl": "http://testserver/data/casebook.zip",
        "encodingFormat": "application/zip",
        "contentSize": f"{made.size} B",
        "sha256": made.sha256,
    }
    for one in said["distribution"]:
        assert client.get(one["contentUrl"].removeprefix("http://testserver")).status_code == 200


def test_the_page_has_every_field_and_operation(client):
    html = page(client)

    assert [field.place for field in data_dictionary() if f"<code>{field.place}</code>" not in html] == []
    assert [one.path for one in documented_operations() if f"<code>{one.path}</code>" not in html] == []


def test_addresses_given_as_examples_are_answered(client):
    html = page(client)
    examples = re.findall(r"<code>(/[^<{]*\.atom[^<]*)</code>", html)

    statuses = {address: client.get(address.replace("&amp;", "&")).status_code for address in examples}

    assert len(examples) == 7
    assert {status for address, status in statuses.items() if "/cases/" in address or "/search/" in address} == {200}
    assert set(statuses.values()) <= {200, 404}  # a vocabulary that was not loaded


def test_the_description_of_the_api_is_a_page(client):
    html = page(client, "/data/api/")

    for operation in documented_operations():
        assert f'id="{operation.name}"' in html
        for parameter in operation.parameters:
            assert f"<code>{parameter.name}</code>" in html
    assert "整数，1–100" in html
    examples = re.findall(r'<a href="(/api/v1/[^"]*)"><code>', html)
    assert {client.get(address.replace("&amp;", "&")).status_code for address in examples} == {200}


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ({"type": "integer", "minimum": 1, "maximum": 100}, "整数，1–100"),
        ({"type": "integer", "minimum": 1, "maximum": 2**63 - 1}, "整数"),
        ({"type": "boolean"}, "1 或 0"),
        ({"type": "string", "enum": ["a", "b"]}, "a / b"),
        ({"type": "string", "maxLength": 40}, "文字，最多 40 字"),
        ({"type": "array", "items": {"type": "string"}, "maxItems": 20}, "文字；可重复，最多 20 个"),
    ],
)
def test_a_form_is_said_in_words(form, expected):
    assert form_in_words(form) == expected


def test_the_page_reads_no_table(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        page(client)
