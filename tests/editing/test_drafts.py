import dataclasses

import pytest

from cases.content import ContentError, PictureContent
from cases.editing.drafts import Conflict, claim, freeze, read_draft, settle, write_draft
from cases.models import Case, Initiative
from tests.builders import make_case, make_content, make_department, make_metric, make_region, make_theme, make_user

pytestmark = pytest.mark.django_db


def full_content():
    make_region("411100")
    make_department("transport")
    make_theme("logistics-transport")
    make_theme("party-building", "党建引领")
    base = make_content(
        region="411100",
        department="transport",
        themes=("logistics-transport", "party-building"),
        tags=("治超", "AI 审批"),
        intro="第一段。\n第二段，建成18个站。",
        metrics=(make_metric(value="18", unit="个", quote="建成18个站"), make_metric(value="0.5", from_value="3")),
        policies=("《方案》",),
        honours=("示范城市",),
        pictures=(PictureContent(file="a" * 64 + ".webp", name="现场.jpg", alt="窗口", is_cover=True),),
    )
    return dataclasses.replace(base, initiatives=base.initiatives * 3)


def test_reading_a_draft_gives_what_was_written():
    content = full_content()

    case = write_draft(content, by=make_user())

    assert read_draft(Case.objects.get(pk=case.pk)) == content


def test_writing_over_a_draft_leaves_nothing_of_the_old_one():
    case = make_case(full_content())
    shorter = make_content(tags=("新",))

    write_draft(shorter, by=make_user(), case=Case.objects.get(pk=case.pk))

    assert read_draft(Case.objects.get(pk=case.pk)) == shorter


@pytest.mark.parametrize(("field", "value"), [("region", "999999"), ("department", "nobody"), ("themes", ("nothing",))])
def test_a_word_that_is_not_in_the_vocabulary_is_refused_and_nothing_is_written(field, value):
    with pytest.raises(ContentError) as caught:
        write_draft(make_content(**{field: value}), by=make_user())

    assert (caught.value.place, Case.objects.count()) == (field, 0)


def test_of_two_savers_of_the_same_version_the_second_is_told():
    case = make_case()
    mine, theirs = Case.objects.get(pk=case.pk), Case.objects.get(pk=case.pk)
    theirs_content = make_content(title="他人的")
    write_draft(theirs_content, by=make_user(), case=theirs)

    with pytest.raises(Conflict):
        write_draft(make_content(title="我的"), by=make_user(), case=mine)

    assert read_draft(Case.objects.get(pk=case.pk)) == theirs_content


def test_settling_numbers_siblings_from_zero_in_their_order():
    case = make_case(full_content())
    first, second, third = case.initiatives.all()
    for initiative, order in ((first, 7), (second, 3), (third, 7)):
        Initiative.objects.filter(pk=initiative.pk).update(order=order)

    claim(case, version=case.version)
    settle(case, by=make_user())

    assert list(case.initiatives.values_list("pk", "order")) == [(second.pk, 0), (first.pk, 1), (third.pk, 2)]


def test_revisions_are_numbered_within_their_case():
    editor = make_user()
    case, other = make_case(), make_case()
    freeze(other, by=editor)

    numbers = [freeze(case, by=editor).number for _ in range(3)]

    assert numbers == [1, 2, 3]


def test_a_revision_has_the_digest_of_the_case_until_the_case_changes():
    editor = make_user()
    case = make_case()
    revision = freeze(case, by=editor)
    same_before = revision.digest == case.digest

    write_draft(make_content(), by=editor, case=case)

    assert (same_before, revision.digest == case.digest) == (True, False)


@pytest.mark.parametrize("count", [1, 3])
def test_reading_a_draft_takes_seven_queries_however_long_it_is(count, django_assert_num_queries):
    content = full_content()
    case = make_case(dataclasses.replace(content, initiatives=content.initiatives[:count]))

    with django_assert_num_queries(6):
        read_draft(case)
