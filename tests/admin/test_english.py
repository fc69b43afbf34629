"""The English admin: what is Chinese on its pages, which is most of what they show, says so."""

from __future__ import annotations

import re

import pytest

from cases.editing.accounts import acting_user
from cases.models import Theme, User
from tests.admin.addresses import SUPERUSER, address_of, make_accounts, make_rows
from tests.admin.test_addresses import TABLE
from tests.builders import make_case, make_theme, make_user
from tests.chinese_text import Page

pytestmark = pytest.mark.django_db

LISTS_OF_CASES = ("?q=做法", "?q=没有这样的词语", "?region=411100")


def pages(client):
    """Every page of the admin that somebody who may do all opens, in English."""
    make_accounts()
    rows = make_rows()
    client.force_login(User.objects.get(username=SUPERUSER))
    addresses = [address_of(route, rows) for route, (who_looks, _who_posts) in TABLE.items() if SUPERUSER in who_looks]
    for address in [*addresses, *(f"/admin/cases/case/{query}" for query in LISTS_OF_CASES)]:
        response = client.get(f"/en{address}")
        if response.status_code == 200 and response.headers["Content-Type"].startswith("text/html"):
            yield address, Page(response.content.decode())


def test_what_is_chinese_on_a_page_of_the_english_admin_says_so(client):
    wrong = {address: page.wrong_but_attributes_with_marks() for address, page in pages(client)}

    assert {address: texts for address, texts in wrong.items() if texts} == {}
    assert len(wrong) > 60


def test_the_chinese_admin_is_left_as_it_is(client):
    make_rows()
    client.force_login(User.objects.create_superuser("root"))

    assert client.get("/admin/cases/case/").content.decode().count('lang="zh-CN"') == 1  # the whole page
    assert 'lang="zh-CN"' in client.get("/en/admin/cases/case/").content.decode()


@pytest.mark.parametrize(("language", "prefix"), [("zh-CN", ""), ("en", "/en")])
def test_a_page_names_its_language_as_the_web_does(client, language, prefix):
    before = client.get(f"{prefix}/admin/login/").content.decode()
    client.force_login(User.objects.create_superuser("root"))

    for page in (before, client.get(f"{prefix}/admin/").content.decode()):
        assert re.search('<html lang="([^"]*)"', page)[1] == language


def test_roles_have_their_english_names(client):
    make_accounts()
    client.force_login(User.objects.get(username=SUPERUSER))
    english = client.get("/en/admin/cases/user/").content.decode()
    chinese = client.get("/admin/cases/user/").content.decode()

    assert [">Final review</a>" in english, '<td class="field-group_names">Final review</td>' in english] == [True] * 2
    assert [">终审</a>" in chinese, '<td class="field-group_names">终审</td>' in chinese] == [True] * 2


def test_who_reviews_reads_what_a_case_is_filed_under_in_the_language_of_the_page(client):
    case = make_case(themes=(make_theme(),), by=make_user("writer"))
    Theme.objects.update(name_en="Transport and logistics")
    client.force_login(User.objects.create_superuser("root"))
    address = f"/admin/cases/case/{case.pk}/review/"

    assert "Transport and logistics" in client.get(f"/en{address}").content.decode()
    assert "交通物流" in client.get(address).content.decode()


def test_the_account_of_the_commands_is_named_in_the_language_of_the_page(client):
    case = make_case(by=acting_user())
    client.force_login(User.objects.create_superuser("root"))
    address = f"/admin/cases/case/{case.pk}/change/"

    assert "Changed by System at" in client.get(f"/en{address}").content.decode()
    assert "系统 修改于" in client.get(address).content.decode()


def test_a_name_given_to_the_account_of_the_commands_stands():
    account = acting_user()
    account.name = "夜间任务"

    assert str(account) == "夜间任务"
