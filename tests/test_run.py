"""The runner of `make test`: its last words, its exit code, and the server it starts."""

from __future__ import annotations

from pathlib import Path

import psycopg2
import pytest

from tests.postgresql import throwaway_server
from tests.run import closing_lines, exit_code
from tests.tools import missing_tools, postgresql_folder


def test_what_could_not_run_is_listed_with_the_package_to_install():
    assert closing_lines({"SQLite": 0, "PostgreSQL": 1}, {"browser": "chromium"}) == [
        "SQLite：通过",
        "PostgreSQL：未通过",
        "未运行：浏览器测试（需要 Chromium），请安装 Debian 软件包 chromium",
    ]


@pytest.mark.parametrize(
    ("results", "missing", "require_all", "code"),
    [
        ({"SQLite": 0}, {}, True, 0),
        ({"SQLite": 0}, {"browser": "chromium"}, False, 0),
        ({"SQLite": 0}, {"browser": "chromium"}, True, 1),
        ({"SQLite": 0, "PostgreSQL": 1}, {}, False, 1),
    ],
)
def test_what_could_not_run_fails_only_where_all_is_required(results, missing, require_all, code):
    assert exit_code(results, missing, require_all=require_all) == code


def test_tools_that_are_not_there_are_missed(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("TEST_POSTGRES_URL", "postgres://server/database")

    assert missing_tools() == {"browser": "chromium", "gettext": "gettext"}


def failing_run(programs: Path, seen: dict[str, str]) -> None:
    with throwaway_server(programs) as seen["url"]:
        with psycopg2.connect(seen["url"]).cursor() as cursor:
            cursor.execute("SHOW data_directory")
            seen["folder"] = cursor.fetchone()[0]
        raise ZeroDivisionError


@pytest.mark.postgresql
def test_the_server_of_a_run_is_gone_afterwards_even_if_the_run_fails():
    if not (programs := postgresql_folder()):  # a server was named instead
        return
    seen: dict[str, str] = {}
    with pytest.raises(ZeroDivisionError):
        failing_run(programs, seen)

    assert not Path(seen["folder"]).parent.exists()
    with pytest.raises(psycopg2.OperationalError):
        psycopg2.connect(seen["url"])
