"""Many cases at once: what is foreseen is what happens, and to nobody who may not."""

import pytest
from django.core import signing

from cases.editing.bulk import doing
from cases.editing.bulk.actions import ACTIONS, carry_out, foresee
from cases.editing.bulk.report import read_report
from cases.editing.drafts import write_draft
from cases.editing.review import steps
from cases.models import Case, PublishedCase, Region, Review, WordRule
from tests.builders import make_case, make_content, make_published_case, make_region, make_theme, make_user

pytestmark = pytest.mark.django_db
ALL = ("view_case", "change_case", "publish", "first_review", "second_review", "final_review")
CHOICES = {
    "publish": {},
    "return": {"reasons": ["facts"], "opinion": ""},
    "withdraw": {"reason": "过时", "redirect_to": None},
    "retag": {"add": ["新"], "remove": []},
    "theme": {"old": "old", "new": "new"},
}


@pytest.fixture
def chief():
    return make_user("chief", permissions=ALL)


@pytest.fixture
def writer():
    return make_user("writer", permissions=("change_case", "view_case"))


@pytest.fixture
def ready(settings, writer):
    """Makes a case with which an action may be taken."""
    make_theme("old")
    make_theme("new")

    def make(action, **values):
        if action == "withdraw":
            return make_published_case(**values).case
        case = make_case(**{"themes": ("old",), **values})
        if action in ("publish", "return"):
            settings.REVIEWS = 0 if action == "publish" else 1
            steps.submit_for_review(case, by=writer)
        return case

    return make


def run(name, by, cases=None, **changed):
    """What is foreseen of all cases and then done with them, as (title, outcome) each."""
    choices = {**CHOICES[name], **changed}
    lines = foresee(ACTIONS[name], Case.objects.order_by("pk") if cases is None else cases, by=by, **choices)
    return told(lines), told(carry_out(ACTIONS[name], lines, by=by, **choices).lines)


def told(lines):
    return [(line.title, line.outcome) for line in lines]


@pytest.mark.parametrize("name", CHOICES)
def test_each_action_does_what_was_foreseen(name, ready, chief):
    ready(name, title="甲")
    ready(name, title="乙")

    assert run(name, chief) == ([("甲", "will"), ("乙", "will")], [("甲", "done"), ("乙", "done")])
    left = {
        "publish": PublishedCase.objects.count() == 2,
        "return": set(Case.objects.values_list("stage", flat=True)) == {"returned"},
        "withdraw": not PublishedCase.objects.exists(),
        "retag": [case.tags for case in Case.objects.all()] == [["新"], ["新"]],
        "theme": [list(case.themes.values_list("pk", flat=True)) for case in Case.objects.all()] == [["new"], ["new"]],
    }
    assert left[name]


@pytest.mark.parametrize("name", CHOICES)
def test_no_action_goes_beyond_the_scope_not_even_with_forged_lines(name, ready, chief):
    ready(name, title="外地", region=make_region("440300"))
    make_region("411100")
    lines = foresee(ACTIONS[name], Case.objects.all(), by=chief, **CHOICES[name])
    local = make_user("local", permissions=ALL)
    local.regions.set(Region.objects.filter(pk="411100"))

    assert run(name, local) == ([], [])
    assert told(carry_out(ACTIONS[name], lines, by=local, **CHOICES[name]).lines) == [("外地", "refused")]
    assert Case.objects.get().version == lines[0].version


@pytest.mark.parametrize("name", CHOICES)
def test_no_action_goes_beyond_the_permissions(name, ready, chief):
    ready(name, title="甲")
    lines = foresee(ACTIONS[name], Case.objects.all(), by=chief, **CHOICES[name])
    reader = make_user("reader", permissions=("view_case",))

    assert run(name, reader)[0] == [("甲", "will_not")]
    assert told(carry_out(ACTIONS[name], lines, by=reader, **CHOICES[name]).lines) == [("甲", "refused")]
    assert Case.objects.get().version == lines[0].version


def test_of_each_case_it_is_told_why_not(ready, chief, settings):
    settings.REVIEWS = 3
    make_case(title="草稿")
    ready("publish", title="待发布")
    settings.REVIEWS = 3

    lines = foresee(ACTIONS["publish"], Case.objects.order_by("pk"), by=chief)

    assert [(line.title, line.why) for line in lines] == [
        ("草稿", "案例还是草稿，没有提交审核，不能做这一步。"),
        ("待发布", ""),
    ]


@pytest.mark.parametrize(
    ("name", "make", "why"),
    [
        ("publish", lambda: make_case(make_content(title="")), "还缺：缺少标题"),
        ("publish", lambda: make_published_case().case, "和公开的内容一样，没有要发布的修改。"),
        ("withdraw", make_case, "案例没有公开，不用撤下。"),
        ("retag", lambda: make_case(tags=("新",)), "标签没有变化。"),
        ("theme", make_case, "没有归入原来的主题。"),
    ],
)
def test_what_would_change_nothing_or_be_refused_is_foreseen(settings, chief, name, make, why):
    settings.REVIEWS = 0
    make()

    [line] = foresee(ACTIONS[name], Case.objects.all(), by=chief, **CHOICES[name])

    assert (line.outcome, line.why) == ("will_not", why)


def test_words_that_were_forbidden_since_a_case_was_approved_are_foreseen(ready, chief):
    ready("publish", intro="坏词在这里。")
    WordRule.objects.create(level="forbidden", words="坏词")

    [line] = foresee(ACTIONS["publish"], Case.objects.all(), by=chief)

    assert (line.outcome, "坏词" in line.why) == ("will_not", True)


def test_ones_own_text_is_not_returned_with_the_others(ready, chief):
    own = ready("return", title="自己的")
    own.writers.add(chief)
    ready("return", title="别人的")

    assert run("return", chief)[0] == [("自己的", "will_not"), ("别人的", "will")]


def test_what_was_saved_after_the_preview_is_refused_and_the_others_are_done(ready, chief, writer):
    first, _second = ready("retag", title="甲"), ready("retag", title="乙")
    lines = foresee(ACTIONS["retag"], Case.objects.order_by("pk"), by=chief, **CHOICES["retag"])
    write_draft(make_content(title="甲"), by=writer, case=first)

    report = carry_out(ACTIONS["retag"], lines, by=chief, **CHOICES["retag"])

    assert told(report.lines) == [("甲", "refused"), ("乙", "done")]
    assert report.lines[0].why == "预览之后有人保存过，请看过再操作。"


def test_done_twice_nothing_happens_twice(ready, chief):
    ready("publish")
    lines = foresee(ACTIONS["publish"], Case.objects.all(), by=chief)

    outcomes = [told(carry_out(ACTIONS["publish"], lines, by=chief).lines)[0][1] for _ in range(2)]

    assert (outcomes, Review.objects.filter(step="published").count()) == (["done", "refused"], 1)


def test_who_retags_a_text_is_one_of_its_writers(ready, chief):
    case = ready("retag")
    run("retag", chief)

    assert chief in case.writers.all()


def test_tags_keep_their_order_and_spelling(chief):
    make_case(tags=("AI审批", "旧", "治超"))
    run("retag", chief, add=["ai审批", "新"], remove=["旧"])

    assert Case.objects.get().tags == ["AI审批", "治超", "新"]


def test_what_there_was_no_time_for_is_left_and_gone_on_with(ready, chief, monkeypatch):
    ready("retag", title="甲")
    lines = foresee(ACTIONS["retag"], Case.objects.all(), by=chief, **CHOICES["retag"])
    monkeypatch.setattr(doing, "SECONDS", -1)
    first = carry_out(ACTIONS["retag"], lines, by=chief, **CHOICES["retag"])
    assert told(first.left) == [("甲", "left")]

    monkeypatch.setattr(doing, "SECONDS", 15)
    rest = carry_out(ACTIONS["retag"], first.left, by=chief, **CHOICES["retag"]).after(first.lines)
    assert (told(rest.lines), rest.counts()) == ([("甲", "done")], [("done", 1)])


def test_a_report_comes_back_as_it_was_and_no_other_is_taken(ready, chief):
    ready("retag", title="甲")
    lines = foresee(ACTIONS["retag"], Case.objects.all(), by=chief, **CHOICES["retag"])
    report = carry_out(ACTIONS["retag"], lines, by=chief, **CHOICES["retag"])

    assert read_report(report.signed()) == report
    with pytest.raises(signing.BadSignature):
        read_report(signing.dumps(["x", []], salt="other"))


@pytest.mark.parametrize("count", [1, 4])
@pytest.mark.parametrize(
    ("name", "queries"), [("publish", 8), ("return", 3), ("withdraw", 1), ("retag", 1), ("theme", 2)]
)
def test_foreseeing_takes_as_many_queries_however_many_cases(
    name, queries, count, ready, chief, settings, django_assert_num_queries
):
    for _number in range(count):
        ready(name)
    if name == "publish":  # a draft, which is read, with a site that has no reviews
        Case.objects.update(stage="draft", submitted_revision=None)
    chief.has_perm("cases.publish")
    list(Case.objects.visible_to(chief))

    with django_assert_num_queries(queries):
        assert len(foresee(ACTIONS[name], Case.objects.all(), by=chief, **CHOICES[name])) == count
