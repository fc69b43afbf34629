"""From a posted form to a typed tree, to the content of a case, and to what is drawn."""

import datetime
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict

from cases.admin.editor.drawing import drawn, typed_from_content
from cases.admin.editor.fields_of_case import blank_case, blank_row
from cases.admin.editor.problems import named
from cases.admin.editor.reading import (
    Problem,
    TooManyRows,
    content_from_typed,
    keep_uploads,
    typed_from_post,
    without_dropped,
)
from cases.content import CaseContent, InitiativeContent, MeasureContent, PictureContent
from cases.editing import bounds
from cases.editing.pictures import store_picture
from tests.builders import make_content, make_department, make_metric, make_region, make_theme
from tests.editing.test_pictures import picture_bytes

pytestmark = pytest.mark.django_db


def posted(**values):
    """A post with these values; `__` in a name stands for a dot, a list for several values of one name."""
    post = QueryDict(mutable=True)
    for name, value in values.items():
        post.setlist(name.replace("__", "."), value if isinstance(value, list) else [value])
    return post


def full_content():
    return make_content(
        subtitle="副题",
        published_at=datetime.datetime(2024, 3, 1, 9, 5),
        source_url="https://example.org/a",
        region=make_region().pk,
        department=make_department().pk,
        themes=(make_theme().pk,),
        tags=("AI, 审批", "治超"),
        intro="第一段44公里。\n第二段。",
        policies=("《优化营商环境条例》", "《办法》"),
        metrics=(make_metric(value="44.5", from_value=100, quote="44公里"),),
        pictures=(PictureContent(store_picture("a.png", picture_bytes()), "a.png", "图", "", True),),
    )


def test_the_tree_of_a_content_gives_the_content_back():
    content = full_content()

    assert content_from_typed(typed_from_content(content)) == (content, [])


def test_leaves_are_the_text_a_person_would_type():
    typed = typed_from_content(full_content())

    assert (typed["published_at"], typed["tags"], typed["policies"]) == (
        "2024-03-01 09:05",
        '"AI, 审批"，治超',
        "《优化营商环境条例》\n《办法》",
    )
    assert [typed["metrics"][0][name] for name in ("value", "from_value", "qualifier")] == ["44.5", "100", "exact"]
    assert typed["pictures"][0]["is_cover"] == "on"


def test_rows_stand_in_the_order_of_their_keys_in_the_post():
    typed = typed_from_post(
        posted(
            initiatives=["1", "n3", "0"],
            initiatives__0__heading="甲",
            initiatives__1__heading="乙",
            initiatives__n3__heading="丙",
            initiatives__n3__measures=["n1", "n0"],
            initiatives__n3__measures__n0__heading="丙一",
            initiatives__n3__measures__n1__heading="丙二",
        )
    )

    assert [row["heading"] for row in typed["initiatives"]] == ["乙", "丙", "甲"]
    assert [row["heading"] for row in typed["initiatives"][1]["measures"]] == ["丙二", "丙一"]


@pytest.mark.parametrize("key", ["x", "1.2", "9" * 5000, "", "-1", "²", "__key__"])
def test_a_key_that_no_form_has_brings_no_row(key):
    assert typed_from_post(posted(initiatives=[key, "0"]))["initiatives"] == [blank_row("initiatives")]


def test_a_key_sent_twice_is_one_row():
    assert len(typed_from_post(posted(metrics=["0", "0"]))["metrics"]) == 1


def test_more_rows_than_a_form_has_are_refused():
    with pytest.raises(TooManyRows):
        typed_from_post(posted(metrics=[str(key) for key in range(2000)]))


def test_an_empty_post_is_a_blank_case():
    assert typed_from_post(posted()) == blank_case()


def test_what_no_database_keeps_is_dropped_and_lines_end_as_they_do_here():
    typed = typed_from_post(posted(title="题\x00目\ud800", intro="一。\r\n二。", themes=["a\x00"]))

    assert (typed["title"], typed["intro"], typed["themes"]) == ("题目", "一。\n二。", ["a"])


def test_what_cannot_be_read_is_told_by_its_place_and_the_rest_is_read():
    typed = blank_case() | {"title": "题目", "published_at": "去年", "metrics": [blank_row("metrics")]}
    typed["initiatives"] = [{"heading": "甲", "metrics": [{"label": "时间", "value": "4 4"}]}]

    content, problems = content_from_typed(typed)

    assert problems == [
        Problem("published_at", "请写作 2023-12-18 或 2023-12-18 10:41。"),
        Problem("initiatives[0].metrics[0].value", "请只写数字，如 44 或 0.5；单位写在单位栏。"),
    ]
    assert (content.title, content.published_at, content.metrics) == ("题目", None, ())
    assert content.initiatives[0].metrics[0].label == "时间"


def test_blank_and_dropped_rows_are_left_out_and_counted_in_places():
    rows = [blank_row("initiatives"), {"heading": "甲", "dropped": "on"}, {"heading": "乙"}, {"heading": "丙" * 301}]

    content, problems = content_from_typed({"title": "题目", "initiatives": rows})
    kept, _problems = content_from_typed({"title": "题目", "initiatives": rows}, keep_blank=True)

    assert [part.heading for part in content.initiatives] == ["乙", ""]
    assert [problem.path for problem in problems] == ["initiatives[3].heading"]
    assert [part.heading for part in kept.initiatives] == ["", "甲", "乙", ""]


def test_an_initiative_without_words_counts_for_the_measure_under_it():
    content, problems = content_from_typed({"title": "题目", "initiatives": [{"measures": [{"text": "只有措施"}]}]})

    assert (content, problems) == (
        CaseContent(title="题目", initiatives=(InitiativeContent(measures=(MeasureContent(text="只有措施"),)),)),
        [],
    )


def test_a_tree_without_its_dropped_rows():
    typed = {"title": "题目", "initiatives": [{"measures": [{"heading": "一", "dropped": "on"}, {"heading": "二"}]}]}

    assert without_dropped(typed)["initiatives"] == [{"measures": [{"heading": "二"}]}]


def test_codes_that_the_vocabulary_does_not_have_are_told():
    content, problems = content_from_typed({"title": "题目", "region": "999999", "themes": ["no-such-theme"]})

    assert [(problem.path, problem.message) for problem in problems] == [
        ("region", "词表里没有这一项，请重新选择。"),
        ("themes", "词表里没有这一项，请重新选择。"),
    ]
    assert (content.region, content.themes) == ("", ())


def test_a_picture_that_was_sent_stands_in_the_tree_by_its_name():
    post = posted(pictures=["n1", "n0"], pictures__n0__alt="窗口")
    typed = typed_from_post(post)
    files = {
        "pictures.n0.upload": SimpleUploadedFile("现场.jpg", picture_bytes()),
        "pictures.n1.upload": SimpleUploadedFile("坏的.jpg", b"no"),
    }

    problems = keep_uploads(typed, post, files)

    assert (typed["pictures"][1]["name"], typed["pictures"][1]["alt"]) == ("现场.jpg", "窗口")
    assert content_from_typed({"title": "题", "pictures": typed["pictures"][1:]})[1] == []
    assert [problem.path for problem in problems] == ["pictures[0].file"]


def test_cells_carry_names_ids_and_what_was_told_of_their_places():
    typed = {"title": "", "initiatives": [{"heading": "甲", "dropped": "on"}, {"metrics": [{"value": "4 4"}]}]}
    problems = [Problem("title", "缺"), Problem("initiatives[1].metrics[0].value", "不是数字")]

    form = drawn(typed, problems)
    row = form.lists["initiatives"].rows[1]
    cell = row.lists["metrics"].rows[0].cells["value"]

    assert (cell.name, cell.id, cell.value) == (
        "initiatives.1.metrics.0.value",
        "id_initiatives-1-metrics-0-value",
        "4 4",
    )
    assert (cell.errors, form.cells["title"].errors, row.has_errors) == (["不是数字"], ["缺"], True)
    assert [(one.number, one.is_dropped) for one in form.lists["initiatives"].rows] == [(0, True), (1, False)]
    assert form.blanks["measures"].cells["text"].name == "measures.__key__.text"


def test_problems_are_named_as_the_page_counts_rows():
    typed = {"initiatives": [{"dropped": "on"}, {"metrics": [{}, {}]}], "metrics": [{}]}
    problems = [
        Problem("initiatives[1].metrics[1].value", "不是数字"),
        Problem("initiatives[1].measures", "太多"),
        Problem("metrics[0].label", "太长"),
    ]

    assert [(error.place, error.anchor) for error in named(problems, typed)] == [
        ("举措 1 › 指标数据 2 › 现值", "id_initiatives-1-metrics-1-value"),
        ("举措 1 › 具体措施", "initiatives-1-measures-group"),
        ("指标数据 1 › 指标", "id_metrics-0-label"),
    ]


def test_numbers_are_shown_without_the_zeros_of_their_column():
    assert typed_from_content(make_content(metrics=(make_metric(value=Decimal("44.50")),)))["metrics"][0]["value"] == (
        "44.5"
    )


def test_a_text_too_long_for_a_case_is_refused_at_its_longest_field_and_not_lost():
    tree = typed_from_content(make_content(intro="长" * bounds.CHARACTERS))

    content, problems = content_from_typed(tree)

    assert [problem.path for problem in problems] == ["intro"]
    assert content.intro == tree["intro"]
