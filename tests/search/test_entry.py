import datetime

from cases.content import CaseContent, InitiativeContent, MetricContent
from cases.search.entry import Entry, searchable

DAY = datetime.date(2024, 5, 1)


def test_a_quote_that_stands_in_its_text_is_not_indexed_again():
    metrics = (MetricContent(quote="办件３万件"), MetricContent(quote="另有一句"))
    content = CaseContent(title="甲", intro="全年办件3万件。", initiatives=(InitiativeContent("乙", metrics=metrics),))
    assert Entry.of(7, DAY, content) == Entry(7, DAY, "甲", "乙", "", "全年办件3万件。\n另有一句")


def test_fields_are_the_texts_one_by_one():
    content = CaseContent(title="甲", subtitle="乙", intro="第一段\n第二段", closing=" ", tags=("丙", "丁"))
    assert list(Entry.of(7, DAY, content).fields()) == ["甲", "乙", "丙", "丁", "第一段 第二段"]


def test_half_a_surrogate_pair_becomes_a_character_that_can_be_stored():
    assert searchable("窗\ud800口") == "窗\ufffd口"
