"""The whole of what is published as one file: a zip of JSONL and CSV with its data dictionary.

The same content always gives the same bytes, so that a digest tells whether anything is new: nothing in
the zip says when it was made, "as of" is the last release among its cases. Made by `export_dataset`,
because a hundred thousand cases are more than one request should read; the file appears whole or not at all.
"""

from __future__ import annotations

import contextlib
import datetime
import hashlib
import json
import os
import shutil
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.db.models import Prefetch, QuerySet
from django.template.loader import render_to_string
from django.utils import timezone, translation

from cases.exporting.dictionary import data_dictionary
from cases.exporting.exchange import published_record
from cases.exporting.package import TABLES, data_package, licence
from cases.exporting.tables import (
    CASE_COLUMNS,
    MARK,
    METRIC_COLUMNS,
    CaseRow,
    Column,
    csv_line,
    csv_lines,
    row_line,
    with_row_parts,
)
from cases.exporting.vocabulary import VOCABULARY, vocabulary_rows
from cases.models.published import PublishedCase, PublishedMetric

FACTS = "dataset.json"  # what the page tells of the file, beside it
CHUNK = 200  # rows
_EARLIEST = (1980, 1, 1, 0, 0, 0)  # the first moment a zip can name

Progress = Callable[[Iterable, int], Iterable]


@dataclass(frozen=True, slots=True)
class Dataset:
    """What there is to say of a dataset file."""

    file: str  # its name in the folder of datasets
    sha256: str
    size: int  # bytes
    cases: int
    metrics: int
    demo_cases: int  # among them; 0 if they were left out
    as_of: str  # day of the last release in it, ISO; "" if it is empty
    made_at: str  # ISO, with offset

    @property
    def path(self) -> Path:
        return dataset_folder() / self.file

    @property
    def as_of_day(self) -> datetime.date | None:
        return datetime.date.fromisoformat(self.as_of) if self.as_of else None

    @property
    def made_on(self) -> datetime.datetime:
        return datetime.datetime.fromisoformat(self.made_at)


def dataset_folder() -> Path:
    return Path(settings.VAR_DIR) / "data"


def current_dataset() -> Dataset | None:
    """The dataset that may be downloaded; None if none was made, or what there is cannot be read."""
    try:
        found = Dataset(**json.loads((dataset_folder() / FACTS).read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return None
    return found if found.path.is_file() else None


def write_dataset(*, with_demo: bool = False, progress: Progress = lambda items, total: items) -> Dataset:
    """Make the dataset anew and put it in the place of the one before; readers get the old or the new one."""
    cases = PublishedCase.objects.order_by("pk")
    if not with_demo:
        cases = cases.filter(is_demo=False)
    folder = dataset_folder()
    folder.mkdir(parents=True, exist_ok=True)
    with translation.override("zh-hans"), _new_file(folder) as (path, stream):
        with zipfile.ZipFile(stream, "w") as archive:
            counts = _write_members(archive, cases, progress)
        stream.flush()
        sha256 = _digest(path)
        made_at = timezone.localtime().isoformat(timespec="seconds")
        made = Dataset(f"casebook-{sha256[:16]}.zip", sha256, path.stat().st_size, made_at=made_at, **counts)
        _put_in_place(path, stream, made.path)
    with _new_file(folder) as (path, stream):
        stream.write(json.dumps(asdict(made)).encode())
        _put_in_place(path, stream, folder / FACTS)
    for old in folder.glob("casebook-*.zip"):
        if old != made.path:
            old.unlink(missing_ok=True)  # a download under way keeps its open file
    return made


def _write_members(archive: zipfile.ZipFile, cases: QuerySet[PublishedCase], progress: Progress) -> dict[str, Any]:
    """Fill the archive; the cases are read once, so that all its files tell of the same."""
    counts: dict[str, Any] = {"cases": 0, "metrics": 0, "demo_cases": 0, "as_of": ""}
    with _table(CASE_COLUMNS) as case_table, _table(METRIC_COLUMNS) as metric_table:
        with _member(archive, "cases.jsonl") as records:
            for case in progress(_in_chunks(cases), cases.count()):
                records.write(json.dumps(published_record(case), ensure_ascii=False).encode() + b"\n")
                case_table.write(row_line(CASE_COLUMNS, CaseRow(case)).encode())
                metrics = case.metrics.all()
                metric_table.writelines(row_line(METRIC_COLUMNS, metric).encode() for metric in metrics)
                counts["cases"] += 1
                counts["metrics"] += len(metrics)
                counts["demo_cases"] += case.is_demo
                counts["as_of"] = max(counts["as_of"], timezone.localdate(case.released_at).isoformat())
        _add_file(archive, "cases.csv", case_table)
        _add_file(archive, "metrics.csv", metric_table)
    for name, columns in VOCABULARY.items():
        lines = csv_lines(columns, vocabulary_rows(name, cases), [column.name for column in columns])
        _add_text(archive, f"{name}.csv", MARK + "".join(lines))
    _add_text(archive, "datapackage.json", json.dumps(data_package(counts), ensure_ascii=False, indent=2) + "\n")
    facts = counts | {
        "fields": data_dictionary(),
        "tables": TABLES,
        "site_name": settings.SITE_NAME,
        "licence": licence(),
    }
    _add_text(archive, "README.md", render_to_string("cases/dataset_readme.md", facts))
    return counts


def _in_chunks(cases: QuerySet[PublishedCase]) -> Iterator[PublishedCase]:
    """The cases with all that the files show of them; what is published meanwhile is left for the next time."""
    keys = list(cases.values_list("pk", flat=True))
    whole = with_row_parts(PublishedCase.objects.all()).prefetch_related(
        Prefetch("metrics", PublishedMetric.objects.order_by("order").select_related(None))
    )
    for start in range(0, len(keys), CHUNK):
        found = whole.in_bulk(keys[start : start + CHUNK])
        yield from (found[key] for key in sorted(found))


# Files


@contextlib.contextmanager
def _new_file(folder: Path) -> Iterator[tuple[Path, IO[bytes]]]:
    """A file to write beside its later place; gone if the block fails."""
    handle, name = tempfile.mkstemp(dir=folder, suffix=".part")
    path = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            yield path, stream
    finally:
        path.unlink(missing_ok=True)


def _put_in_place(path: Path, stream: IO[bytes], place: Path) -> None:
    """The finished file takes its place at once, and survives a power cut."""
    stream.flush()
    os.fsync(stream.fileno())
    path.chmod(0o644)
    os.replace(path, place)


@contextlib.contextmanager
def _table(columns: tuple[Column, ...]) -> Iterator[IO[bytes]]:
    with tempfile.TemporaryFile() as table:
        table.write((MARK + csv_line(column.name for column in columns)).encode())
        yield table


def _member(archive: zipfile.ZipFile, name: str) -> IO[bytes]:
    info = zipfile.ZipInfo(name, _EARLIEST)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.create_system = 3  # the same on every machine
    info.external_attr = 0o644 << 16
    return archive.open(info, "w", force_zip64=True)


def _add_file(archive: zipfile.ZipFile, name: str, file: IO[bytes]) -> None:
    file.seek(0)
    with _member(archive, name) as member:
        shutil.copyfileobj(file, member)


def _add_text(archive: zipfile.ZipFile, name: str, text: str) -> None:
    with _member(archive, name) as member:
        member.write(text.encode())


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
