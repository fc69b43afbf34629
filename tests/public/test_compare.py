import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cases.content import InitiativeContent, MeasureContent
from cases.publishing.release import withdraw
from tests.builders import make_department, make_metric, make_published_case, make_publisher, make_region, make_theme

pytestmark = pytest.mark.django_db


def make_compared(title, *metrics, heading="容缺受理先办后补", **values):
    """A published case of one initiative with a measure and these metrics."""
    text = "。".join(metric.quote for metric in metrics)
    measure = MeasureContent(heading="材料容缺受理", text="缺一份材料也先收下。")
    initiative = InitiativeContent(heading=heading, text=text, measures=(measure,), metrics=metrics)
    return make_published_case(title=title, initiatives=(initiative,), **values)


@pytest.fixture
def pair():
    days = make_metric(label="办理时限", value=3, unit="天", kind="duration", quote="办理时限3天")
    working_days = make_metric(label="办结时限", value=2, unit="个工作日", kind="duration", quote="办结时限2个工作日")
    stations = make_metric(label="便民站点", value=9, unit="个", quote="建成便民站点9个")
    first = make_compared("漯河办得快", days, stations, region=make_region("411100"), tags=("容缺", "帮办"))
    second = make_compared("杭州办得好", working_days, region=make_region("330100"), tags=("容缺",))
    return first, second


def rows_of(response, title):
    section = next((section for section in response.context["sections"] if section.title == title), None)
    return section.rows if section else ()


def table_of(response):
    return re.search(r"<table class=\"compare.*?</table>", response.content.decode(), re.S)[0]


# Cases


def test_like_metrics_stand_on_one_line_and_gaps_are_said(client, pair):
    first, second = pair
    response = client.get(f"/compare/?case={first.pk}&case={second.pk}")
    rows = rows_of(response, "指标数据")

    assert [[cell and cell.shown.label for cell in row.cells] for row in rows] == [
        ["办理时限", "办结时限"],
        ["便民站点", None],
    ]
    assert rows[0].note == "单位不同，不能直接比大小"
    assert [cell.bars for cell in rows[0].cells] == [None, None]
    assert '<span class="visually-hidden">没有</span>' in table_of(response)


def test_numbers_of_one_unit_and_kind_are_bars_on_one_scale(client):
    cases = [
        make_compared(
            str(value), make_metric(label="办理时限", value=value, unit="天", kind="duration", quote=f"{value}天")
        )
        for value in (2, 8)
    ]
    (row,) = rows_of(client.get("/compare/?" + "&".join(f"case={case.pk}" for case in cases)), "指标数据")

    assert [cell.bars.after for cell in row.cells] == ["25.0", "100.0"]


def test_initiatives_measures_and_facts_stand_side_by_side(client, pair):
    first, second = pair
    response = client.get(f"/compare/?case={first.pk}&case={second.pk}")

    assert [row.head for row in rows_of(response, "举措")] == ["做法相近"]
    assert [[cell.heading for cell in row.cells] for row in rows_of(response, "相近的具体措施")] == [
        ["材料容缺受理"] * 2
    ]
    facts = {row.head: row.cells for row in rows_of(response, "概况")}
    assert [[word.text for word in cell] for cell in facts["城市"]] == [["漯河市"], ["杭州市"]]
    assert [[(word.text, word.is_shared) for word in cell] for cell in facts["标签"]] == [
        [("容缺", True), ("帮办", False)],
        [("容缺", True)],
    ]


def test_an_initiative_alone_has_a_line_of_its_own(client):
    cases = [make_compared(heading, heading=heading) for heading in ("夜间窗口不打烊", "电子证照跨省认")]
    rows = rows_of(client.get("/compare/?" + "&".join(f"case={case.pk}" for case in cases)), "举措")

    assert [row.head for row in rows] == ["只此一处", "只此一处"]


def test_numbers_and_steps_lead_to_their_place_in_the_case(client, pair):
    first, second = pair
    html = table_of(client.get(f"/compare/?case={first.pk}&case={second.pk}"))

    assert f'href="/cases/{first.pk}/#evidence-2"' in html
    assert f'href="/cases/{second.pk}/#initiative-1"' in html


def test_the_table_says_which_head_is_whose(client, pair):
    first, second = pair
    html = table_of(client.get(f"/compare/?case={first.pk}&case={second.pk}"))

    assert html.count('scope="col"') == 2
    assert html.count('scope="rowgroup"') == html.count("<tbody")
    assert html.count('scope="row"') == html.count('class="compare__row"')


def test_columns_keep_the_order_of_the_address_and_can_be_taken_out(client, pair):
    first, second = pair
    columns = client.get(f"/compare/?case={second.pk}&case={first.pk}").context["columns"]

    assert [column.name for column in columns] == ["杭州办得好", "漯河办得快"]
    assert columns[0].without_url == f"/compare/?case={first.pk}"


def test_what_cannot_be_compared_is_named_and_the_rest_is_shown(client, pair):
    first, second = pair
    gone = make_published_case()
    withdraw(gone.case, by=make_publisher(), reason="过时")
    response = client.get(f"/compare/?case={first.pk}&case={gone.pk}&case=987654&case=x&case={second.pk}")

    assert len(response.context["columns"]) == 2
    assert response.context["notes"] == (
        f"已撤下，不再对比：案例 {gone.pk}。",
        "没有这样的案例：987654、x。",
    )


def test_more_than_four_are_cut_and_it_is_said(client):
    keys = [make_published_case().pk for _ in range(5)]
    response = client.get("/compare/?" + "&".join(f"case={key}" for key in keys))

    assert len(response.context["columns"]) == 4
    assert response.context["notes"] == ("一次最多对比 4 个，这里是前 4 个。",)


def test_a_case_given_twice_is_one(client, pair):
    response = client.get(f"/compare/?case={pair[0].pk}&case={pair[0].pk}")

    assert "columns" not in response.context
    assert "再选一个就可以对比" in response.content.decode()


# Places


def test_places_show_cases_tags_and_their_best_documented_numbers(client, pair):
    bare = make_metric(label="办件时限", value=30, unit="天", kind="duration", quote="办件时限30天")
    told = make_metric(label="办件时限", value=2, from_value=9, unit="天", kind="duration", quote="由9天减至2天")
    make_compared("漯河又一例", bare, told, region=make_region("411102"), tags=("容缺",))
    response = client.get("/compare/?region=411100&region=330100")
    facts = {row.head: row.cells for row in rows_of(response, "概况")}
    rows = rows_of(response, "指标数据")

    assert [cell[0].text for cell in facts["案例"]] == ["2", "1"]
    assert facts["案例"][0][0].url == "/search/?region=411100"
    assert [[word.is_shared for word in cell] for cell in facts["用得最多的标签"]] == [[True, False], [True]]
    assert [[cell and cell.shown.value for cell in row.cells] for row in rows] == [["2", "2"], ["9", None]]
    assert "漯河又一例" in table_of(response)


def test_places_are_compared_under_a_theme(client):
    theme = make_theme()
    make_published_case(region=make_region("411100"), themes=(theme,))
    make_published_case(region=make_region("411100"))
    make_published_case(region=make_region("330100"))
    response = client.get(f"/compare/?region=411100&region=330100&theme={theme.pk}")
    facts = {row.head: row.cells for row in rows_of(response, "概况")}

    assert [cell[0].text for cell in facts["案例"]] == ["1", "0"]
    assert '<option value="logistics-transport" selected>' in response.content.decode()


def test_unknown_places_and_themes_are_named(client, pair):
    response = client.get("/compare/?region=411100&region=999999&region=330100&theme=nothing")

    assert response.context["notes"] == ("没有这样的城市：999999。", "没有这样的主题：nothing。")
    assert len(response.context["columns"]) == 2


def test_cases_and_places_do_not_mix(client, pair):
    response = client.get(f"/compare/?case={pair[0].pk}&case={pair[1].pk}&region=411100")

    assert response.context["notes"] == ("案例和城市不能放在一张表里，这里只对比案例。",)


# Choosing


def test_words_find_cases_to_add_to_those_chosen(client, pair):
    first, second = pair
    response = client.get(f"/compare/?case={first.pk}&q=杭州")
    html = response.content.decode()

    assert [offer.url for offer in response.context["cases"]] == [f"/compare/?case={first.pk}&case={second.pk}"]
    assert f'<input type="hidden" name="case" value="{first.pk}">' in html
    assert "groups" not in response.context


def test_places_with_cases_can_be_added(client, pair):
    response = client.get("/compare/?region=411100&theme=")
    offers = {str(offer.row): offer.url for group in response.context["groups"] for offer in group.offers}

    assert offers == {"漯河市": "", "杭州市": "/compare/?region=411100&region=330100"}


def test_one_more_can_be_added_to_a_comparison(client, pair):
    third = make_compared("成都也办得好")
    chosen = f"/compare/?case={pair[0].pk}&case={pair[1].pk}"
    response = client.get(client.get(chosen).context["add_url"] + "&q=成都")

    assert [offer.url for offer in response.context["cases"]] == [f"{chosen}&case={third.pk}"]
    assert response.context["ready_url"] == chosen
    assert '<input type="hidden" name="choose" value="1">' in response.content.decode()


def test_an_empty_site_says_what_to_do(client):
    assert "还没有案例" in client.get("/compare/").content.decode()


def test_other_pages_lead_into_a_comparison(client, pair):
    theme = make_theme()
    make_published_case(themes=(theme,))
    key = pair[0].pk

    assert f'href="/compare/?case={key}"' in client.get(f"/cases/{key}/").content.decode()
    assert f'href="/compare/?case={key}"' in client.get("/cases/").content.decode()
    assert 'href="/compare/?region=411100"' in client.get("/regions/411100/").content.decode()
    assert f'href="/compare/?theme={theme.pk}"' in client.get(theme.get_absolute_url()).content.decode()


# Wrong, cheap


@pytest.mark.parametrize("value", ["0", "-1", "x", "９", "9" * 30, "1" * 5000, str(2**63), str(2**63 - 1), "", " "])
def test_no_key_of_a_case_is_an_error(client, pair, value):
    response = client.get("/compare/", {"case": [value, str(pair[0].pk)]})

    assert response.status_code == 200
    assert len(response.content) < 100_000


@pytest.mark.parametrize("query", ["region=x", "theme=%00", "q=" + "x" * 501, "region=1&region=2"])
def test_what_no_link_holds_is_refused_in_a_sentence(client, query):
    response = client.get(f"/compare/?{query}")

    assert response.status_code == 400
    assert 'role="alert"' in response.content.decode()


@given(name=st.sampled_from(["case", "region", "theme", "q", "tag"]), texts=st.lists(st.text(), min_size=1, max_size=5))
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_parameter_is_an_error(client, name, texts):
    assert client.get("/compare/", {name: texts}).status_code in (200, 400)


@pytest.mark.parametrize("count", [2, 4])
def test_comparing_cases_reads_three_queries(client, django_assert_num_queries, count):
    keys = [make_published_case(themes=(make_theme(),), tags=("容缺",)).pk for _ in range(count)]

    with django_assert_num_queries(3):
        assert client.get("/compare/?" + "&".join(f"case={key}" for key in keys)).status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_comparing_places_reads_seven_queries_a_place(client, django_assert_num_queries, count):
    regions = [make_region(code) for code in ("411100", "330100")]
    for region in regions * count:
        make_published_case(region=region, department=make_department(), tags=("容缺",))

    with django_assert_num_queries(2 + 7 * len(regions)):
        assert client.get("/compare/?region=411100&region=330100").status_code == 200


def test_the_page_leaves_nothing_behind(client, pair):
    response = client.get(f"/compare/?case={pair[0].pk}&case={pair[1].pk}")

    assert response["Cache-Control"] == "public, max-age=0, s-maxage=60"
    assert not response.cookies
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|csrf", response.content.decode())
    assert client.post("/compare/").status_code == 405


def test_the_address_of_a_reading_list_is_understood(client):
    first, second = make_published_case(title="甲"), make_published_case(title="乙")

    html = client.get(f"/compare/?cases={first.pk},{second.pk},abc").content.decode()

    assert "甲" in html
    assert "乙" in html
    assert "没有这样的案例：abc。" in html
