"""The drawn card of a case: a small picture that says title, place, day and its strongest number."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from PIL import Image

from cases.public.card import fonts
from cases.public.card.drawing import COLOURS, SIZE, Card, draw_card
from cases.public.card.page import card_of
from cases.publishing import release
from tests.builders import make_content, make_metric, make_published_case, make_region, make_user

TOKENS = Path(__file__).parents[2] / "static" / "css" / "tokens.css"


def test_its_colours_are_those_of_the_pages():
    tokens = TOKENS.read_text(encoding="utf-8")

    assert all(colour in tokens or re.search(r"rgb\(246 214 107", tokens) for colour in COLOURS.values())


@pytest.mark.parametrize(
    "card",
    [
        Card("营商案例库", "短"),
        Card("营商案例库", ""),
        Card(
            "营商案例库",
            "推进“一件事一次办”改革，" * 17,
            "恩施土家族苗族自治州 · 2023年12月18日",
            "44",
            "公里",
            "农村公路",
        ),
        Card("长" * 40, "W" * 200, "地" * 60, "123,456,789.123 → 987,654,321.456", "单位" * 20, "标签" * 100),
        Card("营商案例库", "\u202eabc \U0001f600 繁體", "", "7 → 2", "", ""),
    ],
)
def test_a_card_is_a_small_picture_whatever_it_says(card):
    drawn = draw_card(card)
    with Image.open(io.BytesIO(drawn)) as image:
        assert (image.format, image.size) == ("PNG", SIZE)
    assert len(drawn) < 60_000


def test_without_a_chinese_font_the_numbers_are_drawn(monkeypatch):
    monkeypatch.setattr(fonts, "SONG", ())
    monkeypatch.setattr(fonts, "SANS", ())
    fonts.font.cache_clear()
    draw_card.cache_clear()
    try:
        drawn = draw_card(Card("营商案例库", "短", "漯河市 · 2024年", "7 → 2", "天", "企业开办时间"))
    finally:
        fonts.font.cache_clear()
        draw_card.cache_clear()

    with Image.open(io.BytesIO(drawn)) as image:
        assert len(image.convert("RGB").getcolors(100_000)) > 4


@pytest.mark.django_db
def test_a_card_says_what_the_case_says():
    metric = make_metric(
        label="企业开办时间",
        value=2,
        from_value=7,
        unit="个工作日",
        kind="duration",
        quote="由7个工作日压缩至2个工作日",
    )
    content = make_content(
        title="办得快", region=make_region().pk, intro="由7个工作日压缩至2个工作日。", metrics=(metric,)
    )

    assert card_of(make_published_case(content)) == Card(
        "营商案例库", "办得快", "漯河市 · 2024年5月1日", "7 → 2", "个工作日", "企业开办时间"
    )


@pytest.mark.django_db
def test_a_card_that_is_known_is_not_drawn_again(client):
    address = f"/cases/{make_published_case().pk}/card.png"
    first = client.get(address)
    draw_card.cache_clear()
    again = client.get(address, headers={"if-none-match": first["ETag"]})

    assert (first.status_code, first["Content-Type"], again.status_code) == (200, "image/png", 304)
    assert draw_card.cache_info().misses == 0
    assert "max-age=86400" in first["Cache-Control"]


@pytest.mark.django_db
def test_a_case_taken_down_has_no_card(client):
    published = make_published_case()
    release.withdraw(published.case, by=make_user(), reason="过时")

    assert client.get(f"/cases/{published.pk}/card.png").status_code == 410
    assert client.get("/cases/999999/card.png").status_code == 404
    assert client.get(f"/cases/{2**70}/card.png").status_code == 404


def test_the_site_has_a_card(client):
    assert client.get("/card.png").content.startswith(b"\x89PNG")


@pytest.mark.django_db
def test_the_card_of_a_demo_case_says_so():
    published = make_published_case(region=make_region())
    published.is_demo = True

    assert card_of(published).facts == "示例 · 漯河市 · 2024年5月1日"
