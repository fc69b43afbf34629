"""The form of a case with the checks beside its fields."""

import json

import pytest
from django.urls import reverse

from cases.editing.drafts import read_draft
from cases.models import Case, WordRule
from tests.admin.browser import drawn_fields
from tests.builders import make_case, make_published_case, make_region, make_user

pytestmark = pytest.mark.django_db
RIGHTS = ("add_case", "change_case", "view_case")


@pytest.fixture
def editor(client):
    user = make_user("editor", permissions=RIGHTS)
    client.force_login(user)
    return user


def address_of(case):
    return reverse("admin:cases_case_change", args=[case.pk])


def check_address(case=None):
    return reverse("admin:cases_case_check") + (f"?case={case.pk}" if case else "")


def findings_of(page):
    return [(finding.path, finding.level) for finding in page.context["findings"] if finding.level != "hint"]


def test_an_opened_case_shows_what_was_found_beside_its_fields(client, editor):
    WordRule.objects.create(words="坏词", level="forbidden", note="不得出现")
    page = client.get(address_of(make_case(intro="坏词。")))

    assert findings_of(page) == [("intro", "blocks")]
    assert page.content.decode().count("“坏词”不能使用：不得出现") == 2  # in the list of all, and beside the field


def test_an_empty_form_is_not_told_what_it_lacks(client, editor):
    assert findings_of(client.get(reverse("admin:cases_case_add"))) == []


def test_words_are_replaced_without_scripts_and_without_saving(client, editor):
    WordRule.objects.create(words="绿色通道", level="replace", replacement="快捷通道")
    case = make_case(intro="开绿色通道。")
    page = client.get(address_of(case))
    (finding,) = [finding for finding in page.context["findings"] if finding.level == "replace"]
    fields = drawn_fields(page) | {"closing": "刚写的结语。"}

    page = client.post(address_of(case), fields | {"_replace": finding.command})

    assert page.status_code == 200
    assert findings_of(page) == []
    fields = drawn_fields(page)
    assert (fields["intro"], fields["closing"]) == ("开快捷通道。", "刚写的结语。")
    assert read_draft(Case.objects.get(pk=case.pk)).intro == "开绿色通道。"
    client.post(address_of(case), fields | {"_continue": "1"})
    assert read_draft(Case.objects.get(pk=case.pk)).intro == "开快捷通道。"


def test_a_button_that_says_nothing_loses_nothing(client, editor):
    case = make_case(intro="甲。")
    fields = drawn_fields(client.get(address_of(case))) | {"intro": "乙。"}

    page = client.post(address_of(case), fields | {"_replace": "nonsense"})

    assert drawn_fields(page)["intro"] == "乙。"
    assert [str(message) for message in page.context["messages"]] == ["没有替换：这里的文字已经改过了。"]


def test_saving_says_what_keeps_the_text_from_readers(client, editor):
    WordRule.objects.create(words="坏词", level="forbidden")
    case = make_case()
    fields = drawn_fields(client.get(address_of(case))) | {"intro": "坏词。", "_save": "1"}

    page = client.post(address_of(case), fields, follow=True)

    assert "检查：1 处不能发布。已标在各栏旁边。" in [str(message) for message in page.context["messages"]]


def test_the_script_is_answered_by_field_and_nothing_is_written(client, editor):
    WordRule.objects.create(words="坏词", level="forbidden")
    case = make_case()
    fields = drawn_fields(client.get(address_of(case))) | {"intro": "坏词。"}

    answer = client.post(check_address(case), fields).json()

    assert "“坏词”不能使用" in answer["fields"]["id_intro"]
    assert "“坏词”不能使用" in answer["summary"]
    assert Case.objects.get(pk=case.pk).version == case.version


def test_the_script_may_ask_for_a_new_case_too(client, editor):
    fields = drawn_fields(client.get(reverse("admin:cases_case_add"))) | {"title": "新的"}

    assert client.post(check_address(), fields).status_code == 200


def test_only_who_may_write_the_case_may_have_it_checked(client, editor):
    assert client.get(check_address()).status_code == 302
    editor.regions.add(make_region("411100"))
    elsewhere = make_case(region=make_region("410200"), by=make_user("other"))
    client.force_login(make_user("reader", permissions=("view_case",)))
    assert client.post(check_address(elsewhere), {}).status_code == 403
    assert client.post(check_address(), {}).status_code == 403
    client.logout()
    assert client.post(check_address(), {}).status_code == 302


def test_a_case_that_may_only_be_read_has_no_button_that_replaces(client):
    WordRule.objects.create(words="绿色通道", level="replace", replacement="快捷通道")
    case = make_published_case(intro="绿色通道。")
    client.force_login(make_user("reader", permissions=("view_case",)))

    page = client.get(address_of(case))

    assert findings_of(page) == [("intro", "replace")]
    assert 'name="_replace"' not in page.content.decode()


@pytest.mark.parametrize(
    ("command", "title"),
    [
        (["title", 0, "漯", "\ud800\x00宿"], "宿河"),
        (["title", -1, "河", "口"], "漯口"),
        (["title", None, "漯", "宿"], "漯河"),
        (["title", 1.5, "漯", "宿"], "漯河"),
        (["initiatives[99].text", 0, "漯", "宿"], "漯河"),
        ([1, 2, 3, 4], "漯河"),
        ({"title": 0}, "漯河"),
        (None, "漯河"),
    ],
)
def test_a_button_that_no_page_of_ours_has_breaks_nothing(client, editor, command, title):
    case = make_case(title="漯河")
    fields = drawn_fields(client.get(address_of(case)))

    page = client.post(address_of(case), fields | {"_replace": json.dumps(command)})

    assert (page.status_code, drawn_fields(page)["title"]) == (200, title)
