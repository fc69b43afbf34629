"""The versions of a case, and taking an old one up again."""

import pytest

from cases.editing.drafts import Conflict, freeze, read_draft, write_draft
from cases.editing.permissions import NotAllowed
from cases.editing.review import steps
from cases.editing.versions import (
    DRAFT,
    LIVE,
    NoSuchVersion,
    content_of,
    live_revision,
    restore_revision,
    revisions_of,
    version_to_compare_with,
)
from cases.models import Case, PublishedCase, Review
from cases.publishing import release
from tests.builders import make_case, make_content, make_region, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    return make_user(permissions=("add_case", "change_case", "view_case"))


@pytest.fixture
def case(editor):
    """Public as 一稿, with the draft 二稿."""
    case = make_case(title="一稿", by=editor)
    release.publish(freeze(case, by=editor), by=editor)
    write_draft(make_content(title="二稿"), by=editor, case=case)
    return Case.objects.get(pk=case.pk)


def test_a_case_is_known_as_draft_as_readers_see_it_and_by_revision(case):
    titles = [content_of(case, version).title for version in (DRAFT, LIVE, "1")]

    assert titles == ["二稿", "一稿", "一稿"]


@pytest.mark.parametrize("name", ["", "2", "0", "-1", "x", "1e3", "99999999999999999999", "²"])
def test_what_is_no_version_is_told(case, name):
    with pytest.raises(NoSuchVersion):
        content_of(case, name)


def test_a_case_taken_down_has_no_live_version(case, editor):
    release.withdraw(case, by=editor, reason="过时")

    assert live_revision(case) is None
    with pytest.raises(NoSuchVersion):
        content_of(case, LIVE)


def test_a_draft_is_compared_with_what_readers_see_else_with_what_last_differed(case, editor):
    assert version_to_compare_with(case, revisions_of(case), live_revision(case)) == LIVE
    assert version_to_compare_with(case, revisions_of(case), None) == "1"
    freeze(case, by=editor)
    assert version_to_compare_with(case, revisions_of(case), None) == "1"
    assert version_to_compare_with(case, [], None) == ""


def test_an_old_version_becomes_the_draft_and_the_replaced_draft_stays(case, editor):
    restore_revision(case.revisions.get(), by=editor, version=case.version)

    case = Case.objects.get(pk=case.pk)
    assert read_draft(case).title == "一稿"
    kept = case.revisions.get(number=2)
    assert (kept.content["title"], kept.occasion) == ("二稿", "overwritten")
    review = Review.objects.get()
    assert (review.step, review.revision.number, review.by) == ("restored", 1, editor)
    assert list(case.writers.all()) == [editor]
    assert PublishedCase.objects.get().title == "一稿"

    restore_revision(kept, by=editor, version=case.version)
    assert read_draft(Case.objects.get(pk=case.pk)).title == "二稿"
    assert case.revisions.count() == 2  # both are held already


def test_the_replaced_draft_is_no_public_version(case, editor):
    restore_revision(case.revisions.get(), by=editor, version=case.version)

    assert live_revision(case).number == 1
    assert list(PublishedCase.objects.get().versions.values_list("number", flat=True)) == [1]


def test_what_somebody_saved_meanwhile_is_not_written_over(case, editor):
    with pytest.raises(Conflict):
        restore_revision(case.revisions.get(), by=editor, version=case.version - 1)

    assert read_draft(Case.objects.get(pk=case.pk)).title == "二稿"
    assert case.revisions.count() == 1
    assert not Review.objects.exists()


def test_a_case_under_review_is_not_written_over(case, editor):
    steps.submit_for_review(case, by=editor)

    with pytest.raises(NotAllowed, match="不能做这一步"):
        restore_revision(case.revisions.get(number=1), by=editor, version=case.version)

    assert read_draft(Case.objects.get(pk=case.pk)).title == "二稿"


def test_only_who_may_change_the_case_restores_it(case):
    reader = make_user("reader", permissions=("view_case",))

    with pytest.raises(NotAllowed, match="权限"):
        restore_revision(case.revisions.get(), by=reader, version=case.version)


def test_a_version_of_another_region_is_not_taken_up_by_who_would_lose_sight_of_it(editor):
    case = make_case(region=make_region("330100"), by=make_user("other"))
    revision = freeze(case, by=make_user("other"))
    write_draft(make_content(region=make_region("411100").pk), by=make_user("other"), case=case)
    editor.regions.add(make_region("411100"))
    case.refresh_from_db()

    with pytest.raises(NotAllowed):
        restore_revision(revision, by=editor, version=case.version)

    assert Case.objects.get(pk=case.pk).region_id == "411100"


def test_the_same_text_is_not_restored(case, editor):
    revision = freeze(case, by=editor)

    with pytest.raises(NotAllowed, match="就是这一版"):
        restore_revision(revision, by=editor, version=case.version)


def test_who_froze_a_version_does_not_review_it_when_it_is_taken_up_again(case, editor):
    case.writers.clear()  # as after an approved publication
    colleague = make_user("colleague", permissions=("add_case", "change_case", "view_case"))

    restore_revision(case.revisions.get(), by=colleague, version=case.version)

    assert set(case.writers.all()) == {editor, colleague}
