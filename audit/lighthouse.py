"""Lighthouse, as its mobile profile sees a page: the median of three runs for speed, the worst for the rest."""

from __future__ import annotations

import json
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

from audit.site import ROOT

RUNS = 3
NEEDED = {"performance": 98, "accessibility": 100, "best-practices": 100, "seo": 100}
PROGRAM = ROOT / "audit/node_modules/lighthouse/cli/index.js"
FLAGS = "--headless=new --no-sandbox --disable-gpu --disable-dev-shm-usage --disable-background-networking"


@dataclass(frozen=True, slots=True)
class Score:
    """Of one page, 0 to 100 by category; `failed` names the audits that cost points elsewhere than in speed."""

    points: dict[str, int]
    failed: tuple[str, ...]

    @property
    def is_enough(self) -> bool:
        return all(self.points[category] >= needed for category, needed in NEEDED.items())


def score(address: str, *, chromium: str, reports: Path, name: str) -> Score:
    """Look at a page three times and keep the reports as `<name>-1.report.html` and `.json`."""
    runs = [_run(address, chromium=chromium, output=reports / f"{name}-{number}") for number in range(1, RUNS + 1)]
    points = {category: min(_points(run, category) for run in runs) for category in NEEDED}
    points["performance"] = sorted(_points(run, "performance") for run in runs)[RUNS // 2]
    return Score(points, tuple(sorted({audit for run in runs for audit in _failed(run)})))


def _run(address: str, *, chromium: str, output: Path) -> dict:
    command = [
        *("node", str(PROGRAM), address, "--quiet", "--no-enable-error-reporting"),
        *("--output=json", "--output=html", f"--output-path={output}", f"--chrome-flags={FLAGS}"),
    ]
    ran = subprocess.run(
        command, env={**os.environ, "CHROME_PATH": chromium}, capture_output=True, text=True, timeout=300, check=False
    )
    report = output.with_name(f"{output.name}.report.json")
    if ran.returncode or not report.exists():
        raise SystemExit(f"Lighthouse 没能检查 {address}：\n{ran.stderr[-2000:]}")
    return json.loads(report.read_text(encoding="utf-8"))


def _points(run: dict, category: str) -> int:
    return round(100 * (run["categories"][category]["score"] or 0))


def _failed(run: dict) -> list[str]:
    """Audits that count and were not passed, with what they found first; those of speed are told by the points."""
    counted = [
        reference["id"]
        for category in NEEDED
        if category != "performance"
        for reference in run["categories"][category]["auditRefs"]
        if reference["weight"]
    ]
    return [name for name in counted if (run["audits"][name]["score"] or 0) < 1 and _applies(run["audits"][name])]


def _applies(audit: dict) -> bool:
    return audit["scoreDisplayMode"] in ("binary", "numeric", "metricSavings")
