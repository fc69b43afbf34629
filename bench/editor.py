"""What opening and saving the form of a case costs: queries, CPU milliseconds and bytes, in process.

    DATABASE_URL=sqlite:////tmp/bench-editor.sqlite3 python bench/editor.py [--rounds N]

Fills an empty database with one editor and cases of three sizes. The CPU time is that of the process (median and best
of the rounds), so other work on the machine counts little. Asked: opening 5×4 with 10 metrics within 20 queries and
400 ms, saving it unchanged within 60 queries.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import time
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import django

sys.path.insert(0, str(Path(__file__).parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ["DEBUG"] = "1"  # needs no collected static files
django.setup()

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases.content import CaseContent, InitiativeContent, MeasureContent, MetricContent
from cases.editing.drafts import write_draft
from cases.models import Case, User
from tests.admin.browser import drawn_fields

SIZES = {"5×4, 10": (5, 4, 10), "10×8, 10": (10, 8, 10), "10×8, 50": (10, 8, 50)}
settings.DEBUG = False  # or Django would keep every query
settings.ALLOWED_HOSTS = ["testserver"]


def content_of(initiatives: int, measures: int, metrics: int) -> CaseContent:
    """A case of this many initiatives, measures in each, and metrics in all."""
    quote = "办理时间由7个工作日压缩至2个工作日"
    metric = MetricContent("办理时间", Decimal(2), "个工作日", Decimal(7), "exact", "down", "duration", "去年", quote)
    return CaseContent(
        title=f"{initiatives}×{measures}, {metrics}",
        source_name="漯河日报",
        region="411100",
        department="transport",
        intro="导语。" * 40,
        initiatives=tuple(
            InitiativeContent(
                f"第{number}项举措",
                f"{quote}。" * 3,
                tuple(MeasureContent(f"第{part}项措施", "能共享的不再提交。" * 12) for part in range(measures)),
                (metric,) * (metrics // initiatives),
            )
            for number in range(initiatives)
        ),
    )


def filled() -> dict[str, Case]:
    """The cases by their size; written once."""
    call_command("migrate", verbosity=0)
    if not User.objects.exists():
        call_command("load_vocabulary", verbosity=0)
        by = User.objects.create_superuser("bench")
        for size in SIZES.values():
            write_draft(content_of(*size), by=by)
    return {size: Case.objects.get(title=content_of(*SIZES[size]).title) for size in SIZES}


def measured(rounds: int, act: Callable[[], Any]) -> str:
    """Queries, median and best CPU milliseconds, and bytes of an answer."""
    answer = act()
    with CaptureQueriesContext(connection) as queries:
        act()
    count = len(queries)
    times = []
    for _round in range(rounds):
        begun = time.process_time()
        answer = act()
        times.append((time.process_time() - begun) * 1000)
    size = len(answer.content) / 1000
    return f"{count:3} queries {statistics.median(times):6.0f} ({min(times):4.0f}) ms CPU {size:6.0f} KB"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=7)
    rounds = parser.parse_args().rounds
    client = Client()
    cases = filled()
    client.force_login(User.objects.get(username="bench"))
    for size, case in cases.items():
        address = reverse("admin:cases_case_change", args=[case.pk])
        fields = drawn_fields(client.get(address))
        print(f"{size:9} open   {measured(rounds, lambda address=address: client.get(address))}")
        saved = measured(rounds, lambda address=address, fields=fields: client.post(address, fields))
        print(f"{size:9} save   {saved}")
        changing = measured(rounds, lambda address=address: client.post(address, changed(client, address)))
        print(f"{size:9} change {changing}, opening it before included")


def changed(client: Client, address: str) -> dict[str, Any]:
    fields = drawn_fields(client.get(address))
    return fields | {"summary": f"{time.perf_counter()}"}


if __name__ == "__main__":
    main()
