import re
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cases.content import InitiativeContent
from tests.builders import make_department, make_metric, make_published_case, make_region, make_theme

pytestmark = pytest.mark.django_db


def status_of(html):
    return " ".join(re.sub(r"<[^>]+>", "", re.search(r'role="status">(.*?)</p>', html, re.S)[1]).split())


def test_every_hit_is_marked(client):
    make_published_case(title="并联审批再提速", intro="并联审批怎么做？先并联审批，再归档。")
    html = client.get("/search/", {"q": "并联审批"}).content.decode()

    assert html.count("<mark>并联审批</mark>") == 3


def test_the_number_of_results_is_told_in_words(client):
    make_published_case(title="并联审批")
    make_published_case(title="别的")

    assert status_of(client.get("/search/?q=并联").content.decode()) == "找到 1 个案例含有“并联”。"


def test_metrics_that_hold_a_word_are_shown_as_numbers(client):
    quote = "企业开办压缩到0.5天"
    metric = make_metric(label="企业开办时间", value="0.5", unit="天", quote=quote)
    make_published_case(initiatives=(InitiativeContent(heading="快", text=quote, metrics=(metric,)),))
    result = client.get("/search/?q=开办").context["results"][0]

    assert [(hit.shown.value, hit.shown.unit) for hit in result.metrics] == [("0.5", "天")]


@pytest.mark.parametrize("text", ["。", "，，，", "()", "%", "“”"])
def test_punctuation_alone_is_answered_with_what_to_type(client, text):
    make_published_case()
    response = client.get("/search/", {"q": text})

    assert response.context["page"].count == 0
    assert "只有标点找不到案例" in status_of(response.content.decode())


def test_nothing_found_says_what_was_searched_and_where_to_go_on(client):
    html = client.get("/search/", {"q": "没有 这样的词"}).content.decode()

    assert status_of(html) == "没有案例含有“没有”和“这样的词”。"
    assert 'href="/themes/"' in html


def test_an_empty_search_says_how_to_search(client):
    assert "请输入词语" in status_of(client.get("/search/").content.decode())


def test_the_words_stay_in_the_field_and_in_the_pager(client):
    for _ in range(21):
        make_published_case(intro="a&b 便民")
    response = client.get("/search/", {"q": "a&b 便民"})

    assert 'value="a&amp;b 便民"' in response.content.decode()
    assert response.context["page"].next_url == "/search/?q=a%26b+%E4%BE%BF%E6%B0%91&page=2"
    assert len(client.get(response.context["page"].next_url).context["results"]) == 1


@pytest.mark.parametrize("page", ["0", "2", "-1", "x", "９", "9" * 5000, "1e3", ""])
def test_a_page_that_is_not_there_is_not_found(client, page):
    make_published_case()

    assert client.get("/search/", {"q": "便民", "page": page}).status_code == 404


# The number of cases, their keys, rows and themes; the facets counted, and what the characters stand for; the names
# of provinces, departments, themes and tags; the divisions, departments and themes that the words name. Where a facet
# is chosen its character is looked up for each, the facet is counted anew, and chosen divisions are looked up twice.
WORDS = 4 + 2 + 4 + 3
FACET = 4 + 2 + 4 + 3 + 2


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("query", "queries"),
    [("q=便民", WORDS), ("q=便民&sort=newest", WORDS), ("metrics=1", FACET), ("region=411100", FACET + 2)],
)
def test_a_search_reads_as_many_queries_whatever_it_finds(client, django_assert_num_queries, count, query, queries):
    filed = {"region": make_region(), "department": make_department(), "themes": (make_theme(),)}
    for number in range(count):
        make_published_case(tags=(f"标签{number}",), **filed)

    with django_assert_num_queries(queries):
        assert client.get(f"/search/?{query}").context["page"].count == count


def test_what_is_tried_when_nothing_is_found_is_bounded(client, django_assert_max_num_queries):
    make_published_case(intro="企业")
    words = " ".join(f"{number}甲乙丙丁戊己庚辛壬癸" for number in range(25))

    with django_assert_max_num_queries(110):
        assert client.get("/search/", {"q": words, "year": "2020", "metrics": "1"}).status_code == 200


ANYTHING = st.text(max_size=120)
NAMES = ("q", "region", "department", "theme", "tag", "year", "kind", "metrics", "page", "sort", "other")
OURS = st.sampled_from(
    ["411100", "410000", "999999", "transport", "2024", "amount", "1", "newest", "便民", "-便民", '"']
)


@given(st.lists(st.tuples(st.sampled_from(NAMES), ANYTHING | OURS), max_size=6))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_parameter_is_an_error(client, parameters):
    query = urlencode(parameters, errors="surrogatepass")

    assert client.get(f"/search/?{query}", follow=True).status_code in (200, 400, 404)


@pytest.mark.parametrize("query", ["q=%00", "q=%ff%fe", "q=%22OR%201=1", "q=*", "q=a&q=b", "q=NEAR(", "tag=%ff"])
def test_no_query_is_an_error(client, query):
    make_published_case()

    assert client.get(f"/search/?{query}").status_code == 200


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("q=" + "x" * 1_000_000, "搜索的内容太长，请只留下最要紧的词。"),
        ("region=4111", "地址中“region”的值无法识别，请从搜索页重新选择。"),
        ("tag=%00", "地址中“tag”的值无法识别，请从搜索页重新选择。"),
        ("&".join(f"year=20{number}" for number in range(10, 40)), "一次最多选 20 个值。"),
    ],
)
def test_what_cannot_be_read_is_told_in_a_sentence_with_a_way_on(client, query, sentence):
    response = client.get(f"/search/?{query}")
    html = response.content.decode()

    assert response.status_code == 400
    assert sentence in html
    assert 'role="search"' in html
    assert '<a href="/search/">' in html
