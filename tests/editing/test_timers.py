"""A timer beside another, and beside people: real connections, on whichever database the suite runs."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture
def rounds_with(transactional_db, tmp_path):
    """What a timer and something else at the same moment leave behind, a few times over."""

    def run(other):
        used = connection.settings_dict
        login = f"{used['USER']}:{used['PASSWORD']}" if used["PASSWORD"] else used["USER"]
        on_sqlite = connection.vendor == "sqlite"
        url = f"postgres://{login}@{used['HOST']}:{used['PORT']}/{used['NAME']}"
        done = subprocess.run(
            [sys.executable, "-m", "tests.editing.two_timers", other],
            cwd=ROOT,
            env={**os.environ, "DATABASE_URL": f"sqlite:///{tmp_path / 'two.sqlite3'}" if on_sqlite else url},
            capture_output=True,
            text=True,
            timeout=120,
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return run


def test_of_two_timers_one_does_it_and_the_other_finds_nothing(rounds_with):
    for result in rounds_with("timer"):
        assert sorted([result["timer"], result["other"]]) == [0, 1]
        assert (result["publications"], result["closed"]) == (1, [True, False])


@pytest.mark.parametrize(("other", "did"), [("take_back", "taken_back"), ("cancel", "cancelled")])
def test_of_a_timer_and_who_stops_it_one_wins_and_the_other_is_told(rounds_with, other, did):
    for result in rounds_with(other):
        outcome = (result["timer"], result["other"], result["publications"], result["closed"])
        assert outcome in [(1, "told", 1, [True, False]), (0, did, 0, [False, True])]
