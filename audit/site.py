"""A throw-away site in the shape of production: its own folder, database and port, stopped by its process id."""

from __future__ import annotations

import contextlib
import os
import secrets
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HOST = "127.0.0.1"
PATIENCE = 120  # seconds until the server must answer
SETTINGS = {
    "DEBUG": "0",
    "HTTPS": "0",
    "ALLOWED_HOSTS": HOST,
    "PUBLIC_VERSIONS": "1",
    # all the footer can hold
    "SITE_OWNER": "某省营商环境工作办公室",
    "SITE_OPERATOR": "某省政务服务中心",
    "SITE_CONTACT": "0000-1234567",
    "SITE_ID_CODE": "4100000001",
    "ICP_NUMBER": "豫ICP备00000000号",
    "POLICE_NUMBER": "41000000000000",
}


def enter(folder: Path) -> None:
    """Set Django up in this process for a site that keeps everything in `folder`; do it before cases is imported."""
    os.environ |= SETTINGS | {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DJANGO_ALLOW_ASYNC_UNSAFE": "1",  # Playwright keeps an event loop in this thread
        "SECRET_KEY": secrets.token_urlsafe(50),
        "VAR_DIR": str(folder),
        "DATABASE_URL": f"sqlite:///{folder / 'casebook.sqlite3'}",
    }
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)


@contextlib.contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of the site entered, for as long as it is needed; what the server says goes to a file."""
    with socket.socket() as free:
        free.bind((HOST, 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "config.wsgi", "--workers=2", f"--bind={HOST}:{port}"]
    with (folder / "server.log").open("w") as log:
        server = subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=log, stdin=subprocess.DEVNULL)
        try:
            address = f"http://{HOST}:{port}"
            _wait(server, f"{address}/health/live/")
            yield address
        finally:
            server.terminate()
            server.wait(timeout=20)


def _wait(server: subprocess.Popen[bytes], address: str) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        with contextlib.suppress(OSError):
            urllib.request.urlopen(address, timeout=5).read()
            return
        if server.poll() is not None:
            break
        time.sleep(0.1)
    raise SystemExit("审计用的网站没有启动，请看 build/audit/server.log")
