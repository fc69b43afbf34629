import pytest
from django.core import serializers
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from cases.editing.drafts import write_draft
from cases.editing.workflow import publish_case, withdraw_case
from cases.models import Alias, PublishedCase, PublishedMetric, Tag, TaggedCase, WithdrawnCase
from cases.publishing.rebuild import rebuild_published
from cases.search import filed, names, remembering
from tests.builders import make_case, make_content, make_publisher, make_region, make_theme, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("without_reviews")]


def published_rows():
    """Every published row without the keys that a rebuild may deal out anew."""
    cases = serializers.serialize("json", PublishedCase.objects.order_by("pk"), use_natural_foreign_keys=True)
    metrics = list(PublishedMetric.objects.values_list("case", "order", "initiative", "label", "value", "quote"))
    tags = sorted(TaggedCase.objects.values_list("content_object", "tag__name", "tag__slug", "word"))
    return cases, metrics, tags, list(WithdrawnCase.objects.order_by("pk").values())


def test_rebuilding_gives_the_same_rows():
    publisher = make_publisher()
    city, theme = make_region(), make_theme()
    first = make_case(region=city, themes=[theme], tags=("治超", "C++", "C#"))
    second, gone, never = make_case(tags=("治超",)), make_case(tags=("只此",)), make_case()
    for case in (first, second, gone):
        publish_case(case, by=publisher)
    write_draft(make_content(title="改过", tags=("新词",)), by=publisher, case=second)
    publish_case(second, by=publisher)
    write_draft(make_content(title="未发布的修改"), by=publisher, case=second)
    withdraw_case(gone, by=publisher, reason="过时", redirect_to=first)
    before = published_rows()

    count = rebuild_published()

    assert (count, published_rows()) == (2, before)
    assert never.pk not in PublishedCase.objects.values_list("pk", flat=True)


def test_a_tag_that_no_published_case_has_is_gone_after_a_rebuild():
    publisher = make_publisher()
    case = make_case(tags=("只此",))
    publish_case(case, by=publisher)
    withdraw_case(case, by=publisher, reason="过时")

    rebuild_published()

    assert list(Tag.objects.all()) == []


def test_a_rename_made_after_publication_reaches_old_cases_by_a_rebuild():
    publish_case(make_case(tags=("治理超载",)), by=make_publisher())
    Alias.objects.create(kind="tag", old="治理超载", new="治超")

    rebuild_published()

    assert [tag.name for tag in Tag.objects.all()] == ["治超"]


def test_a_rename_to_what_is_no_theme_does_not_stop_a_rebuild():
    theme = make_theme()
    case = publish_case(make_case(themes=[theme]), by=make_publisher())
    Alias.objects.create(kind="theme", old=theme.pk, new="no-theme")

    rebuild_published()

    assert list(PublishedCase.objects.get(pk=case.pk).themes.all()) == [theme]


# The same whatever happened before

SPELLINGS = ("AI审批", "ai审批", "Ai审批", "治超", "C++", "c++", "ΑΣ", "ας")
STEPS = st.tuples(
    st.integers(0, 2),
    st.one_of(st.just(None), st.lists(st.sampled_from(SPELLINGS), max_size=4).map(tuple)),  # None: withdraw
)


def pages(cases):
    """The bytes of every page that shows tags."""
    addresses = ["/", "/cases/", "/tags/", *(tag.get_absolute_url() for tag in Tag.objects.order_by("slug"))]
    return {
        address: Client().get(address).content for address in [*addresses, *(f"/cases/{case.pk}/" for case in cases)]
    }


def take(step, cases, publisher):
    """Publish the case with these tags, or take it down if it is public."""
    number, tags = step
    case = cases[number]
    if tags is not None:
        write_draft(make_content(title=f"案例{number}", region=case.region_id, tags=tags), by=publisher, case=case)
        publish_case(case, by=publisher)
    elif PublishedCase.objects.filter(pk=case.pk).exists():
        withdraw_case(case, by=publisher, reason="过时")


@given(st.lists(STEPS, max_size=8))
@settings(
    max_examples=20,
    phases=set(Phase) - {Phase.shrink},
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_a_rebuild_gives_equal_rows_and_pages_after_any_history(steps):
    for kept in (remembering, names, filed):
        kept.forget()  # of the history before, whose keys come again as it was rolled back
    with transaction.atomic():
        publisher = make_publisher()
        cases = [make_case(region=make_region(code)) for code in ("411100", "410100", "330100")]
        for step in steps:
            take(step, cases, publisher)
        before = published_rows(), pages(cases)

        rebuild_published()

        assert (published_rows(), pages(cases)) == before
        transaction.set_rollback(True)  # the next history begins with nothing


def test_a_tag_is_named_as_the_oldest_case_that_has_it_spells_it():
    publisher = make_publisher()
    first, second = make_case(tags=("AI审批",)), make_case(tags=("ai审批",))
    names = []
    for case, tags in ((second, ("ai审批",)), (first, ("AI审批",)), (first, ("别的",)), (first, ("AI审批",))):
        write_draft(make_content(tags=tags), by=publisher, case=case)
        publish_case(case, by=publisher)
        names.append(Tag.objects.get(slug="ai审批").name)

    assert names == ["ai审批", "AI审批", "ai审批", "AI审批"]


def test_a_withdrawn_demo_case_stays_marked_as_one():
    publisher = make_publisher()
    demo = write_draft(make_content(), by=make_user(), is_demo=True)
    for case in (demo, make_case()):
        publish_case(case, by=publisher)
        withdraw_case(case, by=publisher, reason="过时")
    before = list(WithdrawnCase.objects.order_by("pk").values_list("is_demo", flat=True))

    rebuild_published()

    assert before == list(WithdrawnCase.objects.order_by("pk").values_list("is_demo", flat=True)) == [True, False]
