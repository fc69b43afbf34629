"""What a process that reads a foreign file may still do: compute, and answer on the pipes it has.

Three layers, each of which holds without the others:

- Limits of the kernel (every POSIX system, as root or not): memory, processor time, no bytes into files,
  and no new file descriptor, so that nothing can be opened: no file, no socket, no pipe.
- A list of the few system calls that computing needs (Linux on x86-64 and ARM64, no privilege needed).
  All others answer EPERM: no file is opened, renamed or removed, no socket, no program and no process is
  started, no other process is signalled, whatever machine code might run here.
- An audit hook of Python, which names the attempt and holds where the kernel has no such list. It stops
  Python code only; a flaw in a C library gets past this one, not past the others.

Where the second layer is missing (another system, a kernel without seccomp), a process of root could
still remove or rename files and fork; the audit hook refuses that to Python code, nothing to machine code.
"""

from __future__ import annotations

import ctypes
import os
import resource
import struct
import sys

MEMORY = 260 * 1024**2  # bytes of address space, so that with the process that waits it stays below 300 MB
PROCESSOR = 4  # seconds
_NO_NEW_PRIVILEGES, _SET_SECCOMP, _FILTER = 38, 22, 2
_LOAD, _EQUAL, _RETURN = 0x20, 0x15, 0x06  # BPF_LD|W|ABS, BPF_JMP|JEQ|K, BPF_RET|K
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050000 | 1  # SECCOMP_RET_ALLOW, SECCOMP_RET_ERRNO with EPERM
# Machine → AUDIT_ARCH number, and the numbers of: read write close fstat lseek mmap mprotect munmap brk
# rt_sigaction rt_sigprocmask rt_sigreturn sched_yield mremap madvise getpid exit gettimeofday futex
# clock_gettime exit_group getrandom
_CALLS = {
    "x86_64": (
        0xC000003E,
        (0, 1, 3, 5, 8, 9, 10, 11, 12, 13, 14, 15, 24, 25, 28, 39, 60, 96, 202, 228, 231, 318),
    ),
    "aarch64": (
        0xC00000B7,
        (63, 64, 57, 80, 62, 222, 226, 215, 214, 134, 135, 139, 124, 216, 233, 172, 93, 169, 98, 113, 94, 278),
    ),
}
_REFUSED_EVENTS = (
    *("open", "os.", "socket.", "subprocess.", "shutil.", "tempfile.", "ctypes.", "fcntl.", "mmap.", "pty."),
    *("urllib.", "http.", "ftplib.", "smtplib.", "sqlite3.", "syslog.", "webbrowser.", "signal.", "resource."),
)


def limit() -> None:
    """Bound memory and time from here on; called before anything foreign is read."""
    _lower(resource.RLIMIT_AS, MEMORY)
    _lower(resource.RLIMIT_CPU, PROCESSOR)
    _lower(resource.RLIMIT_CORE, 0)


def lock() -> bool:
    """Give up everything but computing, for ever; True when the kernel keeps the list of system calls.

    Called when all modules are imported, because no file can be opened afterwards.
    """
    _lower(resource.RLIMIT_FSIZE, 0)
    _lower(resource.RLIMIT_NPROC, 0)
    _lower(resource.RLIMIT_NOFILE, 0)
    is_kept = _keep_to_calls()
    sys.addaudithook(_refuse)
    return is_kept


def _lower(kind: int, most: int) -> None:
    hard = resource.getrlimit(kind)[1]
    if hard != resource.RLIM_INFINITY:
        most = min(most, hard)
    resource.setrlimit(kind, (most, most))


def _refuse(event: str, arguments: tuple[object, ...]) -> None:
    if event.startswith(_REFUSED_EVENTS):
        raise PermissionError(f"{event} while reading a file")


def _keep_to_calls() -> bool:
    """Leave this process the system calls of `_CALLS`; False where the kernel cannot."""
    machine = os.uname().machine
    if sys.platform != "linux" or machine not in _CALLS:
        return False
    architecture, calls = _CALLS[machine]
    program = b"".join(
        (
            _step(_LOAD, 4),  # seccomp_data.arch
            _step(_EQUAL, architecture, if_not=len(calls) + 1),
            _step(_LOAD, 0),  # seccomp_data.nr
            *(_step(_EQUAL, number, if_so=len(calls) - index) for index, number in enumerate(calls)),
            _step(_RETURN, _REFUSE),
            _step(_RETURN, _ALLOW),
        )
    )
    steps = ctypes.create_string_buffer(program, len(program))
    filter_ = ctypes.create_string_buffer(struct.pack("HxxxxxxP", len(program) // 8, ctypes.addressof(steps)))
    prctl = ctypes.CDLL(None, use_errno=True).prctl
    prctl.argtypes = [ctypes.c_int, ctypes.c_ulong, ctypes.c_void_p, ctypes.c_ulong, ctypes.c_ulong]
    return prctl(_NO_NEW_PRIVILEGES, 1, None, 0, 0) == 0 and prctl(_SET_SECCOMP, _FILTER, filter_, 0, 0) == 0


def _step(code: int, value: int, *, if_so: int = 0, if_not: int = 0) -> bytes:
    return struct.pack("HBBI", code, if_so, if_not, value)
