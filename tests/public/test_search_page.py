import datetime
import re
from html import unescape
from urllib.parse import unquote, urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cases.content import InitiativeContent
from cases.search.names import directory
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


def test_a_case_that_is_only_filed_under_a_name_is_not_said_to_hold_it(client):
    department = make_department("industry-it", "工业和信息化部门", aliases=["工信局"])
    make_published_case(title="免申即享", summary="奖励到账", department=department)

    html = client.get("/search/?q=工信局 免申").content.decode()

    assert status_of(html) == "找到 1 个案例含有“工信局”（或属于工业和信息化部门）和“免申”。"
    assert status_of(client.get("/search/?q=工信局 别的").content.decode()) == (
        "没有案例含有“工信局”（或属于工业和信息化部门）和“别的”。"
    )
    assert "奖励到账" in client.get("/search/?q=工信局").content.decode()  # no sentence holds the word


def test_a_very_long_word_is_not_repeated_in_full(client):
    html = client.get("/search/", {"q": "很" * 500}).content.decode()

    assert status_of(html) == f"没有案例含有“{'很' * 60}…”。"


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


# Whether anything was published; the cases and facets counted, and what their characters stand for; the keys and rows
# of cases, of cards their themes; the names of provinces, departments, themes and tags. Where a facet is chosen its
# character is looked up for counting and for listing, the facet is counted anew, and chosen divisions are looked up
# twice. What the words name is known for a minute.
WORDS = 1 + 2 + 2 + 4
FACET = 1 + 2 + 3 + 4 + 2 + 1


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("query", "queries"),
    [("q=便民", WORDS), ("q=便民&sort=newest", WORDS), ("metrics=1", FACET), ("region=411100", FACET + 2)],
)
def test_a_search_reads_as_many_queries_whatever_it_finds(client, django_assert_num_queries, count, query, queries):
    filed = {"region": make_region(), "department": make_department(), "themes": (make_theme(),)}
    for number in range(count):
        make_published_case(tags=(f"标签{number}",), **filed)
    directory()

    with django_assert_num_queries(queries):
        assert client.get(f"/search/?{query}").context["page"].count == count


def test_words_that_only_occur_without_the_filters_are_offered_without_them(client):
    make_published_case(title="并联审批", published_at=datetime.date(2024, 1, 1))

    response = client.get("/search/?q=并联审批大会&year=2021")

    assert "去掉全部条件，换成这些词，能找到" in response.content.decode()
    assert [(way.text, unquote(way.url), way.cases) for way in response.context["shorter"]] == [
        ("并联审批", "/search/?q=并联审批", 1)
    ]


def test_what_is_tried_when_nothing_is_found_is_bounded(client, django_assert_max_num_queries):
    make_published_case(intro="企业")
    words = " ".join(f"{number}甲乙丙丁戊己庚辛壬癸" for number in range(25))

    with django_assert_max_num_queries(160):  # on PostgreSQL; on SQLite forty less
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
        ("region=4111", "地址中的地区（参数“region”）无法识别，请重新选择。"),
        ("tag=%00", "地址中的标签（参数“tag”）无法识别，请重新选择。"),
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


def links(html, where):
    """Address → words of the links in the first element of a class."""
    part = re.search(rf'<(\w+) class="{where}.*?</\1>', html, re.S)
    found = re.findall(r'<a [^>]*href="([^"]+)"[^>]*>(.*?)</a>', part[0], re.S) if part else []
    return {unquote(unescape(url)): re.sub(r"<[^>]+>", "", words) for url, words in found}


def options(response, name):
    """Label → cases of the options of a facet, those folded away too."""
    groups = [group for facet in response.context["facets"] if facet.name == name for group in facet.groups]
    return {option.label: option.count for group in groups for option in (*group.shown, *group.more)}


def test_each_facet_tells_what_it_would_bring_and_hides_what_brings_nothing(client):
    make_published_case(
        intro="审批", region=make_region(), department=make_department(), themes=(make_theme(),), tags=("治超",)
    )
    make_published_case(intro="审批", region=make_region("420100"), initiatives=())
    make_published_case(intro="别的", tags=("别的",), department=make_department("market", "市场监管部门"))
    response = client.get("/search/?q=审批")

    assert options(response, "region") == {"河南省": 1, "湖北省": 1}
    assert options(response, "department") == {"交通运输部门": 1}
    assert options(response, "theme") == {"交通物流": 1}
    assert options(response, "tag") == {"治超": 1}
    assert options(response, "year") == {"2024 年": 2}
    assert options(response, "metrics") == {"有指标": 1}
    assert options(response, "kind") == {"数量": 1}


def test_a_part_of_a_place_stands_for_the_whole_and_leads_back_to_it(client):
    for code in ("411102", "410100", "420100"):
        make_published_case(region=make_region(code))
    response = client.get("/search/?region=410000&region=411100&sort=newest&q=便民")
    assert (response.status_code, response["Location"]) == (
        302,
        "/search/?q=%E4%BE%BF%E6%B0%91&region=411100&sort=newest",
    )

    henan = client.get(response["Location"]).context["facets"][0].groups[0].shown[0]
    assert (henan.label, henan.count) == ("河南省", 2)
    assert henan.wider == "/search/?q=%E4%BE%BF%E6%B0%91&region=410000&sort=newest"
    assert [(city.label, city.is_chosen) for city in henan.parts.shown] == [("郑州市", False), ("漯河市", True)]
    assert [county.label for county in henan.parts.shown[1].parts.shown] == ["源汇区"]


def test_every_choice_has_a_chip_that_takes_it_away_unknown_ones_too(client):
    make_published_case(intro="审批", region=make_region())
    response = client.get("/search/?q=审批&region=411100&theme=nope&year=2024&metrics=1")
    html = response.content.decode()

    assert response.status_code == 200
    assert [(chip.title, chip.label, unquote(chip.url)) for chip in response.context["chips"]] == [
        ("地区", "漯河市", "/search/?q=审批&theme=nope&year=2024&metrics=1"),
        ("主题", "nope", "/search/?q=审批&region=411100&year=2024&metrics=1"),
        ("年份", "2024 年", "/search/?q=审批&region=411100&theme=nope&metrics=1"),
        ("指标", "有指标", "/search/?q=审批&region=411100&theme=nope&year=2024"),
    ]
    assert links(html, "chips chosen")["/search/?q=审批"] == "全部去掉"
    assert status_of(html) == "没有案例含有“审批”，并且符合所选条件。"


def test_facets_without_words_list_the_newest_first(client):
    old = make_published_case(title="旧", published_at=datetime.date(2022, 1, 1))
    new = make_published_case(title="新", published_at=datetime.date(2023, 1, 1))
    response = client.get("/search/?metrics=1")

    assert [case.pk for case in response.context["page"]] == [new.pk, old.pk]
    assert status_of(response.content.decode()) == "2 个案例符合所选条件，最新的在前。"


def test_nothing_found_offers_filters_to_drop_each_with_what_it_brings(client):
    make_published_case(intro="审批", published_at=datetime.date(2023, 1, 1), region=make_region())
    make_published_case(intro="审批", published_at=datetime.date(2024, 1, 1), initiatives=())
    context = client.get("/search/?q=审批&year=2023&region=420000&metrics=1").context

    assert [(way.text, way.cases, unquote(way.url)) for way in context["dropping"]] == [
        ("不限地区", 1, "/search/?q=审批&year=2023&metrics=1"),
        ("去掉全部条件", 2, "/search/?q=审批"),
    ]


def test_nothing_found_offers_words_that_occur(client):
    make_published_case(
        intro="企业注销便利化，漯河先行。",
        initiatives=(InitiativeContent(heading="注销便利化一件事"),),
        tags=("企业画像",),
    )
    context = client.get("/search/?q=企业注销便利化改革 漯河").context

    assert [(way.text, way.cases) for way in context["shorter"]] == [("漯河", 1), ("企业注销便利化", 1)]
    assert [tag.name for tag in context["like_tags"]] == ["企业画像"]

    context = client.get("/search/?q=注销便利化改革").context
    assert [way.text for way in context["headings"]] == ["注销便利化一件事"]


@pytest.mark.parametrize("text", ["漯河", "luohe", "lh", "漯河市"])
def test_words_that_name_a_place_lead_to_it_and_to_the_search_within_it(client, text):
    make_published_case(region=make_region())
    html = client.get("/search/", {"q": text}).content.decode()

    assert links(html, "named") == {"/regions/411100/": "漯河市", "/search/?region=411100": "只看漯河市的案例"}


def test_a_place_beside_other_words_narrows_the_search_for_those(client):
    make_published_case(region=make_region(), intro="审批")
    html = client.get("/search/?q=luohe 审批").content.decode()

    assert links(html, "named")["/search/?q=审批&region=411100"] == "在漯河市中搜索“审批”"
    assert "named" not in client.get("/search/?q=漯河&region=411100").content.decode()


def test_the_newest_come_first_if_that_is_asked_for_and_pages_keep_it(client):
    for year in (2021, 2023):
        make_published_case(title="便民", published_at=datetime.date(year, 1, 1))
    for _ in range(20):
        make_published_case(published_at=datetime.date(2022, 1, 1))
    page = client.get("/search/?q=便民&sort=newest&metrics=1").context["page"]

    assert [case.listed_on.year for case in page][:2] == [2023, 2022]
    assert unquote(page.next_url) == "/search/?q=便民&metrics=1&sort=newest&page=2"


def test_no_more_options_are_shown_than_help_and_the_others_are_folded(client):
    for number in range(40):
        make_published_case(tags=(f"标签{number:02}",), initiatives=(), intro="便民")
    facet = next(facet for facet in client.get("/search/?q=便民").context["facets"] if facet.name == "tag")

    assert [len(facet.groups[0].shown), len(facet.groups[0].more)] == [8, 22]
