"""The pages on which a step is taken with many cases."""

import json

import pytest
from django.urls import reverse

from cases.admin import bulk
from cases.editing.review import steps
from cases.models import AuditEntry, Case, PublishedCase, Region
from tests.admin.browser import drawn_fields
from tests.builders import make_case, make_published_case, make_region, make_theme, make_user

pytestmark = pytest.mark.django_db
LIST = "admin:cases_case_changelist"
BULK = "admin:cases_case_bulk"
ALL = ("view_case", "change_case", "publish", "first_review", "final_review")


@pytest.fixture
def chief(client):
    user = make_user("chief", permissions=ALL)
    client.force_login(user)
    return user


def choose(client, name, *cases, query="", **more):
    """What the list answers when an action is chosen for some of its cases."""
    data = {"action": f"bulk_{name}", "_selected_action": [case.pk for case in cases], **more}
    return client.post(reverse(LIST) + query, data)


def press(client, page, button, **typed):
    fields = [(name, value) for name, value in drawn_fields(page, None).items() if name not in ("report", "case")]
    keys = page.context.get("keys") or []
    cases = [f"{line.case}:{line.version}" for line in page.context.get("will") or []] if button == "_do" else keys
    return client.post(reverse(BULK), {**dict(fields), "case": cases, **typed, button: "1"})


def test_chosen_cases_get_a_tag_after_a_preview_and_the_report_is_a_file(client, chief):
    frozen = make_case(title="待审的")
    steps.submit_for_review(frozen, by=chief)
    draft = make_case(title="=草稿")

    asked = choose(client, "retag", draft, frozen)
    assert "选中 2 个案例" in asked.content.decode()
    preview = press(client, asked, "_preview", add="数字政府、一件事")
    assert [(line.title, line.outcome) for line in preview.context["lines"]] == [
        ("待审的", "will_not"),
        ("=草稿", "will"),
    ]
    assert Case.objects.get(pk=draft.pk).tags == []

    told = press(client, preview, "_do")
    assert Case.objects.get(pk=draft.pk).tags == ["数字政府", "一件事"]
    file = client.post(reverse("admin:cases_case_bulk_report"), {"report": told.context["report"].signed()})
    assert AuditEntry.objects.get(action="exported").title == "批量操作的报告"
    lines = file.content.decode().splitlines()
    assert (lines[0].removeprefix("\ufeff"), lines[1]) == ("编号,标题,结果,原因", f"{draft.pk},'=草稿,已处理,")


def test_what_needs_no_choice_is_previewed_at_once(client, chief, settings):
    settings.REVIEWS = 0
    case = make_case()

    press(client, choose(client, "publish", case), "_do")

    assert PublishedCase.objects.get().pk == case.pk


def test_a_filter_is_taken_with_all_its_pages(client, chief):
    make_theme("old")
    make_theme("new")
    for _number in range(3):
        make_case(themes=("old",))
    other = make_case(title="别的")

    asked = choose(client, "theme", other, query="?theme=old", select_across="1")

    assert asked.context["count"] == 3
    press(client, press(client, asked, "_preview", old="old", new="new"), "_do")
    assert Case.objects.filter(themes="new").count() == 3


def test_more_than_the_limit_is_refused(client, chief, monkeypatch):
    monkeypatch.setattr(bulk, "LIMIT", 1)

    page = client.get(choose(client, "publish", make_case(), make_case())["Location"])

    assert "一次最多 1 个案例" in page.content.decode()


@pytest.mark.parametrize(
    ("name", "typed", "told"),
    [
        ("return", {}, "请选择退回的原因"),
        ("return", {"reasons": ["x"]}, "x"),
        ("withdraw", {}, "请写明撤下的原因"),
        ("retag", {}, "请填写要添加"),
        ("retag", {"add": "甲", "remove": "甲"}, "既要添加又要去掉"),
        ("retag", {"add": "超" * 61}, "最多 60 个"),
        ("theme", {"old": "old", "new": "old"}, "同一个"),
        ("theme", {"old": "none", "new": "old"}, "有效"),
        ("theme", {"old": "\x00", "new": "old"}, "不允许"),
    ],
)
def test_a_choice_that_will_not_do_is_told_and_nothing_happens(client, chief, name, typed, told):
    make_theme("old")
    case = make_case()

    for button in ("_preview", "_do"):
        response = client.post(reverse(BULK), {"bulk": name, "case": f"{case.pk}:{case.version}", button: "1", **typed})
        assert (response.status_code, told in response.content.decode()) == (200, True)
    assert Case.objects.get().version == case.version


def test_the_choices_can_be_mended_after_the_preview(client, chief):
    preview = press(client, choose(client, "retag", make_case()), "_preview", add="甲")

    asked = press(client, preview, "_edit")

    assert drawn_fields(asked, None)["add"] == "甲"


def test_drafts_are_exported_as_they_can_be_imported_again(client, chief):
    case = make_case(title="导出的")

    file = press(client, choose(client, "export", case), "_do")

    [record] = [json.loads(line) for line in file.content.decode().splitlines()]
    assert (record["id"], record["title"]) == (Case.objects.get().external_id, "导出的")


@pytest.mark.parametrize(
    ("permissions", "offered"),
    [
        (("view_case",), {"export"}),
        (("view_case", "change_case"), {"export", "retag", "theme"}),
        (("view_case", "first_review"), {"export", "return"}),
        (("view_case", "publish"), {"export", "publish", "return", "withdraw"}),
    ],
)
def test_everybody_is_offered_what_they_may_do_and_no_more_is_taken(client, permissions, offered):
    client.force_login(make_user("other", permissions=permissions))
    case = make_case()

    actions = client.get(reverse(LIST)).context["action_form"].fields["action"].choices
    assert {name.removeprefix("bulk_") for name, _label in actions if name.startswith("bulk_")} == offered
    for name in bulk.OFFERED.keys() - offered:
        post = {"bulk": name, "case": f"{case.pk}:{case.version}", "_do": "1"}
        assert client.post(reverse(BULK), post).status_code == 403


@pytest.mark.parametrize("name", ["publish", "retag", "export"])
def test_what_is_out_of_scope_is_neither_shown_nor_done_nor_exported(client, chief, settings, name):
    settings.REVIEWS = 0
    case = make_case(title="外地的案例", region=make_region("440300"))
    make_region("411100")
    chief.regions.set(Region.objects.filter(pk="411100"))

    for button in ("_preview", "_do"):
        post = {"bulk": name, "case": f"{case.pk}:{case.version}", "add": "新", button: "1"}
        assert "外地的案例" not in client.post(reverse(BULK), post).content.decode()
    assert (Case.objects.get().version, PublishedCase.objects.count()) == (case.version, 0)


@pytest.mark.parametrize(
    "post", [{}, {"bulk": "x"}, {"bulk": "publish", "case": ["x", "9" * 30, "1:x", "-1:2"], "_do": 1}]
)
def test_a_forged_post_does_no_harm(client, chief, post):
    make_published_case()

    assert client.post(reverse(BULK), post).status_code in (200, 302)
    assert client.post(reverse("admin:cases_case_bulk_report"), {"report": "x"}).status_code == 302
    assert client.get(reverse(BULK)).status_code == 302
