"""Typed and not saved: kept for each tab, whatever comes late, and whichever tab is in use."""

from __future__ import annotations

import datetime

import pytest
from django.core.management import call_command
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from cases.content import PictureContent
from cases.editing.drafts import write_draft
from cases.editing.pictures import named_files
from cases.editing.unsaved import (
    AWAY,
    KEPT,
    LATE,
    OTHER_TAB,
    Kept,
    discard,
    hold,
    keep_typed,
    others_at,
    prune_unsaved,
    steps_of,
    unsaved_of,
)
from cases.models import Case, UnsavedText
from tests.builders import make_case, make_content, make_user

pytestmark = pytest.mark.django_db

ONE, TWO = "the-first-tab", "the-second-tab"


@pytest.fixture
def editor():
    return make_user("editor")


@pytest.fixture
def case(editor):
    return make_case(by=editor)


def typed(title):
    return {"title": title}


def keep(case, title, step, *, by, token=ONE, **options):
    return keep_typed(by=by, case=case, token=token, step=step, typed=title and typed(title), **options).state


def titles(by, case):
    return [text.typed["title"] for text in unsaved_of(by, case)]


def leave(token):
    """The tab is closed, or its machine asleep."""
    UnsavedText.objects.filter(token=token).update(seen_at=timezone.now() - AWAY)


def test_a_tab_has_one_working_copy_written_over(editor, case):
    assert [keep(case, title, step, by=editor) for step, title in enumerate(("一", "二", "三"), start=1)] == [KEPT] * 3
    assert (titles(editor, case), UnsavedText.objects.count()) == (["三"], 1)


def test_unsaved_text_never_touches_the_case(editor, case):
    keep(case, "写了一半", 1, by=editor)

    assert (Case.objects.get().title, Case.objects.get().version) == (case.title, 0)


def test_what_comes_late_is_not_kept_over_what_is_newer(editor, case):
    keep(case, "新的", 2, by=editor)

    assert (keep(case, "旧的", 1, by=editor), titles(editor, case)) == (LATE, ["新的"])


def test_to_have_it_open_is_no_text(editor, case):
    assert keep(case, None, 0, by=editor) == KEPT
    assert titles(editor, case) == []


def test_others_see_who_has_it_open_for_a_minute(editor, case):
    colleague = make_user("colleague", name="王芳")
    keep(case, None, 0, by=colleague, token=TWO)

    assert keep_typed(by=editor, case=case, token=ONE) == Kept(KEPT, ("王芳",), 0, "editor")
    leave(TWO)
    assert others_at(case, but=editor) == []


def test_the_answer_tells_who_saved_meanwhile(editor, case):
    write_draft(make_content(), by=make_user("colleague", name="王芳"), case=case)

    kept = keep_typed(by=editor, case=case, token=ONE)

    assert (kept.version, kept.saved_by) == (1, "王芳")


def test_a_second_tab_is_told_while_the_first_is_in_use(editor, case):
    keep(case, "第一页", 1, by=editor)

    assert keep(case, "第二页", 1, by=editor, token=TWO) == OTHER_TAB
    assert titles(editor, case) == ["第一页"]


def test_a_tab_that_takes_over_sets_the_others_text_aside(editor, case):
    keep(case, "第一页", 1, by=editor)

    assert keep(case, "第二页", 1, by=editor, token=TWO, takes_over=True) == KEPT
    assert titles(editor, case) == ["第二页", "第一页"]
    assert keep(case, "第一页又写", 2, by=editor) == OTHER_TAB
    assert keep(case, "第一页又写", 2, by=editor, takes_over=True) == KEPT
    assert titles(editor, case) == ["第一页又写", "第二页"]


def test_a_tab_nobody_uses_any_more_is_set_aside_by_itself(editor, case):
    keep(case, "第一页", 1, by=editor)
    leave(ONE)

    assert keep(case, "第二页", 1, by=editor, token=TWO) == KEPT
    assert titles(editor, case) == ["第二页", "第一页"]


def test_a_tab_in_which_nothing_was_typed_is_in_nobodys_way(editor, case):
    keep(case, None, 0, by=editor)

    assert keep(case, "第二页", 1, by=editor, token=TWO) == KEPT
    assert keep(case, None, 0, by=editor) == OTHER_TAB


def test_new_cases_are_kept_each_for_itself(editor):
    keep(None, "甲", 1, by=editor)
    keep(None, "乙", 1, by=editor, token=TWO)

    assert titles(editor, None) == ["乙", "甲"]


def test_what_is_thrown_away_does_not_come_back_with_a_late_autosave(editor, case):
    keep(case, "不要了", 3, by=editor)
    discard(editor, ONE)

    assert (keep(case, "不要了", 3, by=editor), titles(editor, case)) == (LATE, [])
    assert (keep(case, "又写了", 4, by=editor), titles(editor, case)) == (KEPT, ["又写了"])


def test_a_text_drawn_again_in_another_tab_is_kept_once(editor, case):
    keep(case, "写了一半", 3, by=editor)

    assert keep(case, "接着写", 1, by=editor, token=TWO, instead_of=(ONE, 3)) == KEPT
    assert titles(editor, case) == ["接着写"]


def test_a_text_that_went_on_growing_is_not_done_with(editor, case):
    keep(case, "写了一半", 3, by=editor)
    keep(case, "在那一页又写", 4, by=editor)
    keep(case, "接着写", 1, by=editor, token=TWO, instead_of=(ONE, 3), takes_over=True)

    assert titles(editor, case) == ["接着写", "在那一页又写"]


def test_a_text_that_could_not_be_saved_is_held_as_the_latest(editor, case):
    keep(case, "上一稿", 5, by=editor)
    hold(by=editor, case=case, token=ONE, base_version=0, step=0, typed=typed("存不下的"))

    assert (titles(editor, case), keep(case, "上一稿", 5, by=editor)) == (["存不下的"], LATE)


def test_nobody_reaches_the_unsaved_text_of_somebody_else(editor, case):
    colleague = make_user("colleague")
    keep(case, "我的", 1, by=editor)

    assert keep(case, "别人的", 2, by=colleague) == LATE
    discard(colleague, ONE)
    assert (titles(editor, case), titles(colleague, case), steps_of(colleague, [ONE])) == (["我的"], [], {})


def test_a_browser_is_told_up_to_where_its_text_arrived(editor, case):
    keep(case, "甲", 7, by=editor)

    assert steps_of(editor, [ONE, TWO]) == {ONE: 7}


def test_text_outlives_the_case_it_was_typed_in(editor, case):
    keep(case, "还在写", 1, by=editor)
    case.delete()

    assert (titles(editor, None), keep(None, "还在写呢", 2, by=editor)) == (["还在写"], KEPT)


def test_what_nobody_came_back_to_for_a_month_goes(editor, case):
    keep(case, "很久以前", 1, by=editor)
    keep(None, "刚才", 1, by=editor, token=TWO)
    UnsavedText.objects.filter(token=ONE).update(seen_at=timezone.now() - datetime.timedelta(days=31))

    call_command("do_due")

    assert (prune_unsaved(), titles(editor, case), titles(editor, None)) == (0, [], ["刚才"])


def test_a_text_in_the_tab_of_somebody_else_is_held_in_one_of_its_own(editor, case):
    other = make_user("other")
    keep_typed(by=other, case=None, token=ONE, step=1, typed={"title": "别人的"})

    held = hold(by=editor, case=case, token=ONE, base_version=0, step=1, typed={"title": "我的"})

    assert (held.by, titles(editor, case)) == (editor, ["我的"])
    assert (held.token != ONE, titles(other, None)) == (True, ["别人的"])


def test_pictures_of_unsaved_and_of_replaced_text_are_still_needed(editor):
    case = make_case(make_content(pictures=(PictureContent(file=f"{'a' * 64}.jpg"),)), by=editor)
    write_draft(make_content(), by=editor, case=case)
    keep_typed(by=editor, case=case, token=ONE, step=1, typed={"pictures": [{"file": f"{'b' * 64}.png"}]})
    keep_typed(by=editor, case=None, token=TWO)

    assert named_files() == {f"{'a' * 64}.jpg", f"{'b' * 64}.png"}


_events = st.lists(
    st.tuples(st.sampled_from([ONE, TWO]), st.sampled_from(["type", "late", "beat", "leave", "take"])), max_size=12
)


class WhateverHappens(TestCase):
    @settings(deadline=None)  # writes to a database
    @given(events=_events)
    def test_the_last_text_of_each_tab_is_on_the_server_or_its_tab_was_told(self, events):
        editor = make_user("editor")
        case = make_case(by=editor)
        steps, last, told = {ONE: 0, TWO: 0}, {}, {}
        for token, event in events:
            if event in ("type", "take"):
                steps[token] += 1
                last[token] = f"{token} {steps[token]}"
                told[token] = keep(case, last[token], steps[token], by=editor, token=token, takes_over=event == "take")
            elif event == "late" and steps[token] > 1:
                keep(case, f"{token} {steps[token] - 1}", steps[token] - 1, by=editor, token=token)
            elif event == "beat":
                keep(case, None, steps[token], by=editor, token=token)
            elif event == "leave":
                leave(token)

        kept = titles(editor, case)
        assert {text for token, text in last.items() if told[token] == KEPT} <= set(kept)
        assert set(told.values()) <= {KEPT, OTHER_TAB}
