"""The database refuses words and codes that are none, whoever writes them."""

import pytest
from django.db import IntegrityError, transaction

from cases.editing.workflow import publish_case
from cases.models import Case, Metric, Publication, PublishedCase, PublishedMetric, Region
from cases.models.append_only import drop_triggers
from tests.builders import make_case, make_publisher, make_region

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("without_reviews")]


@pytest.mark.parametrize(
    ("model", "column"),
    [
        (Case, "stage"),
        (Case, "origin"),
        (Metric, "qualifier"),
        (Metric, "direction"),
        (Metric, "kind"),
        (Publication, "kind"),
        (PublishedCase, "origin"),
        (PublishedMetric, "qualifier"),
        (PublishedMetric, "direction"),
        (PublishedMetric, "kind"),
        (Region, "level"),
    ],
)
def test_a_word_that_is_none_of_the_choices_is_refused(model, column):
    case = make_case(region=make_region("410000"))
    publish_case(case, by=make_publisher())
    Case.objects.update(submitted_revision=case.revisions.get())  # without one no case is under review
    drop_triggers()  # facts are changed here to see what else guards them
    known = [value for value, _label in model._meta.get_field(column).choices]

    for word in known:
        assert model.objects.update(**{column: word}) == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.update(**{column: "nonsense"})


@pytest.mark.parametrize("code", ["41110", "41110x", "", "４１１１００", "41 100"])
def test_a_region_has_a_code_of_six_digits(code):
    with pytest.raises(IntegrityError), transaction.atomic():
        Region.objects.create(code=code, name="某地", level="county")
