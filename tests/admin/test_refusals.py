"""What an editor reads when the site refuses what was sent."""

import pytest
from django.test import Client
from django.test.client import encode_multipart
from django.urls import reverse

from cases.models import SourceText
from tests.builders import make_user

pytestmark = pytest.mark.django_db
IMPORT = "admin:cases_case_import"
BACK = "请用浏览器的“后退”"


def editor_at(client):
    client.force_login(make_user("editor", permissions=("add_case", "change_case", "view_case")))
    return client


def test_a_page_that_stood_open_too_long_says_how_to_save_what_was_typed():
    response = editor_at(Client(enforce_csrf_checks=True)).post(reverse(IMPORT), {"text": "文稿"})

    page = response.content.decode()
    assert (response.status_code, SourceText.objects.count()) == (403, 0)
    assert "页面打开得太久，或者登录状态变了" in page
    assert BACK in page
    assert "<style" not in page


@pytest.mark.parametrize("multipart", [True, False], ids=["multipart", "urlencoded"])
@pytest.mark.parametrize(
    ("setting", "limit"), [("DATA_UPLOAD_MAX_NUMBER_FIELDS", 1), ("DATA_UPLOAD_MAX_MEMORY_SIZE", 100)]
)
def test_more_than_the_site_takes_is_refused_with_what_to_do(client, settings, setting, limit, multipart):
    setattr(settings, setting, limit)
    kind = {} if multipart else {"content_type": "application/x-www-form-urlencoded"}
    data = {"text": "文稿" * 60, "known": "0"}

    body = data if multipart else f"text={data['text']}&known=0"
    response = editor_at(client).post(reverse(IMPORT), body, **kind)

    page = response.content.decode()
    assert (response.status_code, SourceText.objects.count()) == (400, 0)
    assert "内容太多，没有保存" in page
    assert BACK in page


@pytest.mark.parametrize("charset", ["utf-16", "utf-7", "unicode_escape", "gb18030"])
def test_what_is_sent_in_another_encoding_is_refused(client, charset):
    body = encode_multipart("part", {"username": "王芳", "password": "x"})

    page = client.generic("GET", "/admin/login/?next=/admin/&q=%FF", CONTENT_TYPE=f"text/html; charset={charset}")
    posted = client.generic("POST", "/admin/login/", body, f"multipart/form-data; boundary=part; charset={charset}")

    assert [(one.status_code, BACK in one.content.decode()) for one in (page, posted)] == [(400, True)] * 2


@pytest.mark.parametrize("charset", ["UTF-8", "utf8", "no-such"])
def test_utf_8_may_be_called_so(client, charset):
    body = encode_multipart("part", {"username": "王芳", "password": "x"})

    posted = client.generic("POST", "/admin/login/", body, f"multipart/form-data; boundary=part; charset={charset}")

    assert posted.context["form"]["username"].value() == "王芳"
