"""The reading list as a document: what a word processor shows of it."""

from __future__ import annotations

import io

import docx

from cases.exporting.brief import BriefCase, BriefNumber, BriefWords, brief_docx

WORDS = BriefWords("阅读清单", "某站，某日", "主要数字", "依据：", "笔记：", "zh-CN")


def lines_of(*cases: BriefCase) -> list[tuple[str, str]]:
    """(style, text) of every paragraph."""
    document = docx.Document(io.BytesIO(brief_docx(cases, WORDS)))
    return [(paragraph.style.name, paragraph.text) for paragraph in document.paragraphs]


def test_a_case_has_its_facts_numbers_with_evidence_note_and_address():
    case = BriefCase(
        title="修路",
        facts="漯河市 · 交通运输部门",
        lead="把路修到村。",
        numbers=(BriefNumber("7 → 2 天", "开办时间", "由7天压缩到2天"),),
        note="值得学\n第二行",
        address="https://www.example.gov.cn/cases/1/",
    )

    assert lines_of(case) == [
        ("Title", "阅读清单"),
        ("Normal", "某站，某日"),
        ("Heading 1", "1. 修路"),
        ("Normal", "漯河市 · 交通运输部门"),
        ("Normal", "把路修到村。"),
        ("Heading 2", "主要数字"),
        ("List Bullet", "开办时间 7 → 2 天\n依据：由7天压缩到2天"),
        ("Normal", "笔记：值得学\n第二行"),
        ("Normal", "https://www.example.gov.cn/cases/1/"),
    ]


def test_a_case_that_is_gone_says_so():
    assert lines_of(BriefCase("案例 3", said="已撤下"))[2:] == [("Heading 1", "1. 案例 3"), ("Normal", "已撤下")]


def test_what_no_document_can_hold_is_left_out():
    case = BriefCase(title="甲\x00\x0b乙<b>&", note="\ud800丙\ufffe😀\u202e")

    assert lines_of(case)[2:] == [("Heading 1", "1. 甲乙<b>&"), ("Normal", "笔记：丙😀\u202e")]
