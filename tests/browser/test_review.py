"""Editor → three reviewers → readers, in a browser; a comment on the words that were selected."""

import re

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from playwright.sync_api import expect

from cases.editing.people import make_groups
from cases.models import Case, PublishedCase, ReviewComment
from tests.builders import make_case, make_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ROLES = {"editor": "编辑", "first": "初审", "second": "复审", "final": "终审"}


@pytest.fixture
def case(settings):
    make_groups()
    users = {name: make_user(name) for name in ROLES}
    for name, role in ROLES.items():
        users[name].groups.set(Group.objects.filter(name=role))
    return make_case(by=users["editor"], title="把窗口搬进园区", intro="第一句话。第二句话。")


def log_in(page, live_server, name):
    page.context.clear_cookies()
    page.goto(live_server.url + reverse("admin:login"))
    page.fill("#id_username", name)
    page.fill("#id_password", "correct horse")
    press(page, "input[type=submit]")


def press(page, what):
    """Click what leads to another page, and wait for that page."""
    with page.expect_navigation():
        page.click(what)


def submit(page, live_server, case, opinion):
    log_in(page, live_server, "editor")
    page.goto(live_server.url + reverse("admin:cases_case_change", args=[case.pk]))
    press(page, "input[name=_submit]")
    page.fill("textarea[name=opinion]", opinion)
    press(page, "input[value=提交审核]")
    expect(page).to_have_url(re.compile("/review/$"))


def approve(page):
    press(page, "a.offer >> text=审核通过")
    page.fill("textarea[name=opinion]", "可以")
    press(page, "input[value=审核通过]")
    expect(page).to_have_url(re.compile("/queue/$"))


def review(page, live_server, name, case):
    """Log in as a reviewer and open what waits for them."""
    log_in(page, live_server, name)
    press(page, "text=待我处理")
    press(page, f"text={case.title}")


def publish(page):
    press(page, "a.offer >> text=/^发布$/")
    press(page, "input[value=发布]")
    press(page, "text=查看公开页面")


def test_a_case_goes_from_its_editor_through_three_reviews_to_its_readers_and_back(page, live_server, case):
    submit(page, live_server, case, "请审")
    assert Case.objects.get().stage == "first_review"

    review(page, live_server, "first", case)
    page.locator("#at-intro [data-words] p").click(click_count=3)
    press(page, "#at-intro [data-comment]")
    assert page.input_value("textarea[name=quote]") == "第一句话。第二句话。"
    page.fill("#comment textarea[name=text]", "可以再具体")
    page.click("text=写下批注")
    page.wait_for_url("**#comment-*")
    assert ReviewComment.objects.get().quote == "第一句话。第二句话。"
    approve(page)
    for name in ("second", "final"):
        review(page, live_server, name, case)
        approve(page)
        assert not PublishedCase.objects.exists()
    press(page, "text=把窗口搬进园区")
    publish(page)
    expect(page.locator("h1")).to_have_text("把窗口搬进园区")

    # changed: readers see what was approved, the comparison what is new
    form = live_server.url + reverse("admin:cases_case_change", args=[case.pk])
    log_in(page, live_server, "editor")
    page.goto(form)
    page.fill("#id_intro", "第一句话。改过的第二句话。")
    press(page, "input[name=_continue]")
    press(page, "text=比较版本")
    expect(page.locator("ins").filter(has_text="改过的").first).to_be_visible()
    page.goto(f"{live_server.url}/cases/{case.pk}/")
    expect(page.locator("main")).not_to_contain_text("改过的")

    # restored: what readers see is the draft again, and what was typed is a version
    page.goto(form)
    press(page, "text=历次版本")
    press(page, "text=恢复为工作稿")
    press(page, "input[value=恢复为工作稿]")
    page.goto(form)
    expect(page.locator("#id_intro")).to_have_value("第一句话。第二句话。")
    assert next(row.content["intro"] for row in case.revisions.order_by("-number")) == "第一句话。改过的第二句话。"
