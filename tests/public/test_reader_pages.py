"""Cite, share, reading list, previous and next: pages of their own that need no script."""

from __future__ import annotations

import datetime
import io
import re

import docx
import pytest
from django.utils import timezone

from cases.models import PublishedCase
from cases.public.reader.cases import neighbours_of
from cases.publishing import release
from tests.builders import make_published_case, make_region, make_user

pytestmark = pytest.mark.django_db

LARGEST = 2**63 - 1


def words_of(response) -> str:
    html = response.content.decode()
    return " ".join(re.sub(r"<[^>]+>", " ", html.partition("<main")[2].partition("</main>")[0]).split())


@pytest.fixture
def case():
    published = make_published_case(title="修路{好}", author="", organization="市交通局")
    PublishedCase.objects.update(first_released_at=datetime.datetime(2024, 5, 1, 17, 0, tzinfo=datetime.UTC))
    return published


def listed(*cases) -> str:
    return f"/reading-list/?cases={','.join(str(getattr(case, 'pk', case)) for case in cases)}"


# Cite


def test_a_case_is_cited_by_its_page_here_and_when_it_came_here(client, case):
    html = client.get(f"/cases/{case.pk}/cite/").content.decode()
    text = re.search(r'<p class="citation"[^>]*>(.*?)</p>', html)[1]

    assert re.sub("<[^>]+>", "", text) == (
        f"市交通局. 修路{{好}}[EB/OL]. （2024-05-02）[{timezone.localdate()}]. http://testserver/cases/{case.pk}/."
    )


@pytest.mark.parametrize(
    ("kind", "media_type", "beginning"),
    [
        ("bib", "application/x-bibtex; charset=utf-8", "@online{case-%d,"),
        ("ris", "application/x-research-info-systems; charset=utf-8", "TY  - ELEC\r\nID  - case-%d\r\n"),
    ],
)
def test_programs_get_a_file(client, case, kind, media_type, beginning):
    response = client.get(f"/cases/{case.pk}/cite.{kind}")

    assert response["Content-Type"] == media_type
    assert response["Content-Disposition"] == f'attachment; filename="case-{case.pk}.{kind}"'
    assert response.content.decode().startswith(beginning % case.pk)


def test_a_reference_to_a_demo_case_says_that_it_is_one(client, case):
    assert b"note" not in client.get(f"/cases/{case.pk}/cite.bib").content
    PublishedCase.objects.update(is_demo=True)

    assert "  note = {示例：内容为演示而写},\n" in client.get(f"/cases/{case.pk}/cite.bib").content.decode()
    assert "N1  - 示例：内容为演示而写\r\n" in client.get(f"/cases/{case.pk}/cite.ris").content.decode()


# Share


def test_a_case_is_shared_by_its_address_and_a_code_the_server_draws(client, case):
    page = client.get(f"/cases/{case.pk}/share/").content.decode()
    code = client.get(f"/cases/{case.pk}/qr.svg")

    assert f">http://testserver/cases/{case.pk}/</p>" in page
    assert f'<img src="/cases/{case.pk}/qr.svg" width="200" height="200"' in page
    assert code["Content-Type"] == "image/svg+xml"
    assert code.content.startswith(b"<svg ")
    assert b"style" not in code.content


def test_the_code_of_an_english_page_leads_to_it(client, case):
    codes = [client.get(f"{prefix}/cases/{case.pk}/qr.svg").content for prefix in ("", "/en")]

    assert codes[0] != codes[1]


BESIDE = ["cite/", "cite.bib", "cite.ris", "share/", "qr.svg", "like/", "versions/", "versions/1/"]


@pytest.mark.parametrize("page", BESIDE)
def test_what_is_beside_a_case_that_was_taken_down_is_gone_with_it(client, case, page, settings):
    settings.PUBLIC_VERSIONS = True
    release.withdraw(case.case, by=make_user(), reason="撤")
    answers = [client.get(f"/cases/{pk}/{page}").status_code for pk in (case.pk, case.pk + 1, LARGEST + 1)]

    assert answers == [410, 404, 404]


def test_what_is_beside_a_case_that_leads_elsewhere_leads_there(client, case):
    other = make_published_case()
    release.withdraw(case.case, by=make_user(), reason="重复", redirect_to=other.case)

    assert client.get(f"/cases/{case.pk}/share/")["Location"] == other.get_absolute_url()


# Previous and next


def test_the_case_before_is_newer_and_the_one_after_older_those_of_a_day_by_their_keys(django_assert_num_queries):
    days = (1, 2, 2, 2, 3)
    cases = [make_published_case(title=f"{n}", published_at=datetime.date(2024, 5, day)) for n, day in enumerate(days)]

    for place, one in enumerate(cases):
        with django_assert_num_queries(2):
            around = neighbours_of(one)
        newer = cases[place + 1] if place + 1 < len(cases) else None
        older = cases[place - 1] if place else None
        assert around == (newer, older)


@pytest.mark.sqlite
def test_neighbours_are_found_by_the_index():
    case = make_published_case()
    rows = PublishedCase.objects.filter(listed_on__gte=case.listed_on).filter(pk__gt=0).order_by("listed_on", "pk")

    assert "published_newest" in rows[:1].explain()


def test_a_case_page_leads_to_both(client):
    old, middle, new = (make_published_case(published_at=datetime.date(2024, 5, day)) for day in (1, 2, 3))
    html = client.get(middle.get_absolute_url()).content.decode()

    assert f'rel="prev" href="{new.get_absolute_url()}"' in html
    assert f'rel="next" href="{old.get_absolute_url()}"' in html


def test_a_single_case_has_none_before_and_none_after(client):
    assert "上一篇" not in words_of(client.get(make_published_case().get_absolute_url()))


# Tools of a case


def test_what_needs_a_script_is_hidden_until_one_runs(client, case):
    html = client.get(case.get_absolute_url()).content.decode()
    tools = html.partition('<div class="tools"')[2].partition("<template")[0]

    shown = re.sub(r"<(div|button)[^>]* data-needs-script hidden>.*?</\1>", "", tools, flags=re.S)
    assert re.findall(r">([^<>\s]+)</(?:a|button)>", shown) == ["分享", "引用", "加入对比", "我要纠错"]


# Reading list


def test_without_cases_it_says_what_to_do(client):
    assert "清单里还没有案例" in words_of(client.get("/reading-list/"))


@pytest.mark.parametrize("count", [1, 3, 50])
def test_a_list_shows_its_cases_in_its_own_order_by_one_query(client, django_assert_num_queries, count):
    cases = [make_published_case(region=make_region()) for _ in range(count)]
    with django_assert_num_queries(1):
        html = client.get(listed(*cases[::-1], cases[0])).content.decode()

    assert re.findall(r'data-case="(\d+)"', html) == [str(case.pk) for case in cases[::-1]]


def test_a_case_of_a_list_has_its_numbers_with_the_evidence(client, case):
    words = words_of(client.get(listed(case)))

    assert re.search(r"便民站点 依据： 建成便民站点\d+个", words)


def test_cases_that_are_gone_or_never_were_are_said_to_be(client, case):
    other = make_published_case()
    release.withdraw(case.case, by=make_user(), reason="撤")
    words = words_of(client.get(listed(case, other, 999, LARGEST + 1, "abc")))

    assert f"案例 {case.pk} 已撤下" in words
    assert "案例 999 没有这个案例" in words
    assert f"看不懂的编号：{LARGEST + 1}、abc" in words
    assert other.title in words


@pytest.mark.parametrize("address", ["/reading-list/", "/reading-list/qr.svg", "/reading-list/list.docx"])
def test_more_than_fifty_are_refused_with_a_sentence(client, address):
    response = client.get(address, {"cases": ",".join(map(str, range(1, 52)))})

    assert response.status_code == 400
    assert "一份清单最多 50 个案例，这里有 51 个。请分成几份。" in response.content.decode()


def document_of(response) -> list[str]:
    return [paragraph.text for paragraph in docx.Document(io.BytesIO(response.content)).paragraphs]


def test_a_list_can_be_taken_along_as_a_document(client, case):
    response = client.get("/reading-list/list.docx", {"cases": f"{case.pk},999"})
    lines = document_of(response)

    assert response["Content-Disposition"] == 'attachment; filename="reading-list.docx"'
    assert lines[0] == "阅读清单"
    assert f"1. {case.title}" in lines
    assert f"http://testserver/cases/{case.pk}/" in lines
    assert lines[-2:] == ["2. 案例 999", "没有这个案例"]


def test_what_is_passed_on_of_a_demo_case_says_so(client, case):
    PublishedCase.objects.update(is_demo=True)
    document = document_of(client.get("/reading-list/list.docx", {"cases": case.pk}))
    page = client.get(f"/cases/{case.pk}/").content.decode()

    assert any(line.startswith("示例：内容为演示而写 · ") for line in document)
    assert f'<meta property="og:title" content="示例 · {case.title}">' in page
    assert "请不要当作事实引用" in words_of(client.get(f"/cases/{case.pk}/cite/"))


def test_notes_come_into_the_document_and_stay_nowhere(client, case):
    response = client.post(
        "/reading-list/list.docx", {"cases": case.pk, f"note-{case.pk}": "值得学\x00" + "长" * 2000, "note-5": "别的"}
    )
    lines = document_of(response)

    assert [line for line in lines if line.startswith("笔记：")] == [f"笔记：值得学{'长' * 996}"]
    assert response["Cache-Control"] == "no-store"
    assert not response.cookies


def test_a_list_has_a_code_of_its_address(client):
    longest = ",".join(str(LARGEST - number) for number in range(50))

    for cases in ("1,2", longest):
        assert client.get("/reading-list/qr.svg", {"cases": cases}).content.startswith(b"<svg ")


# Accessibility


def test_the_page_says_which_tools_need_scripts(client):
    html = client.get("/accessibility/").content.decode()

    assert "<noscript>" in html
    assert "data-tools data-needs-script hidden" in html
    assert "无障碍声明" in html


def test_every_page_leads_to_it(client):
    assert 'href="/accessibility/#tools"' in client.get("/cases/").content.decode()


def test_the_view_for_older_readers_is_named_on_every_page_and_comes_first_among_the_tools(client):
    html = client.get("/accessibility/").content.decode()
    form = html[html.index("data-tools") :]

    assert "无障碍·长辈版</a>" in client.get("/cases/").content.decode()
    assert form.index('name="simple"') < form.index('name="size"')
