"""Files at fixed addresses: for robots, browsers, and those who found a hole."""

from __future__ import annotations

import datetime
import json
import re

import pytest
from django.test import Client
from django.utils import timezone
from PIL import Image

ADDRESSES = ["/robots.txt", "/manifest.webmanifest", "/.well-known/security.txt", "/sitemap.xml", "/card.png"]


@pytest.mark.django_db
@pytest.mark.parametrize("address", ADDRESSES)
def test_each_can_be_kept_and_is_for_reading_only(client, settings, address):
    settings.SECURITY_CONTACT = ["mailto:a@example.gov.cn"]
    response = client.get(address)

    assert response.status_code == 200
    assert "public" in response["Cache-Control"]
    assert not response.cookies
    assert Client(enforce_csrf_checks=True).post(address).status_code == 405


def test_robots_find_the_site_map_and_stay_out_of_the_admin(client):
    lines = client.get("/robots.txt").content.decode().splitlines()

    assert lines[0] == "User-agent: *"
    assert {"Disallow: /admin/", "Disallow: /en/admin/", "Disallow: /preview/"} <= set(lines)
    assert "Disallow: /" not in lines
    assert "Disallow: /search/" not in lines  # searches for words alone may be found
    assert lines[-1] == "Sitemap: http://testserver/sitemap.xml"


def test_who_found_a_hole_is_told_whom_to_tell(client, settings):
    settings.SECURITY_CONTACT = ["mailto:a@example.gov.cn", "tel:+86-10-12345"]
    response = client.get("/.well-known/security.txt")
    fields = [line.split(": ", 1) for line in response.content.decode().splitlines()]
    ends = datetime.datetime.fromisoformat(dict(fields)["Expires"])

    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert [value for name, value in fields if name == "Contact"] == settings.SECURITY_CONTACT
    assert dict(fields)["Canonical"] == "http://testserver/.well-known/security.txt"
    assert dict(fields)["Preferred-Languages"] == "zh, en"
    assert datetime.timedelta(30) < ends - timezone.now() < datetime.timedelta(365)


def test_without_a_contact_there_is_no_such_file(client, settings):
    settings.SECURITY_CONTACT = []

    assert client.get("/.well-known/security.txt").status_code == 404


def test_the_manifest_names_the_site_and_its_icons(client, settings):
    response = client.get("/manifest.webmanifest")
    said = json.loads(response.content)

    assert response["Content-Type"].startswith("application/manifest+json")
    assert (said["name"], said["start_url"]) == ("营商案例库", "/")
    assert re.fullmatch("#[0-9a-f]{6}", said["theme_color"])
    for icon in said["icons"]:
        with Image.open(settings.BASE_DIR / icon["src"].lstrip("/")) as image:
            assert f"{image.width}x{image.height}" == icon["sizes"]


@pytest.mark.parametrize(("address", "kind"), [("/favicon.ico", "image/"), ("/apple-touch-icon.png", "image/png")])
def test_icons_are_where_programs_look_for_them(client, address, kind):
    response = client.get(address)

    assert response.status_code == 200
    assert response["Content-Type"].startswith(kind)


@pytest.mark.django_db
def test_marks_of_the_foot_are_pictures_of_our_own_with_their_size(client, settings, tmp_path):
    file = tmp_path / "mark.png"
    Image.new("RGB", (80, 60), "red").save(file)
    settings.PARTY_MARK_URL, settings.PARTY_MARK_PICTURE = "https://bszs.conac.cn/sitename", str(file)
    html = client.get("/").content.decode()
    picture = client.get("/marks/party")

    assert '<a href="https://bszs.conac.cn/sitename" rel="external noopener noreferrer"><img src="/marks/party"' in html
    assert 'width="80" height="60" alt="党政机关网站标识"' in html
    assert b"".join(picture.streaming_content) == file.read_bytes()
    assert client.get("/marks/fault").status_code == 404
    assert "我为政府网站找错" not in html
