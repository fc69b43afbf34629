import datetime
import io
import re
from decimal import Decimal

import pytest
from django.utils import timezone
from PIL import Image

from cases.content import InitiativeContent, MeasureContent, MetricContent, PictureContent
from cases.editing.drafts import freeze, write_draft
from cases.editing.pictures import store_picture
from cases.models import PublishedCase
from cases.publishing import release
from tests.builders import (
    make_case,
    make_content,
    make_department,
    make_metric,
    make_published_case,
    make_region,
    make_theme,
    make_user,
)

pytestmark = pytest.mark.django_db


def page_of(client, case, prefix=""):
    response = client.get(prefix + case.get_absolute_url())
    assert response.status_code == 200
    return response.content.decode()


def words_of(html):
    """The text of a page as a reader sees it, runs of blanks as one."""
    return " ".join(re.sub(r"<[^>]+>", " ", html.partition("<main")[2].partition("</main>")[0]).split())


def test_a_case_is_read_from_title_to_closing(client):
    case = make_published_case(
        title="漯河：修路", intro="导语。", summary="摘要。", closing="结语。", subtitle="副标题"
    )
    head, _, text = page_of(client, case).partition('class="case__text"')

    assert head.index("漯河：修路</h1>") < head.index("副标题") < head.index("摘要。</p>")
    places = [text.index(word) for word in ("导语。", "办得快", "减环节", "结语。")]
    assert places == sorted(places)


def test_both_dates_are_shown_and_labelled(client):
    case = make_published_case(published_at=datetime.datetime(2023, 12, 18, 10, 41))
    PublishedCase.objects.update(
        first_released_at=datetime.datetime(2024, 1, 2, 1, 5, tzinfo=datetime.UTC),
        released_at=datetime.datetime(2024, 1, 2, 1, 5, tzinfo=datetime.UTC),
    )
    words = words_of(page_of(client, case))

    assert "原文发布时间 2023年12月18日 10:41" in words
    assert "本站发布时间 2024年1月2日 09:05" in words
    assert "更新时间" not in words


def test_a_date_without_time_is_shown_without_time(client):
    words = words_of(page_of(client, make_published_case(published_at=datetime.date(2023, 12, 18))))

    assert "原文发布时间 2023年12月18日 本站发布时间" in words


def test_a_changed_case_says_when_it_was_changed(client):
    user = make_user()
    case = make_case(make_content(title="先"))
    release.publish(freeze(case, by=user), by=user)
    write_draft(make_content(title="后"), by=user, case=case)
    published = release.publish(freeze(case, by=user), by=user)

    assert f"更新时间 {timezone.localdate():%Y年}" in words_of(page_of(client, published))


def test_numerals_are_derived_from_the_order(client):
    part = InitiativeContent(heading="举措", measures=tuple(MeasureContent(heading=f"第{n}步") for n in range(1, 22)))
    words = words_of(page_of(client, make_published_case(initiatives=(part,) * 11)))

    assert "十、 举措" in words
    assert "十一、 举措" in words
    assert "二十一是 第21步" in words


def test_a_metric_and_its_words_lead_to_each_other(client):
    html = page_of(client, make_published_case())

    assert 'href="#evidence-1"' in html
    assert 'id="evidence-1"' in html
    assert 'href="#metric-1"' in html
    assert 'id="metric-1"' in html


def test_each_anchor_is_there_once_when_quotes_overlap(client):
    text = "由7天压缩到2天，提速71%，全市推广。"
    quotes = ("由7天压缩到2天", "压缩到2天，提速71%", "由7天压缩到2天", "提速71%，全市推广", text)
    part = InitiativeContent(heading="快", text=text, metrics=tuple(make_metric(value=1, quote=q) for q in quotes))
    html = page_of(client, make_published_case(initiatives=(part,)))

    for number in range(1, 6):
        assert html.count(f'id="evidence-{number}"') == 1
        assert html.count(f'class="quote__number" href="#metric-{number}"') == 1
    ids = re.findall(r' id="([^"]+)"', html)
    assert len(ids) == len(set(ids))


def test_from_and_to_are_shown_with_bars_on_one_scale(client):
    quote = "由7个工作日压缩到2个工作日"
    metric = MetricContent(
        label="开办时间", value=Decimal(2), from_value=Decimal(7), unit="个工作日", direction="down", quote=quote
    )
    part = InitiativeContent(heading="快", text=quote, metrics=(metric,))
    html = page_of(client, make_published_case(initiatives=(part,)))

    assert 'width="100.0" height="5"' in html
    assert 'width="28.6" height="5"' in html
    assert "7 → 变为 2 个工作日" in words_of(html)


def test_a_completed_target_is_not_called_growth(client):
    quote = "完成目标任务的146.7%"
    metric = make_metric(label="农村公路", value="146.7", unit="%", kind="completion", quote=quote)
    html = page_of(client, make_published_case(initiatives=(InitiativeContent(text=quote, metrics=(metric,)),)))

    assert "146.7 % 农村公路 目标完成度，不是增长" in words_of(html)


def test_everything_it_is_filed_under_is_a_link(client):
    html = page_of(
        client,
        make_published_case(
            region=make_region("411100"),
            department=make_department(),
            themes=(make_theme(),),
            tags=("治超",),
            policies=("《优化营商环境条例》",),
            honours=("全国示范市",),
        ),
    )

    for address in ("/regions/410000/", "/regions/411100/", "/departments/transport/", "/themes/logistics-transport/"):
        assert f'href="{address}"' in html
    for text in ("本站主题", "治超", "《优化营商环境条例》", "全国示范市", "漯河市交通运输局"):
        assert text in words_of(html)


@pytest.mark.parametrize("stored", ["《优化营商环境条例》", "优化营商环境条例"])
def test_a_policy_stands_in_one_pair_of_title_marks(client, stored):
    html = page_of(client, make_published_case(policies=(stored,)))

    assert "政策文件 《优化营商环境条例》" in words_of(html)
    assert (html.count("《"), html.count("》")) == (1, 1)


def test_an_edit_changes_nothing_on_the_page_before_it_is_published(client):
    editor = make_user()
    city, theme = make_region("411100"), make_theme()
    case = make_case(make_content(title="先", region=city.pk, themes=(theme.pk,), tags=("治超",)))
    published = release.publish(freeze(case, by=editor), by=editor)
    before = client.get(published.get_absolute_url()).content

    write_draft(make_content(title="后", region=make_region("330100").pk, tags=("退税",)), by=editor, case=case)
    freeze(case, by=editor)

    assert client.get(published.get_absolute_url()).content == before


def test_a_link_to_the_source_says_that_it_leads_away(client):
    html = page_of(client, make_published_case(source_name="日报", source_url="https://example.org/a?b=1&c=2"))

    assert 'href="https://example.org/a?b=1&amp;c=2" rel="external noopener noreferrer nofollow"' in html
    assert "日报 （外部链接，将离开本站）" in words_of(html)


def test_a_source_that_is_no_web_page_is_no_link(client):
    html = page_of(client, make_published_case(source_name="日报", source_url="http://["))

    assert "http://[" not in html
    assert "来源 日报" in words_of(html)


def test_nothing_of_a_case_is_taken_for_markup(client):
    evil = "<script>alert(1)</script>\"'&amp;"
    metric = MetricContent(label=evil, unit=evil[:40], period=evil, quote=evil, value=Decimal(1))
    part = InitiativeContent(
        heading=evil, text=evil, measures=(MeasureContent(heading=evil, text=evil),), metrics=(metric,)
    )
    case = make_published_case(
        **dict.fromkeys(("title", "subtitle", "intro", "summary", "closing", "source_name", "organization"), evil),
        initiatives=(part,),
        tags=(evil,),
        policies=(evil,),
        honours=(evil,),
        pictures=(PictureContent(file="0" * 64 + ".png", alt=evil, caption=evil),),
    )
    for address in (case.get_absolute_url(), "/cases/", "/", "/tags/", "/search/?q=alert"):
        assert "<script>alert" not in client.get(address).content.decode()


def make_demo_case():
    user = make_user()
    case = write_draft(make_content(region=make_region().pk, tags=("治超",)), by=user, is_demo=True)
    return release.publish(freeze(case, by=user), by=user)


@pytest.mark.parametrize("address", ["/", "/cases/", "/regions/411100/", "/search/?q=便民"])
def test_a_demo_case_is_marked_wherever_it_is_shown(client, address):
    make_demo_case()

    assert "示例" in words_of(client.get(address).content.decode())


@pytest.mark.parametrize("address", ["/", "/regions/", "/departments/", "/themes/", "/tags/"])
def test_where_cases_are_counted_it_is_said_that_demo_cases_are_among_them(client, address):
    make_published_case(region=make_region(), department=make_department(), themes=(make_theme(),), tags=("治超",))
    real = words_of(client.get(address).content.decode())
    make_demo_case()

    assert "含示例案例" not in real
    assert "含示例案例" in words_of(client.get(address).content.decode())


def test_the_notice_of_a_withdrawn_demo_case_says_what_it_was(client):
    demo, real = make_demo_case(), make_published_case()
    for case in (demo, real):
        release.withdraw(case.case, by=make_user(), reason="过时")

    assert "内容为演示而写，不是真实的案例" in words_of(client.get(f"/cases/{demo.pk}/").content.decode())
    assert "示例" not in words_of(client.get(f"/cases/{real.pk}/").content.decode())


def test_a_demo_case_says_what_it_is_and_a_real_one_does_not(client):
    user = make_user()
    case = write_draft(make_content(), by=user, is_demo=True)
    demo = release.publish(freeze(case, by=user), by=user)

    assert "内容为演示而写，不是真实的案例" in words_of(page_of(client, demo))
    assert "示例：" not in words_of(page_of(client, make_published_case()))


@pytest.mark.parametrize("count", [0, 1, 3, 60])
def test_a_case_page_reads_nine_queries(client, django_assert_num_queries, count):
    quotes = [f"第{number}项办结{number + 10}件" for number in range(count)]
    part = InitiativeContent(
        heading="快", text="，".join(quotes), metrics=tuple(make_metric(value=1, quote=quote) for quote in quotes)
    )
    themes = tuple(make_theme(f"theme-{number}", f"主题{number}") for number in range(count % 60))
    case = make_published_case(
        region=make_region("411102"), themes=themes, tags=tuple(map(str, range(count))), initiatives=(part,)
    )
    with django_assert_num_queries(
        9
    ):  # three of them for the cases alike, of which there are none, one for its versions, two for those around it
        html = page_of(client, case)

    assert html.count('class="metric"') == count


@pytest.mark.parametrize("title", ["短", "长" * 200])
def test_titles_of_every_length_are_shown_whole(client, title):
    assert f' lang="zh-CN">{title}</h1>' in page_of(client, make_published_case(title=title))


def test_a_case_that_says_little_is_a_page_too(client):
    case = make_published_case(
        initiatives=(), intro="一句话。", published_at=None, source_name="", organization="", region=make_region()
    )

    assert "一句话。" in words_of(page_of(client, case))


def test_vocabulary_is_named_in_the_language_of_the_page(client):
    case = make_published_case(region=make_region())

    assert "Luohe" in words_of(page_of(client, case, prefix="/en"))


def make_picture(name, size=(600, 400), **fields):
    buffer = io.BytesIO()
    Image.new("RGB", size, "steelblue").save(buffer, "PNG")
    return PictureContent(file=store_picture(name, buffer.getvalue()), **fields)


def test_pictures_have_their_size_description_and_caption(client):
    cover = make_picture("封面", size=(1200, 675), alt="封面", is_cover=True)
    window = make_picture("窗口", alt="窗口", caption="办事窗口")
    html = page_of(client, make_published_case(pictures=(cover, window)))

    assert f'<img src="/media/pictures/{cover.file}" width="1200" height="675" alt="封面" lang="zh-CN" decoding' in html
    assert f'{window.file}" width="600" height="400" alt="窗口" lang="zh-CN" loading="lazy" decoding' in html
    assert "办事窗口" in words_of(html)


def test_pictures_are_offered_as_webp_in_several_widths(client):
    cover = make_picture("封面", size=(1200, 675), is_cover=True)
    html = page_of(client, make_published_case(pictures=(cover,)))
    choices = re.search(r'<source type="image/webp" srcset="([^"]+)"', html)[1].split(", ")

    assert [choice.rpartition("-")[2] for choice in choices] == ["480.webp 480w", "960.webp 960w", "1600.webp 1200w"]
    assert client.get(choices[0].split()[0])["Content-Type"] == "image/webp"


def test_a_picture_without_its_file_says_so_and_keeps_its_words(client):
    lost = PictureContent(file="1" * 64 + ".jpg", alt="办事大厅", caption="大厅")
    html = page_of(client, make_published_case(pictures=(lost,)))

    assert "<img" not in html.partition("<main")[2]
    assert "图片暂缺 办事大厅 大厅" in words_of(html)


@pytest.mark.parametrize(("count", "folded"), [(9, 0), (10, 1), (30, 21)])
def test_many_pictures_are_folded_after_the_ninth(client, count, folded):
    pictures = tuple(PictureContent(file=f"{number:064}.png", alt=f"图{number}") for number in range(count))
    gallery = page_of(client, make_published_case(pictures=pictures)).partition('id="pictures"')[2]
    shown, _, rest = gallery.partition("<details")

    assert (shown.count("<figure"), rest.count("<figure")) == (count - folded, folded)


def test_all_numbers_of_a_case_stand_in_one_table_too(client):
    html = page_of(client, make_published_case())
    table = html.partition("全部 1 项指标列成一张表")[2].partition("</details>")[0]

    assert ("便民站点" in table, 'href="#evidence-1"' in table) == (True, True)
    assert "列成一张表" not in page_of(client, make_published_case(initiatives=(), intro="没有数字。"))
