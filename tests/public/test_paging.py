import pytest
from django.http import Http404

from cases.public.paging import page_or_404, path_of_page


@pytest.mark.parametrize("number", [1, 4, 9, 12])
def test_the_pager_always_leads_to_the_first_and_the_last_page(number):
    page = page_or_404(range(240), number, path_of_page("/cases/"))
    urls = [link.url for link in page.links if link.url]

    assert (urls[0], urls[-1]) == ("/cases/", "/cases/page/12/")
    assert [link.text for link in page.links if link.is_current] == [str(number)]


def test_an_empty_list_has_one_empty_page():
    page = page_or_404([], 1, path_of_page("/cases/"))

    assert (list(page), page.count, page.last, page.previous_url, page.next_url) == ([], 0, 1, None, None)


def test_beyond_the_end_is_not_found():
    with pytest.raises(Http404):
        page_or_404(range(20), 2, path_of_page("/cases/"))
