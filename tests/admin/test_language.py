"""The admin speaks Chinese, in what is read aloud too."""

from __future__ import annotations

import re
import subprocess
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.contrib import admin
from django.urls import reverse

from cases.models import Alias
from tests.builders import make_case, make_department, make_published_case, make_theme, make_user

CATALOGUE = Path(__file__).parents[2] / "cases" / "locale" / "zh_Hans" / "LC_MESSAGES"
NAMES = {
    "keeper",
    "editor",
    "transport",
    "logistics-transport",
    "luohe",
    "English",
    "READY",
    "published",
    "CSV",
    "JSON",
}
REPLACED = {"Remove"}  # by case.js, before anybody sees it
ENGLISH = re.compile(r"[A-Za-z]{3,}(?:-[a-z]+)*")


class Spoken(HTMLParser):
    """The texts of a page, and the attributes that are read out or shown."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: set[str] = set()
        self.silent = 0

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.silent += tag in ("script", "style", "pre", "code", "kbd")
        values = dict(attributes)
        names = ["title", "alt", "aria-label", "placeholder"]
        names += ["value"] if tag == "input" and values.get("type") in ("submit", "button") else []
        self.texts.update(values.get(name) or "" for name in names)

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in ("script", "style", "pre", "code", "kbd")

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.texts.add(data.strip())


def english_in(response):
    page = Spoken()
    page.feed(response.content.decode())
    return {text for text in page.texts if set(ENGLISH.findall(text)) - NAMES - REPLACED}


@pytest.fixture
def keeper(client):
    user = make_user("keeper", permissions=("*",))
    client.force_login(user)
    return user


LISTS = [f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist" for model in admin.site._registry]


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["admin:index", *LISTS, "admin:cases_case_add", "admin:password_change"])
def test_a_page_of_the_admin_speaks_chinese(client, keeper, name):
    make_case()
    make_published_case(department=make_department(), themes=(make_theme(),), by=keeper)
    Alias.objects.create(kind="tag", old="甲", new="乙")

    assert english_in(client.get(reverse(name))) == set()


@pytest.mark.django_db
def test_the_form_of_a_case_and_the_password_of_an_account_speak_chinese(client, keeper):
    pages = [
        client.get(reverse("admin:cases_case_change", args=[make_case(by=keeper).pk])),
        client.get(reverse("admin:auth_user_password_change", args=[keeper.pk])),
        client.post(reverse("admin:auth_user_password_change", args=[keeper.pk]), {}),
        client.post(reverse("admin:password_change"), {}),
    ]

    assert [english_in(page) for page in pages] == [set()] * 4


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["password_reset_done", "password_reset_complete"])
def test_resetting_a_password_names_the_site(client, name):
    page = client.get(reverse(name)).content.decode()

    assert "| 营商案例库" in page
    assert "Django" not in page


@pytest.mark.gettext
def test_the_compiled_words_are_those_of_the_catalogue(tmp_path):
    made = tmp_path / "django.mo"
    subprocess.run(["msgfmt", "--output-file", str(made), str(CATALOGUE / "django.po")], check=True)

    assert made.read_bytes() == (CATALOGUE / "django.mo").read_bytes()
