"""The settings as a process finds them: each test starts one with the environment it is about."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from django.core import checks

from tests.builders import make_user

ROOT = Path(__file__).resolve().parent.parent
SECRET = "a-long-secret-of-the-test-Zq8wVb3nRt6yUk1pLs9dFg2hJm4xCa7eQo5iXw"
PRODUCTION = {"DEBUG": "0", "SECRET_KEY": SECRET, "ALLOWED_HOSTS": "www.example.gov.cn"}


def manage(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """`manage.py` in a process that knows nothing of our environment but where its programs are."""
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "PYTHONIOENCODING": "utf-8", **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def settings_of(tmp_path: Path, *expressions: str, **environment: str) -> list:
    """Values of Python expressions in the running project, its data under `tmp_path`."""
    names = "import json; from django.conf import settings; from django.db import connection"
    code = f"{names}; print(json.dumps([{', '.join(expressions)}]))"
    shell = manage("shell", "--no-imports", "--command", code, VAR_DIR=str(tmp_path), **environment)
    assert shell.returncode == 0, shell.stderr
    return json.loads(shell.stdout)


def test_a_fresh_clone_needs_no_environment(tmp_path):
    assert settings_of(
        tmp_path, "settings.DEBUG", "settings.LANGUAGE_CODE", "settings.TIME_ZONE", "settings.ALLOWED_HOSTS"
    ) == [True, "zh-hans", "Asia/Shanghai", ["127.0.0.1", "localhost", "[::1]"]]


def test_a_fresh_clone_keeps_its_data_in_a_folder_it_makes_itself(tmp_path):
    folder = tmp_path / "not" / "there" / "yet"

    assert settings_of(folder, "str(settings.DATABASES['default']['NAME'])") == [str(folder / "casebook.sqlite3")]
    assert folder.is_dir()


@pytest.mark.parametrize("secret", [None, "", "development-only-key-that-production-refuses"])
def test_production_refuses_to_start_without_a_secret_of_its_own_and_names_the_variable(secret):
    environment = {name: value for name, value in PRODUCTION.items() if name != "SECRET_KEY"}
    if secret is not None:
        environment["SECRET_KEY"] = secret

    started = manage("check", **environment)

    assert started.returncode != 0
    assert "SECRET_KEY" in started.stderr.splitlines()[-1]


def test_production_settings_pass_the_deployment_checks():
    checked = manage("check", "--deploy", "--fail-level", "WARNING", DATABASE_URL="sqlite:///:memory:", **PRODUCTION)

    assert (checked.returncode, checked.stderr) == (0, "")


def test_sqlite_is_set_so_that_readers_never_wait_and_nothing_is_lost(tmp_path):
    pragmas = [
        f"connection.cursor().execute('PRAGMA {name}').fetchone()[0]"
        for name in ("journal_mode", "synchronous", "busy_timeout")
    ]
    full = 2

    assert settings_of(tmp_path, *pragmas) == ["wal", full, 10_000]


@pytest.mark.sqlite
@pytest.mark.django_db(transaction=True)
def test_a_transaction_on_sqlite_takes_the_write_lock_when_it_begins():
    from django.db import connection, transaction

    other = sqlite3.connect(connection.settings_dict["NAME"], timeout=0, isolation_level=None)
    with transaction.atomic():
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("BEGIN IMMEDIATE")
        assert other.execute("SELECT 1").fetchone() == (1,)  # reading goes on
    other.execute("BEGIN IMMEDIATE")
    other.close()


def test_requests_open_no_transaction_of_their_own(tmp_path):
    assert settings_of(tmp_path, "connection.settings_dict['ATOMIC_REQUESTS']") == [False]


@pytest.mark.django_db
def test_demo_accounts_fail_the_check_of_production(settings):
    make_user("demo-editor", is_demo=True)
    settings.DEMO_LOGINS = False

    assert [error.id for error in checks.run_checks() if error.id.startswith("cases.")] == ["cases.E001"]


@pytest.mark.django_db
def test_no_demo_account_no_complaint(settings):
    make_user("editor")
    settings.DEMO_LOGINS = False

    assert [error.id for error in checks.run_checks() if error.id.startswith("cases.")] == []


@pytest.mark.django_db
@pytest.mark.parametrize("demo_logins", [True, False])
def test_a_demo_account_logs_in_only_where_demo_logins_are_on(client, settings, demo_logins):
    make_user("demo-editor", is_demo=True)
    settings.DEMO_LOGINS = demo_logins

    assert client.login(username="demo-editor", password="correct horse") is demo_logins


@pytest.mark.parametrize(("debug", "demo_logins"), [("1", True), ("0", False)])
def test_demo_logins_are_on_with_debug_only(tmp_path, debug, demo_logins):
    assert settings_of(tmp_path, "settings.DEMO_LOGINS", **{**PRODUCTION, "DEBUG": debug}) == [demo_logins]
