"""The process that reads is watched, and its answer is believed only as far as it can be checked."""

import json
import struct
import subprocess
import sys
import time

import pytest

from cases.reading import Reading, ReadingError, apart, read_file
from cases.reading.messages import packed
from tests.stuck import STUCK

BROKEN = "“a.txt”读不出来，可能已损坏；请用原来的软件打开，另存后再导入，或复制正文粘贴"
SLOW = "“a.txt”太复杂，在规定时间里没有读完；请拆分成单篇文章，或复制正文粘贴"
LARGE = "“a.txt”展开后太大，没有读；请拆分成单篇文章或压缩图片后再导入"
GOOD = {"text": "漯河", "levels": [], "address": "", "notes": [], "pictures": []}


@pytest.fixture
def answered_by(monkeypatch):
    """Let another program read: what it says, as a person is told it."""

    def told(program: str) -> str | Reading:
        monkeypatch.setattr(apart, "_COMMAND", (sys.executable, "-I", "-c", program))
        try:
            return read_file("a.txt", "漯河".encode() * 1000)
        except ReadingError as error:
            return error.message % error.params

    return told


def saying(data: bytes) -> str:
    return f"import sys; sys.stdin.buffer.read(); sys.stdout.buffer.write({data!r})"


def message(**head: object) -> bytes:
    return b"".join(packed({**GOOD, **head}))


def test_a_good_answer_is_taken(answered_by):
    assert answered_by(saying(message())) == Reading("漯河")


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"\0\0",
        b"nonsense that is long enough",
        struct.pack(">Q", 2**63),
        struct.pack(">Q", 10) + b"{}",
        struct.pack(">Q", 2) + b"[]",
        struct.pack(">Q", 100_000) + b"[" * 100_000,
        message(text=1),
        message(text="\ud800"),
        message(levels=[[0, 8]]),
        message(levels=[[3, 1]]),
        message(levels=[[True, 1]]),
        message(notes=[["%(name)s", {}]]),
        message(notes=[["%s", {"name": []}]]),
        message(pictures=[["a.png", "", 0]]),
        message(refused="%(name)s", params={}),
        message(refused=1, params={}),
        struct.pack(">Q", 30) + json.dumps({"text": "", "sizes": [2**60]}).encode().ljust(30),
        struct.pack(">Q", 30) + json.dumps({"text": "", "sizes": [-1]}).encode().ljust(30),
    ],
)
def test_nonsense_is_no_answer(answered_by, answer):
    assert answered_by(saying(answer)) == BROKEN


def test_a_process_that_dies_at_once_is_no_answer(answered_by):
    assert answered_by("import os; os.abort()") == BROKEN


def test_a_process_that_takes_nothing_or_says_nothing_runs_out_of_time(answered_by, monkeypatch):
    monkeypatch.setattr(apart, "WALL_CLOCK", 0.3)
    started = time.monotonic()

    assert answered_by("import time; time.sleep(60)") == SLOW
    assert answered_by("import time, sys; sys.stdin.buffer.read(); time.sleep(60)") == SLOW
    assert time.monotonic() - started < STUCK


def test_memory_that_is_refused_is_told_as_such(answered_by):
    assert answered_by(saying(b"".join(packed({"failed": "memory"})))) == LARGE


def test_no_process_is_left_behind(answered_by, monkeypatch):
    monkeypatch.setattr(apart, "WALL_CLOCK", 0.3)
    started = []
    popen = subprocess.Popen
    monkeypatch.setattr(
        subprocess, "Popen", lambda *arguments, **options: started.append(popen(*arguments, **options)) or started[-1]
    )

    answered_by("import time; time.sleep(60)")

    assert [process.returncode for process in started] == [-9]


def test_the_environment_does_not_reach_the_process(monkeypatch):
    monkeypatch.setenv("PYTHONPATH", "/nowhere")
    monkeypatch.setenv("PYTHONSTARTUP", "/nowhere")

    assert read_file("a.txt", "漯河".encode()) == Reading("漯河")
