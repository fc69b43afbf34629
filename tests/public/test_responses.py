import io
import re

import pytest
from django.test import Client, override_settings
from django.urls import path
from PIL import Image

from cases.editing.site_pages import load_site_pages
from cases.models import SitePage
from cases.publishing import release
from config import urls
from tests.builders import make_department, make_published_case, make_region, make_theme, make_user

pytestmark = pytest.mark.django_db

ADDRESSES = [
    "/",
    "/cases/",
    "/cases/{pk}/",
    "/cases/{pk}/like/",
    "/policies/",
    "/policies/甲办法/",
    "/maps/",
    "/maps/410000/",
    "/trends/",
    "/matrix/",
    "/regions/",
    "/regions/411100/",
    "/departments/",
    "/departments/transport/",
    "/themes/",
    "/themes/logistics-transport/",
    "/tags/",
    "/tags/治超/",
    "/search/",
    "/search/?q=便民",
    "/numbers/",
    "/accessibility/",
    "/cases/{pk}/cite/",
    "/cases/{pk}/share/",
    "/reading-list/",
    "/reading-list/?cases={pk}",
    "/compare/",
    "/compare/?case={pk}",
    "/about/",
    "/privacy/",
    "/copyright/",
    "/contact/",
    "/data/",
    "/data/api/",
]


@pytest.fixture
def case():
    load_site_pages()
    return make_published_case(
        region=make_region(), department=make_department(), themes=(make_theme(),), tags=("治超",), policies=("甲办法",)
    )


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize("address", ADDRESSES)
def test_public_pages_can_be_cached_and_leave_nothing_behind(client, case, prefix, address):
    client.cookies["sessionid"] = "somebody"
    response = client.get(prefix + address.format(pk=case.pk))
    html = response.content.decode()

    assert response.status_code == 200
    assert response["Cache-Control"] == "public, max-age=0, s-maxage=60"
    assert not response.cookies
    assert response["Vary"] == "Accept-Encoding"  # neither with cookies nor with the language of the browser
    assert response["Content-Language"] == ("en" if prefix else "zh-hans")
    assert "csrf" not in html
    assert "nonce" not in html


def test_a_page_that_has_not_changed_is_not_sent_again(client, case):
    first = client.get(case.get_absolute_url())

    again = client.get(case.get_absolute_url(), headers={"if-none-match": first["ETag"]})

    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("address", ADDRESSES)
def test_public_pages_have_one_title_and_nothing_inline(client, case, address):
    html = client.get(address.format(pk=case.pk)).content.decode()

    assert html.count("<h1") == 1
    assert '<html lang="zh-CN">' in html
    assert 'class="skip-link" href="#content"' in html
    html = re.sub(r'<script type="application/ld\+json">[^<>&]*</script>', "", html)  # data, which no browser runs
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]* src=)|javascript:", html)


@pytest.mark.parametrize("address", ADDRESSES)
def test_public_pages_are_for_reading_only(client, case, address):
    assert client.post(address.format(pk=case.pk)).status_code == 405
    assert Client(enforce_csrf_checks=True).post(address.format(pk=case.pk)).status_code == 405
    assert client.head(address.format(pk=case.pk)).status_code == 200


@pytest.mark.parametrize("address", ["/", "/cases/", "/regions/", "/departments/", "/tags/"])
def test_an_empty_site_says_what_to_do(client, address):
    response = client.get(address)

    assert response.status_code == 200
    assert "还没有案例" in response.content.decode()


def test_a_page_leads_to_itself_in_the_other_language(client, case):
    assert f'href="/en/cases/{case.pk}/"' in client.get(f"/cases/{case.pk}/").content.decode()
    assert f'href="/cases/{case.pk}/"' in client.get(f"/en/cases/{case.pk}/").content.decode()
    assert 'href="/en/search/?q=' in client.get("/search/?q=便民").content.decode()


def test_a_page_of_the_site_shows_its_english_text_where_there_is_one(client):
    SitePage.objects.create(slug="about", title="关于", title_en="About", body="正文", body_en="Text")
    SitePage.objects.create(slug="contact", title="联系", body="电话")

    assert "<h1>About</h1>" in client.get("/en/about/").content.decode()
    assert "<h1>关于</h1>" in client.get("/about/").content.decode()
    assert "电话" in client.get("/en/contact/").content.decode()


def test_the_foot_leaves_out_what_is_not_set(client, settings):
    settings.SITE_OWNER = ""
    settings.ICP_NUMBER = "京ICP备00000000号"
    html = client.get("/").content.decode()

    assert "主办单位" not in html
    assert 'href="https://beian.miit.gov.cn/" rel="external noopener noreferrer"><span>京ICP备00000000号</span>' in html


def test_a_page_of_the_site_reads_one_query(client, case, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert client.get("/about/").status_code == 200


@pytest.mark.parametrize("language", ["en", "zh-hans", "fr"])
def test_the_language_is_that_of_the_address_whatever_the_browser_asks_for(client, case, language):
    responses = [client.get(address, headers={"accept-language": language}) for address in ("/cases/", "/en/cases/")]

    assert ['lang="zh-CN"' in response.content.decode()[:60] for response in responses] == [True, False]


# Errors


def test_a_notice_reads_two_queries(client, case, django_assert_num_queries):
    release.withdraw(case.case, by=make_user(), reason="过时")

    with django_assert_num_queries(2):
        assert client.get(f"/cases/{case.pk}/").status_code == 410


def test_a_withdrawn_case_says_why_and_when(client, case):
    release.withdraw(case.case, by=make_user(), reason="来源单位要求撤下")
    response = client.get(f"/cases/{case.pk}/")

    assert response.status_code == 410
    assert "来源单位要求撤下" in response.content.decode()
    assert "撤下时间" in response.content.decode()


def test_a_withdrawn_case_may_lead_to_another(client, case):
    other = make_published_case()
    release.withdraw(case.case, by=make_user(), reason="合并", redirect_to=other.case)
    response = client.get(f"/cases/{case.pk}/")

    assert (response.status_code, response["Location"]) == (302, f"/cases/{other.pk}/")


def test_a_withdrawn_case_is_in_no_list(client, case):
    release.withdraw(case.case, by=make_user(), reason="撤")

    for address in ("/", "/cases/", "/regions/411100/", "/tags/治超/", "/search/?q=便民"):
        assert f"/cases/{case.pk}/" not in client.get(address).content.decode()


def test_a_missing_page_offers_ways_on(client):
    response = client.get("/nothing/here/")

    assert response.status_code == 404
    assert "没有这个页面" in response.content.decode()


def refuse(request):
    from django.core.exceptions import PermissionDenied

    raise PermissionDenied


def fail(request):
    raise RuntimeError("on purpose")


def suspect(request):
    from django.core.exceptions import SuspiciousOperation

    raise SuspiciousOperation


urlpatterns = [path("refuse/", refuse), path("fail/", fail), path("suspect/", suspect), *urls.urlpatterns]


@override_settings(ROOT_URLCONF=__name__)
@pytest.mark.parametrize(
    ("address", "status", "text"),
    [
        ("/refuse/", 403, "不能打开这个页面"),
        ("/fail/", 500, "网站出错了"),
        ("/suspect/", 400, "看不懂这个请求"),
    ],
)
def test_errors_are_told_in_chinese_without_a_query(django_assert_num_queries, address, status, text):
    with django_assert_num_queries(0):
        response = Client(raise_request_exception=False).get(address)

    assert response.status_code == status
    assert text in response.content.decode()


@pytest.mark.parametrize("address", ["/", "/en/", "/robots.txt", "/admin/login/", "/health/live/"])
def test_a_host_that_is_not_ours_is_a_bad_request(client, address):
    response = client.get(address, headers={"host": "elsewhere.example"})

    assert response.status_code == 400
    assert b"<h1>" in response.content


# Pictures


def test_a_picture_is_served_by_its_digest_for_ever(client, settings):
    folder = settings.MEDIA_ROOT / "pictures"
    folder.mkdir(parents=True)
    (folder / f"{'a' * 64}.webp").write_bytes(b"picture")
    response = client.get(f"/media/pictures/{'a' * 64}.webp")

    assert b"".join(response.streaming_content) == b"picture"
    assert response["Content-Type"] == "image/webp"
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert "Vary" not in response
    assert Client(enforce_csrf_checks=True).post(f"/media/pictures/{'a' * 64}.webp").status_code == 405


@pytest.mark.parametrize("name", ["b" * 64 + ".webp", "a.webp", "../settings.py", "a" * 64 + ".svg", "%2e%2e/x"])
def test_any_other_name_is_no_picture(client, name):
    assert client.get(f"/media/pictures/{name}").status_code == 404


@pytest.mark.parametrize(
    "name", ["b" * 64 + "-480.webp", "a" * 64 + "-481.webp", "a" * 64 + "-480.png", "a" * 64 + "-480.webp"]
)
def test_there_is_a_smaller_picture_in_few_widths_of_what_is_a_picture(client, settings, name):
    folder = settings.MEDIA_ROOT / "pictures"
    folder.mkdir(parents=True)
    (folder / f"{'a' * 64}.webp").write_bytes(b"no picture")

    assert client.get(f"/media/pictures/{name}").status_code == 404


def test_a_smaller_picture_is_kept_for_ever(client, settings):
    folder = settings.MEDIA_ROOT / "pictures"
    folder.mkdir(parents=True)
    Image.new("RGB", (600, 300)).save(folder / f"{'a' * 64}.png")
    response = client.get(f"/media/pictures/{'a' * 64}-480.webp")

    assert Image.open(io.BytesIO(b"".join(response.streaming_content))).size == (480, 240)
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert "Vary" not in response


@pytest.mark.django_db
def test_the_link_to_the_other_language_repeats_words_that_were_sent_bare(client):
    page = client.get("/search/", QUERY_STRING="q=便民".encode().decode("latin-1")).content.decode()

    assert 'href="/en/search/?q=%E4%BE%BF%E6%B0%91"' in page
