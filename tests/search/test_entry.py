from cases.content import CaseContent, InitiativeContent, MeasureContent, MetricContent, to_json
from cases.search.entry import searchable, searched_texts


def texts(*, tags=(), **values):
    return searched_texts(to_json(CaseContent(**values)), tags)


def test_a_quote_that_stands_in_its_text_is_not_indexed_again():
    metrics = (MetricContent(quote="办件３万件"), MetricContent(quote="另有一句"))
    found = texts(title="甲", intro="全年办件3万件。", initiatives=(InitiativeContent("乙", metrics=metrics),))
    assert found == ("甲", "乙", "", "全年办件3万件。\n另有一句")


def test_texts_are_joined_by_breaks_in_the_order_of_the_article():
    measure = MeasureContent(heading="己", text="庚")
    initiative = InitiativeContent("丁", "戊", (measure,), (MetricContent(label="辛", quote="庚"),))
    found = texts(
        title="甲",
        subtitle="乙",
        intro="第一段\n第二段",
        summary="摘要",
        closing=" ",
        initiatives=(initiative,),
        tags=("壬", "癸"),
    )
    assert found == ("甲\n乙", "丁\n己", "辛\n壬\n癸", "第一段 第二段\n戊\n庚\n摘要")


def test_texts_are_folded_one_by_one():
    found = texts(title=" 優化  ＡＰＰ ", subtitle="\t", intro="甲\ud800乙\udc00\n\n丙")
    assert found == ("优化 app", "", "", "甲\ufffd乙\ufffd 丙")


def test_half_a_surrogate_pair_becomes_a_character_that_can_be_stored():
    assert searchable("窗\ud800口") == "窗\ufffd口"
