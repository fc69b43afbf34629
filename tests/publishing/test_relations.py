import pytest

from cases.editing.drafts import write_draft
from cases.editing.workflow import publish_case, withdraw_case
from cases.models import Alias, CaseWord, CitedPolicy, CountedCase
from cases.publishing.rebuild import rebuild_published
from tests.builders import make_case, make_content, make_publisher, make_region, make_theme

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("without_reviews")]


def relations():
    """Every row of the three tables without its key."""
    return [
        sorted(CaseWord.objects.values_list("case", "word", "strength", "is_sampled")),
        sorted(CitedPolicy.objects.values_list("case", "key", "stem", "name", "city")),
        sorted(map(str, CountedCase.objects.values_list("case", "theme", "province", "place", "year", "metrics"))),
    ]


def test_rebuilding_gives_the_same_rows():
    publisher = make_publisher()
    themes = [make_theme(), make_theme("bidding", "招标投标", "ndrc18")]
    first = make_case(region=make_region(), themes=themes, tags=("容缺受理",), policies=("《甲办法》", "甲办法"))
    second, gone = make_case(policies=("《甲办法（试行）》",)), make_case(policies=("《乙》",))
    for case in (first, second, gone):
        publish_case(case, by=publisher)
    write_draft(make_content(title="改过", policies=("《丙》",)), by=publisher, case=second)
    publish_case(second, by=publisher)
    withdraw_case(gone, by=publisher, reason="过时")
    before = relations()

    rebuild_published()

    assert relations() == before
    assert [row[:2] for row in before[1]] == [(first.pk, "甲办法"), (second.pk, "丙")]


def test_a_case_is_counted_once_without_and_once_under_each_theme():
    case = publish_case(make_case(region=make_region(), themes=[make_theme()]), by=make_publisher())

    rows = CountedCase.objects.order_by("pk").values_list("case", "theme", "province", "place", "year", "metrics")
    assert list(rows) == [
        (case.pk, None, "410000", "411100", 2024, 1),
        (case.pk, "logistics-transport", "410000", "411100", 2024, 1),
    ]


def test_a_theme_renamed_is_counted_under_its_new_name():
    old, new = make_theme("old", "旧"), make_theme("new", "新")
    Alias.objects.create(kind="theme", old=old.pk, new=new.pk)

    publish_case(make_case(themes=[old]), by=make_publisher())

    assert list(CountedCase.objects.order_by("pk").values_list("theme", flat=True)) == [None, "new"]


def test_a_district_of_a_municipality_is_its_own_place_in_the_city():
    case = publish_case(make_case(region=make_region("310115"), policies=("《甲》",)), by=make_publisher())

    assert (case.place_id, case.city_id) == ("310115", "310000")
    assert CitedPolicy.objects.get().city_id == "310000"
