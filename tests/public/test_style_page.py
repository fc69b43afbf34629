import re
from pathlib import Path

import pytest

from cases.public.style import COLOURS, SIZES
from tests.builders import make_metric, make_published_case, make_region, make_theme

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.django_db


def test_the_style_page_is_for_maintainers(client):
    assert client.get("/style/").status_code == 404


@pytest.mark.parametrize("with_cases", [False, True])
def test_the_style_page_draws_every_part(client, settings, with_cases):
    settings.DEBUG = True
    if with_cases:
        metric = make_metric(value=2, from_value=7, quote="减到2个")
        make_published_case(region=make_region(), themes=(make_theme(),), intro="减到2个", metrics=(metric,))
    response = client.get("/style/")

    assert response.status_code == 200
    assert ('class="card__title"' in response.content.decode()) == with_cases


def test_every_colour_and_size_of_the_tokens_is_shown():
    tokens = (ROOT / "static" / "css" / "tokens.css").read_text(encoding="utf-8")

    assert [name for name in (*COLOURS, *SIZES) if f"--{name}:" not in tokens] == []
    assert set(re.findall(r"--(tile-\d|warning[\w-]*|evidence[\w-]*):", tokens)) <= set(COLOURS)
