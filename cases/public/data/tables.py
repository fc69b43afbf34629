"""Small tables that pages show, as files: what stands in them is counted for the page anyway."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _

from cases.exporting.tables import MARK, cell_text, csv_line, csv_lines
from cases.exporting.vocabulary import VOCABULARY, Counted, counted_rows, tags_by_use
from cases.public.addresses import MOST
from cases.public.views import public_page
from cases.search import filed


def csv_answer(name: str, titles: Iterable[str], rows: Iterable[Sequence[object]]) -> HttpResponse:
    """A table to take along; a name of ours ends it in .csv."""
    lines = (csv_line(titles), *(csv_line(map(cell_text, row)) for row in rows))
    return _csv(name, "".join(lines))


def json_answer(rows: Iterable[Mapping[str, Any]]) -> JsonResponse:
    return JsonResponse(list(rows), safe=False, json_dumps_params={"ensure_ascii": False})


@public_page
def vocabulary_file(request: HttpRequest, name: str) -> HttpResponse:
    """The terms of an index with the numbers of their cases, in the columns of the dataset."""
    columns = VOCABULARY[name]
    lines = csv_lines(columns, _terms(name), [_(column.title) for column in columns])
    return _csv(f"{name}.csv", "".join(lines))


def _terms(name: str) -> list[Counted]:
    if name == "tags":
        return [Counted(tag, tag.count) for tag in tags_by_use()[:MOST]]
    return counted_rows(name, filed.count_all().get(name.removesuffix("s"), {}))


def _csv(name: str, text: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(MARK + text, content_type="text/csv; charset=utf-8", headers=headers)
