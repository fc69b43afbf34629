import time
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.content import CaseContent, InitiativeContent, MeasureContent, MetricContent, PictureContent
from cases.presenting.versions import compare_versions, count_changes, spelled_out
from tests.stuck import STUCK


def measure(name, text=""):
    return MeasureContent(heading=name, text=text or f"{name}。{name}！")


def initiative(heading, *measures, text="", metrics=()):
    return InitiativeContent(heading=heading, text=text, measures=measures, metrics=metrics)


WINDOW = initiative("一窗受理", measure("前台综合受理"), measure("后台分类审批"), measure("统一窗口出件"))
ROADS = initiative("修通农村公路", measure("以奖代补"), measure("养护到村"))
LOANS = initiative("贷款直达企业", measure("建白名单"))


def told(change):
    """The parts that are not the same, each as kind, how and both places; those above stand before those below."""
    own = [] if change.is_same else [(change.kind, "+".join(sorted(change.how)), change.old_place, change.new_place)]
    return own + [line for part in change.parts for line in told(part)]


def test_equal_versions_are_the_same_at_every_level():
    content = CaseContent(title="题", initiatives=(WINDOW, ROADS), tags=("治超",))
    change = compare_versions(content, content)

    assert told(change) == []
    assert count_changes(change) == {}


def test_initiatives_that_only_change_places_are_moved_and_nothing_else():
    change = compare_versions(
        CaseContent(initiatives=(WINDOW, ROADS, LOANS)), CaseContent(initiatives=(LOANS, WINDOW, ROADS))
    )

    assert told(change) == [
        ("case", "changed", "", ""),
        ("initiative", "moved", "initiatives[2]", "initiatives[0]"),
    ]
    assert count_changes(change) == {"moved": 1}


def test_a_measure_may_move_to_another_initiative():
    first, *rest = WINDOW.measures
    old = CaseContent(initiatives=(WINDOW, ROADS))
    new = CaseContent(
        initiatives=(replace(WINDOW, measures=tuple(rest)), replace(ROADS, measures=(first, *ROADS.measures)))
    )

    assert told(compare_versions(old, new)) == [
        ("case", "changed", "", ""),
        ("initiative", "changed", "initiatives[1]", "initiatives[1]"),
        ("measure", "moved", "initiatives[0].measures[0]", "initiatives[1].measures[0]"),
    ]


def test_a_measure_that_was_moved_and_rewritten_is_both():
    old = CaseContent(
        initiatives=(initiative("快", measure("减环节", "把五个环节并成两个。"), measure("减材料")), ROADS)
    )
    moved = measure("减环节", "把五个环节并成一个。")
    new = CaseContent(
        initiatives=(initiative("快", measure("减材料")), replace(ROADS, measures=(*ROADS.measures, moved)))
    )

    assert ("measure", "changed+moved", "initiatives[0].measures[0]", "initiatives[1].measures[2]") in told(
        compare_versions(old, new)
    )


def test_parts_that_came_and_went_are_told_with_what_stands_below_them():
    change = compare_versions(CaseContent(initiatives=(WINDOW, ROADS)), CaseContent(initiatives=(WINDOW, LOANS)))

    assert told(change) == [
        ("case", "changed", "", ""),
        ("initiative", "added", None, "initiatives[1]"),
        ("measure", "added", None, "initiatives[1].measures[0]"),
        ("initiative", "removed", "initiatives[1]", None),
        ("measure", "removed", "initiatives[1].measures[0]", None),
        ("measure", "removed", "initiatives[1].measures[1]", None),
    ]
    assert count_changes(change) == {"added": 1, "removed": 1}


def test_what_was_removed_stands_where_it_was():
    change = compare_versions(CaseContent(initiatives=(WINDOW, ROADS, LOANS)), CaseContent(initiatives=(WINDOW, LOANS)))

    assert [part.old_place for part in change.parts] == ["initiatives[0]", "initiatives[1]", "initiatives[2]"]


def test_changed_characters_are_marked_inside_a_text():
    old = CaseContent(title="题", intro="办理时限压缩到5天。")
    change = compare_versions(old, replace(old, intro="办理时限压缩到3天。"))
    intro = next(field for field in change.fields if field.name == "intro")

    assert [(span.text, span.kind) for span in intro.spans if span.kind != "same"] == [("5", "removed"), ("3", "added")]
    assert [field.name for field in change.fields if field.is_changed] == ["intro"]
    assert count_changes(change) == {"changed": 1}


def test_metrics_and_pictures_are_parts_too():
    number = MetricContent(label="便民站点", unit="个", quote="建成站点44个")
    picture = PictureContent(file=f"{'a' * 64}.jpg", name="现场.jpg", alt="窗口")
    old = CaseContent(initiatives=(WINDOW,), metrics=(number,), pictures=(picture,))
    new = CaseContent(
        initiatives=(replace(WINDOW, metrics=(replace(number, unit="座"),)),),
        pictures=(replace(picture, alt="政务大厅窗口"),),
    )

    assert told(compare_versions(old, new)) == [
        ("case", "changed", "", ""),
        ("initiative", "changed", "initiatives[0]", "initiatives[0]"),
        ("metric", "changed+moved", "metrics[0]", "initiatives[0].metrics[0]"),
        ("picture", "changed", "pictures[0]", "pictures[0]"),
    ]


def test_another_file_is_another_picture_unless_its_words_are_alike():
    old = CaseContent(pictures=(PictureContent(file=f"{'a' * 64}.jpg", name="现场.jpg"),))
    same_words = CaseContent(pictures=(PictureContent(file=f"{'b' * 64}.jpg", name="现场.jpg"),))
    other = CaseContent(pictures=(PictureContent(file=f"{'b' * 64}.jpg", name="流程图.png"),))

    assert [part.how for part in compare_versions(old, same_words).parts] == [{"changed"}]
    assert [part.how for part in compare_versions(old, other).parts] == [{"added"}, {"removed"}]


def test_codes_are_shown_as_words():
    metric = MetricContent(label="占比", qualifier="over", kind="share", direction="level")
    content = CaseContent(region="411100", origin="original", themes=("a",), metrics=(metric,))
    names = {"region": {"411100": "漯河市"}, "themes": {"a": "交通物流"}}

    shown = spelled_out(content, names)

    assert (shown.region, shown.origin, shown.themes) == ("漯河市", "原创", ("交通物流",))
    fields = compare_versions(shown, shown).parts[0].fields
    assert {field.name: field.new for field in fields} == {"label": "占比", "qualifier": "超过", "kind": "占比"}


# Whatever the versions

WORDS = st.sampled_from(["一窗受理", "修通公路", "贷款直达", "免申即享", "减环节", ""])
MEASURES = st.lists(st.builds(MeasureContent, heading=WORDS, text=WORDS), max_size=3).map(tuple)
METRICS = st.lists(st.builds(MetricContent, label=WORDS, unit=WORDS, quote=WORDS), max_size=2).map(tuple)
INITIATIVES = st.lists(
    st.builds(InitiativeContent, heading=WORDS, text=WORDS, measures=MEASURES, metrics=METRICS), max_size=3
).map(tuple)
CONTENTS = st.builds(
    CaseContent,
    title=WORDS,
    intro=WORDS,
    tags=st.lists(WORDS, max_size=3).map(tuple),
    initiatives=INITIATIVES,
    metrics=METRICS,
    pictures=st.lists(st.builds(PictureContent, file=st.sampled_from("abc"), alt=WORDS), max_size=2).map(tuple),
)


def places(change, side):
    own = [getattr(change, f"{side}_place")]
    return [place for place in own if place is not None] + [p for part in change.parts for p in places(part, side)]


def all_places(content):
    found = [""]
    for i, part in enumerate(content.initiatives):
        found.append(f"initiatives[{i}]")
        found += [f"initiatives[{i}].measures[{k}]" for k in range(len(part.measures))]
        found += [f"initiatives[{i}].metrics[{k}]" for k in range(len(part.metrics))]
    found += [f"metrics[{k}]" for k in range(len(content.metrics))]
    return sorted(found + [f"pictures[{k}]" for k in range(len(content.pictures))])


@given(CONTENTS, CONTENTS)
@settings(max_examples=200)
def test_every_part_of_both_versions_is_told_once(old, new):
    change = compare_versions(old, new)

    assert (sorted(places(change, "old")), sorted(places(change, "new"))) == (all_places(old), all_places(new))


@given(CONTENTS, CONTENTS)
@settings(max_examples=200)
def test_versions_are_the_same_if_and_only_if_they_are_equal(old, new):
    assert compare_versions(old, old).is_same
    assert compare_versions(old, new).is_same == (old == new)


@given(CONTENTS, CONTENTS)
def test_the_spans_of_every_field_make_both_of_its_texts(old, new):
    def check(change):
        for field in change.fields:
            before = [span.text for span in field.spans_old]
            after = [span.text for span in field.spans_new]
            sides = (tuple(before), tuple(after)) if field.is_list else ("".join(before), "".join(after))
            assert sides == (field.old, field.new)
        for part in change.parts:
            check(part)

    check(compare_versions(old, new))


# Time


def large(initiatives, measures, *, word):
    return CaseContent(
        initiatives=tuple(
            initiative(
                f"第{i}条{word}",
                *(
                    measure(f"做法{i}之{k}", f"{word}第{i}条第{k}项，{'把窗口搬到园区' * 20}。")
                    for k in range(measures)
                ),
                metrics=tuple(MetricContent(label=f"{word}{i}{k}", quote=f"{word}{i}{k}") for k in range(5)),
            )
            for i in range(initiatives)
        )
    )


@pytest.mark.parametrize(("initiatives", "measures"), [(10, 8), (60, 10)])
def test_a_large_case_is_compared_in_bounded_time(initiatives, measures):
    old, new = large(initiatives, measures, word="审批"), large(initiatives, measures, word="监管")
    start = time.process_time()

    compare_versions(old, new)

    assert time.process_time() - start < STUCK
