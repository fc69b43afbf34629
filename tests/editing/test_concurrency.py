"""Two people on one case: real connections, real transactions, on whichever database the suite runs."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture
def database_url(transactional_db, tmp_path):
    """A database of its own: a file on SQLite, the test database of this worker on PostgreSQL."""
    if connection.vendor == "sqlite":
        return f"sqlite:///{tmp_path / 'two.sqlite3'}"
    used = connection.settings_dict
    login = f"{used['USER']}:{used['PASSWORD']}" if used["PASSWORD"] else used["USER"]
    return f"postgres://{login}@{used['HOST']}:{used['PORT']}/{used['NAME']}"


def act_together(database_url, *actions):
    """What two threads that do `actions` at the same moment leave behind."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.editing.two_savers", *actions],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": database_url, "REVIEWS": "0"},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_of_two_who_save_one_wins_and_the_other_is_told(database_url):
    result = act_together(database_url, "save", "save")

    assert result["outcomes"] == ["told", "won"]
    assert (result["title"] in ("甲的修改", "乙的修改"), result["version"]) == (True, 1)


def test_of_two_who_publish_one_wins_and_the_other_is_told(database_url):
    result = act_together(database_url, "publish", "publish")

    assert (result["outcomes"], len(result["published"])) == (["told", "won"], 1)


def test_saving_while_somebody_publishes_mixes_nothing(database_url):
    result = act_together(database_url, "publish", "save")

    assert result["outcomes"] == ["told", "won"]
    published = result["published"]
    assert result["title"] == "乙的修改" if published == [] else published == [result["title"]]


def test_a_button_pressed_twice_makes_one_draft_of_an_article(database_url):
    result = act_together(database_url, "keep", "keep")

    assert (result["outcomes"], result["kept"]) == (["told", "won"], 1)
