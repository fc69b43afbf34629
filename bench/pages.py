"""How long public pages take beside an empty Django view, in one process and one run.

    DATABASE_URL=… python bench/pages.py [rounds]

Reads whatever cases the database holds (fill it with `filling.py`). Every round asks
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
from django.db.models import Count
from django.http import HttpResponse
from django.test import Client
from django.urls import path

from cases.models import PublishedCase, PublishedMetric, TaggedCase
from config.urls import urlpatterns as site_patterns

urlpatterns = [path("empty/", lambda request: HttpResponse("")), *site_patterns]


def addresses():
    """Name to address of the pages measured, chosen from what the database holds."""
    newest = PublishedCase.objects.newest_first().exclude(province=None).first()
    another = PublishedCase.objects.newest_first().exclude(pk=newest.pk).first()
    province, theme = newest.province_id, newest.themes.first().pk
    tag = TaggedCase.objects.values_list("tag__slug").annotate(cases=Count("pk")).order_by("-cases")[0][0]
    cities = list(PublishedCase.objects.exclude(prefecture=None).values_list("prefecture", flat=True).distinct()[:2])
    metric = PublishedMetric.objects.exclude(unit="").first()
    return {
        "empty view": "/empty/",
        "home": "/",
        "case": newest.get_absolute_url(),
        "case: who else did this": f"/cases/{newest.pk}/like/",
        "list": "/cases/",
        "list, page 10": "/cases/page/10/",
        "term: province": f"/regions/{province}/",
        "term: department": f"/departments/{newest.department_id}/",
        "term: theme": f"/themes/{theme}/",
        "term: tag": f"/tags/{tag}/",
        "regions": "/regions/",
        "departments": "/departments/",
        "themes": "/themes/",
        "tags": "/tags/",
        "search, rare word": "/search/?q=" + newest.title[:6],
        "search, common word": "/search/?q=服务",
        "search, facets": f"/search/?q=服务&region={province}&year={newest.listed_on.year}",
        "search, no words": f"/search/?region={province}",
        "search, nothing found": "/search/?q=企业注销便利化审批改革甲乙 漯河&year=1990",
        "suggestions, pinyin": "/search/suggest/?q=lu",
        "suggestions, title": "/search/suggest/?q=" + newest.title[:2],
        "numbers": "/numbers/",
        "numbers, a unit": f"/numbers/?unit={metric.unit}&sort=-value",
        "numbers, a word": "/numbers/?q=审批",
        "numbers, a province": f"/numbers/?region={province}",
        "compare, choosing": "/compare/",
        "compare, cases": f"/compare/?case={newest.pk}&case={another.pk}",
        "compare, cities": f"/compare/?region={cities[0]}&region={cities[-1]}&theme={theme}",
        "policies": "/policies/",
        "map": "/maps/",
        "map of a province": f"/maps/{province}/",
        "trends": "/trends/",
        "trends of a theme": f"/trends/?theme={theme}",
        "matrix": "/matrix/",
        "matrix of a province": f"/matrix/?region={province}",
        "data": "/data/",
        "feed": "/cases/feed.atom",
        "api: cases": "/api/v1/cases?q=服务",
        "api: regions": "/api/v1/regions",
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
        print(f"{name:26} median {median:7.2f} ms  p95 {worst:7.2f} ms  {median / empty:6.1f} × empty")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 50)
