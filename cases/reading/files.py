"""What comes out of a file: its text and pictures, or one clear reason why there is none."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePath

_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")


class ReadingError(ValueError):
    """A file that cannot be read. A person reads `gettext(error.message) % error.params`."""

    def __init__(self, message: str, **params: object) -> None:
        self.message = message
        self.params = params
        super().__init__(message % params)


@dataclass(frozen=True, slots=True)
class ReadPicture:
    """A picture of an article, as its file held it."""

    data: bytes
    name: str
    alt: str = ""
    place: int = 0  # where in the text it stands: before the character of this index


@dataclass(frozen=True, slots=True)
class Note:
    """What an editor should know of a file that was read. A person reads `gettext(message) % params`."""

    message: str
    params: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reading:
    """The text of a file with line breaks as newlines, and what else the file held."""

    text: str
    pictures: tuple[ReadPicture, ...] = ()
    notes: tuple[Note, ...] = ()
    levels: tuple[tuple[int, int], ...] = ()  # (start of a line, 1 to 6 for a heading, 7 for a short bold paragraph)
    address: str = ""  # where a saved page was saved from; "" when the file does not say


@dataclass(frozen=True, slots=True)
class ArchivedFile:
    """One file of an archive: its bytes, or the reason why it is refused."""

    name: str  # with its folders, separated by "/"
    data: bytes = b""
    beside: Mapping[str, bytes] = field(default_factory=dict)  # pictures of a saved page, by the path the page uses
    error: ReadingError | None = None


def shown_name(name: str) -> str:
    """The name of a file without its folders, as people are told it and as it can be stored."""
    storable = seen_name(name)
    return PurePath(storable).name or storable


def seen_name(name: str) -> str:
    """A name with its folders, separated by "/", without what nobody sees or can store.

    A sign that turns the direction of writing makes exe.docx look like xcod.exe.
    """
    return _UNSEEN.sub("", name.replace("\\", "/")).encode(errors="replace").decode()


def ending_of(name: str) -> str:
    """`.docx` of `报告.DOCX`; "" when there is none."""
    return PurePath(shown_name(name).lower()).suffix
