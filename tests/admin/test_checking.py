"""What the checks say beside the fields of the form, and the words of one replaced."""

import json

import pytest

from cases.admin.checking import content_of, drawn_findings, replaced, told
from cases.admin.editor.drawing import typed_from_content
from cases.admin.editor.fields_of_case import DROPPED, blank_row
from cases.checking.findings import Finding
from cases.editing.checking import check_case
from cases.models import WordRule
from tests.admin.test_typed_trees import full_content, posted
from tests.builders import make_content, make_user

pytestmark = pytest.mark.django_db


def found_in(typed, **asked):
    return told(typed, check_case(content_of(typed), by=make_user()), may_replace=True, **asked)


def test_a_tree_says_what_its_content_says():
    content = full_content()

    assert content_of(typed_from_content(content)) == content


def test_a_finding_names_its_place_and_how_to_mend_it():
    WordRule.objects.create(words="绿色通道", level="replace", replacement="快捷通道")
    typed = typed_from_content(make_content())
    typed["initiatives"][0]["measures"][1]["text"] = "开绿色通道。"

    (finding,) = [finding for finding in found_in(typed) if finding.level == "replace"]

    assert (finding.place, finding.anchor, str(finding.level_name)) == (
        "举措 1 › 具体措施 2 › 正文",
        "id_initiatives-0-measures-1-text",
        "建议替换",
    )
    assert replaced(typed, finding.command)
    assert typed["initiatives"][0]["measures"][1]["text"] == "开快捷通道。"


def test_words_of_a_tag_are_replaced_in_the_line_of_tags():
    WordRule.objects.create(words="绿色通道", level="replace", replacement="快捷通道")
    typed = typed_from_content(make_content(tags=("治超", "绿色通道")))

    (finding,) = [finding for finding in found_in(typed) if finding.level == "replace"]

    assert replaced(typed, finding.command)
    assert typed["tags"] == "治超，快捷通道"


def test_words_that_moved_are_replaced_where_they_stand_now():
    typed = {"intro": "先写一句。开绿色通道。"}

    assert replaced(typed, json.dumps(["intro", 1, "绿色通道", "快捷通道"]))
    assert typed == {"intro": "先写一句。开快捷通道。"}


@pytest.mark.parametrize(
    "command",
    [
        *("", "{}", "[]", "null", '["intro", 0, "", "乙"]', '["intro", 0, "没有", "乙"]', '["intro", "0", "甲", "乙"]'),
        *('["intro", 0, "甲", null]', '["nothing", 0, "甲", "乙"]', '["initiatives[9].text", 0, "甲", "乙"]'),
        *('[{"a": 1}, 0, "甲", "乙"]', '["initiatives", 0, "甲", "乙"]', "[" * 100_000),
    ],
)
def test_a_button_that_says_nothing_changes_nothing(command):
    typed = {"intro": "甲", "initiatives": []}

    assert not replaced(typed, command)
    assert typed == {"intro": "甲", "initiatives": []}


def test_rows_that_are_empty_or_to_be_deleted_are_not_spoken_of():
    WordRule.objects.create(words="坏词", level="forbidden")
    typed = typed_from_content(make_content())
    typed["initiatives"][0]["measures"][1]["text"] = "坏词"
    assert [finding.path for finding in found_in(typed) if finding.level == "blocks"] == [
        "initiatives[0].measures[1].text"
    ]

    typed["initiatives"][0]["measures"][1][DROPPED] = "on"
    typed["metrics"] = [blank_row("metrics")]

    assert [finding.path for finding in found_in(typed) if finding.level == "blocks"] == []


def test_findings_are_drawn_by_the_ids_of_the_form_in_the_browser():
    post = posted(initiatives=["1", "n3"], initiatives__n3__measures=["0", "n1"])
    typed = {"initiatives": [blank_row("initiatives"), blank_row("initiatives") | {"heading": "乙"}]}
    typed["initiatives"][1]["measures"] = [blank_row("measures"), blank_row("measures") | {"text": "<b>"}]
    finding = Finding("initiatives[1].measures[1].text", "hint", "请留意“%(words)s”", {"words": "<b>"}, 0, 3)

    drawn = drawn_findings(told(typed, [finding], may_replace=True), post)

    assert list(drawn["fields"]) == ["id_initiatives-n3-measures-n1-text"]
    assert "请留意“&lt;b&gt;”" in drawn["fields"]["id_initiatives-n3-measures-n1-text"]
    assert 'href="#id_initiatives-n3-measures-n1-text"' in drawn["summary"]
