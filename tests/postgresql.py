"""A PostgreSQL server for one run of the tests, gone afterwards."""

from __future__ import annotations

import contextlib
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

START_SECONDS = 60
NO_DURABILITY = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")  # the data is thrown away anyway


@contextlib.contextmanager
def throwaway_server(programs: Path) -> Iterator[str]:
    """The DATABASE_URL of a new server on a free loopback port; it is stopped and deleted however the block ends.

    `programs` is the folder of `initdb` and `postgres`. PostgreSQL refuses to run as root: then an
    existing account without rights owns the server.
    """
    folder = Path(tempfile.mkdtemp(prefix="casebook-postgresql-"))
    try:
        account = _account_of_server(folder)
        password = secrets.token_urlsafe(16)
        _make_cluster(programs, folder, password, account)
        port = _free_port()
        log = (folder / "log").open("wb")
        options = [f"unix_socket_directories={folder}", "listen_addresses=127.0.0.1", f"port={port}", *NO_DURABILITY]
        server = subprocess.Popen(
            [programs / "postgres", "-D", folder / "data", *(part for option in options for part in ("-c", option))],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,  # a Ctrl-C in the terminal reaches the tests first, then us, then the server
            **account,
        )
        try:
            _wait_until_ready(server, folder, port)
            yield f"postgres://casebook:{password}@127.0.0.1:{port}/postgres"
        finally:
            _stop(server)
            log.close()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _account_of_server(folder: Path) -> dict[str, Any]:
    """Arguments of Popen that give up root, and `folder` handed over; nothing to do for any other user."""
    if os.geteuid() != 0:
        return {"cwd": folder}
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            entry = pwd.getpwnam(name)
            os.chown(folder, entry.pw_uid, entry.pw_gid)
            return {"cwd": folder, "user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
    raise SystemExit("PostgreSQL 不能以 root 运行，这里也没有 postgres 或 nobody 账号")


def _make_cluster(programs: Path, folder: Path, password: str, account: dict[str, Any]) -> None:
    password_file = folder / "password"
    password_file.write_text(password)
    if "user" in account:
        os.chown(password_file, account["user"], account["group"])
    command = [programs / "initdb", "-D", folder / "data", "-U", "casebook", "--auth=scram-sha-256"]
    command += [f"--pwfile={password_file}", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"]
    made = subprocess.run(command, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL, **account)
    if made.returncode:
        raise SystemExit(f"PostgreSQL 数据目录建立失败：\n{made.stdout}{made.stderr}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait_until_ready(server: subprocess.Popen, folder: Path, port: int) -> None:
    """Return once the server takes connections; its state stands in the eighth line of postmaster.pid."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        with contextlib.suppress(OSError):
            if "ready" in (folder / "data" / "postmaster.pid").read_text().split():
                return
        time.sleep(0.05)
    raise SystemExit(f"PostgreSQL 没有启动（端口 {port}）：\n{(folder / 'log').read_text()}")


def _stop(server: subprocess.Popen) -> None:
    server.send_signal(signal.SIGINT)  # fast shutdown: open connections are closed
    try:
        server.wait(timeout=20)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()
