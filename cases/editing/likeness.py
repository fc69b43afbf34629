"""Which files of one batch are the same article: compared with each other once, when all of them are read."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.db import transaction

from cases.editing.duplicates import ALIKE, SKETCH, likeness, one_form
from cases.editing.found import Duplicate, FoundCase
from cases.models import ImportBatch, ImportFile


@dataclass(frozen=True, slots=True)
class _Case:
    file: ImportFile
    found: FoundCase
    sketch: list[int]


@transaction.atomic
def compare_files(batch: ImportBatch) -> None:
    """Tell each file of the batch that is like an earlier one; done once, whoever comes first."""
    if not ImportBatch.objects.filter(pk=batch.pk, is_compared=False).update(is_compared=True):
        return
    again: dict[int, dict[int, list[Duplicate]]] = defaultdict(lambda: defaultdict(list))  # by file, by place
    for place, case, earlier in _alike(_cases(batch)):
        again[case.file.pk][place].append(earlier)
    for file in batch.files.select_for_update().filter(pk__in=again).defer("data", "beside", "sketches"):
        found = [FoundCase.from_json(one) for one in file.found]
        for place, others in again[file.pk].items():
            found[place] = replace(found[place], duplicates=(*found[place].duplicates, *others))
        ImportFile.objects.filter(pk=file.pk).update(found=[one.to_json() for one in found])


def _cases(batch: ImportBatch) -> Iterator[tuple[int, _Case]]:
    """Every case found in the batch, in order, with its place among those of its file."""
    for file in batch.files.exclude(found=[]).defer("data", "beside").order_by("pk"):
        for place, (found, sketch) in enumerate(zip(file.found, file.sketches, strict=True)):
            yield place, _Case(file, FoundCase.from_json(found), sketch)


def _alike(cases: Iterator[tuple[int, _Case]]) -> Iterator[tuple[int, _Case, Duplicate]]:
    """Each case that an earlier file holds too, with the one most alike."""
    seen: list[_Case] = []
    holders: dict[int, list[int]] = defaultdict(list)  # a value of a sketch to the cases that have it
    pages: dict[str, int] = {}  # an address to the first case that has it
    for place, case in cases:
        page = one_form(case.found.address)
        shared = Counter(other for value in case.sketch for other in holders[value])
        near = {other for other, count in shared.items() if count >= SKETCH // 8} | {pages.get(page, -1)} - {-1}
        marks = [_compared(case, seen[other], page) for other in near if seen[other].file.pk != case.file.pk]
        if found := [one for one in marks if one is not None]:
            yield place, case, max(found, key=lambda one: (one.likeness, -(one.file or 0)))
        for value in case.sketch:
            holders[value].append(len(seen))
        if page:
            pages.setdefault(page, len(seen))
        seen.append(case)


def _compared(case: _Case, other: _Case, page: str) -> Duplicate | None:
    share = likeness(case.sketch, other.sketch)
    is_same = case.file.article_id == other.file.article_id and case.found.start == other.found.start
    is_page = bool(page) and one_form(other.found.address) == page
    way = "file" if is_same else "address" if is_page else "text" if share >= ALIKE else ""
    return Duplicate(way, other.file.name, file=other.file.pk, likeness=round(share, 2)) if way else None
