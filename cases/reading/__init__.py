"""Files into text: what an editor uploads, before anything is understood of it."""

from cases.reading.files import LARGEST, Reading, ReadingError, cleaned, read_file

__all__ = ["LARGEST", "Reading", "ReadingError", "cleaned", "read_file"]
