"""W3C's Nu validator on every page as the server sends it, and on every style sheet."""

from __future__ import annotations

import json
import re
import subprocess
import urllib.error
import urllib.request
from pathlib import Path

from audit.addresses import Pages
from audit.site import ROOT

PROGRAM = ROOT / "audit/node_modules/vnu-jar/build/dist/vnu.jar"


def validate(site: str, pages: Pages, *, folder: Path, results: Path) -> dict[str, list[str]]:
    """Address or style sheet → its errors, in the validator's words; only where there are any."""
    names = _fetch(site, pages, folder)
    sheets = {path.resolve(): str(path.relative_to(ROOT)) for path in sorted((ROOT / "static/css").glob("*.css"))}
    command = ["java", "-jar", str(PROGRAM), "--format", "json", "--stdout", "--exit-zero-always", "--errors-only"]
    ran = subprocess.run(
        [*command, "--also-check-css", *map(str, names | sheets)], capture_output=True, text=True, check=True
    )
    messages = json.loads(ran.stdout)["messages"]
    results.write_text(json.dumps(messages, ensure_ascii=False, indent=1), encoding="utf-8")
    found: dict[str, list[str]] = {}
    for message in messages:
        where = (names | sheets)[Path(message["url"].removeprefix("file:")).resolve()]
        found.setdefault(where, []).append(message["message"])
    return found


def _fetch(site: str, pages: Pages, folder: Path) -> dict[Path, str]:
    """Write every page to a file; returns the address of each file."""
    folder.mkdir(parents=True, exist_ok=True)
    names = {}
    for group, session in ((pages.public, ""), (pages.admin, pages.session)):
        for address in [address for by_kind in group.values() for address in by_kind.values()]:
            path = folder / f"{len(names):03}-{re.sub(r'[^a-z0-9]+', '-', address)[:80]}.html"
            path.write_bytes(_answer(site + address, session))
            names[path.resolve()] = address
    return names


def _answer(address: str, session: str) -> bytes:
    request = urllib.request.Request(
        urllib.request.quote(address, safe=":/?&=%#+,"), headers={"Cookie": f"sessionid={session}"} if session else {}
    )
    try:
        return urllib.request.urlopen(request, timeout=30).read()
    except urllib.error.HTTPError as error:  # pages of errors are pages too
        return error.read()
