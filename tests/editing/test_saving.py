"""Saving what a person typed: nobody's text is written over unseen, and a tab knows what it saved."""

from __future__ import annotations

import pytest
from django.db.models import F

from cases.content import ContentError
from cases.editing.drafts import KEPT_SAVES, Conflict, content_at, read_draft, write_draft
from cases.editing.permissions import NotAllowed
from cases.editing.review.steps import return_case, submit_for_review
from cases.editing.saving import Saved, save_content
from cases.editing.unsaved import KEPT, LATE, keep_typed, unsaved_of
from cases.models import Case, DraftSave, UnsavedText
from tests.builders import make_case, make_content, make_region, make_user

pytestmark = pytest.mark.django_db

TOKEN = "a-tab-of-hers"


@pytest.fixture
def editor():
    return make_user("editor", permissions=("add_case", "change_case"))


@pytest.fixture
def colleague():
    return make_user("colleague", permissions=("change_case", "first_review"))


def save(case, content, by, *, version=None, **options):
    return save_content(content, by=by, case=case, version=case.version if version is None else version, **options)


def test_what_is_saved_is_what_was_typed_and_who_wrote_it_is_known(editor, colleague):
    case = make_case(by=editor)
    content = make_content(title="新写的")

    saved = save(case, content, colleague)

    assert (saved.changed, saved.case.version, saved.case.updated_by) == (True, 1, colleague)
    assert read_draft(Case.objects.get()) == content
    assert colleague in saved.case.writers.all()


def test_a_new_case_needs_no_version(editor):
    content = make_content()

    saved = save_content(content, by=editor, case=None, version=None)

    assert (saved.changed, read_draft(saved.case)) == (True, content)


def test_saving_what_it_says_already_writes_nothing(editor):
    case = make_case(content := make_content(), by=editor)

    assert save(case, content, editor) == Saved(case, changed=False)
    assert (Case.objects.get().version, DraftSave.objects.count()) == (0, 0)


def test_a_save_of_what_somebody_changed_meanwhile_is_refused_whole(editor, colleague):
    case = make_case(by=editor)
    theirs = make_content(title="同事的")
    save(case, theirs, colleague)

    for version in (0, None, 7):
        with pytest.raises(Conflict):
            save_content(make_content(title="我的"), by=editor, case=case, version=version)

    assert read_draft(Case.objects.get()) == theirs


def test_typing_what_the_other_typed_too_is_no_conflict(editor, colleague):
    case = make_case(by=editor)
    save(case, theirs := make_content(title="一样的"), colleague)

    assert save(case, theirs, editor, version=0).changed is False


def test_a_text_under_review_stands_still(editor, colleague):
    case = make_case(content := make_content(), by=editor)
    submit_for_review(case, by=editor)

    with pytest.raises(NotAllowed):
        save(Case.objects.get(), make_content(title="偷偷改的"), colleague)

    assert read_draft(Case.objects.get()) == content


def test_who_may_not_write_saves_nothing(editor):
    reader = make_user("reader")

    with pytest.raises(NotAllowed):
        save_content(make_content(), by=reader, case=None, version=None)
    with pytest.raises(NotAllowed):
        save(make_case(by=editor), make_content(), reader)


def test_nobody_files_a_case_where_they_do_not_see_it(editor):
    editor.regions.add(make_region("411100"))
    make_region("410200")
    case = make_case(by=editor, region=make_region("411100"))

    with pytest.raises(NotAllowed):
        save(case, make_content(region="410200"), make_user("editor"))

    assert Case.objects.get().region_id == "411100"


def test_an_unknown_word_is_refused_and_nothing_is_half_written(editor):
    case = make_case(content := make_content(), by=editor)

    with pytest.raises(ContentError):
        save(case, make_content(department="nowhere"), editor)

    assert (read_draft(Case.objects.get()), Case.objects.get().version) == (content, 0)


# What two started from


def test_the_content_of_each_version_is_known_steps_of_review_between(editor, colleague):
    contents = [make_content(title=title) for title in ("甲", "乙", "丙")]
    case = make_case(contents[0], by=editor)
    save(case, contents[1], editor)  # version 1
    case.refresh_from_db()
    submit_for_review(case, by=editor)
    return_case(case, by=colleague, opinion="请改")  # version 3
    save(case, contents[2], colleague)

    assert [content_at(case, version) for version in range(6)] == [
        *contents[:1],
        *[contents[1]] * 3,
        contents[2],
        contents[2],
    ]


def test_writers_other_than_the_form_keep_what_they_replace_too(editor):
    case = make_case(content := make_content(), by=editor)
    write_draft(make_content(title="导入的"), by=editor, case=Case.objects.get())

    assert content_at(case, 0) == content


def test_the_last_ten_are_kept_and_older_ones_are_not_guessed(editor):
    case = make_case(make_content(title="第0版"), by=editor)
    for version in range(KEPT_SAVES + 2):
        save(case, make_content(title=f"第{version + 1}版"), editor, version=version)

    assert DraftSave.objects.count() == KEPT_SAVES
    assert (content_at(case, 1), content_at(case, 2).title) == (None, "第2版")


def test_a_version_raised_before_anything_was_kept_is_not_guessed(editor):
    case = make_case(by=editor)
    Case.objects.update(version=F("version") + 1)

    assert content_at(case, 0) is None


# Tabs


def test_saving_closes_the_unsaved_text_of_the_tab_and_no_other(editor):
    case = make_case(by=editor)
    other = make_case(by=editor)
    for place, token in ((case, TOKEN), (other, "another-tab")):
        keep_typed(by=editor, case=place, token=token, step=1, typed={"title": "写了一半"})

    save(case, make_content(), editor, token=TOKEN, step=2)

    assert (unsaved_of(editor, case), len(unsaved_of(editor, other))) == ([], 1)


def test_an_autosave_that_comes_after_the_save_writes_nothing(editor):
    case = make_case(by=editor)
    save(case, make_content(), editor, token=TOKEN, step=5)

    assert keep_typed(by=editor, case=case, token=TOKEN, step=4, typed={"title": "旧的"}).state == LATE
    assert unsaved_of(editor, case) == []


def test_what_was_typed_after_the_button_was_pressed_is_unsaved_text_again(editor):
    case = make_case(by=editor)
    save(case, make_content(), editor, token=TOKEN, step=5)

    assert keep_typed(by=editor, case=case, token=TOKEN, step=6, typed={"title": "又写了"}).state == KEPT
    assert [(text.typed, text.base_version) for text in unsaved_of(editor, case)] == [({"title": "又写了"}, 1)]


def test_a_save_that_is_refused_leaves_the_unsaved_text_as_it_is(editor, colleague):
    case = make_case(by=editor)
    keep_typed(by=editor, case=case, token=TOKEN, step=1, typed={"title": "我的"})
    save(case, make_content(), colleague)

    with pytest.raises(Conflict):
        save(case, make_content(title="我的"), editor, version=0, token=TOKEN, step=2)

    assert [text.typed for text in unsaved_of(editor, case)] == [{"title": "我的"}]


def test_a_button_pressed_twice_makes_one_case(editor):
    content = make_content()
    first, second = (save_content(content, by=editor, case=None, version=None, token=TOKEN) for _ in range(2))

    assert (first.case, first.changed, second.changed) == (second.case, True, False)
    assert Case.objects.count() == 1


@pytest.mark.parametrize("is_new", [True, False])
def test_an_answer_lost_on_its_way_is_no_conflict_with_oneself(editor, is_new):
    case, version = (None, None) if is_new else (make_case(by=editor), 0)
    first = save_content(make_content(), by=editor, case=case, version=version, token=TOKEN, step=1)

    content = make_content(title="接着写的")
    again = save_content(content, by=editor, case=case, version=version, token=TOKEN, step=2)

    assert (again.case, again.changed, read_draft(Case.objects.get())) == (first.case, True, content)


def test_somebody_elses_save_after_ones_own_is_a_conflict_still(editor, colleague):
    case = make_case(by=editor)
    save(case, make_content(), editor, token=TOKEN)
    save(case, make_content(), colleague, version=1)

    with pytest.raises(Conflict):
        save(case, make_content(), editor, version=0, token=TOKEN)


def test_the_token_of_somebody_else_gives_nothing(editor, colleague):
    case = make_case(by=editor)
    keep_typed(by=editor, case=case, token=TOKEN, step=1, typed={"title": "我的"})

    save(case, make_content(), colleague, token=TOKEN, step=9)

    assert [(text.by, text.typed) for text in UnsavedText.objects.all()] == [(editor, {"title": "我的"})]
