"""`make test`: the whole suite on SQLite, and on PostgreSQL where a server or its programs are found.

What could not run is listed at the end with the package to install; REQUIRE_ALL=1 makes that a failure.
Arguments go to pytest: `python -m tests.run tests/search -x`.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from pathlib import Path

from tests.postgresql import throwaway_server
from tests.tools import missing_tools, postgresql_folder

ROOT = Path(__file__).resolve().parent.parent
WORKERS = ("-n", "auto", "--maxprocesses", "4")
LEFT_OUT = {
    "browser": "浏览器测试（需要 Chromium）",
    "postgresql": "PostgreSQL 上的全部测试",
    "gettext": "翻译目录测试（需要 gettext）",
}


def run_pytest(name: str, arguments: list[str], *, database_url: str = "") -> int:
    """Pytest's exit code for the suite on one database; when we are stopped it is given time to close its browsers."""
    print(f"\n== {name}", flush=True)
    environment = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    if database_url:
        environment["DATABASE_URL"] = database_url
    command = [sys.executable, "-m", "pytest", *WORKERS, *arguments]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL) as pytest:
        try:
            return pytest.wait()
        except BaseException as stopped:
            if not isinstance(stopped, KeyboardInterrupt):  # the terminal sends Ctrl-C to pytest too; twice is rude
                pytest.send_signal(signal.SIGINT)
            with contextlib.suppress(subprocess.TimeoutExpired):
                pytest.wait(timeout=20)
            pytest.kill()
            raise


def run_on_postgresql(arguments: list[str]) -> int:
    url = os.environ.get("TEST_POSTGRES_URL")
    if url:
        return run_pytest("PostgreSQL", arguments, database_url=url)
    folder = postgresql_folder()
    assert folder is not None
    with throwaway_server(folder) as url:
        return run_pytest("PostgreSQL", arguments, database_url=url)


def main(arguments: list[str]) -> int:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # leave through the `finally` blocks
    missing = missing_tools()
    results = {"SQLite": run_pytest("SQLite", arguments)}
    if "postgresql" not in missing:
        results["PostgreSQL"] = run_on_postgresql(arguments)
    print("\n== 汇总", *closing_lines(results, missing), sep="\n")
    return exit_code(results, missing, require_all=os.environ.get("REQUIRE_ALL", "0") not in ("", "0"))


def closing_lines(results: dict[str, int], missing: dict[str, str]) -> list[str]:
    """How each database went (pytest's exit codes), and what could not run for want of which Debian package."""
    return [
        *(f"{name}：{'未通过' if code else '通过'}" for name, code in results.items()),
        *(f"未运行：{LEFT_OUT[marker]}，请安装 Debian 软件包 {package}" for marker, package in missing.items()),
    ]


def exit_code(results: dict[str, int], missing: dict[str, str], *, require_all: bool) -> int:
    return int(any(results.values()) or (require_all and bool(missing)))


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
