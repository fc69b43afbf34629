import pytest
from django.utils import timezone

from cases.editing.checking import blocking, check_case
from cases.editing.requirements import Incomplete
from cases.editing.review import steps
from cases.models import Case, DeadLink, PublishedCase, WordRule
from tests.builders import make_case, make_content, make_department, make_region, make_user

pytestmark = pytest.mark.django_db


def make_rule(words="坏词", level="forbidden", **columns):
    return WordRule.objects.create(words=words, level=level, **columns)


def told(content, **asked):
    return [
        (found.path, found.level, found.message % found.params)
        for found in check_case(content, by=asked.pop("by", None) or make_user(), **asked)
    ]


def said_of(path, content, **asked):
    return [told_one[1:] for told_one in told(content, **asked) if told_one[0] == path]


def test_rules_of_the_site_are_checked_each_at_its_level():
    make_rule("坏词", "forbidden", note="不得出现")
    make_rule("绿色通道", "replace", replacement="快捷通道")
    make_rule("首创", "hint", allowed=["首创精神"])
    make_rule("歇着", is_active=False)

    content = make_content(intro="坏词歇着，绿色通道，首创，首创精神。")

    assert said_of("intro", content) == [
        ("blocks", "“坏词”不能使用：不得出现"),
        ("replace", "“绿色通道”宜改为“快捷通道”"),
        ("hint", "请留意“首创”"),
    ]


def test_a_rule_of_the_site_stands_before_the_slip_that_ships_with_it():
    assert said_of("intro", make_content(intro="帐户。")) == [("replace", "“帐户”宜改为“账户”")]
    make_rule("帐户", "hint", note="历史文献除外")

    assert said_of("intro", make_content(intro="帐户。")) == [("hint", "请留意“帐户”：历史文献除外")]


def test_offices_are_called_as_this_site_calls_them():
    make_department("transport", aliases=["交通运输局"])

    assert said_of("intro", make_content(intro="漯河市交通运轮局牵头。")) == [
        ("replace", "“交通运轮局”是不是“交通运输局”？")
    ]


def test_what_a_case_needs_and_what_would_better_it_is_told_at_its_field():
    content = make_content(title="", source_name="", source_url="")

    assert [(path, level) for path, level, _words in told(content)] == [
        ("title", "blocks"),
        ("source_name", "hint"),
        ("source_url", "hint"),
        *((path, "hint") for path in ("themes", "department", "summary")),
    ]


@pytest.mark.parametrize(
    ("columns", "is_told"),
    [({"fails": 1}, False), ({"fails": 2}, True), ({"fails": 1, "status": 404}, True)],
)
def test_a_link_is_told_once_it_is_surely_dead(columns, is_told):
    address = "https://dead.example/a"
    DeadLink.objects.create(address=address, checked_at=timezone.now(), **columns)

    assert bool(said_of("source_url", make_content(source_url=address))) == is_told


def test_likely_duplicates_are_named_as_far_as_one_may_see_them():
    text = "".join(f"第{number}家企业当天拿到执照，窗口把材料从{number}份减到一份。" for number in range(60))
    near, far = make_region("411100"), make_region("410200")
    case = make_case(title="别处的做法", intro=text, region=far)
    editor = make_user("scoped")
    editor.regions.add(near)

    content = make_content(title="新写的", intro=text)
    hidden = ("hint", "可能和已有的一个案例重复，它不在您负责的地区和部门之内")
    assert hidden in said_of("title", content, by=editor)
    assert ("hint", "可能和已有的案例重复：别处的做法") in said_of("title", content)
    assert said_of("title", content, case=case) == []


@pytest.mark.parametrize("count", [1, 3])
def test_a_text_is_checked_in_few_queries(django_assert_max_num_queries, count):
    user = make_user()
    for number in range(count):
        make_rule(f"坏词{number}")
        make_case()
    content = make_content(source_url="https://example.org/a", intro="坏词0坏词1坏词2")

    with django_assert_max_num_queries(9):
        check_case(content, by=user)


# What blocks


def test_forbidden_words_block_and_others_do_not():
    make_rule("坏词")
    make_rule("绿色通道", "replace", replacement="快捷通道")

    assert [remark.path for remark in blocking(make_content(intro="绿色通道"))] == []
    assert [remark.path for remark in blocking(make_content(intro="坏词", tags=("坏词",)))] == ["intro", "tags[0]"]


def test_no_step_towards_the_reader_is_taken_with_a_forbidden_word():
    make_rule("坏词")
    author, chief = make_user("author", permissions=("*",)), make_user("chief", permissions=("*",))
    case = make_case(intro="坏词", by=author)

    with pytest.raises(Incomplete):
        steps.submit_for_review(case, by=author)
    with pytest.raises(Incomplete):
        steps.force_publication(Case.objects.get(pk=case.pk), by=chief, reason="急")

    assert not PublishedCase.objects.exists()


def test_a_rule_made_after_the_approval_holds_the_case_back(settings):
    settings.REVIEWS = 0
    author, chief = make_user("author", permissions=("*",)), make_user("chief", permissions=("*",))
    case = make_case(intro="绿色通道", by=author)
    steps.submit_for_review(case, by=author)
    rule = make_rule("绿色通道")

    with pytest.raises(Incomplete) as refused:
        steps.publish_approved(Case.objects.get(pk=case.pk), by=chief)
    assert [remark.path for remark in refused.value.missing] == ["intro"]

    rule.delete()
    steps.publish_approved(Case.objects.get(pk=case.pk), by=chief)
    assert PublishedCase.objects.exists()
