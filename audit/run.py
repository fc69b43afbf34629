"""`make audit`: Lighthouse, axe and W3C's Nu validator on a site started for it. Fails if a figure is missed.

`python -m audit.run axe` runs one tool alone. Results stay under build/audit.
"""

from __future__ import annotations

import shutil
import signal
import sys
from pathlib import Path

from audit.site import ROOT, enter, served
from tests.tools import chromium

FOLDER = ROOT / "build" / "audit"
TOOLS = ("lighthouse", "axe", "vnu")


def main(tools: tuple[str, ...]) -> int:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # leave through the `finally` that stops the server
    browser = chromium()
    if not browser:
        raise SystemExit("找不到 Chromium：请安装 Debian 软件包 chromium。")
    shutil.rmtree(FOLDER, ignore_errors=True)
    site = FOLDER / "site"
    site.mkdir(parents=True)
    enter(site)
    return _audit(tools, browser, site)


def _audit(tools: tuple[str, ...], browser: str, folder: Path) -> int:
    from audit import axe, lighthouse, report, validator  # they import the site that was just entered
    from audit.addresses import find_pages

    pages = find_pages()
    scores, broken = {}, {}
    with served(folder) as site:
        if "vnu" in tools:
            broken["Nu 校验"] = validator.validate(site, pages, folder=FOLDER / "pages", results=FOLDER / "vnu.json")
        if "axe" in tools:
            broken["axe"] = axe.look(site, pages, chromium=browser, results=FOLDER / "axe.json")
        if "lighthouse" in tools:
            for number, (name, address) in enumerate(pages.measured.items(), start=1):
                print(f"Lighthouse：{name} {address}", file=sys.stderr, flush=True)
                scores[name] = lighthouse.score(
                    site + address, chromium=browser, reports=FOLDER, name=f"lighthouse-{number}"
                )
    print(*report.tables(scores, broken), sep="\n")
    return 0 if report.is_well(scores, broken) else 1


if __name__ == "__main__":
    sys.exit(main(tuple(sys.argv[1:]) or TOOLS))
