"""What a process cannot do any more once it has given it up, whatever it tries."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.stuck import STUCK

ROOT = Path(__file__).resolve().parent.parent.parent
LOCKED = f"""
import sys
sys.path.append({str(ROOT)!r})
import ctypes, os, resource, signal, socket, subprocess, threading
from cases.reading import guard
libc = ctypes.CDLL(None, use_errno=True)
guard.limit()
%(before)s
print(guard.lock(), flush=True)
try:
    result = (lambda: %(attempt)s)()
    print("did it" if result != -1 else "refused", flush=True)
except Exception:
    print("refused", flush=True)
"""
NO_HOOK = "sys.addaudithook = lambda hook: None"
NO_LIST = "guard._keep_to_calls = lambda: False"
ATTEMPTS = {
    "read a file": "open('/etc/passwd')",
    "read a file of Python": "open(os.__file__)",
    "write a file": "open(sys.argv[1], 'w')",
    "write a file by its number": "os.open(sys.argv[1], os.O_CREAT | os.O_WRONLY)",
    "open a socket": "socket.socket()",
    "look up a name": "socket.getaddrinfo('localhost', 80)",
    "start a program": "subprocess.run(['/bin/true'])",
    "fork": "os.fork()",
    "remove a file": "os.unlink('/nothing')",
    "list a folder": "os.listdir('/')",
    "signal its parent": "os.kill(os.getppid(), 0)",
    "raise its limits": "resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))",
    "take 300 MB": "len(bytes(300 * 1024**2))",
}
MACHINE_CODE = {
    "read a file": "libc.open(b'/etc/passwd', 0)",
    "open a socket": "libc.socket(2, 1, 0)",
    "fork": "libc.fork()",
    "start a program": "libc.execv(b'/bin/true', None)",
    "rename a file": "libc.rename(b'/nothing', b'/nowhere')",
    "signal its parent": "libc.kill(os.getppid(), 0)",
    "trace a process": "libc.ptrace(0, 0, 0, 0)",
}


def tried(attempt: str, before: str = "", *arguments: str) -> list[str]:
    """Whether the kernel keeps the list of calls, and what became of the attempt."""
    program = LOCKED % {"attempt": attempt, "before": before}
    return subprocess.run(
        [sys.executable, "-I", "-c", program, *arguments], capture_output=True, text=True
    ).stdout.split("\n")[:2]


@pytest.mark.parametrize("attempt", ATTEMPTS)
def test_all_layers_together_refuse_it(attempt, tmp_path):
    assert tried(ATTEMPTS[attempt], "", str(tmp_path / "new")) == ["True", "refused"]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("attempt", ATTEMPTS)
def test_the_kernel_refuses_it_by_itself(attempt, tmp_path):
    assert tried(ATTEMPTS[attempt], NO_HOOK, str(tmp_path / "new")) == ["True", "refused"]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("attempt", ATTEMPTS)
def test_limits_and_audit_hook_refuse_it_where_the_kernel_has_no_list(attempt, tmp_path):
    assert tried(ATTEMPTS[attempt], NO_LIST, str(tmp_path / "new")) == ["False", "refused"]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("attempt", MACHINE_CODE)
def test_machine_code_is_refused_too(attempt):
    before = f"{NO_HOOK}; libc.open; libc.socket; libc.fork; libc.execv; libc.rename; libc.kill; libc.ptrace"

    assert tried(MACHINE_CODE[attempt], before) == ["True", "refused"]


def test_a_process_without_privileges_is_locked_as_well():
    user = "os.setgroups([]); os.setgid(65534); os.setuid(65534)" if os.getuid() == 0 else ""

    assert tried("open('/etc/passwd')", f"{NO_HOOK}; {user}") == ["True", "refused"]


def test_processor_time_ends():
    started = time.monotonic()

    assert tried("[None for _ in iter(int, 1)]", "resource.setrlimit(resource.RLIMIT_CPU, (1, 1))")[1:] == [""]
    assert time.monotonic() - started < STUCK
