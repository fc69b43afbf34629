"""What every test gets, and what is left out where a database or a program is not there."""

from __future__ import annotations

import pytest
from django.conf import settings as project_settings
from django.utils import translation
from hypothesis import HealthCheck
from hypothesis import settings as property_settings

from tests.tools import missing_tools

# The same examples in every run: a change is judged by what it changed. `--hypothesis-profile=explore` looks for new.
# How fast they are made says how busy the machine is, not whether the code is right.
of_any_speed = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
property_settings.register_profile("steady", derandomize=True, **of_any_speed)
property_settings.register_profile("explore", derandomize=False, **of_any_speed)
property_settings.load_profile("steady")


def pytest_configure(config):
    # A fast hasher: the strong one takes a third of a second for every log-in.
    project_settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def pytest_collection_modifyitems(config, items):
    """Take out what cannot run on this database or machine; `make test` runs both and lists the rest."""
    on_sqlite = project_settings.DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3"
    left_out = {*missing_tools(), *({"postgresql"} if on_sqlite else {"sqlite", "browser"})}
    kept = [item for item in items if not left_out & {marker.name for marker in item.iter_markers()}]
    if len(kept) < len(items):
        config.hook.pytest_deselected(items=[item for item in items if item not in kept])
        items[:] = kept


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix, tmp_path_factory):
    """SQLite in a file, as the site has it: in memory, threads would share one connection and nothing would lock."""
    database = project_settings.DATABASES["default"]
    if database["ENGINE"] == "django.db.backends.sqlite3":
        database.setdefault("TEST", {})["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")


@pytest.fixture
def without_reviews(settings):
    """A site where drafts are published as they stand, for tests of what comes after."""
    settings.REVIEWS = 0


@pytest.fixture(autouse=True)
def _media_of_its_own(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture(autouse=True)
def _history_can_be_emptied(request):
    """Tests with transactions of their own empty all tables when they end; `flush` makes the triggers again."""
    if not _has_transactions_of_its_own(request):
        yield
        return
    request.getfixturevalue("_django_db_helper")  # so that this ends before it
    yield
    from cases.models.append_only import drop_triggers

    drop_triggers()


def _has_transactions_of_its_own(request) -> bool:
    marker = request.node.get_closest_marker("django_db")
    names = {"transactional_db", "live_server", "django_db_reset_sequences"} & set(request.fixturenames)
    return bool(names or (marker and marker.kwargs.get("transaction")))


@pytest.fixture(autouse=True)
def _index_left_empty(request, django_db_blocker):
    """Tests with transactions of their own empty the tables of the models when they end, not those of the index."""
    yield
    if _has_transactions_of_its_own(request):
        from cases.search.index import clear_index

        with django_db_blocker.unblock():
            clear_index()


@pytest.fixture(autouse=True)
def _names_of_its_own():
    """A process keeps names and counts for a minute, which is longer than a test."""
    from cases.search import filed, names, remembering

    remembering.forget()
    names.forget()
    filed.forget()


@pytest.fixture(autouse=True)
def _in_chinese():
    """A request under /en/ leaves its language to whatever runs after it in this thread."""
    with translation.override("zh-hans"):
        yield
