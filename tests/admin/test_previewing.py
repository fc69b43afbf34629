"""A case before it is public: in the admin, and by links for people outside."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cases.content import PictureContent
from cases.editing.drafts import freeze, write_draft
from cases.editing.preview_links import address_of, make_link, revoke
from cases.models import Case, PreviewLink, PublishedCase, Tag
from cases.publishing import release
from tests.admin.browser import drawn_fields
from tests.builders import make_case, make_content, make_department, make_region, make_theme, make_user

pytestmark = pytest.mark.django_db

FILE = f"{'a' * 64}.jpg"


@pytest.fixture
def editor(client):
    editor = make_user(permissions=("add_case", "change_case", "view_case"))
    client.force_login(editor)
    return editor


@pytest.fixture
def case(editor):
    return make_case(
        title="还没发布的题",
        region=make_region("411102"),
        department=make_department(),
        themes=(make_theme(),),
        tags=("治超", "C++"),
        policies=("甲办法",),
        pictures=(PictureContent(file=FILE, alt="窗口", is_cover=True),),
        by=editor,
    )


def words_of(html):
    return " ".join(re.sub(r"<[^>]+>", " ", html.partition("<main")[2].partition("</main>")[0]).split())


def frame(client, case, **query):
    return client.get(reverse("admin:cases_case_preview_page", args=[case.pk]), query)


def typed_preview(client, address, **typed):
    fields = drawn_fields(client.get(address)) | typed
    return client.post(address, fields | {"_preview": "1"})


def test_what_is_typed_is_shown_before_it_is_saved_and_to_nobody_else(client, case):
    address = reverse("admin:cases_case_change", args=[case.pk])

    response = typed_preview(client, address, title="正在写的题")
    page = client.get(response.headers["Location"])
    framed = client.get(page.context["page"]).content.decode()

    assert "这是您正在写的文字，还没有保存。" in page.content.decode()
    assert "正在写的题" in words_of(framed)
    assert Case.objects.get().title == "还没发布的题"
    client.force_login(make_user("colleague", permissions=("add_case", "change_case", "view_case")))
    assert client.get(page.context["page"]).status_code == 404


def test_a_new_case_is_shown_before_it_is_saved(client, editor):
    response = typed_preview(client, reverse("admin:cases_case_add"), title="新写的题")
    page = client.get(response.headers["Location"])

    assert "新写的题" in words_of(client.get(page.context["page"]).content.decode())
    assert not Case.objects.exists()


def test_the_second_preview_of_a_tab_without_scripts_shows_what_was_typed_since(client, case):
    address = reverse("admin:cases_case_change", args=[case.pk])
    fields = drawn_fields(client.get(address))
    for title in ("第一次", "第二次"):
        response = client.post(address, fields | {"title": title, "_preview": "1"})

    page = client.get(response.headers["Location"])
    assert "第二次" in words_of(client.get(page.context["page"]).content.decode())


def test_the_draft_is_shown_in_the_page_of_readers_and_nothing_is_written(client, case):
    response = frame(client, case)
    words = words_of(response.content.decode())

    assert "cases/case.html" in [template.name for template in response.templates]
    for word in (
        "还没发布的题",
        "漯河市",
        "源汇区",
        "交通运输部门",
        "交通物流",
        "治超",
        "甲办法",
        "办得快",
        "预览，未发布",
    ):
        assert word in words
    assert (PublishedCase.objects.count(), Tag.objects.count()) == (0, 0)


def test_the_page_is_the_one_readers_get_but_for_what_only_a_public_case_has(client, case, editor):
    before = words_of(frame(client, case).content.decode())
    published = release.publish(freeze(case, by=editor), by=editor)
    after = words_of(Client().get(published.get_absolute_url()).content.decode())

    left_out = r"字号 标准.*?停止 |我要纠错 发现错误？.*? 纠错 |本站发布时间 \S+ \S+ |谁也在做 逐条对照措施.*|谁也在做 |别处怎么做 "
    preview = re.sub(r"预览，未发布 这是现在的工作稿。 ", "", before)
    assert re.sub(left_out, "", after).strip() == preview.strip()


def test_a_preview_of_a_changed_case_shows_the_change_and_not_what_is_public(client, case, editor):
    release.publish(freeze(case, by=editor), by=editor)
    write_draft(make_content(title="改过的题", tags=("新词",)), by=editor, case=Case.objects.get(pk=case.pk))
    words = words_of(frame(client, case).content.decode())

    assert "改过的题" in words
    assert "新词" in words
    assert "治超" not in words
    assert "还没发布的题" in words_of(frame(client, case, version="1").content.decode())


def test_only_the_page_of_the_frames_may_stand_in_a_frame_of_ours(client, case):
    framed = frame(client, case)
    around = client.get(reverse("admin:cases_case_preview_draft", args=[case.pk]))

    assert framed["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in framed["Content-Security-Policy"]
    assert "default-src 'self'" in framed["Content-Security-Policy"]
    assert around["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in around["Content-Security-Policy"]


def test_the_frames_are_as_wide_as_a_phone_and_a_desktop(client, case):
    html = client.get(reverse("admin:cases_case_preview_draft", args=[case.pk])).content.decode()

    assert re.findall(r'<iframe src="[^"]+" width="(\d+)"', html) == ["375", "1280"]


@pytest.mark.parametrize("version", ["1", "live", "x", "\x00"])
def test_a_version_that_is_not_there_is_not_found(client, case, version):
    assert frame(client, case, version=version).status_code == 404


@pytest.mark.parametrize("count", [0, 8])
def test_the_page_reads_as_many_queries_however_long_the_case(client, editor, django_assert_num_queries, count):
    themes = tuple(make_theme(f"theme-{number}", f"主题{number}") for number in range(count + 1))
    content = make_content(region=make_region("411102").pk, themes=tuple(theme.pk for theme in themes))
    case = make_case(content, by=editor)
    with django_assert_num_queries(15):
        frame(client, case)


# Links


def outside(link, client=None):
    return (client or Client()).get(address_of(link))


def test_somebody_outside_sees_the_draft_by_a_link(case, editor):
    response = outside(make_link(case, by=editor, hours=24))
    words = words_of(response.content.decode())

    assert response.status_code == 200
    assert "还没发布的题" in words
    assert "预览，未发布" in words
    assert "失效，请不要转发" in words


def test_a_link_leaves_no_trace_in_caches_search_engines_cookies_or_referrers(case, editor):
    client = Client()
    client.cookies["sessionid"] = "somebody"
    response = outside(make_link(case, by=editor, hours=24), client)

    assert response["Cache-Control"] == "private, no-store"
    assert response["X-Robots-Tag"].startswith("noindex")
    assert response["Referrer-Policy"] == "no-referrer"
    assert not response.cookies
    assert "csrf" not in response.content.decode()
    assert response["X-Frame-Options"] == "DENY"


def test_a_link_shows_each_change_unless_it_is_to_a_revision(case, editor):
    moving = make_link(case, by=editor, hours=24)
    fixed = make_link(case, by=editor, hours=24, revision=freeze(case, by=editor))
    write_draft(make_content(title="后来的题"), by=editor, case=Case.objects.get(pk=case.pk))

    assert "后来的题" in words_of(outside(moving).content.decode())
    assert "还没发布的题" in words_of(outside(fixed).content.decode())


def test_unknown_ended_and_revoked_links_are_answered_alike(case, editor):
    ended, revoked = (make_link(case, by=editor, hours=24) for _ in range(2))
    PreviewLink.objects.filter(pk=ended.pk).update(expires_at=timezone.now())
    revoke(revoked, by=editor)
    unknown = address_of(ended).replace("/preview/", "/preview/7")

    answers = [Client().get(address) for address in (address_of(ended), address_of(revoked), unknown, "/preview/x/")]

    assert {answer.status_code for answer in answers} == {404}
    pages = {re.sub(r"/preview/[^/\"]+/", "", answer.content.decode()) for answer in answers}
    of_the_address = {"ETag", "Content-Length"}  # the page leads to itself in the other language
    headers = {tuple(item for item in answer.items() if item[0] not in of_the_address) for answer in answers}
    assert (len(pages), len(headers)) == (1, 1)


def test_a_link_is_for_reading_only(case, editor):
    link = make_link(case, by=editor, hours=24)

    assert Client(enforce_csrf_checks=True).post(address_of(link)).status_code == 405


def test_links_are_made_listed_and_revoked_on_a_page(client, case):
    address = reverse("admin:cases_case_links", args=[case.pk])
    client.post(address, {"_make": "1", "note": "市局办公室", "hours": "72", "version": "draft"})
    link = PreviewLink.objects.get()
    html = client.get(address).content.decode()

    assert "市局办公室" in html
    assert f'value="http://testserver{address_of(link)}"' in html
    client.post(address, {"_revoke": str(link.pk)})
    assert outside(link).status_code == 404
    assert "已撤销" in client.get(address).content.decode()
    assert address_of(link) not in client.get(address).content.decode()


@pytest.mark.parametrize("typed", [{"hours": "9999"}, {"hours": "x"}, {"version": "5"}, {"note": "长" * 101}])
def test_what_was_typed_wrong_is_told_and_kept(client, case, typed):
    address = reverse("admin:cases_case_links", args=[case.pk])
    response = client.post(address, {"_make": "1", "note": "市局", "hours": "72", "version": "draft", **typed})

    assert response.status_code == 200
    assert "errorlist" in response.content.decode()
    assert not PreviewLink.objects.exists()


@pytest.mark.parametrize("key", ["0", "x", "9" * 30, ""])
def test_a_link_of_another_case_cannot_be_revoked_here(client, case, editor, key):
    other = make_link(make_case(by=editor), by=editor, hours=24)
    address = reverse("admin:cases_case_links", args=[case.pk])

    assert client.post(address, {"_revoke": key or str(other.pk)}).status_code == 404
    assert outside(other).status_code == 200


def test_who_may_only_look_neither_makes_nor_reads_links(client, case, editor):
    link = make_link(case, by=editor, hours=24)
    client.force_login(make_user("reader", permissions=("view_case",)))
    address = reverse("admin:cases_case_links", args=[case.pk])

    html = client.get(address).content.decode()
    assert address_of(link) not in html
    assert 'name="_make"' not in html
    client.post(address, {"_make": "1", "note": "", "hours": "72", "version": "draft"})
    client.post(address, {"_revoke": str(link.pk)})
    assert PreviewLink.objects.get().revoked_at is None
