import pytest
from django.core import serializers

from cases.editing.drafts import write_draft
from cases.editing.workflow import publish_case, withdraw_case
from cases.models import Alias, PublishedCase, PublishedMetric, Tag, TaggedCase, WithdrawnCase
from cases.publishing.rebuild import rebuild_published
from tests.builders import make_case, make_content, make_publisher, make_region, make_theme

pytestmark = pytest.mark.django_db


def published_rows():
    """Every published row without the keys that a rebuild may deal out anew."""
    cases = serializers.serialize("json", PublishedCase.objects.order_by("pk"), use_natural_foreign_keys=True)
    metrics = list(PublishedMetric.objects.values_list("case", "order", "initiative", "label", "value", "quote"))
    tags = sorted(TaggedCase.objects.values_list("content_object", "tag__name", "tag__slug"))
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
