"""Two tags or themes become one, at once."""

import pytest

from cases.editing import merging_words
from cases.editing.drafts import write_draft
from cases.editing.merging_words import foresee_merge, merge_words
from cases.editing.review import steps
from cases.models import Alias, AuditEntry, Case, PublishedCase, Region, Tag, Theme
from cases.publishing.rebuild import rebuild_published
from tests.builders import make_case, make_content, make_published_case, make_region, make_theme, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def keeper():
    return make_user("keeper", permissions=("view_case", "change_case", "add_alias"))


def merge(kind, old, new, by):
    return merge_words(Alias(kind=kind, old=old, new=new), by=by)


def outcomes(lines):
    return [(line.title, line.outcome) for line in lines]


def test_published_cases_are_filed_under_the_new_tag_and_the_old_address_leads_there(client, keeper):
    case = make_published_case(tags=("治理超限", "一件事"))
    make_published_case(tags=("治超",))
    old_address = Tag.objects.get(name="治理超限").get_absolute_url()

    merged = merge("tag", "治理超限", "治超", keeper)

    assert (merged.published, merged.left) == (1, 0)
    assert sorted(case.tags.names()) == ["一件事", "治超"]
    assert sorted(Tag.objects.values_list("name", flat=True)) == ["一件事", "治超"]
    new_address = Tag.objects.get(name="治超").get_absolute_url()
    assert client.get(old_address)["Location"] == new_address
    assert case.title in client.get(new_address).content.decode()


def test_published_cases_are_filed_under_the_new_theme_and_the_old_one_is_retired(client, keeper):
    make_theme("old", "旧主题")
    make_theme("new", "新主题")
    case = make_published_case(themes=("old",))

    assert foresee_merge("theme", "old", "new", by=keeper).retires
    merge("theme", "old", "new", keeper)

    assert list(case.themes.values_list("pk", flat=True)) == ["new"]
    assert Theme.objects.get(pk="old").is_retired
    assert client.get("/themes/old/")["Location"] == "/themes/new/"


def test_a_merge_and_a_theme_it_retires_are_recorded_even_when_filing_fails(keeper, monkeypatch):
    make_theme("old", "旧主题")
    make_theme("new", "新主题")
    make_published_case(themes=("old",))
    monkeypatch.setattr(merging_words, "write_published_cases", lambda cases: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        merge("theme", "old", "new", keeper)

    entries = AuditEntry.objects.filter(kind__in=("alias", "theme")).order_by("pk")
    assert list(entries.values_list("actor_name", "action", "kind", "after")) == [
        ("keeper", "added", "alias", {"kind": "theme", "old": "old", "new": "new"}),
        ("keeper", "changed", "theme", {"is_retired": True}),
    ]


def test_a_rebuild_gives_the_same(keeper):
    case = make_published_case(tags=("甲", "乙"))
    merge("tag", "甲", "乙", keeper)
    before = list(case.tags.names())

    rebuild_published()

    assert (list(case.tags.names()), before) == (["乙"], ["乙"])


def test_drafts_are_reworded_unless_they_are_frozen_or_simply_what_is_live(keeper, settings):
    settings.REVIEWS = 1
    live = make_published_case(title="公开的", tags=("甲",)).case
    make_case(title="草稿", tags=("甲", "丙", "乙"))
    frozen = make_case(title="待审的", tags=("甲",))
    steps.submit_for_review(frozen, by=keeper)

    foresight = foresee_merge("tag", "甲", "乙", by=keeper)
    merged = merge("tag", "甲", "乙", keeper)

    assert (outcomes(foresight.drafts), foresight.as_live) == ([("草稿", "will"), ("待审的", "will_not")], 1)
    assert outcomes(merged.drafts) == [("草稿", "done"), ("待审的", "will_not")]
    tags = dict(Case.objects.values_list("title", "tags"))
    assert tags == {"公开的": ["甲"], "草稿": ["乙", "丙"], "待审的": ["甲"]}
    assert not Case.objects.with_public_state().with_unpublished_changes().filter(pk=live.pk).exists()
    assert keeper in Case.objects.get(title="草稿").writers.all()


def test_what_was_changed_since_it_went_live_is_reworded_and_its_new_text_stays_out_of_sight(keeper):
    live = make_published_case(title="公开的", themes=(make_theme("old"),)).case
    make_theme("new")
    write_draft(make_content(title="改过", themes=("old",)), by=keeper, case=live)

    merge("theme", "old", "new", keeper)

    assert list(Case.objects.get().themes.values_list("pk", flat=True)) == ["new"]
    assert PublishedCase.objects.get().title == "公开的"


def test_a_withdrawn_case_stays_withdrawn(keeper):
    case = make_published_case(tags=("甲",)).case
    keys = merging_words.published_under("tag", "甲")
    steps.withdraw_case(case, by=make_user("chief", permissions=("publish",)), reason="过时")

    merging_words.file_anew(keys)

    assert not PublishedCase.objects.exists()


def test_who_sees_some_cases_rewords_those_and_is_told_of_no_other(keeper):
    make_region("411100")
    keeper.regions.set(Region.objects.filter(pk="411100"))
    make_case(title="本地", tags=("甲",), region="411100")
    make_case(title="外地", tags=("甲",), region=make_region("440300"))

    foresight = foresee_merge("tag", "甲", "乙", by=keeper)
    merge("tag", "甲", "乙", keeper)

    assert (outcomes(foresight.drafts), foresight.hidden) == ([("本地", "will")], 1)
    assert dict(Case.objects.values_list("title", "tags")) == {"本地": ["乙"], "外地": ["甲"]}


def test_without_the_right_to_change_cases_only_what_is_public_is_filed_anew():
    keeper = make_user("keeper", permissions=("view_case", "add_alias"))
    make_case(title="草稿", tags=("甲",))

    assert outcomes(merge("tag", "甲", "乙", keeper).drafts) == [("草稿", "will_not")]


def test_what_there_was_no_time_for_is_gone_on_with(keeper, monkeypatch):
    for _number in range(3):
        make_published_case(tags=("甲",))
    monkeypatch.setattr(merging_words, "BATCH", 1)
    monkeypatch.setattr(merging_words, "SECONDS", -1)
    first = merge("tag", "甲", "乙", keeper)
    assert (first.published, first.left) == (0, 3)

    monkeypatch.setattr(merging_words, "SECONDS", 15)
    assert merge_words(Alias.objects.get(), by=keeper).published == 3
    assert list(Tag.objects.values_list("name", flat=True)) == ["乙"]


def test_a_draft_goes_by_the_last_name_of_a_chain(keeper):
    make_case(tags=("甲",))
    merge("tag", "乙", "丙", keeper)
    merge("tag", "甲", "乙", keeper)

    assert Case.objects.get().tags == ["丙"]


@pytest.mark.parametrize("count", [1, 3])
def test_foreseeing_takes_as_many_queries_however_many_drafts(keeper, count, django_assert_num_queries):
    for _number in range(count):
        make_case(tags=("甲",))
    keeper.has_perm("cases.change_case")
    keeper.regions.all()
    Case.objects.visible_to(keeper).exists()

    with django_assert_num_queries(4):
        assert len(foresee_merge("tag", "甲", "乙", by=keeper).drafts) == count
