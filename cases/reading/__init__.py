"""Files into text: what an editor uploads, before anything is understood of it."""

from cases.reading.files import LARGEST, Note, Reading, ReadingError, ReadPicture, cleaned, read_file

__all__ = ["LARGEST", "Note", "ReadPicture", "Reading", "ReadingError", "cleaned", "read_file"]
