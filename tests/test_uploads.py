"""An upload that is too large is cut off, and the rest of its form still arrives."""

import pytest
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory

from cases.reading import ReadingError, largest, read_file

MB = 1024**2


def posted(*files: SimpleUploadedFile):
    """A post with these files, and a field after them."""
    data = {f"file{number}": file for number, file in enumerate(files)}
    return RequestFactory().post("/", {**data, "text": "漯河"})


@pytest.mark.parametrize("name", ["a.txt", "a.docx", "a.zip", "a.jpg"])
def test_no_more_is_kept_than_shows_that_the_file_is_too_large(name):
    request = posted(SimpleUploadedFile(name, bytes(largest(name) + 5 * MB)), SimpleUploadedFile("b.txt", b"after"))

    assert request.FILES["file0"].size == len(request.FILES["file0"].read()) == largest(name) + 1
    assert request.FILES["file1"].read() == b"after"
    assert request.POST["text"] == "漯河"


def test_reading_what_was_kept_says_that_it_is_too_large():
    file = posted(SimpleUploadedFile("稿.docx", b"PK\x03\x04" + bytes(21 * MB))).FILES["file0"]

    with pytest.raises(ReadingError, match="超过 20 MB"):
        read_file(file.name, file.read())


def test_a_file_within_its_limit_is_whole():
    data = b"a" * largest("a.txt")

    assert posted(SimpleUploadedFile("a.txt", data)).FILES["file0"].read() == data


def test_a_request_beyond_all_limits_is_not_read(settings):
    settings.UPLOAD_LARGEST = 1000
    request = posted(SimpleUploadedFile("a.txt", bytes(1000)))

    with pytest.raises(RequestDataTooBig):
        request.POST  # noqa: B018
