"""Two threads, each with a connection of its own, at a case whose time has come.

Run by test_timers in a process of its own with DATABASE_URL set; the first is always a timer, the second what the
argument says. Prints a JSON list, an object a round: {"timers": what was done, "other": …, "publications": …, …}.
"""

import datetime
import json
import os
import sys
import threading

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
os.environ["REVIEWS"] = "0"
django.setup()

from django.core.management import call_command  # noqa: E402 - needs the settings above
from django.db import connection  # noqa: E402
from django.utils import timezone  # noqa: E402

from cases.editing import scheduling  # noqa: E402
from cases.editing.drafts import Conflict  # noqa: E402
from cases.editing.permissions import NotAllowed  # noqa: E402
from cases.editing.review import steps  # noqa: E402
from cases.models import Case, Publication, Schedule  # noqa: E402
from tests.builders import make_case, make_user  # noqa: E402

ROUNDS = 6


def timer(case, schedule, by):
    return len([done for done in scheduling.do_due() if not done.trouble])


def take_back(case, schedule, by):
    steps.take_back(case, by=by)
    return "taken_back"


def cancel(case, schedule, by):
    scheduling.cancel(schedule, by=by)
    return "cancelled"


def act(name, action, arguments, start, outcomes):
    try:
        start.wait()
        outcomes[name] = action(*arguments)
    except (Conflict, NotAllowed):
        outcomes[name] = "told"
    except Exception as error:
        outcomes[name] = repr(error)
    finally:
        connection.close()


def one_round(by, other):
    case = make_case(by=by)
    schedule = scheduling.schedule(case, by=by, kind="published", at=timezone.now() + datetime.timedelta(minutes=5))
    Schedule.objects.filter(pk=schedule.pk).update(at=timezone.now())
    start, outcomes = threading.Barrier(2), {}
    threads = [
        threading.Thread(target=act, args=(name, action, (Case.objects.get(pk=case.pk), schedule, by), start, outcomes))
        for name, action in (("timer", timer), ("other", other))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    schedule.refresh_from_db()
    return {
        **outcomes,
        "publications": Publication.objects.filter(case=case).count(),
        "closed": [bool(schedule.done_at), bool(schedule.cancelled_at)],
    }


def main(other):
    call_command("migrate", verbosity=0)
    by = make_user("chief", permissions=("publish", "change_case", "force_publish"))
    print(json.dumps([one_round(by, globals()[other]) for _ in range(ROUNDS)]))


main(*sys.argv[1:])
