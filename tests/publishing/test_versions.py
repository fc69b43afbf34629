"""What a case said before, as rows for readers."""

import importlib

import pytest
from django.apps import apps

from cases.editing.drafts import freeze, write_draft
from cases.models import PublishedVersion
from cases.publishing import release
from cases.publishing.rebuild import rebuild_published
from tests.builders import make_case, make_content, make_user

pytestmark = pytest.mark.django_db


def publish(case, title, **columns):
    user = make_user()
    write_draft(make_content(title=title), by=user, case=case)
    return release.publish(freeze(case, by=user, **columns), by=user)


def rows(case):
    """Number, title (None: it stands in PublishedCase), note and whether the edit was minor."""
    found = PublishedVersion.objects.filter(case=case.pk)
    return [(row.number, row.body and row.body["title"], row.note, row.is_minor) for row in found]


def test_each_publication_is_a_version_and_the_last_has_no_text_of_its_own():
    case = make_case()
    publish(case, "一稿")
    publish(case, "二稿", note="更正办理时限")
    publish(case, "三稿", is_minor=True)

    assert rows(case) == [(1, "一稿", "", False), (2, "二稿", "更正办理时限", False), (3, None, "", True)]


def test_a_case_taken_down_shows_no_version():
    case = make_case()
    publish(case, "一稿")
    publish(case, "二稿")
    release.withdraw(case, by=make_user(), reason="内容有误")

    assert rows(case) == []


def test_what_was_taken_down_stays_down_and_the_next_version_has_the_next_number():
    case = make_case()
    publish(case, "有误")
    release.withdraw(case, by=make_user(), reason="内容有误")
    publish(case, "更正")
    publish(case, "再更正")

    assert rows(case) == [(2, "更正", "", False), (3, None, "", False)]
    rebuild_published()
    assert rows(case) == [(2, "更正", "", False), (3, None, "", False)]


def test_a_revision_that_was_never_public_is_no_version():
    case = make_case()
    publish(case, "一稿")
    write_draft(make_content(title="送审"), by=make_user(), case=case)
    freeze(case, by=make_user(), note="内部说明", occasion="submitted")
    publish(case, "二稿")

    assert rows(case) == [(1, "一稿", "", False), (2, None, "", False)]


@pytest.mark.parametrize("count", [1, 3])
def test_versions_are_written_in_as_many_queries_however_many_there_are(count, django_assert_max_num_queries):
    case = make_case()
    for number in range(count):
        publish(case, f"第{number}稿")
    from cases.publishing.versions import write_versions

    with django_assert_max_num_queries(5):
        write_versions([case.pk])


def test_an_upgrade_fills_the_versions_of_cases_that_were_public_before():
    first, second, gone = make_case(), make_case(), make_case()
    publish(first, "一稿")
    publish(first, "二稿", note="更正")
    publish(second, "有误")
    release.withdraw(second, by=make_user(), reason="内容有误")
    publish(second, "更正")
    publish(gone, "撤下的")
    release.withdraw(gone, by=make_user(), reason="内容有误")
    columns = ("case", "number", "released_at", "note", "is_minor", "body")
    before = list(PublishedVersion.objects.order_by("case", "number").values_list(*columns))
    PublishedVersion.objects.all().delete()

    importlib.import_module("cases.migrations.0012_past_versions").fill(apps, None)

    assert list(PublishedVersion.objects.order_by("case", "number").values_list(*columns)) == before
