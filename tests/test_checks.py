"""What stands in the head and foot of every page is looked at when the site starts."""

from __future__ import annotations

import pytest
from PIL import Image

from cases.checks import identity_of_the_site, views_are_counted_from_some_log
from tests.test_settings import PRODUCTION, manage


def complaints():
    return [error.msg.partition(":")[0] for error in identity_of_the_site(None)]


def test_a_site_as_it_comes_has_nothing_to_mend():
    assert complaints() == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SITE_NAME", " \x01"),
        ("SITE_NAME_EN", ""),
        *(("SITE_DOMAIN", value) for value in ("https://a.gov.cn", "a.gov.cn:80", "a.gov.cn/", "a b", "-a.cn")),
        *(("SITE_CODE", value) for value in ("bm123", "12345", "BM12345678", "bm12345678\n", "１２３４５６７８９０")),
        *(("ICP_NUMBER", value) for value in ("京ICP19014889号", "ICP备19014889号", "京ICP备19014889")),
        *(("POLICE_NUMBER", value) for value in ("京公网安备123号", "11010102000001", "京公网安备11010102000001")),
        ("PARTY_MARK_URL", "javascript:alert(1)"),
        ("FAULT_REPORT_URL", "zfwzgl.www.gov.cn"),
        ("DATA_LICENCE_URL", "CC BY 4.0"),
        ("SECURITY_CONTACT", ["a@example.gov.cn"]),
        ("CARD_FONT", "/not/there.ttf"),
    ],
)
def test_what_is_not_of_its_form_is_named(settings, name, value):
    setattr(settings, name, value)

    assert complaints() == [name]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SITE_DOMAIN", "www.example.gov.cn"),
        *(("SITE_CODE", value) for value in ("bm12345678", "1101010001")),
        *(("ICP_NUMBER", value) for value in ("京ICP备19014889号", "京ICP备19014889号-1", "粤ICP备2021012345号")),
        *(("POLICE_NUMBER", value) for value in ("京公网安备11010102000001号", "京公网安备 11010102000001号")),
        ("FAULT_REPORT_URL", "https://zfwzgl.www.gov.cn/exposure/jiucuo.html?site_code=1101010001"),
        ("SECURITY_CONTACT", ["mailto:a@example.gov.cn", "https://example.gov.cn/report", "tel:+86-10-12345"]),
    ],
)
def test_what_is_of_its_form_is_not(settings, name, value):
    setattr(settings, name, value)

    assert complaints() == []


def test_a_mark_is_a_small_picture_that_leads_somewhere(settings, tmp_path):
    picture, text = tmp_path / "mark.png", tmp_path / "text.png"
    Image.new("RGB", (80, 60)).save(picture)
    text.write_text("no picture")

    settings.PARTY_MARK_PICTURE = str(picture)
    assert complaints() == ["PARTY_MARK_URL"]
    settings.PARTY_MARK_URL = "https://bszs.conac.cn/sitename"
    assert complaints() == []
    settings.PARTY_MARK_PICTURE = str(text)
    assert complaints() == ["PARTY_MARK_PICTURE"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("HTTPS", "ja"),
        ("HAS_IPV6", "maybe"),
        *(("CORRECTION_DAYS", value) for value in ("abc", "-3", "0", "")),
        ("UPLOAD_LARGEST_MB", "0"),
        ("REVIEWS", "4"),
        *(("DATABASE_URL", value) for value in ("foo", "foo://bar")),
    ],
)
def test_a_variable_that_is_not_understood_stops_the_start_and_is_named(name, value):
    started = manage("check", **PRODUCTION, **{name: value})

    assert started.returncode != 0
    last = started.stderr.splitlines()[-1]
    assert last.startswith(f"django.core.exceptions.ImproperlyConfigured: {name}: ")
    assert f"({name} " in last  # and once more in Chinese


@pytest.mark.parametrize(
    ("way", "logs", "warnings"),
    [("counter", [], []), ("off", [], []), ("log", ["/var/log/nginx/access.log"], []), ("log", [], ["cases.W001"])],
)
def test_views_that_are_counted_from_no_log_are_warned_of(settings, way, logs, warnings):
    settings.VIEWS, settings.VIEWS_LOG = way, logs

    assert [warning.id for warning in views_are_counted_from_some_log(None)] == warnings


def test_a_wrong_code_of_the_site_stops_the_start_and_says_so_in_chinese():
    started = manage("check", **PRODUCTION, SITE_CODE="123")

    assert started.returncode != 0
    assert "SITE_CODE" in started.stderr.splitlines()[-1]
    assert "标识码" in started.stderr.splitlines()[-1]
