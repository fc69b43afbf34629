"""Lists cut into pages with addresses of their own: page 1 has the list's address, page n adds page/n/."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import EmptyPage, Paginator
from django.http import Http404

PER_PAGE = 20


@dataclass(frozen=True, slots=True)
class PageLink:
    """One entry of the pager; `url` is None for the gap between numbers."""

    text: str
    url: str | None = None
    is_current: bool = False


@dataclass(frozen=True, slots=True)
class ListPage:
    """One page of a list and the way to its neighbours."""

    items: Sequence[Any]
    count: int  # of the whole list
    number: int
    last: int
    links: tuple[PageLink, ...]
    previous_url: str | None
    next_url: str | None

    def __iter__(self) -> Iterator[Any]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)


def page_or_404(
    items: Any,
    number: int | None,
    address: Callable[[int], str],
    *,
    count: int | None = None,
    per_page: int = PER_PAGE,
) -> ListPage:
    """Page `number` of a queryset, None being the first; raises Http404 beyond its end.

    `count` spares the counting if it is known.
    """
    number = 1 if number is None else number
    paginator = Paginator(items, per_page)
    if count is not None:
        paginator.count = count  # a cached property
    try:
        page = paginator.page(number)
    except EmptyPage:
        raise Http404 from None
    last = paginator.num_pages
    links = [
        PageLink(str(entry), address(entry), entry == number) if isinstance(entry, int) else PageLink(str(entry))
        for entry in paginator.get_elided_page_range(number, on_each_side=2, on_ends=1)
    ]
    return ListPage(
        items=list(page.object_list),
        count=paginator.count,
        number=number,
        last=last,
        links=tuple(links),
        previous_url=address(number - 1) if number > 1 else None,
        next_url=address(number + 1) if number < last else None,
    )


def path_of_page(address: str) -> Callable[[int], str]:
    """The addresses of the pages of the list at `address`."""
    return lambda number: address if number == 1 else f"{address}page/{number}/"
