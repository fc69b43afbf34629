import pytest

from cases.editing.archiving import archive_case, delete_case, restore_case
from cases.editing.workflow import NotAllowed, withdraw_case
from cases.models import Case, SourceText
from cases.models.draft import CaseStage
from tests.builders import make_case, make_published_case, make_publisher, make_user

pytestmark = pytest.mark.django_db


def make_article(name="稿子.txt"):
    return SourceText.objects.create(name=name, sha256=name, text="文稿", received_by=make_user())


def test_a_draft_goes_with_its_article():
    case = make_case()
    case.source_text = make_article()
    case.save()

    delete_case(case)

    assert (Case.objects.count(), SourceText.objects.count()) == (0, 0)


def test_an_article_of_another_case_stays():
    article, first, second = make_article(), make_case(), make_case()
    Case.objects.update(source_text=article)

    delete_case(Case.objects.get(pk=first.pk))

    assert (list(Case.objects.all()), list(SourceText.objects.all())) == ([second], [article])


def test_a_case_that_was_ever_public_is_not_deleted():
    case = make_published_case().case

    with pytest.raises(NotAllowed):
        delete_case(case)

    assert list(Case.objects.all()) == [case]


def test_a_case_is_archived_once_it_is_withdrawn_and_can_come_back():
    publisher = make_publisher()
    case = make_published_case(by=publisher).case
    with pytest.raises(NotAllowed):
        archive_case(Case.objects.get(pk=case.pk))
    withdraw_case(Case.objects.get(pk=case.pk), by=publisher, reason="数据待核实")

    archive_case(Case.objects.get(pk=case.pk))
    assert Case.objects.get(pk=case.pk).stage == CaseStage.ARCHIVED

    restore_case(Case.objects.get(pk=case.pk))
    assert Case.objects.get(pk=case.pk).stage == CaseStage.DRAFT
