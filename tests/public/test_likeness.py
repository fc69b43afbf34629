import pytest

from cases.content import InitiativeContent, MeasureContent
from cases.public.like.cases import MOST_CASES, like_cases
from cases.publishing.rebuild import rebuild_published
from tests.builders import make_published_case, make_region

pytestmark = pytest.mark.django_db


def about(*headings, region="411100", text="", **values):
    measures = tuple(MeasureContent(heading=heading, text=text) for heading in headings)
    initiatives = (InitiativeContent(measures=measures),)
    return make_published_case(
        **{"title": "做法", "intro": "", "initiatives": initiatives, "region": make_region(region), **values}
    )


def filler(count):
    """Cases about something else: a word of a fifth of all cases ties nothing."""
    for number in range(count):
        about("设立夜间驿站" if number % 2 else "开展银发课堂", region="330100")


def mark_as_demo(*cases):
    for case in cases:
        case.is_demo = True
        case.save()


def test_cases_elsewhere_come_before_those_of_the_same_city():
    one, here = about("推行容缺受理"), about("推行容缺受理")
    elsewhere = about("推行容缺受理", "扫码入企", region="410100")

    assert [like.case for like in like_cases(one)] == [elsewhere, here]


def test_real_cases_come_before_demo_cases():
    one, demo = about("推行容缺受理"), about("推行容缺受理", region="330100")
    real = about("推行容缺受理", region="410100")
    mark_as_demo(demo)

    assert [like.case for like in like_cases(one)] == [real, demo]


def test_the_reason_names_words_tags_and_policies():
    shared = {"tags": ("治超", "扫码入企"), "policies": ("《甲办法》",)}
    one = about("推行容缺受理", tags=("扫码入企", "独有"), policies=("甲办法",))
    about("推行容缺受理", region="410100", **shared)

    (like,) = like_cases(one)

    assert (set(like.words), like.tags, like.policies) == ({"容缺受理", "扫码入企"}, ("扫码入企",), ("甲办法",))


def test_no_more_than_five_are_shown():
    one = about("推行容缺受理")
    for _ in range(MOST_CASES + 1):
        about("推行容缺受理", region="410100")
    filler(40)

    assert len(like_cases(one)) == MOST_CASES


@pytest.mark.parametrize("count", [1, 3])
def test_the_case_page_finds_them_in_as_many_queries_however_many(client, django_assert_num_queries, count):
    one = about("推行容缺受理", tags=("扫码入企",), policies=("甲办法",))
    for _ in range(count):
        about("推行容缺受理", region="410100", policies=("甲办法",))
    filler(20)

    with django_assert_num_queries(14):  # eight of them for the cases alike
        html = client.get(one.get_absolute_url()).content.decode()

    assert html.count('class="like__one"') == count
    assert f'href="/cases/{one.pk}/like/"' in html
    assert f'href="/cases/{one.pk}/like/#initiative-1-measure-1"' in html
    assert '<a href="/policies/%E7%94%B2%E5%8A%9E%E6%B3%95/">《甲办法》</a>' in html


@pytest.mark.parametrize("count", [1, 3])
def test_measures_stand_side_by_side_with_the_shared_words_marked(client, django_assert_num_queries, count):
    one = about("推行容缺受理", text="材料不全也收。")
    others = [about("实行容缺受理", region="410100", text="先办后补。") for _ in range(count)]
    filler(20)

    with django_assert_num_queries(15):
        html = client.get(f"/cases/{one.pk}/like/").content.decode()

    assert html.count("实行<mark>容缺受理</mark>") == count
    assert "推行<mark>容缺受理</mark>" in html
    assert f'href="/cases/{others[0].pk}/#initiative-1-measure-1"' in html
    assert "先办后补。" in html


def test_the_pages_are_the_same_after_a_rebuild(client):
    one = about("推行容缺受理", tags=("扫码入企",))
    about("实行容缺受理", "扫码入企", region="410100", tags=("扫码入企",))
    addresses = [one.get_absolute_url(), f"/cases/{one.pk}/like/"]
    before = [client.get(address).content for address in addresses]

    rebuild_published()

    assert [client.get(address).content for address in addresses] == before


def test_a_case_that_is_alone_says_so(client):
    one = about("推行容缺受理")

    assert "还没有找到别处相近的案例" in client.get(one.get_absolute_url()).content.decode()
    assert "还没有找到别处相近的措施" in client.get(f"/cases/{one.pk}/like/").content.decode()


@pytest.mark.parametrize("key", ["1", "0", "9" * 19, "9" * 500])
def test_a_case_that_is_not_there_is_not_found(client, key):
    assert client.get(f"/cases/{key}/like/").status_code == 404
