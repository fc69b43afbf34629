"""What an upload may bring: nothing beyond the largest file that is read is kept, in memory or on disk."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler

from cases.reading import largest


class BoundedUpload(FileUploadHandler):
    """First in the row of handlers: hands on one byte more than a file of this name may have, and no more.

    The byte is enough for reading to say that the file is too large, in the sentence it has for that; what
    comes after it is taken from the connection and dropped, so that the rest of the form is received. A
    request that is larger as a whole than the site takes is answered 400 before anything of it is read.
    """

    def handle_raw_input(
        self, input_data: Any, META: dict[str, Any], content_length: int, boundary: str, encoding: str | None = None
    ) -> None:
        if content_length > settings.UPLOAD_LARGEST:
            raise RequestDataTooBig(f"{content_length} bytes, at most {settings.UPLOAD_LARGEST}")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        return raw_data[: max(0, largest(self.file_name or "") + 1 - start)] or None

    def file_complete(self, file_size: int) -> None:
        """Leave it to the handlers after this one."""
