"""The readers of documents and pages where they run: in a process that can open no file, not even a module."""

import pytest

from cases.reading import Reading, read_file
from tests.reading.documents import definition, docx, level, list_, numbered, paragraph

PROSE = "梳理全市企业开办的各个环节，把串联审批改为并联审批。"


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.docx", docx(paragraph(PROSE))),
        ("a.html", f"<html><meta charset=gb2312><p>{PROSE}".encode("gb18030")),
        ("a.htm", f"<html><meta charset=big5><p>{PROSE}".encode()),
        ("a.md", PROSE.encode()),
    ],
)
def test_every_format_is_read_in_a_process_of_its_own(name, data):
    assert read_file(name, data) == Reading(PROSE)


def test_a_document_of_a_quarter_million_characters_is_read_within_the_limits():
    numbering = definition(level(0, "chineseCounting", "%1、")) + list_()
    reading = read_file("a.docx", docx(numbered(PROSE * 2) * 5_000, numbering=numbering))
    assert len(reading.text) > 250_000
