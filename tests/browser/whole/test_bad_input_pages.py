"""Cases nobody would write, and somebody will: their pages stay whole on a desk and a phone. Pictures are kept."""

from __future__ import annotations

import datetime
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest
from django.core.management import call_command
from django.test import override_settings
from PIL import Image
from pytest_django.live_server_helper import LiveServer

from cases.content import InitiativeContent, MeasureContent, PictureContent
from cases.editing.pictures import pictures_folder, store_picture
from cases.models import PublishedCase
from cases.publishing.release import withdraw
from tests.browser.whole.artefacts import WIDTHS, keep_picture, load_pictures
from tests.browser.whole.conftest import empty_database
from tests.browser.whole.geometry import troubles
from tests.browser.whole.telling import told
from tests.builders import make_metric, make_published_case, make_publisher, make_region

pytestmark = pytest.mark.browser

HTML = "<script>alert(1)</script><b>粗</b> &amp; <img src=x onerror=alert(1)> </main></body>"
CONTROL = "零宽\u200b换向\u202e倒过来\u202c软连\u00ad字符\ufeff"  # others are refused before they are stored
EMOJI = "👨‍👩‍👧‍👦🏳️‍🌈👍🏽" * 12
TRADITIONAL = "優化營商環境，簡政放權、放管結合，優化服務。" * 8
RIGHT_TO_LEFT = "تحسين بيئة الأعمال وتبسيط الإجراءات، שיפור סביבת העסקים. " * 6
UNBROKEN = "https://www.example.gov.cn/" + "abcdefghij0123456789" * 15
TITLES = {
    "title-200": "优" * 200,
    "title-200-unbroken": "W" * 200,
    "title-1": "优",
    "html": HTML[:200],
    "control": f"标题{CONTROL}",
    "emoji": EMOJI[:200],
    "traditional": TRADITIONAL[:200],
    "right-to-left": RIGHT_TO_LEFT[:200],
}


@dataclass(frozen=True, slots=True)
class BadSite:
    url: str
    pages: dict[str, str]  # what is bad about it → address


@pytest.fixture(scope="module")
def site(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[BadSite]:
    media = tmp_path_factory.mktemp("media")
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=media, ALLOWED_HOSTS=["127.0.0.1"]):
        server = LiveServer("127.0.0.1")
        try:
            call_command("load_vocabulary", verbosity=0)
            yield BadSite(server.url, {**bad_cases(), **bad_lists()})
        finally:
            server.stop()
            empty_database()


def bad_cases() -> dict[str, str]:
    """The pages of cases with too little, too much, or the wrong thing."""
    place = make_region("411100")
    made = {name: make_published_case(title=title, region=place) for name, title in TITLES.items()}
    for name, text in {
        "text-html": HTML * 5,
        "text-control": CONTROL * 20,
        "text-emoji": EMOJI * 4,
        "text-traditional": TRADITIONAL * 4,
        "text-right-to-left": RIGHT_TO_LEFT * 4,
        "text-unbroken": UNBROKEN,
    }.items():
        part = InitiativeContent(text[:60], text, measures=(MeasureContent(text[:40], text),))
        made[name] = make_published_case(title=f"文字：{name}", summary=text, intro=text, initiatives=(part,))
    for count in (0, 1, 400):
        made[f"metrics-{count}"] = make_published_case(title=f"{count} 个指标", initiatives=(_with_metrics(count),))
    made["initiatives-30"] = make_published_case(
        title="三十条举措",
        initiatives=tuple(InitiativeContent(f"第{number}条举措", "文字。" * 30) for number in range(30)),
    )
    made["pictures-0"] = make_published_case(title="没有封面")
    made["cover-broken"] = make_published_case(title="封面坏了", pictures=(_broken_picture(),))
    made["pictures-30"] = make_published_case(title="三十张图", pictures=tuple(map(_picture, range(30))))
    return {name: case.get_absolute_url() for name, case in made.items()}


def _with_metrics(count: int) -> InitiativeContent:
    """An initiative with so many metrics, each with its evidence."""
    quotes = [f"第{number}项办了{number + 1}件" for number in range(count)]
    metrics = tuple(
        make_metric(label=f"第{number}项办件量", value=number + 1, unit="件", quote=quote)
        for number, quote in enumerate(quotes)
    )
    return InitiativeContent("办件", "，".join(quotes) + "。", metrics=metrics)


def _picture(number: int) -> PictureContent:
    data = io.BytesIO()
    Image.new("RGB", (640, 200 + 10 * number), (number * 8, 80, 120)).save(data, "PNG")
    file = store_picture(f"{number}.png", data.getvalue())
    return PictureContent(file=file, alt=f"第{number}张图", caption="说明" * 20, is_cover=number == 0)


def _broken_picture() -> PictureContent:
    picture = replace(_picture(20), is_cover=True)
    path = pictures_folder() / picture.file
    path.chmod(0o644)
    path.write_bytes(b"\x89PNG\r\n\x1a\n broken")
    return picture


def bad_lists() -> dict[str, str]:
    """Lists that hold these cases or none, what is gone, and a language nobody speaks here."""
    gone = make_published_case(title="撤下的案例").case
    withdraw(gone, by=make_publisher(), reason="原文有误，" * 20)
    first, second = PublishedCase.objects.order_by("pk")[:2]
    return {
        "home": "/",
        "list": "/cases/",
        "search": "/search/?q=优",
        "search-odd": "/search/?q=%3Cscript%3E%00%F0%9F%91%A8",
        "compare": f"/compare/?case={first.pk}&case={second.pk}",
        "numbers": "/numbers/",
        "city-without-cases": "/regions/110100/",
        "withdrawn": f"/cases/{gone.pk}/",
        "language-fr": "/fr/",
        "language-de": "/de/cases/",
        **_reading_list(gone.pk, first.pk),
    }


def _reading_list(gone: int, first: int) -> dict[str, str]:
    """A reading list with a case that was withdrawn and one that never was."""
    return {"reading-list": f"/reading-list/?cases={gone},{first},999999"}


@pytest.mark.parametrize("width", WIDTHS.values(), ids=list(WIDTHS))
def test_pages_of_bad_input_stay_whole(site, page_of, width):
    page, found = page_of(viewport={"width": width, "height": 800}), {}
    for name, address in site.pages.items():
        answer = page.goto(site.url + address)
        load_pictures(page)
        wrong = troubles(page)
        if answer is None or answer.status >= 500:
            wrong.append(f"answers {answer and answer.status}")
        found[name] = wrong
        keep_picture(page, "bad-input", name, width)

    assert told(found) == ""


@pytest.mark.parametrize("name", ["language-fr", "language-de"])
def test_an_unknown_language_is_a_page_that_is_not_there(site, page_of, name):
    answer = page_of().goto(site.url + site.pages[name])

    assert answer.status == 404


def test_what_looks_like_html_is_words(site, page_of):
    page = page_of()
    page.goto(site.url + site.pages["text-html"])

    assert page.evaluate("document.querySelectorAll('main script:not([type]), main img[onerror]').length") == 0
    assert re.sub(r"\s+", " ", HTML)[:60] in re.sub(r"\s+", " ", page.inner_text("main"))


def test_a_case_says_when_it_was_published_however_bad_it_is(site, page_of):
    page = page_of()
    for name, address in site.pages.items():
        if address.startswith("/cases/") and name not in ("list", "withdrawn"):
            page.goto(site.url + address)
            assert page.locator(f"main time[datetime^='{datetime.date(2024, 5, 1)}']").count() >= 1, name
