"""Pages are sent compressed, where no proxy does it; those beside a secret are not."""

from __future__ import annotations

import gzip

import pytest

from tests.builders import make_published_case, make_user

pytestmark = pytest.mark.django_db

GZIP = {"accept-encoding": "gzip"}


def test_a_page_comes_compressed_to_who_can_read_it(client):
    address = f"/cases/{make_published_case().pk}/"
    whole, small = client.get(address), client.get(address, headers=GZIP)

    assert "Content-Encoding" not in whole
    assert (small["Content-Encoding"], small["Vary"]) == ("gzip", "Accept-Encoding")
    assert gzip.decompress(small.content) == whole.content
    assert len(small.content) < len(whole.content) / 2


def test_the_same_page_is_the_same_bytes_and_known_by_its_tag(client):
    address = f"/cases/{make_published_case().pk}/"
    first, second = client.get(address, headers=GZIP), client.get(address, headers=GZIP)
    again = client.get(address, headers={**GZIP, "if-none-match": first["ETag"]})

    assert first.content == second.content
    assert first["ETag"].startswith('W/"')
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("address", ["/numbers.csv", "/cases/cases.json", "/sitemap.xml", "/cases/feed.atom"])
def test_data_comes_compressed_streams_too(client, address):
    for _ in range(5):
        make_published_case()
    response = client.get(address, headers=GZIP)
    body = b"".join(response.streaming_content) if response.streaming else response.content

    assert response["Content-Encoding"] == "gzip"
    assert gzip.decompress(body)


def test_pictures_are_compressed_already(client):
    assert "Content-Encoding" not in client.get("/card.png", headers=GZIP)


@pytest.mark.parametrize("address", ["/admin/", "/en/admin/", "/admin/login/", "/preview/unknown/"])
def test_pages_beside_a_secret_are_left_as_they_are(client, address):
    client.force_login(make_user("boss", permissions=("*",)))

    assert "Content-Encoding" not in client.get(address, headers=GZIP)
