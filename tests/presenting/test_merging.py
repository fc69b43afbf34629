"""Two people's changes to one case: what one changed is taken, what both changed is asked, nothing is lost."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.presenting.merging import Choice, Merged, Taken, both, decide, line_up_rows, merge, value_at


def measure(heading: str, text: str = "") -> dict[str, Any]:
    return {"heading": heading, "text": text}


def initiative(heading: str, *measures: dict[str, Any], text: str = "") -> dict[str, Any]:
    return {"heading": heading, "text": text, "measures": list(measures), "metrics": []}


def tree(title: str = "做法", *initiatives: dict[str, Any], **fields: Any) -> dict[str, Any]:
    return {"title": title, "intro": "导语", "themes": [], "initiatives": list(initiatives), **fields}


def test_what_one_changed_is_taken_and_listed():
    merged = merge(tree("做法"), tree("新做法"), tree("做法", intro="新导语"))

    assert merged == Merged(tree("新做法", intro="新导语"), (), (Taken("intro", "导语", "新导语"),))


def test_what_both_changed_is_asked_and_mine_until_then():
    merged = merge(tree("做法"), tree("甲"), tree("乙"))

    assert merged == Merged(tree("甲"), (Choice("title", "做法", "甲", "乙"),))


def test_what_both_changed_alike_is_no_question():
    assert merge(tree("做法"), tree("甲"), tree("甲")) == Merged(tree("甲"))


def test_without_a_base_every_difference_is_asked_and_rows_of_both_stay():
    mine = tree("甲", initiative("减环节"), initiative("只有我有"))
    theirs = tree("乙", initiative("她另写一条"), initiative("减环节"))

    merged = merge(None, mine, theirs)

    assert merged.choices == (Choice("title", None, "甲", "乙"),)
    assert [row["heading"] for row in merged.typed["initiatives"]] == ["她另写一条", "减环节", "只有我有"]


def test_rows_that_both_add_stand_where_each_put_them():
    base = tree("做法", initiative("一"), initiative("二"))
    mine = tree("做法", initiative("一"), initiative("甲加的"), initiative("二"))
    theirs = tree("做法", initiative("乙加的"), initiative("一"), initiative("二"))

    merged = merge(base, mine, theirs)

    assert [row["heading"] for row in merged.typed["initiatives"]] == ["乙加的", "一", "甲加的", "二"]
    assert merged.taken == (Taken("initiatives[0]", None, initiative("乙加的")),)


def test_rows_one_moved_are_followed_into_their_texts():
    base = tree("做法", initiative("减环节"), initiative("减材料"))
    mine = tree("做法", initiative("减材料"), initiative("减环节"))
    theirs = tree("做法", initiative("减环节", text="合并成一个窗口"), initiative("减材料"))

    merged = merge(base, mine, theirs)

    assert merged.typed["initiatives"] == [initiative("减材料"), initiative("减环节", text="合并成一个窗口")]


def test_a_row_one_took_away_and_the_other_left_alone_is_gone():
    base = tree("做法", initiative("减环节"), initiative("减材料"))

    assert merge(base, base, tree("做法", initiative("减材料"))) == Merged(
        tree("做法", initiative("减材料")), (), (Taken("initiatives", initiative("减环节"), None),)
    )
    assert merge(base, tree("做法", initiative("减环节")), base) == Merged(tree("做法", initiative("减环节")))


def test_a_row_one_took_away_and_the_other_changed_is_asked_and_kept_until_then():
    base = tree("做法", initiative("减环节"), initiative("减材料"))
    theirs = tree("做法", initiative("减环节", text="新写的"), initiative("减材料"))

    merged = merge(base, tree("做法", initiative("减材料")), theirs)

    assert merged.typed == theirs
    changed = initiative("减环节", text="新写的")
    assert merged.choices == (Choice("initiatives[0]", initiative("减环节"), None, changed),)
    assert decide(merged.typed, {"initiatives[0]": None}) == tree("做法", initiative("减材料"))


def test_a_row_both_added_stands_once():
    base, added = tree("做法"), tree("做法", initiative("新"))

    assert merge(base, added, added) == Merged(added)


def test_codes_are_in_or_out_each_by_itself():
    merged = merge(tree(themes=["甲", "乙"]), tree(themes=["乙", "丙"]), tree(themes=["甲", "乙", "丁"]))

    assert merged.typed["themes"] == ["乙", "丙", "丁"]


def test_pictures_are_known_by_their_file():
    pictures = [{"file": f"{digit * 64}.jpg", "alt": ""} for digit in "ab"]
    described = [pictures[0], {**pictures[1], "alt": "大厅"}]

    merged = merge(tree(pictures=pictures), tree(pictures=pictures[::-1]), tree(pictures=described))

    assert merged.typed["pictures"] == described[::-1]


def test_a_field_somebody_did_not_send_is_unchanged():
    assert merge(tree("做法"), {"title": "甲"}, tree("做法", intro="新")).typed == tree("甲", intro="新")


@pytest.mark.parametrize(
    ("name", "mine", "theirs", "together"),
    [
        ("intro", "一段", "另一段", "一段\n另一段"),
        ("intro", "", "另一段", "另一段"),
        ("tags", "治超、物流", "物流、口岸", "治超、物流、口岸"),
        ("policies", "甲\n乙", "乙\n丙", "甲\n乙\n丙"),
        ("title", "甲", "乙", None),
    ],
)
def test_both_texts_can_be_kept_where_a_field_holds_more_than_one(name, mine, theirs, together):
    assert both(name, mine, theirs) == together


def test_decisions_about_rows_leave_the_paths_of_the_others_true():
    typed = tree("做法", initiative("一"), initiative("二"), initiative("三"))

    decided = decide(
        typed, {"initiatives[0]": None, "initiatives[1].text": "话", "initiatives[2]": None, "title": "甲"}
    )

    assert decided == tree("甲", initiative("二", text="话"))


@pytest.mark.parametrize("path", ["nothing", "initiatives[5]", "initiatives[0].nothing", "", "title.x", "[]"])
def test_a_decision_about_nothing_is_refused(path):
    with pytest.raises((LookupError, ValueError, TypeError)):
        decide(tree("做法", initiative("一")), {path: "话"})


def test_what_stands_at_a_path_can_be_told():
    typed = tree("做法", initiative("一", measure("甲", "话")))

    paths = ["title", "initiatives[0].measures[0].text", "initiatives[1]", "title[0]", "initiatives.heading", "nothing"]
    assert [value_at(typed, path) for path in paths] == ["做法", "话", None, None, None, None]


def test_rows_alike_are_lined_up_in_their_order():
    others = [measure("其他"), measure("其他"), measure("减环节", "一")]

    assert line_up_rows(others, [measure("其他"), measure("减环节", "一二"), measure("其他")]) == {0: 0, 1: 2, 2: 1}


def test_a_row_written_anew_between_the_same_two_is_the_same_row():
    old = [measure("减环节"), measure("送上门"), measure("减材料")]

    assert line_up_rows(old, [measure("减环节"), measure("quite other"), measure("减材料")]) == {0: 0, 1: 1, 2: 2}


# Whatever the two did

_words = st.sampled_from(["", "甲", "乙", "减环节", "减材料", "减时限", "减环节和材料", "把窗口搬到园区"])
_measures = st.lists(st.builds(measure, _words, _words), max_size=3)
_initiatives = st.lists(
    st.builds(lambda heading, rows, text: initiative(heading, *rows, text=text), _words, _measures, _words), max_size=3
)
_trees = st.builds(
    lambda title, rows, themes, tags: tree(title, *rows, themes=themes, tags=tags),
    _words,
    _initiatives,
    st.lists(st.sampled_from("abcd"), unique=True).map(sorted),
    _words,
)


@st.composite
def _edited(draw, before: Any, mark: str) -> Any:
    """The same tree after somebody worked on it; whatever they wrote bears their mark, and a number of its own."""
    if isinstance(before, dict):
        return {name: draw(_edited(value, mark)) for name, value in before.items()}
    if isinstance(before, list) and before and isinstance(before[0], dict):
        kept = [draw(_edited(row, mark)) for row in before if draw(st.integers(0, 5))]
        if draw(st.integers(0, 3)) == 0:
            kept = draw(st.permutations(kept))
        if draw(st.integers(0, 2)) == 0:
            new = {name: [] if isinstance(value, list) else draw(_written(mark)) for name, value in before[0].items()}
            kept.insert(draw(st.integers(0, len(kept))), new)
        return kept
    if isinstance(before, str) and draw(st.integers(0, 3)) == 0:
        return draw(_written(mark))
    return before


def _written(mark: str) -> st.SearchStrategy[str]:
    return st.builds(lambda word, number: f"{word}{mark}{number}", _words, st.integers(0, 99))


def texts(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for part in value:
            yield from texts(part)
    elif isinstance(value, str):
        yield value


@given(data=st.data())
def test_no_changed_text_is_lost(data):
    base = data.draw(_trees)
    mine, theirs = data.draw(_edited(base, "我")), data.draw(_edited(base, "她"))

    merged = merge(base, mine, theirs)

    kept = {*texts(merged.typed), *texts([[choice.mine, choice.theirs] for choice in merged.choices])}
    assert {text for text in texts([mine, theirs]) if "我" in text or "她" in text} <= kept


@given(mine=_trees, theirs=_trees)
def test_without_a_base_no_text_at_all_is_lost(mine, theirs):
    merged = merge(None, mine, theirs)

    kept = {*texts(merged.typed), *texts([[choice.mine, choice.theirs] for choice in merged.choices])}
    assert {*texts([mine, theirs])} <= kept


@given(base=_trees, changed=_trees)
def test_what_nobody_else_touched_is_as_one_has_it(base, changed):
    assert (merge(base, changed, base).typed, merge(base, changed, base).choices) == (changed, ())
    assert (merge(base, base, changed).typed, merge(base, base, changed).choices) == (changed, ())


@given(data=st.data())
def test_every_choice_can_be_decided(data):
    base = data.draw(_trees)
    merged = merge(base, data.draw(_edited(base, "我")), data.draw(_edited(base, "她")))

    decide(merged.typed, {choice.path: choice.theirs for choice in merged.choices})
