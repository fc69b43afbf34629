"""Files into text: what an editor uploads, before anything is understood of it."""

from cases.reading.apart import read_archive, read_file, read_pasted
from cases.reading.encodings import cleaned
from cases.reading.files import ArchivedFile, Note, Reading, ReadingError, ReadPicture, ending_of, seen_name
from cases.reading.formats import ARTICLE_ENDINGS, check_size, is_document, largest

__all__ = [
    "ARTICLE_ENDINGS",
    "ArchivedFile",
    "Note",
    "ReadPicture",
    "Reading",
    "ReadingError",
    "check_size",
    "cleaned",
    "ending_of",
    "is_document",
    "largest",
    "read_archive",
    "read_file",
    "read_pasted",
    "seen_name",
]
