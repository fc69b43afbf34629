"""How long the pages of numbers take with a million metrics.

    DATABASE_URL=sqlite:////tmp/scratch.sqlite3 python bench/numbers_speed.py --make 100000
    DATABASE_URL=sqlite:////tmp/scratch.sqlite3 python bench/numbers_speed.py

`--make` fills an empty scratch database: ten metrics a case, in skewed units, every sixth with an old value.
Without it every address is asked five times; printed are the best and the median, in milliseconds, and the queries.
"""

from __future__ import annotations

import argparse
import datetime
import json
import os
import random
import statistics
import sys
import time
from decimal import Decimal
from pathlib import Path

import django

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cases.content import CaseContent, MetricContent, to_json
from cases.models import Case, Department, PublishedCase, PublishedMetric, Region, Theme, User
from cases.search.index import index_cases

METRICS = 10  # a case
UNITS = [("个", "amount", 30), ("家", "amount", 16), ("%", "share", 9), ("%", "growth", 6), ("%", "reduction", 6)]
UNITS += [("%", "satisfaction", 3), ("天", "duration", 9), ("个工作日", "duration", 9), ("亿元", "amount", 6)]
UNITS += [("公里", "amount", 3), ("万元", "amount", 2), ("项", "amount", 1)]
LABELS = ["便民站点", "新增经营主体", "办理时限", "企业开办时间", "网上办理率", "群众满意度", "减税降费", "融资金额"]
PAGES = [
    ("newest, page 1", "/numbers/"),
    ("newest, page 1,000", "/numbers/?page=1000"),
    ("by city", "/numbers/?sort=city"),
    ("by city, page 1,000", "/numbers/?sort=city&page=1000"),
    ("by value, no unit", "/numbers/?sort=-value"),
    ("common unit", "/numbers/?unit=个"),
    ("common unit by value", "/numbers/?unit=个&sort=-value"),
    ("common unit by value, deep", "/numbers/?unit=个&sort=-value&page=1000"),
    ("common unit, newest, deep", "/numbers/?unit=个&page=1000"),
    ("rare unit", "/numbers/?unit=项"),
    ("unit nobody uses", "/numbers/?unit=光年"),
    ("by change", "/numbers/?unit=天&sort=change"),
    ("by change, relative", "/numbers/?unit=天&sort=ratio"),
    ("changed", "/numbers/?changed=1"),
    ("by change, no unit", "/numbers/?sort=change"),
    ("kind", "/numbers/?kind=share"),
    ("kind and unit", "/numbers/?kind=share&unit=%25&sort=value"),
    ("period", "/numbers/?period=2023"),
    ("province", "/numbers/?region=410000"),
    ("province, unit, value", "/numbers/?region=410000&unit=个&sort=-value"),
    ("city, unit, value", "/numbers/?region=411100&unit=个&sort=-value"),
    ("theme", "/numbers/?theme=bidding"),
    ("theme, unit, value", "/numbers/?theme=bidding&unit=个&sort=-value"),
    ("year", "/numbers/?year=2023"),
    ("year, unit, value", "/numbers/?year=2023&unit=个&sort=-value"),
    ("word in half of the cases", "/numbers/?q=便民站点"),
    ("word, unit, value", "/numbers/?q=便民站点&unit=个&sort=-value"),
    ("rare word", "/numbers/?q=第777个"),
    ("compare two cases", "/compare/?case=1&case=2"),
    ("compare four provinces", "/compare/?region=410000&region=440000&region=330000&region=110000"),
    ("compare cities, theme", "/compare/?region=411100&region=410300&theme=bidding"),
    ("choose", "/compare/"),
    ("choose by words", "/compare/?q=便民站点"),
    ("file of 50,000", "/numbers.csv"),
    ("an empty page", "/not-there/at-all/"),
]


def make(count: int) -> None:
    chance = random.Random(20)
    call_command("migrate", verbosity=0)
    call_command("load_vocabulary", verbosity=0)
    counties = list(Region.objects.filter(level="county").select_related("parent__parent"))
    departments, themes = list(Department.objects.all()), list(Theme.objects.all())
    padding = "办事指南" * 700
    now = timezone.now()
    editor = User.objects.create_user("bench")
    edited = {"updated_at": now, "created_by": editor, "updated_by": editor}
    for start in range(1, count + 1, 2000):
        with transaction.atomic():
            keys = list(range(start, min(start + 2000, count + 1)))
            Case.objects.bulk_create(Case(pk=pk, title=f"案例{pk}", external_id=f"case-{pk}", **edited) for pk in keys)
            rows, metrics, filed = [], [], []
            for pk in keys:
                divisions = {part.level: part for part in chance.choice(counties).lineage()}
                day = datetime.date(2018, 1, 1) + datetime.timedelta(days=chance.randrange(2900))
                numbers = [metric(chance, pk, order) for order in range(METRICS)]
                said = tuple(MetricContent(label=row.label, kind=row.kind, quote=row.quote) for row in numbers)
                rows.append(
                    PublishedCase(
                        case_id=pk, external_id=f"case-{pk}", title=f"案例{pk}", lead="导读", **divisions,
                        region=divisions.get("county"), department=chance.choice(departments), origin="original",
                        listed_on=day, first_released_at=now, released_at=now, metric_count=METRICS,
                        body=to_json(CaseContent(title=f"案例{pk}", intro=padding, metrics=said)),
                    )
                )  # fmt: skip
                filed += [
                    PublishedCase.themes.through(publishedcase_id=pk, theme_id=theme.pk)
                    for theme in chance.sample(themes, 2)
                ]
                metrics += numbers
            PublishedCase.objects.bulk_create(rows)
            PublishedCase.themes.through.objects.bulk_create(filed)
            PublishedMetric.objects.bulk_create(metrics)
            index_cases(keys)
        print(f"\r{keys[-1]:,} cases", end="", file=sys.stderr, flush=True)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE" if connection.vendor == "sqlite" else "VACUUM ANALYZE")
    print(file=sys.stderr)


def metric(chance: random.Random, pk: int, order: int) -> PublishedMetric:
    unit, kind, _weight = chance.choices(UNITS, [weight for *_names, weight in UNITS])[0]
    value = Decimal(chance.randrange(1, 100_000)) / (100 if unit == "%" else 1)
    before = value * 2 if not chance.randrange(6) else None
    label = chance.choice(LABELS)
    period = chance.choice(["", "", "2022年", "2023年以来", "截至目前"])
    quote = f"第{pk}个案例里，{label}达到{value}{unit}，企业和群众办事更方便"
    return PublishedMetric(
        case_id=pk, order=order, initiative=None, label=label, value=value, unit=unit, from_value=before, kind=kind,
        period=period, quote=quote,
    )  # fmt: skip


def measure(times: int) -> list[dict]:
    client, table = Client(SERVER_NAME="127.0.0.1"), []
    for name, address in PAGES:
        spent = []
        for _ in range(times):
            with CaptureQueriesContext(connection) as queries:
                start = time.perf_counter()
                response = client.get(address)
                size = len(b"".join(response.streaming_content) if response.streaming else response.content)
                spent.append((time.perf_counter() - start) * 1000)
        best, median = min(spent), statistics.median(spent)
        slowest = max(queries.captured_queries, key=lambda query: float(query["time"]), default={"time": 0, "sql": ""})
        count = len(queries)
        print(f"{name:30} {response.status_code} {best:8.1f} {median:8.1f} {count:3} {size:10,} ({slowest['time']} s)")
        table.append({"page": name, "best": best, "median": median, "queries": count, "slowest": slowest})
    return table


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--make", type=int, default=0, metavar="CASES")
    parser.add_argument("--times", type=int, default=5)
    parser.add_argument("--json", help="where to write the table")
    options = parser.parse_args()
    if options.make:
        make(options.make)
    else:
        table = measure(options.times)
        if options.json:
            Path(options.json).write_text(json.dumps(table, ensure_ascii=False, indent=1))
