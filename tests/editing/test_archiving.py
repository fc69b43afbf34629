import pytest

from cases.editing.archiving import archive_case, delete_case, restore_case
from cases.editing.drafts import Conflict
from cases.editing.workflow import NotAllowed, withdraw_case
from cases.models import AuditEntry, Case, SourceText
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


def test_what_a_deleted_case_said_stays_in_the_audit():
    case = make_case(title="治超", intro="导语。")

    delete_case(case, by=make_user("li"))

    entry = AuditEntry.objects.get(action="deleted")
    assert (entry.actor_name, entry.title, entry.after) == ("li", "治超", None)
    assert (entry.before["title"], entry.before["intro"]) == ("治超", "导语。")


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


def test_a_case_that_was_ever_archived_or_submitted_keeps_its_history():
    case, keeper = make_case(), make_user("keeper", permissions=("change_case",))
    archive_case(case, by=keeper)
    restore_case(case, by=keeper)

    with pytest.raises(NotAllowed):
        delete_case(case)


def test_a_case_is_archived_once_it_is_withdrawn_and_can_come_back():
    publisher = make_publisher()
    case = make_published_case(by=publisher).case
    with pytest.raises(NotAllowed):
        archive_case(Case.objects.get(pk=case.pk), by=publisher)
    withdraw_case(Case.objects.get(pk=case.pk), by=publisher, reason="数据待核实")

    archive_case(Case.objects.get(pk=case.pk), by=publisher)
    assert Case.objects.get(pk=case.pk).stage == CaseStage.ARCHIVED

    restore_case(Case.objects.get(pk=case.pk), by=publisher)
    assert Case.objects.get(pk=case.pk).stage == CaseStage.DRAFT


@pytest.mark.parametrize("step", [archive_case, restore_case])
def test_who_may_not_change_cases_neither_archives_nor_restores(step):
    case, before = make_case(), CaseStage.DRAFT if step is archive_case else CaseStage.ARCHIVED
    Case.objects.update(stage=before)

    with pytest.raises(NotAllowed):
        step(Case.objects.get(pk=case.pk), by=make_user("reader", permissions=("view_case",)))

    assert Case.objects.get(pk=case.pk).stage == before


def test_archiving_and_restoring_say_who_and_when_and_keep_the_content():
    case, keeper = make_case(), make_user("keeper", permissions=("change_case",))

    archive_case(Case.objects.get(pk=case.pk), by=keeper)
    archived = Case.objects.get(pk=case.pk)
    restore_case(Case.objects.get(pk=case.pk), by=keeper)
    restored = Case.objects.get(pk=case.pk)

    assert (archived.updated_by, archived.version, archived.digest) == (keeper, case.version + 1, case.digest)
    assert (restored.updated_by, restored.version, restored.digest) == (keeper, case.version + 2, case.digest)
    assert case.updated_at < archived.updated_at < restored.updated_at
    assert list(case.reviews.values_list("step", "stage", "by")) == [
        ("archived", "draft", keeper.pk),
        ("restored", "archived", keeper.pk),
    ]
    assert not case.writers.filter(pk=keeper.pk).exists()


def test_a_case_saved_meanwhile_is_not_archived_and_an_archived_one_not_again():
    case, keeper = make_case(), make_user("keeper", permissions=("change_case",))
    stale = Case.objects.get(pk=case.pk)
    archive_case(Case.objects.get(pk=case.pk), by=keeper)

    with pytest.raises(Conflict):
        archive_case(stale, by=keeper)
    with pytest.raises(NotAllowed):
        archive_case(Case.objects.get(pk=case.pk), by=keeper)

    assert Case.objects.get(pk=case.pk).version == case.version + 1
