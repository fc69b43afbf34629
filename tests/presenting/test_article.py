import pytest

from cases.content import CaseContent, InitiativeContent, MeasureContent, MetricContent
from cases.presenting.article import NumberedMetric, Passage, lay_out
from cases.presenting.marks import Quote


def test_an_empty_case_has_no_passages():
    article = lay_out(CaseContent())

    assert (article.intro, article.initiatives, article.closing) == (None, (), None)


def test_metrics_of_the_case_stand_where_their_words_are():
    content = CaseContent(
        intro="全年办件9万件。",
        closing="满意度98%。",
        metrics=(MetricContent(label="满意度", quote="满意度98%"), MetricContent(label="办件", quote="办件9万件")),
    )
    article = lay_out(content)

    assert [metric.shown.label for metric in article.intro.metrics] == ["办件"]
    assert [metric.shown.label for metric in article.closing.metrics] == ["满意度"]


def test_a_metric_whose_words_are_gone_stands_at_the_intro_without_evidence():
    article = lay_out(CaseContent(intro="导语。", metrics=(MetricContent(label="办件", quote="别处"),)))

    assert [metric.has_evidence for metric in article.intro.metrics] == [False]


def test_numbers_run_through_the_whole_case():
    quote = "三家"
    part = InitiativeContent(
        heading="办得快",
        measures=(MeasureContent(heading="减环节", text=f"共{quote}。"),),
        metrics=(MetricContent(quote=quote),),
    )
    article = lay_out(CaseContent(intro="甲。", metrics=(MetricContent(quote="甲"),), initiatives=(part, part)))

    assert [passage.anchor for passage in article.initiatives] == ["initiative-1", "initiative-2"]
    assert [metric.number for passage in article.initiatives for metric in passage.metrics] == [2, 3]
    assert article.initiatives[1].measures[0].paragraphs == (("共", Quote(3, (quote,)), "。"),)


@pytest.mark.parametrize(
    ("count", "in_sight", "folded"), [(0, 0, 0), (5, 5, 0), (6, 4, 2), (12, 4, 8), (13, 9, 4), (400, 9, 391)]
)
def test_the_rest_of_many_metrics_is_folded(count, in_sight, folded):
    passage = Passage("intro", metrics=tuple(NumberedMetric(n, None, False) for n in range(1, count + 1)))

    assert (len(passage.metrics_in_sight), len(passage.metrics_folded)) == (in_sight, folded)
    assert passage.metrics_in_sight + passage.metrics_folded == passage.metrics
