import pytest

from cases.editing.site_pages import load_site_pages
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


def test_the_privacy_page_tells_what_is_kept_and_for_how_long(settings):
    load_site_pages()
    page = SitePage.objects.get(slug="privacy")
    days = settings.CORRECTION_CONTACT_DAYS

    assert page.body.count("## ") == page.body_en.count("## ")
    assert [word in page.body for word in ("浏览次数", "阅读清单", "我要纠错", f"默认 {days} 天")] == [True] * 4
    assert [word in page.body_en for word in ("views", "reading list", "Report an error", f"{days} by default")] == [
        True
    ] * 4
