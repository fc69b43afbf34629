import pytest

from cases.editing import site_pages
from cases.editing.site_pages import is_shipped, load_site_pages, shipped_pages
from cases.models import SitePage

pytestmark = pytest.mark.django_db


def test_the_four_pages_are_loaded_once():
    assert (load_site_pages(), load_site_pages()) == (4, 0)
    assert {page.slug: page.title for page in SitePage.objects.all()} == {
        "about": "关于本站",
        "contact": "联系我们",
        "copyright": "版权声明",
        "privacy": "隐私声明",
    }


def test_an_edited_page_stays_as_it_is():
    SitePage.objects.create(slug="about", title="我们", body="改过了")
    load_site_pages()

    assert SitePage.objects.get(slug="about").body == "改过了"


def test_the_pages_have_their_english():
    load_site_pages()

    assert {page.slug: page.title_en for page in SitePage.objects.all()} == {
        "about": "About this site",
        "contact": "Contact us",
        "copyright": "Copyright",
        "privacy": "Privacy",
    }
    assert not SitePage.objects.filter(body_en="").exists()


def test_a_page_loaded_before_there_was_english_gets_it_unless_it_was_edited():
    load_site_pages()
    SitePage.objects.update(title_en="", body_en="")
    SitePage.objects.filter(slug="about").update(body="改过了")

    assert load_site_pages() == 3
    assert list(SitePage.objects.filter(title_en="").values_list("slug", flat=True)) == ["about"]


def test_every_text_that_ships_is_kept_in_mind_as_one_of_ours():
    for page in shipped_pages():
        assert is_shipped(page.title, page.body), f"add the digest of {page.slug} to shipped.sha256"
        assert is_shipped(page.title_en, page.body_en), f"add the digest of en/{page.slug} to shipped.sha256"


def test_a_text_of_an_earlier_edition_is_renewed_unless_it_was_edited(monkeypatch):
    load_site_pages()
    SitePage.objects.filter(slug="privacy").update(body="旧\r\n文", title_en="", body_en="")
    SitePage.objects.filter(slug="contact").update(body="旧\n文", body_en="edited")
    SitePage.objects.filter(slug="about").update(body="改过了")
    earlier = {site_pages.digest_of(title, "旧\n文") for title in ("隐私声明", "联系我们")}
    known = site_pages._digests() | earlier
    monkeypatch.setattr(site_pages, "_digests", lambda: known)

    assert load_site_pages() == 1
    assert "我要纠错" in SitePage.objects.get(slug="privacy").body
    assert [SitePage.objects.get(slug=slug).body for slug in ("contact", "about")] == ["旧\n文", "改过了"]


def test_the_privacy_page_tells_what_is_kept_and_for_how_long(settings):
    load_site_pages()
    page = SitePage.objects.get(slug="privacy")
    days = settings.CORRECTION_CONTACT_DAYS

    assert page.body.count("## ") == page.body_en.count("## ")
    assert [word in page.body for word in ("浏览次数", "阅读清单", "我要纠错", f"默认 {days} 天")] == [True] * 4
    assert [word in page.body_en for word in ("views", "reading list", "Report an error", f"{days} by default")] == [
        True
    ] * 4
