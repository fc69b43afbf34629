"""What counts as the same article, and what does not."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from pathlib import Path

import pytest

from cases.content import CaseContent, InitiativeContent
from cases.editing.drafts import read_draft, rebuild_fingerprints, write_draft
from cases.editing.duplicates import ALIKE, likely_duplicates, likeness, one_form, sketch
from cases.editing.found import Duplicate
from cases.models import Case, FingerprintMark
from tests.builders import make_case, make_user

ROOT = Path(__file__).parent.parent
ARTICLES = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "corpus").glob("*.txt"))]


def of(text: str, **values) -> CaseContent:
    title, _break, body = text.partition("\n")
    return CaseContent(title=title[:200], intro=body, **values)


def other_title(text: str) -> str:
    return "转发一则经验做法\n" + text.partition("\n")[2]


def without_a_fifth(text: str) -> str:
    place = len(text) // 3
    return text[:place] + text[place + len(text) // 5 :]


def with_typing_errors(text: str) -> str:
    chance = random.Random(3)
    return "".join("误" if "一" <= one <= "龥" and chance.random() < 0.02 else one for one in text)


def in_traditional(text: str) -> str:
    return text.translate(str.maketrans("办务业为个证书经过时间实现", "辦務業為個證書經過時間實現"))


def with_other_marks(text: str) -> str:
    return re.sub("[，、；]", ",", text).replace("。", ".").replace("“", '"').replace("”", '"')


def with_lines_of_a_pdf(text: str) -> str:
    return "\n".join(text[start : start + 31] for start in range(0, len(text), 31))


CHANGES = [
    *(other_title, without_a_fifth, with_typing_errors, in_traditional, with_other_marks, with_lines_of_a_pdf),
    lambda text: with_lines_of_a_pdf(with_other_marks(in_traditional(other_title(text)))),
]


@pytest.mark.parametrize("change", CHANGES)
def test_an_article_is_known_again_after_a_change(change):
    shares = [likeness(sketch(of(text)), sketch(of(change(text)))) for text in ARTICLES if len(text) > 200]

    assert min(shares) >= ALIKE


def test_different_articles_are_never_taken_for_each_other():
    sketches = [sketch(of(text)) for text in ARTICLES]
    shares = [likeness(one, other) for place, one in enumerate(sketches) for other in sketches[:place]]

    assert max(shares) < ALIKE / 2


def test_a_text_of_a_few_words_is_like_nothing():
    assert likeness(sketch(CaseContent(title="办得快")), sketch(CaseContent(title="办得快"))) == 0


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://www.Example.gov.cn/a/b.html", "example.gov.cn/a/b.html"),
        ("http://example.gov.cn:80/a/b.html#top", "example.gov.cn/a/b.html"),
        ("http://example.gov.cn/a/", "example.gov.cn/a"),
        ("http://example.gov.cn/a/index.shtml", "example.gov.cn/a"),
        ("http://example.gov.cn/v?id=7&utm_source=x&from=timeline", "example.gov.cn/v?id=7"),
        ("http://example.gov.cn/v?b=1&a=2", "example.gov.cn/v?a=2&b=1"),
        ("http://example.gov.cn:8080/#/news/7", "example.gov.cn:8080/#/news/7"),
        ("http://example.gov.cn/", ""),
        ("file:///C:/a.html", ""),
        ("http://[bad/a", ""),
        ("", ""),
    ],
)
def test_an_address_has_one_form(address, expected):
    assert one_form(address) == expected


@pytest.mark.django_db
def test_a_case_is_found_by_its_text_and_by_its_address():
    alike = make_case(of(ARTICLES[0]))
    at_the_address = make_case(of(ARTICLES[1], source_url="https://www.example.gov.cn/a/1.html?spm=1"))
    make_case(of(ARTICLES[2]))

    found = likely_duplicates(of(other_title(ARTICLES[0])), "http://example.gov.cn/a/1.html")

    by_address, by_text = found
    assert by_address == Duplicate("address", at_the_address.title, case=at_the_address.pk, likeness=0.0)
    assert (by_text.way, by_text.case) == ("text", alike.pk)
    assert by_text.likeness >= 0.9


@pytest.mark.django_db
def test_cases_known_to_be_the_article_are_left_out():
    case = make_case(of(ARTICLES[0]))

    assert likely_duplicates(of(ARTICLES[0]), but=[case.pk]) == []


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 3])
def test_looking_takes_three_queries_however_many_cases_there_are(django_assert_num_queries, count):
    for text in ARTICLES[:count]:
        make_case(of(text))

    with django_assert_num_queries(3):
        found = likely_duplicates(of(ARTICLES[0]), "http://example.gov.cn/a/1.html")

    assert len(found) == 1


@pytest.mark.django_db
def test_what_an_editor_changes_is_what_is_compared():
    case = make_case(of(ARTICLES[0]))
    write_draft(of(ARTICLES[1]), by=make_user(), case=case)

    assert likely_duplicates(of(ARTICLES[0])) == []
    assert [one.case for one in likely_duplicates(of(ARTICLES[1]))] == [case.pk]


@pytest.mark.django_db
def test_fingerprints_are_rebuilt_as_they_were():
    case = make_case(
        replace(of(ARTICLES[0]), source_url="http://example.gov.cn/1", initiatives=(InitiativeContent("办得快"),))
    )
    rows = (Case.objects.values_list("sketch", "page").get(), set(FingerprintMark.objects.values_list("value")))
    Case.objects.update(sketch=b"", page="")
    FingerprintMark.objects.all().delete()

    assert (rebuild_fingerprints(), rebuild_fingerprints()) == (1, 1)

    again = (Case.objects.values_list("sketch", "page").get(), set(FingerprintMark.objects.values_list("value")))
    assert (again, FingerprintMark.objects.count()) == (rows, 8)
    assert read_draft(case).intro == of(ARTICLES[0]).intro
