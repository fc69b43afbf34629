"""Reading in a process of its own, so that a bad file can harm nothing but the answer about it.

`cases.reading.guard` tells what that process cannot do. Here it is started, watched by the clock, and
its answer is checked as if a stranger had sent it: it may be killed, run out of time or memory, or say
nonsense, and each is a ReadingError that names the file.
"""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from cases.content import gettext_noop
from cases.reading.encodings import read_text
from cases.reading.files import ArchivedFile, Note, Reading, ReadingError, ReadPicture, shown_name
from cases.reading.formats import check_size
from cases.reading.messages import LARGEST_ANSWER, Nonsense, packed, unpacked

WALL_CLOCK = 4.0  # seconds an answer may take, with the start of the process
PICTURES = 200  # of one file
_ROOT = str(Path(__file__).resolve().parent.parent.parent)
# Isolated: neither the environment nor the current folder decides what is imported.
_PROGRAM = f"import sys; sys.path.append({_ROOT!r}); from cases.reading.child import main; main()"
_COMMAND = (sys.executable, "-I", "-X", "utf8", "-c", _PROGRAM)


def read_file(name: str, data: bytes, *, beside: Mapping[str, bytes] | None = None) -> Reading:
    """The text of a file; `name` tells the format by its ending. Raises ReadingError and nothing else.

    `beside` are the pictures of a saved page, by the path the page uses.
    """
    check_size(name, len(data))
    with Child("file", name, data, beside or {}) as child:
        return child.reading()


def read_pasted(name: str, data: bytes) -> Reading:
    """The reading of a plain text that somebody pasted, called `name`; decoding it needs no process of its own.

    Raises ReadingError as `read_file` does.
    """
    check_size(name, len(data))
    return read_text(name, data)


def read_archive(name: str, data: bytes) -> Iterator[ArchivedFile]:
    """The articles of a .zip, one after another as they are asked for, each as bytes for `read_file` or as a refusal.

    Raises ReadingError, at the first or at a later one, for an archive that is damaged, a bomb or too large.
    """
    check_size(name, len(data))
    with Child("archive", name, data, {}) as child:
        while (file := child.archived_file()) is not None:
            yield file


class Child:
    """The process, from its request to its last answer; killed when it is left."""

    def __init__(self, job: str, name: str, data: bytes, beside: Mapping[str, bytes]) -> None:
        self.name = shown_name(name)
        self.deadline = time.monotonic() + WALL_CLOCK
        self.process = subprocess.Popen(  # noqa: S603  the command is our own
            _COMMAND,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
            env={key: os.environ[key] for key in ("LD_LIBRARY_PATH",) if key in os.environ},  # to find Python's own
            close_fds=True,
        )
        self.request = packed({"job": job, "name": self.name, "beside": list(beside)}, [data, *beside.values()])

    def __enter__(self) -> Self:
        try:
            self._send()
        except BaseException:
            self._end()
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._end()

    def reading(self) -> Reading:
        """The answer about one file. Raises ReadingError."""
        head, parts = self._answer()
        try:
            return _reading(head, parts)
        except (KeyError, TypeError, ValueError) as error:
            raise self._broken(f"nonsense: {error}") from None

    def archived_file(self) -> ArchivedFile | None:
        """The next file of an archive, None after the last. Raises ReadingError."""
        self.deadline = time.monotonic() + WALL_CLOCK
        head, parts = self._answer()
        if head.get("end"):
            return None
        try:
            return _archived_file(head, parts)
        except (KeyError, TypeError, ValueError) as error:
            raise self._broken(f"nonsense: {error}") from None

    def _answer(self) -> tuple[dict[str, Any], list[bytes]]:
        try:
            head, parts = unpacked(self._read, most=LARGEST_ANSWER)
        except (Nonsense, EOFError) as error:
            raise self._broken(f"{type(error).__name__}: {error}") from None
        if "failed" in head:
            raise self._broken(str(head["failed"])[:500])
        if "refused" in head and "name" not in head:
            try:
                raise _refusal(head)
            except (KeyError, TypeError, ValueError) as error:
                if isinstance(error, ReadingError):
                    raise
                raise self._broken(f"nonsense: {error}") from None
        return head, parts

    def _send(self) -> None:
        """Write the request. A process that dies meanwhile is noticed when its answer is missing."""
        assert self.process.stdin
        pipe = self.process.stdin.fileno()
        os.set_blocking(pipe, False)
        try:
            for piece in self.request:
                rest = memoryview(piece)
                while rest:
                    self._wait(writing=pipe)
                    rest = rest[os.write(pipe, rest) :]
        except BrokenPipeError:
            pass
        self.process.stdin.close()

    def _read(self, size: int) -> bytes:
        """Exactly `size` bytes of the answer. Raises EOFError when there are fewer."""
        assert self.process.stdout
        pipe, pieces = self.process.stdout.fileno(), []
        while size:
            self._wait(reading=pipe)
            piece = os.read(pipe, min(size, 1024**2))
            if not piece:
                ended = self.process.wait()
                raise self._too_slow() if ended == -signal.SIGXCPU else EOFError(f"ended with {ended}")
            pieces.append(piece)
            size -= len(piece)
        return b"".join(pieces)

    def _wait(self, *, reading: int | None = None, writing: int | None = None) -> None:
        left = self.deadline - time.monotonic()
        pipes = [pipe for pipe in (reading, writing) if pipe is not None]
        poll = select.poll()  # select itself cannot take a descriptor above 1023
        for pipe in pipes:
            poll.register(pipe, select.POLLIN if pipe == reading else select.POLLOUT)
        if left <= 0 or not poll.poll(left * 1000):
            raise self._too_slow()

    def _too_slow(self) -> ReadingError:
        return ReadingError(
            gettext_noop("“%(name)s”太复杂，在规定时间里没有读完；请拆分成单篇文章，或复制正文粘贴"), name=self.name
        )

    def _broken(self, why: str) -> ReadingError:
        import logging  # here, because the process that is started imports this package too and has no use for it

        logging.getLogger(__name__).warning("reading %r: %s", self.name, why)
        if why == "memory":
            return ReadingError(
                gettext_noop("“%(name)s”展开后太大，没有读；请拆分成单篇文章或压缩图片后再导入"), name=self.name
            )
        return ReadingError(
            gettext_noop("“%(name)s”读不出来，可能已损坏；请用原来的软件打开，另存后再导入，或复制正文粘贴"),
            name=self.name,
        )

    def _end(self) -> None:
        self.process.kill()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe:
                pipe.close()
        self.process.wait()


def _reading(head: dict[str, Any], parts: list[bytes]) -> Reading:
    """The reading that was answered. Raises KeyError, TypeError or ValueError for what is none."""
    text = _text(head["text"])
    pictures = tuple(
        ReadPicture(data, _text(name), _text(alt), _index(place, text))
        for data, (name, alt, place) in zip(parts, head["pictures"], strict=True)
    )
    if len(pictures) > PICTURES:
        raise ValueError("too many pictures")
    notes = tuple(_note(message, params) for message, params in head["notes"])
    levels = tuple((_index(start, text), _level(level)) for start, level in head["levels"])
    return Reading(text, pictures, notes, levels, _text(head["address"]))


def _archived_file(head: dict[str, Any], parts: list[bytes]) -> ArchivedFile:
    name = _text(head["name"])
    if "refused" in head:
        return ArchivedFile(name, error=_refusal(head))
    data, *pictures = parts
    return ArchivedFile(name, data, dict(zip(map(_text, head["beside"]), pictures, strict=True)))


def _refusal(head: dict[str, Any]) -> ReadingError:
    note = _note(head["refused"], head["params"])
    return ReadingError(note.message, **note.params)


def _note(message: object, params: object) -> Note:
    if not isinstance(params, dict) or not all(type(value) in (str, int, float) for value in params.values()):
        raise TypeError("params")
    note = Note(_text(message), params)
    _ = note.message % note.params  # a message that does not fit its params is none
    return note


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("text")
    value.encode()  # a lone surrogate could be neither stored nor shown
    return value


def _index(value: object, text: str) -> int:
    if type(value) is not int or not 0 <= value <= len(text):
        raise ValueError("index")
    return value


def _level(value: object) -> int:
    if type(value) is not int or not 1 <= value <= 7:
        raise ValueError("level")
    return value
