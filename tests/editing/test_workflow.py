import pytest

from cases.editing.drafts import Conflict, read_draft, write_draft
from cases.editing.workflow import Incomplete, NotAllowed, publish_case, withdraw_case
from cases.models import Case, Publication, PublishedCase, WithdrawnCase
from cases.models.draft import CaseStage
from tests.builders import make_case, make_content, make_publisher, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("without_reviews")]


def test_publishing_shows_the_working_copy_and_records_who():
    publisher = make_publisher()
    case = make_case(make_content(title="上线"))

    published = publish_case(case, by=publisher)

    record = Publication.objects.get()
    assert (published.pk, published.content) == (case.pk, read_draft(case))
    assert (record.kind, record.by, record.revision.number) == ("published", publisher, 1)


def test_editing_a_published_case_changes_nothing_public_until_it_is_published_again():
    publisher = make_publisher()
    case = make_case(make_content(title="旧"))
    publish_case(case, by=publisher)

    write_draft(make_content(title="新"), by=publisher, case=case)
    before = PublishedCase.objects.get().title
    publish_case(case, by=publisher)

    assert (before, PublishedCase.objects.get().title) == ("旧", "新")


def test_the_permission_is_needed_to_publish_and_to_withdraw():
    editor = make_user("editor")
    case = make_case()

    with pytest.raises(NotAllowed):
        publish_case(case, by=editor)
    case.refresh_from_db()  # what was refused was rolled back
    publish_case(case, by=make_publisher())
    with pytest.raises(NotAllowed):
        withdraw_case(case, by=editor, reason="过时")

    assert PublishedCase.objects.count() == 1


def test_an_incomplete_case_is_not_published_and_nothing_is_written():
    case = make_case(make_content(title="无正文", initiatives=(), intro=""))

    with pytest.raises(Incomplete) as caught:
        publish_case(case, by=make_publisher())

    assert [remark.path for remark in caught.value.missing] == ["initiatives"]
    assert (Publication.objects.count(), case.revisions.count()) == (0, 0)


def test_an_archived_case_is_not_published():
    case = make_case()
    Case.objects.filter(pk=case.pk).update(stage=CaseStage.ARCHIVED)

    with pytest.raises(NotAllowed):
        publish_case(Case.objects.get(pk=case.pk), by=make_publisher())


def test_publishing_what_somebody_saved_meanwhile_is_a_conflict():
    case = make_case()
    stale = Case.objects.get(pk=case.pk)
    write_draft(make_content(), by=make_user(), case=case)

    with pytest.raises(Conflict):
        publish_case(stale, by=make_publisher())


def test_a_withdrawn_case_leaves_every_list_and_keeps_its_reason():
    publisher = make_publisher()
    case = make_case()
    publish_case(case, by=publisher)

    withdraw_case(case, by=publisher, reason=" 数据有误 ")

    assert (PublishedCase.objects.count(), WithdrawnCase.objects.get().reason) == (0, "数据有误")


@pytest.mark.parametrize("reason", ["", "  "])
def test_a_withdrawal_needs_a_reason(reason):
    publisher = make_publisher()
    case = make_case()
    publish_case(case, by=publisher)

    with pytest.raises(NotAllowed):
        withdraw_case(case, by=publisher, reason=reason)


def test_only_what_is_public_can_be_withdrawn():
    with pytest.raises(NotAllowed):
        withdraw_case(make_case(), by=make_publisher(), reason="过时")


def test_a_withdrawn_case_can_be_published_again_and_keeps_its_first_date():
    publisher = make_publisher()
    case = make_case()
    first = publish_case(case, by=publisher).first_released_at
    withdraw_case(case, by=publisher, reason="核对")

    again = publish_case(case, by=publisher)

    assert (again.pk, again.first_released_at, WithdrawnCase.objects.count()) == (case.pk, first, 0)
    assert again.released_at > first
