"""站点页面 in the admin."""

import pytest
from django.urls import reverse

from cases.editing.inspection.site import PAGES
from cases.editing.site_pages import load_site_pages
from cases.models import SitePage
from tests.builders import make_user

pytestmark = pytest.mark.django_db

LIST = "/admin/cases/sitepage/"


@pytest.fixture(autouse=True)
def chief(client):
    load_site_pages()
    SitePage.objects.create(slug="help", title="帮助", body="一")
    user = make_user("chief", permissions=("*",))
    client.force_login(user)
    return user


@pytest.mark.parametrize("slug", PAGES)
def test_a_page_the_footer_leads_to_cannot_be_deleted(client, slug):
    assert f"{LIST}{slug}/delete/" not in client.get(f"{LIST}{slug}/change/").content.decode()
    assert client.post(f"{LIST}{slug}/delete/", {"post": "yes"}).status_code == 403
    client.post(LIST, {"action": "delete_selected", "_selected_action": [slug, "help"], "post": "yes"})

    assert SitePage.objects.count() == 5
    assert client.get(reverse("page", args=[slug])).status_code == 200


def test_another_page_can(client):
    assert f"{LIST}help/delete/" in client.get(f"{LIST}help/change/").content.decode()
    client.post(f"{LIST}help/delete/", {"post": "yes"})

    assert not SitePage.objects.filter(slug="help").exists()


def test_the_form_says_what_an_address_and_a_heading_are(client):
    for address in (f"{LIST}add/", f"{LIST}help/change/"):
        html = client.get(address).content.decode()
        assert "例如 guide 就是 /guide/" in html
        assert "以“## ”（两个井号和一个空格）开头的一行是小标题" in html


@pytest.mark.parametrize("slug", ["cases", "admin", "en", "health", "search", "a/b"])
def test_an_address_that_leads_elsewhere_is_refused(client, slug):
    values = {"slug": slug, "title": "题", "body": "一", "title_en": "", "body_en": ""}
    response = client.post(f"{LIST}add/", values)

    assert response.status_code == 200
    assert "slug" in response.context["adminform"].form.errors
    assert not SitePage.objects.filter(slug=slug).exists()
