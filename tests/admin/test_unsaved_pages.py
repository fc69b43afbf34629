"""What is typed in the form of a case and cannot be saved is kept, offered again, and merged with what others saved."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from django.urls import reverse

from cases.editing.drafts import read_draft, write_draft
from cases.editing.review.steps import submit_for_review
from cases.editing.unsaved import keep_typed, others_at, unsaved_of
from cases.models import Case, UnsavedText
from tests.admin.browser import add_row, drawn_fields
from tests.builders import make_case, make_content, make_region, make_user

pytestmark = pytest.mark.django_db

TOKEN = "a-tab-of-the-editor"
MAY = ("add_case", "change_case", "view_case", "delete_case")


@pytest.fixture
def editor(client):
    editor = make_user("editor", permissions=MAY, name="李编辑")
    client.force_login(editor)
    return editor


@pytest.fixture
def colleague():
    return make_user("colleague", permissions=MAY, name="王芳")


@pytest.fixture
def case(editor):
    return make_case(make_content(title="做法", intro="导语"), by=editor)


def change(case):
    return reverse("admin:cases_case_change", args=[case.pk])


def autosave(case=None):
    return reverse("admin:cases_case_autosave", args=[case.pk]) if case else reverse("admin:cases_case_autosave_new")


def drawn(client, case, form_id="case_form"):
    return drawn_fields(client.get(change(case)), form_id) | {"token": TOKEN}


def titles(by, case):
    return [text.typed["title"] for text in unsaved_of(by, case)]


def save_meanwhile(case, by, **values):
    before = read_draft(Case.objects.get(pk=case.pk))
    values = {"title": before.title, "intro": before.intro, "initiatives": before.initiatives, **values}
    write_draft(make_content(**values), by=by, case=Case.objects.get(pk=case.pk))


# Autosave


def test_an_autosave_is_kept_and_changes_nothing(client, editor, case):
    answer = client.post(autosave(case), drawn(client, case) | {"title": "写了一半", "step": "1"})

    assert answer.json() == {"state": "kept", "others": "", "saved": ""}
    assert (titles(editor, case), Case.objects.get().title) == (["写了一半"], "做法")


def test_it_keeps_what_could_not_be_saved(client, editor, case):
    fields = drawn(client, case) | {"published_at": "前几天", "step": "1"}
    client.post(autosave(case), fields)

    assert unsaved_of(editor, case)[0].typed["published_at"] == "前几天"


def test_the_answer_tells_who_has_it_open_and_who_saved(client, editor, colleague, case):
    UnsavedText.objects.create(case=case, by=colleague, token="hers", **_now(case))
    fields = drawn(client, case)
    save_meanwhile(case, colleague, title="新题目")

    answer = client.post(autosave(case), fields | {"_open": "1"}).json()

    assert answer["others"] == "王芳 也打开着这个案例。"
    assert answer["saved"].startswith("王芳 刚保存了这个案例")


def _now(case):
    return {"opened_at": case.updated_at, "seen_at": case.updated_at}


def test_a_tab_that_was_closed_is_not_open_any_more_and_its_text_is_kept(client, editor, colleague, case):
    client.post(autosave(case), drawn(client, case) | {"token": TOKEN, "step": 1, "title": "写着", "_left": "text"})
    assert others_at(case, but=colleague) == []
    assert [text.typed["title"] for text in unsaved_of(editor, case)] == ["写着"]

    client.post(autosave(case), {"token": "another-tab", "_open": "1"})
    assert others_at(case, but=colleague) == [editor]
    client.post(autosave(case), {"token": "another-tab", "_left": "nothing"})
    assert others_at(case, but=colleague) == []


def test_the_page_says_who_has_it_open(client, editor, colleague, case):
    UnsavedText.objects.create(case=case, by=colleague, token="hers", **_now(case))

    assert "王芳 也打开着这个案例。" in client.get(change(case)).content.decode()


@pytest.mark.parametrize("fields", [{}, {"token": "x"}, {"token": "a b c d e f"}])
def test_what_is_of_no_tab_is_refused(client, editor, case, fields):
    assert client.post(autosave(case), fields).status_code == 400


def test_odd_numbers_and_characters_break_nothing(client, editor, case):
    fields = {"token": TOKEN, "step": "一", "seen_version": "9" * 30, "title": "题\x00目"}

    assert client.post(autosave(case), fields | {"step": "3"}).json()["state"] == "kept"
    assert titles(editor, case) == ["题目"]


def test_who_may_not_write_cases_keeps_nothing(client, case):
    client.force_login(make_user("reader", permissions=("view_case",)))

    assert client.post(autosave(case), {"token": TOKEN}).status_code == 403


def test_a_case_out_of_sight_is_not_told_of(client, editor, colleague, case):
    make_region("410200")
    UnsavedText.objects.create(case=case, by=colleague, token="hers", **_now(case))
    elsewhere = make_user("elsewhere", permissions=MAY)
    elsewhere.regions.add(make_region("410200"))
    client.force_login(elsewhere)

    answer = client.post(autosave(case), {"token": "her-own-tab", "title": "甲", "step": "1"}).json()

    assert answer == {"state": "kept", "others": "", "saved": ""}
    assert titles(elsewhere, None) == ["甲"]


# On return


def test_what_was_typed_is_offered_drawn_again_and_done_with_once_saved(client, editor, case):
    client.post(autosave(case), drawn(client, case) | {"title": "写了一半", "step": "4"})

    page = client.get(change(case))
    assert [offered.differences[0].place for offered in page.context["unsaved"]] == ["标题"]
    restored = client.get(change(case), {"recover": TOKEN})
    fields = drawn_fields(restored)
    assert (fields["title"], fields["token"] == TOKEN) == ("写了一半", False)
    outside = drawn_fields(restored, None)
    client.post(change(case), fields | {name: outside[name] for name in ("step", "drawn_from")} | {"_continue": "1"})

    assert Case.objects.get().title == "写了一半"
    assert list(client.get(change(case)).context["unsaved"]) == []


def test_what_says_the_same_as_the_draft_is_not_offered(client, editor, case):
    client.post(autosave(case), drawn(client, case) | {"step": "1"})

    assert client.get(change(case)).context["unsaved"] == []


def test_what_is_thrown_away_is_gone(client, editor, case):
    client.post(autosave(case), drawn(client, case) | {"title": "不要了", "step": "1"})

    assert client.post(autosave(case), {"_discard": TOKEN}).url == change(case)
    assert client.get(change(case)).context["unsaved"] == []


def test_nobody_is_offered_what_another_typed(client, editor, colleague, case):
    client.post(autosave(case), drawn(client, case) | {"title": "我的", "step": "1"})
    client.force_login(colleague)

    assert client.get(change(case)).context["unsaved"] == []
    assert drawn_fields(client.get(change(case), {"recover": TOKEN}))["title"] == "做法"


def test_a_new_case_is_offered_on_the_page_of_a_new_one(client, editor):
    client.post(autosave(), {"token": TOKEN, "title": "新案例", "step": "1"})

    page = client.get(reverse("admin:cases_case_add"))
    assert [offered.title for offered in page.context["unsaved"]] == ["新案例"]
    restored = drawn_fields(client.get(reverse("admin:cases_case_add"), {"recover": TOKEN}))
    assert restored["title"] == "新案例"


def test_the_copy_a_browser_kept_is_drawn_and_nothing_is_written(client, editor, case):
    fields = drawn(client, case) | {"title": "浏览器里的", "_recover": "1"}
    add_row(fields, "initiatives", heading="新举措")

    page = client.post(change(case), fields)

    restored = drawn_fields(page)
    assert (restored["title"], "新举措" in restored.values(), restored["token"] == TOKEN) == ("浏览器里的", True, False)
    assert Case.objects.get().title == "做法"


def test_a_browser_is_told_what_arrived(client, editor, case):
    client.post(autosave(case), drawn(client, case) | {"step": "7"})

    assert client.get(autosave(case), {"token": [TOKEN, "unknown-tab"]}).json() == {
        "steps": {TOKEN: 7},
        "unsaved": [TOKEN],
    }


# What cannot be saved


def test_a_text_for_a_case_submitted_meanwhile_is_kept_till_it_comes_back(client, editor, colleague, case):
    fields = drawn(client, case) | {"title": "还在改", "_save": "1"}
    submit_for_review(Case.objects.get(), by=colleague)

    page = client.post(change(case), fields, follow=True)

    assert [offered.title for offered in page.context["unsaved"]] == ["还在改"]
    assert "用这些文字新建案例" in page.content.decode()
    assert Case.objects.get().title == "做法"


def test_a_text_for_a_case_deleted_meanwhile_becomes_that_of_a_new_one(client, editor, case):
    address = change(case)
    fields = drawn(client, case) | {"title": "还在改", "_save": "1"}
    case.delete()

    page = client.post(address, fields, follow=True)

    assert [offered.title for offered in page.context["unsaved"]] == ["还在改"]


def test_a_region_out_of_reach_is_told_and_the_form_comes_back(client, editor, case):
    editor.regions.add(make_region("411100"))
    make_region("410200")

    page = client.post(change(case), drawn(client, case) | {"title": "还在改", "region": "410200"})

    assert drawn_fields(page)["title"] == "还在改"
    assert "不在您负责的范围之内" in page.content.decode()


# Two people


def test_changes_in_different_places_are_put_together_and_shown_before_they_are_saved(client, editor, colleague, case):
    fields = drawn(client, case) | {"title": "我的题目"}
    save_meanwhile(case, colleague, intro="她的导语")

    page = client.post(change(case), fields | {"_save": "1"})
    assert (page.status_code, page.context["questions"]) == (409, [])
    assert [difference.place for difference in page.context["taken"]][:1] == ["导语"]
    client.post(change(case), drawn_fields(page, "conflict_form") | {"_continue": "1"})

    content = read_draft(Case.objects.get())
    assert (content.title, content.intro) == ("我的题目", "她的导语")
    assert unsaved_of(editor, case) == []


@pytest.mark.parametrize(
    ("take", "intro"), [("mine", "我的导语"), ("theirs", "她的导语"), ("both", "我的导语\n她的导语"), ("x", "我的导语")]
)
def test_a_field_both_changed_is_as_it_is_chosen(client, editor, colleague, case, take, intro):
    fields = drawn(client, case) | {"intro": "我的导语"}
    save_meanwhile(case, colleague, intro="她的导语")

    page = client.post(change(case), fields)
    assert [question.place for question in page.context["questions"]] == ["导语"]
    answer = drawn_fields(page, "conflict_form")
    client.post(change(case), answer | {"_take.intro": take, "_continue": "1"})

    assert read_draft(Case.objects.get()).intro == intro


@pytest.mark.parametrize(("answer", "left"), [("keep", 1), ("drop", 0)])
def test_a_row_one_deleted_and_the_other_changed_is_asked_for(client, editor, colleague, case, answer, left):
    fields = drawn(client, case) | {"initiatives.0.dropped": "on"}
    (initiative,) = read_draft(case).initiatives
    changed = type(initiative)(initiative.heading, "她写了新的正文。", initiative.measures, initiative.metrics)
    save_meanwhile(case, colleague, initiatives=(changed,))

    page = client.post(change(case), fields)
    assert [question.chosen for question in page.context["questions"]] == ["keep"]
    client.post(change(case), drawn_fields(page, "conflict_form") | {"_take.initiatives[0]": answer})

    assert len(read_draft(Case.objects.get()).initiatives) == left


def test_my_text_is_kept_before_the_page_is_shown(client, editor, colleague, case):
    fields = drawn(client, case) | {"title": "我的题目"}
    save_meanwhile(case, colleague, title="她的题目")

    client.post(change(case), fields)

    assert titles(editor, case) == ["我的题目"]
    assert [offered.title for offered in client.get(change(case)).context["unsaved"]] == ["我的题目"]


def test_a_third_who_saves_in_between_is_met_the_same_way(client, editor, colleague, case):
    fields = drawn(client, case) | {"title": "我的题目"}
    save_meanwhile(case, colleague, intro="她的导语")
    page = client.post(change(case), fields)
    save_meanwhile(case, make_user("third"), title="第三人的题目")

    again = client.post(change(case), drawn_fields(page, "conflict_form"))

    assert (again.status_code, [question.place for question in again.context["questions"]]) == (409, ["标题"])
    assert again.context["questions"][0].theirs == "第三人的题目"


def test_who_changed_nothing_is_shown_what_the_other_saved(client, editor, colleague, case):
    fields = drawn(client, case)
    save_meanwhile(case, colleague, title="她的题目")

    page = client.post(change(case), fields, follow=True)

    assert drawn_fields(page)["title"] == "她的题目"
    assert (unsaved_of(editor, case), Case.objects.get().title) == ([], "她的题目")


def test_the_merged_text_can_be_worked_on_before_it_is_saved(client, editor, colleague, case):
    fields = drawn(client, case) | {"title": "我的题目"}
    save_meanwhile(case, colleague, intro="她的导语")
    page = client.post(change(case), fields)

    form = client.post(change(case), drawn_fields(page, "conflict_form") | {"_merge": "1"})

    drawn_again = drawn_fields(form)
    assert (drawn_again["title"], drawn_again["intro"]) == ("我的题目", "她的导语")
    assert client.post(change(case), drawn_again | {"_continue": "1"}).status_code == 302
    assert read_draft(Case.objects.get()).title == "我的题目"


def test_a_form_without_a_version_is_never_saved_over_the_draft(client, editor, case):
    fields = drawn(client, case) | {"title": "我的题目", "token": ""}
    del fields["seen_version"]

    assert client.post(change(case), fields).status_code == 409
    assert Case.objects.get().title == "做法"


def test_the_button_of_a_new_case_pressed_twice_makes_one(client, editor):
    fields = {"token": TOKEN, "title": "新案例", "origin": "original", "_continue": "1"}

    first, second = (client.post(reverse("admin:cases_case_add"), fields) for _ in range(2))

    assert (first.url, Case.objects.count()) == (second.url, 1)


@pytest.mark.parametrize(
    "answers",
    [
        {"_take.": "drop"},
        {"_take.initiatives[0]": "drop", "_take.initiatives.0": "drop", "_take.initiatives[00]": "drop"},
        {f"_take.initiatives[{'9' * 5000}]": "drop"},
        {"_take.title.x": "theirs", "_take.initiatives": "drop", "_take.themes": "theirs"},
    ],
)
def test_answers_to_what_nobody_asked_break_nothing(client, editor, case, answers):
    sent = urlencode(drawn(client, case) | answers, doseq=True)
    assert client.post(change(case), sent, content_type="application/x-www-form-urlencoded").status_code == 302

    assert read_draft(Case.objects.get()).title == "做法"


def test_the_token_of_somebody_else_loses_nobody_a_text(client, editor, colleague, case):
    keep_typed(by=colleague, case=case, token="a-tab-of-hers", step=1, typed={"title": "她的题目"})
    fields = drawn(client, case) | {"token": "a-tab-of-hers", "title": "我的题目"}
    save_meanwhile(case, colleague, intro="她的导语", title="她改的题目")

    page = client.post(change(case), fields)

    assert page.status_code == 409
    assert (titles(editor, case), titles(colleague, case)) == (["我的题目"], ["她的题目"])


@pytest.mark.parametrize(
    "typed",
    [
        [],
        "做法",
        {"title": 1, "themes": "abc", "initiatives": "abc", "metrics": None},
        {"region": ["x"], "initiatives": [1, None, {"heading": {}, "measures": [[]], "metrics": "x"}]},
        {"themes": [1], "pictures": [{"file": 5, "is_cover": True}], "new": {"of": "later"}},
    ],
)
def test_a_text_kept_in_another_shape_is_offered_as_far_as_it_can_be_read(client, editor, case, typed):
    keep_typed(by=editor, case=case, token=TOKEN, step=1, typed=typed)
    pages = [change(case), f"{change(case)}?recover={TOKEN}"]
    pages += [reverse(f"admin:cases_case_{name}", args=[TOKEN]) for name in ("preview_typed", "preview_typed_page")]

    assert [client.get(page).status_code for page in pages] == [200] * 4


def test_a_field_that_a_kept_text_does_not_have_is_as_the_draft_has_it(client, editor, case):
    keep_typed(by=editor, case=case, token=TOKEN, step=1, typed={"title": "打了一半"})

    fields = drawn_fields(client.get(f"{change(case)}?recover={TOKEN}"))

    assert (fields["title"], fields["intro"]) == ("打了一半", "导语")


@pytest.mark.parametrize("token", ["\x00", "x", "x" * 99, "一个标签页的名字"])
def test_what_is_no_token_is_looked_for_nowhere(client, editor, case, token):
    asked = [(change(case), {"recover": token}), (autosave(case), {"token": token})]

    assert [client.get(*one).status_code for one in asked] == [200, 200]
    assert client.post(autosave(case), {"_discard": token}).status_code == 400
