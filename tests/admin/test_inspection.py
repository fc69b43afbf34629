"""The inspection panel in the admin."""

import csv
import dataclasses
import datetime
import io

import pytest
from django.core.management import call_command
from django.utils import timezone
from selectolax.lexbor import LexborHTMLParser

from cases.content import PictureContent
from cases.editing.dead_links import check_links
from cases.editing.drafts import freeze
from cases.editing.inspection import panel
from cases.editing.inspection.bodies import inspect_all
from cases.editing.site_pages import load_site_pages, shipped_pages
from cases.models import CaseFinding, CaseViews, IgnoredLink, Inspection, PublishedCase, SitePage, Theme
from cases.publishing import release
from tests.builders import make_published_case, make_region, make_theme, make_user
from tests.editing.inspection.test_inspection import DEAD, make_dead

pytestmark = pytest.mark.django_db

PANEL = "/admin/inspection/"
CONTACT = next(page for page in shipped_pages() if page.slug == "contact")
PICTURE = PictureContent(file="a" * 64 + ".png")


@pytest.fixture
def keeper(client):
    user = make_user("keeper", permissions=("*",))
    client.force_login(user)
    return user


@pytest.fixture
def case(keeper):
    """A case with something of everything."""
    case = make_published_case(
        source_name="", title="=题", intro=f"见 {DEAD} 。", pictures=(PICTURE,), region=make_region(), by=keeper
    )
    changed = dataclasses.replace(case.content, published_at=datetime.date(2023, 1, 1))
    release.publish(freeze(case.case, by=keeper, content=changed, date_reason="原来写错了"), by=keeper)
    make_dead()
    make_theme("empty", "空主题")
    make_theme("b", "乙", scheme="b-ready")
    SitePage.objects.create(slug="contact", **{name: getattr(CONTACT, name) for name in ("title", "body")})
    inspect_all()
    return case


def html_of(client, key=""):
    return client.get(f"{PANEL}{key}/" if key else PANEL).content.decode()


def test_the_panel_counts_and_explains_every_line_and_leads_to_its_list(client, case):
    html = html_of(client)

    for key, title in panel.TITLES.items():
        assert f'<a href="/admin/inspection/{key}/">{title}</a>' in html
        assert client.get(f"{PANEL}{key}/").context["page"].paginator.count == next(
            line.count for line in client.get(PANEL).context["lines"] if line.key == key
        )
    assert "两周内" in html
    assert "7 天内答复" in html


@pytest.mark.parametrize(
    ("key", "words", "address"),
    [
        ("links", DEAD, "/admin/cases/case/{pk}/change/#id_intro"),
        ("sources", "没有来源", "/admin/cases/case/{pk}/change/#id_source_name"),
        ("pictures", "图片没有描述", "/admin/cases/case/{pk}/change/#id_pictures-0-alt"),
        ("dates", "2024-05-01 → 2023-01-01，原因：原来写错了", "/admin/cases/case/{pk}/versions/"),
        ("empty", "空主题（", "/admin/cases/theme/empty/change/"),
        ("empty", "/privacy/", "/admin/cases/sitepage/add/"),
        ("meta", "SITE_OWNER", ""),
        ("settings", "SECURITY_CONTACT", ""),
        ("settings", "仍是随程序附带的默认文字", "/admin/cases/sitepage/contact/change/"),
        ("themes", "（世界银行 B-READY）", "/admin/cases/theme/b/change/"),
    ],
)
def test_a_list_says_what_is_wrong_and_leads_to_where_it_is_mended(client, case, key, words, address):
    html = html_of(client, key)

    assert words in html
    assert f'"{address.format(pk=case.pk)}"' in html or not address


def test_places_are_named_in_words(client, case):
    assert "=题 › 导语" in html_of(client, "links")
    assert "图片 1 › 图片描述" in html_of(client, "pictures")


def test_a_dead_link_is_ignored_and_told_of_again(client, case):
    client.post(f"{PANEL}links/", {"address": DEAD, "reason": "内网"})
    html = html_of(client, "links")
    assert client.get(f"{PANEL}links/").context["page"].paginator.count == 0
    assert "内网" in html

    client.post(f"{PANEL}links/", {"again": IgnoredLink.objects.get().pk})
    assert client.get(f"{PANEL}links/").context["page"].paginator.count == 1


@pytest.mark.parametrize(
    "values",
    [
        {"address": DEAD},
        {"address": DEAD, "reason": " "},
        {"address": "x" * 900, "reason": "内网"},
        {"address": "a\x00", "reason": "b\x00"},
        {},
        {"again": "9" * 30},
    ],
)
def test_what_cannot_be_ignored_is_told(client, case, values):
    response = client.post(f"{PANEL}links/", values)

    assert response.status_code == 200
    assert response.context["trouble"]
    assert not IgnoredLink.objects.exists()


def test_an_unknown_list_is_not_found_and_others_take_no_posts(client, keeper):
    assert client.get(f"{PANEL}nonsense/").status_code == 404
    assert client.post(f"{PANEL}sources/", {}).status_code == 403
    assert client.post(f"{PANEL}links/", {"again": "99"}).status_code == 404


def test_a_look_at_all_texts_is_asked_for_and_done_by_the_timer(client, keeper):
    make_published_case(source_name="", by=keeper)
    inspect_all()
    CaseFinding.objects.all().delete()
    client.post(PANEL)
    assert not CaseFinding.objects.exists()
    assert "已安排重新检查。" in html_of(client)

    call_command("do_due")
    assert "已安排重新检查。" not in html_of(client)
    assert client.get(f"{PANEL}sources/").context["page"].paginator.count == 2
    client.force_login(make_user("reader", permissions=("view_publication",)))
    assert client.post(PANEL).status_code == 403


def test_what_nobody_has_checked_yet_is_not_called_fine(client, keeper):
    html = html_of(client)
    assert html.count("尚未检查</span>") == 3  # settings are known without a look
    assert "没有检查的记录" in html
    assert "尚未检查。" in html_of(client, "links")
    assert ["失效链接", "", "尚未检查", "", "", "《政府网站与政务新媒体检查指标》", "", ""] in rows_of_file(client)

    check_links()
    inspect_all()
    assert "尚未检查" not in html_of(client)
    assert f"最近检查 {timezone.localdate()}" in html_of(client)


def rows_of_file(client):
    text = b"".join(client.get(f"{PANEL}all.csv").streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


def test_the_file_holds_everything_and_no_formula(client, case):
    head, *rows = rows_of_file(client)
    lines = client.get(PANEL).context["lines"]

    assert head == ["检查项", "对象", "情况", "位置", "网址", "依据", "数量", "检查时间"]
    assert len(rows) == sum(line.count for line in lines) + len(lines)
    pictures = [row for row in rows if row[0] == "图片缺少说明" and row[1]]
    assert [(row[1], row[4]) for row in pictures] == [("'=题", f"http://testserver/cases/{case.pk}/")]


def test_the_file_says_of_each_line_what_came_of_it_and_when(client, case):
    runs = Inspection.objects.get()
    at = datetime.datetime(2026, 1, 31, 16, 30, tzinfo=datetime.UTC)
    Inspection.objects.filter(pk=runs.pk).update(finished_at=at)
    told = {row[0]: (row[2], row[6], row[7]) for row in rows_of_file(client)[1:] if not row[1]}

    assert list(told) == list(panel.TITLES.values())
    assert told["图片缺少说明"] == ("要改", "1", "2026-02-01 00:30")
    assert told["失效链接"] == ("要改", "1", "")
    assert told["超期未答复的纠错"][:2] == ("没有问题", "0")
    assert told["超期未答复的纠错"][2].startswith(str(timezone.localdate()))
    assert told["没有案例的其他体系主题"][:2] == ("备查", "1")


def test_the_file_holds_the_ignored_links_and_why(client, case, keeper):
    client.post(f"{PANEL}links/", {"address": DEAD, "reason": "=内网"})
    [row] = [row for row in rows_of_file(client) if row[0] == "不再提示的链接"]

    assert (row[1], row[4]) == (DEAD, DEAD)
    assert row[2].startswith(f"原因：=内网（keeper，{timezone.localdate()}")


def test_views_nobody_adds_up_are_told(client, case):
    at = datetime.datetime(2026, 1, 31, 16, 30, tzinfo=datetime.UTC)
    assert "最后一次汇总" not in html_of(client, "views")
    CaseViews.objects.create(case=case.pk, views=3, counted_at=at)

    assert "最后一次汇总在 2026-02-01 00:30" in html_of(client, "views")


@pytest.mark.parametrize(
    ("slug", "told"),
    [("contact", "补上电话、邮箱、办公时间等"), ("privacy", "是否合乎本站的情况"), ("about", "是否合乎本站的情况")],
)
def test_default_pages_are_told_by_their_titles_with_what_they_lack(client, keeper, slug, told):
    load_site_pages()
    rows = {row.address: row for row in client.get(f"{PANEL}settings/").context["rows"]}
    titles = {"contact": "联系我们", "privacy": "隐私声明", "about": "关于本站"}

    assert rows[f"/{slug}/"].about == titles[slug]
    assert told in rows[f"/{slug}/"].told


def test_a_page_that_is_not_there_is_called_what_it_would_be(client, keeper):
    rows = [row.about for row in client.get(f"{PANEL}empty/").context["rows"]]

    assert rows[-4:] == ["关于本站", "隐私声明", "版权声明", "联系我们"]


def test_a_silent_column_says_when_its_last_case_came(client, case):
    at = datetime.datetime(2026, 1, 31, 16, 30, tzinfo=datetime.UTC)
    PublishedCase.objects.update(first_released_at=at)

    assert "最近一篇在 2026-02-01，已 " in html_of(client, "silent")


def test_what_is_only_listed_looks_the_same_however_much_it_is(client, case):
    page = LexborHTMLParser(html_of(client))
    marks = {mark.text(): mark.attributes["class"] for mark in page.css(".inspection__count .state")}
    SitePage.objects.all().delete()
    Theme.objects.all().delete()
    after = LexborHTMLParser(html_of(client))

    assert marks["备查"] == "state"
    assert {mark.attributes["class"] for mark in after.css(".inspection__count .state") if mark.text() == "备查"} == {
        "state"
    }


def test_who_sees_part_of_the_cases_finds_nothing_of_others(client, case):
    elsewhere = make_user("elsewhere", permissions=("view_publication",))
    elsewhere.regions.add(make_region("440300"))
    client.force_login(elsewhere)

    for key in ("links", "sources", "pictures", "dates"):
        assert client.get(f"{PANEL}{key}/").context["rows"] == []
    assert "=题" not in b"".join(client.get(f"{PANEL}all.csv").streaming_content).decode()


@pytest.mark.parametrize("key", ["links", "sources", "pictures", "dates", "meta"])
def test_a_list_is_read_in_as_many_queries_however_long(client, keeper, key, django_assert_max_num_queries):
    for _ in range(30):
        make_published_case(source_name="", organization="", region=make_region(), pictures=(PICTURE,), by=keeper)
    inspect_all()

    with django_assert_max_num_queries(9):
        client.get(f"{PANEL}{key}/")
