"""How long public pages take beside an empty Django view, in one process and one run.

    DATABASE_URL=… python bench/pages.py [rounds]

Reads whatever cases the database holds (fill it with `import_cases --publish`). Every round asks
each page once, so that a noisy neighbour slows all alike; medians and ratios are printed.
"""

import os
import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django

django.setup()

from django.conf import settings
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.urls import path

from cases.models import PublishedCase
from config.urls import urlpatterns as site_patterns

urlpatterns = [path("empty/", lambda request: HttpResponse("")), *site_patterns]


def addresses():
    """Name to address of the pages measured, chosen from what the database holds."""
    newest = PublishedCase.objects.newest_first().first()
    busiest = PublishedCase.objects.exclude(province=None).first()
    return {
        "empty view": "/empty/",
        "case": newest.get_absolute_url(),
        "list": "/cases/",
        "list, page 10": "/cases/page/10/",
        "province": f"/regions/{busiest.province_id}/",
        "home": "/",
        "search, rare word": "/search/?q=" + newest.title[:6],
        "search, common word": "/search/?q=服务",
        "search, facets": f"/search/?q=服务&region={busiest.province_id}&year={newest.listed_on.year}",
        "search, nothing found": "/search/?q=企业注销便利化审批改革甲乙 漯河&year=1990",
        "suggestions, pinyin": "/search/suggest/?q=lu",
        "suggestions, title": "/search/suggest/?q=" + newest.title[:2],
    }


def main(rounds):
    settings.ROOT_URLCONF = "__main__"
    settings.ALLOWED_HOSTS = ["testserver"]
    client, pages = Client(), addresses()
    times = {name: [] for name in pages}
    for number in range(rounds + 3):  # three rounds to warm up
        for name, address in pages.items():
            start = time.perf_counter()
            response = client.get(address)
            if number >= 3:
                times[name].append((time.perf_counter() - start) * 1000)
            if response.status_code not in (200, 404):
                raise SystemExit(f"{address}: {response.status_code}")
    empty = statistics.median(times["empty view"])
    print(f"{PublishedCase.objects.count()} cases, {connection.vendor}, {rounds} rounds")
    for name, values in times.items():
        median, worst = statistics.median(values), sorted(values)[int(len(values) * 0.95)]
        print(f"{name:22} median {median:7.2f} ms  p95 {worst:7.2f} ms  {median / empty:6.1f} × empty")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 50)
