import dataclasses

import pytest

from cases.content import CaseContent, InitiativeContent, MeasureContent
from cases.editing.requirements import advice, missing_to_publish
from tests.builders import make_content, make_metric


def paths(remarks):
    return [remark.path for remark in remarks]


def test_a_complete_case_lacks_nothing():
    assert missing_to_publish(make_content()) == []


def test_an_empty_case_lacks_title_place_body_and_source():
    assert paths(missing_to_publish(CaseContent())) == ["title", "region", "initiatives", "source_name"]


@pytest.mark.parametrize(
    ("values", "path"),
    [
        ({"source_url": "javascript:alert(1)"}, "source_url"),
        ({"source_url": "//x.org"}, "source_url"),
        ({"intro": "长" * 300_001}, "intro"),
        ({"honours": ("荣" * 301,)}, "honours[0]"),
    ],
)
def test_what_a_revision_could_not_be_read_back_with_is_missing_its_form(values, path):
    missing = missing_to_publish(make_content(**values))

    assert paths(missing) == [path]
    assert missing[0].message % missing[0].params


def test_initiatives_without_a_word_are_no_body():
    empty = InitiativeContent(heading=" ", measures=(MeasureContent(),))

    assert paths(missing_to_publish(make_content(intro="", initiatives=(empty,)))) == ["initiatives"]


def test_prose_without_initiatives_is_a_case():
    assert missing_to_publish(make_content(initiatives=(), intro="一段话。")) == []


def test_an_organization_stands_for_region_and_source():
    assert missing_to_publish(make_content(region="", source_name="", organization="漯河市交通运输局")) == []


def test_own_text_needs_no_source():
    assert missing_to_publish(make_content(origin="original", source_name="", organization="", region="411100")) == []


@pytest.mark.parametrize("quote", ["", "文中没有的话", "把窗口搬到园区。减环节"])
def test_a_metric_of_an_initiative_needs_its_words_in_one_field_of_it(quote):
    content = make_content()
    first = content.initiatives[0]
    bad = dataclasses.replace(first, metrics=(*first.metrics, make_metric(quote=quote)))

    missing = missing_to_publish(dataclasses.replace(content, initiatives=(first, bad)))

    assert paths(missing) == ["initiatives[1].metrics[1].quote"]
    assert missing[0].message % missing[0].params


def test_a_metric_of_the_case_must_stand_in_intro_or_closing():
    content = make_content(intro="共44公里。", closing="达18个。")
    metrics = (make_metric(quote="44公里"), make_metric(quote="18个"), make_metric(quote="把窗口搬到园区"))

    assert paths(missing_to_publish(dataclasses.replace(content, metrics=metrics))) == ["metrics[2].quote"]


def test_advice_does_not_block():
    content = make_content(published_at=None)

    assert (missing_to_publish(content), paths(advice(content))) == (
        [],
        ["themes", "department", "published_at", "source_url", "summary"],
    )
