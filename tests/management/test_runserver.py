"""The server for development keeps time by itself."""

import datetime
import threading
import time

import pytest
from django.utils import timezone

from cases.management.commands import runserver
from cases.models import PublishedCase, Schedule
from tests.builders import make_published_case, make_user


@pytest.mark.django_db(transaction=True)
def test_what_is_due_happens_while_the_server_runs(monkeypatch):
    now = timezone.now()
    Schedule.objects.create(
        case=make_published_case().case,
        kind="withdrawn",
        at=now - datetime.timedelta(minutes=1),
        reason="到期",
        by=make_user("chief", permissions=("publish",)),
        made_at=now,
    )
    monkeypatch.setattr(runserver, "SECONDS", 0.05)
    stopped = threading.Event()
    thread = threading.Thread(target=runserver.keep_time, args=[stopped])
    thread.start()
    deadline = time.monotonic() + 10
    while PublishedCase.objects.exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    stopped.set()
    thread.join()

    assert (PublishedCase.objects.count(), Schedule.objects.get().done_at is not None) == (0, True)
