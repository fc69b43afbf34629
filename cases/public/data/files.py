"""The cases of a list or search as CSV and JSON, sent while they are read, and as a feed.

A file holds at most MOST cases, best or newest first: `X-Total-Count` says how many there are, and a CSV
that was cut says so in its last line. The keys are read first and the cases in chunks by their keys,
so that sorting never carries the texts along and no cursor stays open. Who has a file already is told so before
any of it is read.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Callable, Iterator
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from cases.exporting.exchange import published_record
from cases.exporting.tables import CASE_COLUMNS, MARK, CaseRow, cell_text, csv_line, csv_lines, with_row_parts
from cases.models.published import PublishedCase
from cases.public import policies, terms
from cases.public.addresses import (
    CSV,
    FEED,
    JSON,
    MOST,
    ListFiles,
    file_address,
    list_files,
    policy_files,
)
from cases.public.data.feeds import feed, selection_title
from cases.public.data.lists import Cases, entity_tag, unless_known
from cases.public.views import public_page
from cases.search.hits import Hits
from cases.search.selection import BadParameter, Selection, read_selection

CHUNK = 200


@public_page
def cases_file(request: HttpRequest, file: str) -> HttpResponseBase:
    """All published cases."""
    return _of_selection(request, Selection(), file)


@public_page
def search_file(request: HttpRequest, file: str) -> HttpResponseBase:
    """The cases that the parameters ask for; 400 with a sentence for parameters that cannot be read."""
    try:
        selection = read_selection(request.GET)
    except BadParameter as error:
        return HttpResponse(str(error), status=400, content_type="text/plain; charset=utf-8")
    return _of_selection(request, selection, file)


@public_page
def term_file(request: HttpRequest, kind: str, key: str, file: str) -> HttpResponseBase:
    """The cases of one region, department, theme or tag; those of a renamed one are where it leads."""
    term = terms.find_term(kind, key)
    if term is None or not terms.cases_of(term).exists():
        if renamed := terms.renamed_term(kind, key):
            return redirect(file_address(terms.selection_of(renamed), file))
        if term is None:
            raise Http404
    return _of_selection(request, terms.selection_of(term), file)


@public_page
def policy_file(request: HttpRequest, key: str, file: str) -> HttpResponseBase:
    """The cases that rest on a document."""
    name = policies.policy_name(key)
    if name is None:
        raise Http404
    return _answer(request, policies.CitingCases(key), file, lambda: name, policy_files(key))


def _of_selection(request: HttpRequest, selection: Selection, file: str) -> HttpResponseBase:
    title = functools.partial(selection_title, selection)
    return _answer(request, Hits(selection), file, title, list_files(selection))


def _answer(
    request: HttpRequest, cases: Cases, file: str, title: Callable[[], str], files: ListFiles
) -> HttpResponseBase:
    """One of the files of a list; `title` is asked for by a feed alone."""
    tag = entity_tag(cases, named=file != JSON)
    if file == FEED:
        return unless_known(request, tag, lambda: feed(request, cases, title(), files))
    return unless_known(request, tag, lambda: _streamed(request, cases, file))


def _streamed(request: HttpRequest, cases: Cases, file: str) -> HttpResponseBase:
    keys = cases.keys(0, MOST + 1)
    count = len(keys) if len(keys) <= MOST else cases.count()
    keys = keys[:MOST]
    lines = _csv(request, keys, count) if file == CSV else _json(keys)
    media = "text/csv" if file == CSV else "application/json"
    headers = {"X-Total-Count": str(count), "Content-Disposition": f'attachment; filename="{file}"'}
    return StreamingHttpResponse(lines, content_type=f"{media}; charset=utf-8", headers=headers)


def in_order(cases: Any, keys: list[int]) -> Iterator[Any]:
    """The rows of these keys in the order of the keys, read in chunks; one withdrawn meanwhile is left out."""
    for start in range(0, len(keys), CHUNK):
        chunk = keys[start : start + CHUNK]
        found = cases.in_bulk(chunk)
        yield from (found[key] for key in chunk if key in found)


def _csv(request: HttpRequest, keys: list[int], count: int) -> Iterator[str]:
    site = request.build_absolute_uri("/").rstrip("/")
    cases = in_order(with_row_parts(PublishedCase.objects.all()), keys)
    rows = (CaseRow(case, site) for case in cases)
    yield MARK
    yield from csv_lines(CASE_COLUMNS, rows, [_(column.title) for column in CASE_COLUMNS])
    if count > len(keys):
        said = _("只列出前 %(most)d 个案例，共 %(count)d 个；全部案例请下载“开放数据”页面的数据集。")
        yield csv_line([cell_text(said % {"most": len(keys), "count": count})])


def _json(keys: list[int]) -> Iterator[str]:
    before = "[\n"
    for case in in_order(PublishedCase.objects.only("external_id", "body"), keys):
        yield before + json.dumps(published_record(case), ensure_ascii=False)
        before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"
