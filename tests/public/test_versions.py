"""What readers may see of what a case said before."""

import re

import pytest

from cases.editing.drafts import freeze, write_draft
from cases.publishing import release
from tests.builders import make_case, make_content, make_region, make_theme, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _shown(settings):
    settings.PUBLIC_VERSIONS = True


def publish(case, note="", is_minor=False, **content):
    user = make_user()
    write_draft(make_content(**content), by=user, case=case)
    return release.publish(freeze(case, by=user, note=note, is_minor=is_minor), by=user)


@pytest.fixture
def case():
    """Published three times."""
    case = make_case()
    publish(case, title="题", intro="办理时限压缩到5天。", closing="就这样。")
    publish(case, title="题", intro="办理时限压缩到3天。", closing="就这样。", note="更正办理时限")
    publish(case, title="题", intro="办理时限压缩到3天。", is_minor=True)
    return case


def main_of(response):
    assert response.status_code == 200
    return response.content.decode().partition("<main")[2].partition("</main>")[0]


def words_of(response):
    return " ".join(re.sub(r"<[^>]+>", " ", main_of(response)).split())


def test_the_page_of_a_case_tells_what_was_changed(client, case):
    words = words_of(client.get(f"/cases/{case.pk}/"))

    assert "修改说明" in words
    assert "更正办理时限" in words
    assert f'href="/cases/{case.pk}/versions/"' in main_of(client.get(f"/cases/{case.pk}/"))


def test_change_notes_are_told_even_where_old_versions_are_not_shown(client, case, settings):
    settings.PUBLIC_VERSIONS = False
    html = main_of(client.get(f"/cases/{case.pk}/"))

    assert "更正办理时限" in html
    assert "versions/" not in html


def test_a_case_published_once_has_no_section_of_changes(client):
    case = make_case()
    publish(case)

    assert "修改说明" not in words_of(client.get(f"/cases/{case.pk}/"))


def test_the_versions_are_listed_newest_first(client, case):
    words = words_of(client.get(f"/cases/{case.pk}/versions/"))

    assert words.index("第 3 版") < words.index("第 2 版") < words.index("第 1 版")
    assert "细微修改" in words
    assert "更正办理时限" in words


def test_a_version_shows_its_text_with_what_it_changed(client, case):
    html = main_of(client.get(f"/cases/{case.pk}/versions/2/"))

    assert re.search(r"压缩到<del>.*?5.*?</del><ins>.*?3.*?</ins>天。", html)
    assert "就这样。" in html
    assert "以前发布的版本" in html
    assert "更正办理时限" in html


def test_the_first_version_is_its_plain_text(client, case):
    html = main_of(client.get(f"/cases/{case.pk}/versions/1/"))

    assert "办理时限压缩到5天。" in html
    assert not {"<ins", "<del"} & set(re.findall(r"<\w+", html))


def test_the_last_version_does_not_say_that_it_is_old(client, case):
    assert "以前发布的版本" not in main_of(client.get(f"/cases/{case.pk}/versions/3/"))


def test_codes_are_shown_as_names(client):
    case = make_case()
    publish(case, region=make_region("411100").pk)
    publish(case, region=make_region("410100").pk, themes=(make_theme().pk,))
    words = words_of(client.get(f"/cases/{case.pk}/versions/2/"))

    for name in ("漯河市", "郑州市", "交通物流", "转载"):
        assert name in words
    assert "411100" not in words


@pytest.mark.parametrize("address", ["versions/", "versions/1/", "versions/2/"])
def test_nothing_is_shown_unless_the_site_is_set_up_so(client, case, settings, address):
    settings.PUBLIC_VERSIONS = False

    assert client.get(f"/cases/{case.pk}/{address}").status_code == 404


@pytest.mark.parametrize("address", ["versions/", "versions/1/", "versions/3/"])
def test_a_case_taken_down_shows_none(client, case, address):
    release.withdraw(case, by=make_user(), reason="内容有误")

    answer = client.get(f"/cases/{case.pk}/{address}")

    assert (answer.status_code, answer.templates[0].name) == (410, "cases/withdrawn.html")


@pytest.mark.parametrize("number", [0, 4, 2**31 - 1, 2**31, 2**64])
def test_a_version_that_never_was_is_not_found(client, case, number):
    assert client.get(f"/cases/{case.pk}/versions/{number}/").status_code == 404
    assert client.get(f"/cases/{2**64}/versions/1/").status_code == 404


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize("address", ["versions/", "versions/2/"])
def test_the_pages_can_be_cached_and_hold_nothing_inline(client, case, prefix, address):
    client.cookies["sessionid"] = "somebody"
    response = client.get(f"{prefix}/cases/{case.pk}/{address}")
    html = response.content.decode()

    assert response["Cache-Control"] == "public, max-age=0, s-maxage=60"
    assert not response.cookies
    assert response["Vary"] == "Accept-Encoding"  # nothing else
    assert html.count("<h1") == 1
    assert '<meta name="robots" content="noindex">' in html
    html = re.sub(r'<script type="application/ld\+json">[^<>&]*</script>', "", html)
    assert not re.search(r"csrf|nonce|<style|\sstyle=|\son[a-z]+=|<script(?![^>]* src=)", html)
    assert client.post(f"{prefix}/cases/{case.pk}/{address}").status_code == 405


@pytest.mark.parametrize("count", [2, 6])
@pytest.mark.parametrize(("address", "queries"), [("versions/", 2), ("versions/2/", 3)])
def test_the_pages_read_as_many_queries_however_many_versions(
    client, django_assert_num_queries, count, address, queries
):
    case, region = make_case(), make_region()
    for number in range(count):
        publish(case, title=f"第{number}稿", region=region.pk)
    with django_assert_num_queries(queries):
        client.get(f"/cases/{case.pk}/{address}")


def test_what_an_editor_wrote_is_shown_as_text(client):
    case = make_case()
    publish(case, title="题", intro="<script>一</script>")
    publish(case, title="题", intro="<script>二</script>", note="<b>改</b>")
    html = main_of(client.get(f"/cases/{case.pk}/versions/2/"))

    assert "<script>" not in html
    assert "<b>" not in html
