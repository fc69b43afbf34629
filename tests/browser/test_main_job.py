"""The main job, as a person does it: an article pasted in the admin becomes a case that readers find."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import call_command
from playwright.sync_api import Page, expect

from tests.builders import make_publisher

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ARTICLE = Path(__file__).parent.parent / "corpus" / "c10-mixed-third-level.txt"
TITLE = "呼和浩特市不动产登记“云上办”"
CORRECTED = "呼和浩特：不动产登记“云上办”"
REASON = "数据正在核对"


@pytest.fixture
def person(watched_page: Page, live_server):
    """Somebody at a browser; knows addresses of the site."""

    class Person:
        page = watched_page

        def open(self, address: str) -> None:
            self.page.goto(live_server.url + address)

        def press(self, name: str) -> None:
            """Press the button of this name and wait for the page it leads to."""
            with self.page.expect_navigation():
                self.page.get_by_role("button", name=name, exact=True).click()

        def follow(self, name: str) -> None:
            with self.page.expect_navigation():
                self.page.get_by_role("link", name=name, exact=True).first.click()

    return Person()


def log_in(person) -> None:
    make_publisher()
    person.open("/admin/")
    person.page.fill("#id_username", "publisher")
    person.page.fill("#id_password", "correct horse")
    person.press("登录")


def import_article(person) -> None:
    person.follow("案例")
    person.follow("从文稿新建")
    person.page.get_by_label("粘贴").fill(ARTICLE.read_text(encoding="utf-8"))
    person.press("预览")
    expect(person.page.locator("#paper .piece").first).to_be_visible()
    person.press("存为草稿")
    expect(person.page.locator("#id_title")).to_have_value(TITLE)


def found_titles(person, address: str) -> list[str]:
    """The titles of the cases a public list shows."""
    person.open(address)
    return person.page.locator("main h2 a, main h3 a").all_inner_texts()


def headline(person, case: str) -> str:
    """What the public page of a case is headed with."""
    person.open(f"/cases/{case}/")
    return person.page.locator("main h1").inner_text()


def publish(person) -> None:
    person.press("保存并发布")
    person.press("发布")


def test_an_article_becomes_a_case_is_found_changed_and_withdrawn(person, settings):
    settings.REVIEWS = 0  # with reviews: see test_review
    call_command("load_vocabulary", verbosity=0)
    log_in(person)
    import_article(person)
    page = person.page
    case = page.url.rsplit("/case/", 1)[1].split("/")[0]
    form = f"/admin/cases/case/{case}/change/"

    # corrected, saved: nothing is public yet
    page.locator("#id_tags").fill("不动产登记提速，云上办")
    person.press("保存")
    assert found_titles(person, "/cases/") == []

    # published: found by city, province, department, theme, tag and word
    person.open(form)
    publish(person)
    for address in (
        "/cases/",
        "/regions/150100/",
        "/regions/150000/",
        "/departments/natural-resources/",
        "/themes/registering-property/",
        "/tags/不动产登记提速/",
        "/search/?q=档案库房",
    ):
        assert found_titles(person, address) == [TITLE], address

    # the sentence behind a number lights up
    person.open(f"/cases/{case}/")
    person.page.get_by_role("link", name="依据").first.click()
    expect(page.locator(":target")).to_be_visible()

    # edited: the public page stays until it is published again
    person.open(form)
    page.locator("#id_title").fill(CORRECTED)
    person.press("保存")
    expect(page.get_by_text("有未发布的修改")).to_be_visible()
    assert (found_titles(person, "/cases/"), headline(person, case)) == ([TITLE], TITLE)
    person.open(form)
    publish(person)
    assert (found_titles(person, "/cases/"), headline(person, case)) == ([CORRECTED], CORRECTED)

    # withdrawn: gone from the lists, the address tells why
    person.open(form)
    person.follow("撤下")
    page.get_by_label("原因").fill(REASON)
    person.press("撤下")
    assert found_titles(person, "/cases/") == []
    response = page.goto(page.url.split("/cases/")[0] + f"/cases/{case}/")
    assert response.status == 410
    expect(page.get_by_text(REASON)).to_be_visible()
