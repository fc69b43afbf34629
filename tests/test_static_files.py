"""Static files as operators collect them: what a page asks for is there, joined, under names that change."""

from __future__ import annotations

import re

import pytest
from django.conf import settings
from django.core.management import call_command

from config.static_files import SITE, SITE_PARTS, JoinedFiles


@pytest.fixture(scope="module")
def collected(tmp_path_factory):
    """The storage of production after `collectstatic`."""
    from django.contrib.staticfiles.storage import staticfiles_storage
    from django.test import override_settings

    storages = {**settings.STORAGES, "staticfiles": {"BACKEND": "config.static_files.JoinedFiles"}}
    with override_settings(STATIC_ROOT=tmp_path_factory.mktemp("static"), STORAGES=storages):
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
