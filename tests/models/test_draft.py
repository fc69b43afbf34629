import pytest

from cases.editing.drafts import settle
from cases.editing.workflow import withdraw_case
from cases.models import Case
from tests.builders import make_case, make_published_case, make_publisher

pytestmark = pytest.mark.django_db


def states():
    return list(Case.objects.with_public_state().order_by("pk").values_list("public_state", flat=True))


def change(case, **values):
    for name, value in values.items():
        setattr(case, name, value)
    case.save()
    settle(case, by=case.created_by)


def test_what_readers_see_is_the_last_publication():
    publisher = make_publisher()
    make_case()
    make_published_case()
    withdrawn = make_published_case().case
    withdraw_case(Case.objects.get(pk=withdrawn.pk), by=publisher, reason="数据待核实")

    assert states() == ["", "published", "withdrawn"]


def test_only_public_cases_that_were_edited_have_unpublished_changes():
    change(make_case(), title="草稿改了")
    make_published_case()
    edited = make_published_case().case
    change(edited, title="公开之后改了")

    assert list(Case.objects.with_public_state().with_unpublished_changes()) == [edited]


def test_a_change_taken_back_is_no_change():
    case = make_published_case().case
    title = case.title
    change(case, title="改了")
    change(case, title=title)

    assert list(Case.objects.with_public_state().with_unpublished_changes()) == []
