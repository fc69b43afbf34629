"""What an address of the search page asks for."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import QueryDict
from django.urls import reverse

from cases.search.hits import Hits
from cases.search.selection import Selection, read_selection

NEWEST = "newest"  # the one order that is asked for; without it the best comes first


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address of this page asks for, and its own address."""

    selection: Selection
    is_newest_first: bool = False

    def address(self, selection: Selection | None = None, **more: object) -> str:
        """The address of the page for a selection, its own if none is given, in the order asked for."""
        selection = self.selection if selection is None else selection
        order = {"sort": NEWEST} if self.is_newest_first and selection.text else {}
        return selection.address(reverse("search"), **order, **more)

    def page_address(self, number: int) -> str:
        return self.address() if number == 1 else self.address(page=number)

    @property
    def other_order(self) -> Asked:
        return Asked(self.selection, not self.is_newest_first)

    @property
    def hits(self) -> Hits:
        return Hits(self.selection, newest_first=self.is_newest_first)


def read_asked(parameters: QueryDict) -> Asked:
    """Raises BadParameter, as `read_selection` does; an order that is none is the usual one."""
    return Asked(read_selection(parameters), parameters.get("sort") == NEWEST)
