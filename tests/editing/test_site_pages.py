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
