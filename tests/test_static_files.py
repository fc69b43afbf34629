"""Static files as operators collect them: what a page asks for is there, joined, under names that change."""

from __future__ import annotations

import gzip
import re

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import override_settings

from cases.content import InitiativeContent, MeasureContent
from config.static_files import SITE, SITE_PARTS, JoinedFiles
from tests.builders import make_published_case, make_region

COLLECTED = {**settings.STORAGES, "staticfiles": {"BACKEND": "config.static_files.JoinedFiles"}}


@pytest.fixture(scope="module")
def collected(tmp_path_factory):
    """The storage of production after `collectstatic`."""
    from django.contrib.staticfiles.storage import staticfiles_storage

    with override_settings(STATIC_ROOT=tmp_path_factory.mktemp("static"), STORAGES=COLLECTED):
        call_command("collectstatic", interactive=False, verbosity=0)
        storage = JoinedFiles()
        storage.stored_name("css/tokens.css")
        assert staticfiles_storage.style_sheets == (SITE,)
        yield storage


def test_the_style_sheets_of_every_page_are_one_file(collected):
    with collected.open(collected.stored_name(SITE)) as file:
        joined = file.read().decode()

    parts = [(settings.BASE_DIR / "static" / part).read_text() for part in SITE_PARTS]
    named = re.sub(r"\.[0-9a-f]{12}\.svg", ".svg", joined)  # what they refer to has such a name, too
    assert named == "\n".join(parts)


def test_joined_style_sheets_have_a_name_of_their_text_and_are_there_compressed(collected):
    name = collected.stored_name(SITE)

    assert re.fullmatch(r"css/site\.[0-9a-f]{12}\.css", name)
    assert collected.exists(f"{name}.gz")


def test_modules_import_each_other_by_the_names_they_are_kept_under(collected):
    with collected.open(collected.stored_name("js/site.js")) as file:
        imported = re.findall(r'import\("\./([^"]+)"\)', file.read().decode())

    assert imported
    assert all(re.fullmatch(r"[\w-]+\.[0-9a-f]{12}\.js", name) and collected.exists(f"js/{name}") for name in imported)


@pytest.mark.django_db
def test_the_first_view_of_a_case_is_six_requests_and_sixty_kilobytes(collected, client):
    texts = ("把窗口搬到园区，能共享的材料不再提交，企业少跑一趟。" * 12,) * 8
    measures = tuple(MeasureContent(heading=f"做法{number}", text=text) for number, text in enumerate(texts))
    case = make_published_case(
        region=make_region(), initiatives=tuple(InitiativeContent(heading="快", measures=measures) for _ in range(3))
    )
    with override_settings(STORAGES=COLLECTED, STATIC_ROOT=collected.location):
        answer = client.get(case.get_absolute_url(), headers={"accept-encoding": "gzip"})
    page = gzip.decompress(answer.content).decode()
    files = re.findall(r'(?:href|src)="/static/([^"]+)"', page)
    sizes = {name: _sent(collected, name) for name in set(files)}

    assert answer["Content-Encoding"] == "gzip"
    assert 1 + len(sizes) <= 5, sorted(sizes)  # a cover is the sixth
    assert len(answer.content) + sum(sizes.values()) <= 60_000, sizes


def _sent(collected, name):
    """Bytes of a file as whoever reads gzip gets it."""
    return collected.size(f"{name}.gz" if collected.exists(f"{name}.gz") else name)
