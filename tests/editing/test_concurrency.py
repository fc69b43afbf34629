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
        timeout=180,
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


def test_of_two_forms_one_is_saved_and_what_it_replaced_is_known(database_url):
    result = act_together(database_url, "save typed", "save typed")

    assert (result["outcomes"], result["version"]) == (["told", "won"], 1)
    assert result["replaced"] == [[0, result["was"]]]


def test_an_autosave_that_comes_with_the_save_of_its_tab_leaves_nothing_unsaved(database_url):
    result = act_together(database_url, "save typed", "autosave")

    assert result["outcomes"] in (["kept", "won"], ["late", "won"])
    assert (result["title"], result["unsaved"]) == ("甲的修改", 0)


def test_a_button_pressed_twice_makes_one_case_of_a_new_form(database_url):
    result = act_together(database_url, "save again", "save again")

    assert (result["outcomes"], result["cases"]) == (["won", "won"], 2)  # the other is the one they start from


def test_saving_a_form_while_somebody_submits_or_publishes_mixes_nothing(database_url):
    result = act_together(database_url, "save typed", "submit")

    assert result["outcomes"] == ["told", "won"]
    is_submitted = result["stage"] != "draft"
    assert (result["title"] == result["was"]) == is_submitted


@pytest.mark.parametrize("other", ["save", "submit", "comment", "share"])
def test_of_who_deletes_a_case_and_who_works_on_it_one_wins_and_the_other_is_told(database_url, other):
    result = act_together(database_url, "delete", other)

    is_there = result["stage"] != "deleted"
    # What was only said of a case goes with it; its text, once saved, does not.
    assert result["outcomes"] in (["told", "won"], ["won", "won"] if other in ("comment", "share") else [])
    assert result["comments"] == 0 or is_there
    assert result["title"] != "乙的修改" or is_there


def test_of_two_who_merge_one_tag_one_wins_and_the_other_is_told(database_url):
    result = act_together(database_url, "merge", "merge")

    assert (result["outcomes"], result["aliases"]) == (["told", "won"], 1)
