"""How good and how quick likeness is: precision@5 by what cases are about, time per publication and per request.

    DATABASE_URL=… python bench/likeness.py focus.json [cases]

The database holds the cases of `make_cases.py --focus focus.json`, imported and published. A case found counts as
right if it shares one of the three words that the case is about, and is counted again if it shares two.
"""

import json
import os
import random
import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django

django.setup()

from django.db import connection, transaction

from cases.models import PublishedCase, Revision, User
from cases.publishing import release
from cases.publishing.relations import write_relations
from cases.search.alike import cases_alike, measures_alike


def timed(function, *arguments):
    """(result, milliseconds of this process)"""
    start = time.process_time()
    result = function(*arguments)
    return result, (time.process_time() - start) * 1000


def quality(focus, keys, names):
    """Shares of the first five found that share one word, and two, and the times of asking."""
    one, two, times, of_measures = [], [], [], []
    for pk in keys:
        found, took = timed(cases_alike, pk)
        times.append(took)
        of_measures.append(timed(measures_alike, pk)[1])
        for alike in [alike for alike in found if alike.case in names][:5]:
            shared = len(set(focus[names[pk]]) & set(focus[names[alike.case]]))
            one.append(shared >= 1)
            two.append(shared >= 2)
    return statistics.mean(one), statistics.mean(two), times, of_measures


def publishing(keys):
    """Median milliseconds of publishing a case again, and of writing its relations; nothing is kept."""
    whole, part = [], []
    by = User.objects.first()
    for pk in keys:
        revision = Revision.objects.filter(case=pk).last()
        with transaction.atomic():
            published, took = timed(lambda revision=revision: release.publish(revision, by=by))
            whole.append(took)
            part.append(timed(write_relations, [(published, published.content)])[1])
            transaction.set_rollback(True)
    return statistics.median(whole), statistics.median(part)


def main(path, count):
    focus = json.loads(Path(path).read_text(encoding="utf-8"))
    rows = PublishedCase.objects.filter(is_demo=False).values_list("pk", "external_id")
    names = {pk: name for pk, name in rows if name in focus}
    keys = random.Random(5).sample(sorted(names), count)
    one, two, times, of_measures = quality(focus, keys, names)
    whole, part = publishing(keys[:60])
    print(f"{len(names)} cases, {connection.vendor}, {count} asked")
    print(f"precision@5: {one:.3f} share a word they are about, {two:.3f} share two")
    print(
        f"cases alike p50 {statistics.median(times):.1f} ms, measures alike p50 {statistics.median(of_measures):.1f} ms"
    )
    print(f"publishing {whole:.1f} ms, of which relations {part:.1f} ms: {part / whole:.2f}")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 200)
