"""Files into text: what an editor uploads, before anything is understood of it."""

from cases.reading.apart import read_archive, read_file, read_pasted
from cases.reading.csv_table import read_csv
from cases.reading.encodings import cleaned
from cases.reading.files import ArchivedFile, Note, Reading, ReadingError, ReadPicture, ending_of, seen_name
from cases.reading.formats import ARTICLE_ENDINGS, check_size, is_document, largest
from cases.reading.table_bounds import Table
from cases.reading.xlsx import read_xlsx

__all__ = [
    "ARTICLE_ENDINGS",
    "ArchivedFile",
    "Note",
    "ReadPicture",
    "Reading",
    "ReadingError",
    "Table",
    "check_size",
    "cleaned",
    "ending_of",
    "is_document",
    "largest",
    "read_archive",
    "read_csv",
    "read_file",
    "read_pasted",
    "read_xlsx",
    "seen_name",
]
