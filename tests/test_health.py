"""What whoever runs the site is told of how it is."""

import datetime

import pytest
from django.db import connection
from django.utils import timezone

from cases.models import Schedule
from cases.models.append_only import drop_triggers
from tests.builders import make_published_case, make_user

pytestmark = pytest.mark.django_db
ADDRESSES = ("/health/", "/health/live/", "/health/ready/")


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_site_that_is_well_says_so_without_a_cookie_and_is_kept_nowhere(client, address):
    response = client.get(address)

    assert (response.status_code, response.cookies) == (200, {})
    assert "no-store" in response["Cache-Control"]


def test_to_be_alive_asks_nothing_of_the_database(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert client.get("/health/live/").content == b"ok\n"


def test_history_that_is_not_guarded_is_not_ready(client):
    drop_triggers()

    response = client.get("/health/ready/")

    assert (response.status_code, response.json()) == (503, {"ready": False, "wrong": ["triggers"]})
    assert "manage.py migrate" in client.get("/health/").content.decode()


def test_a_migration_that_was_not_made_is_not_ready(client):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'cases'")

    assert client.get("/health/ready/").json() == {"ready": False, "wrong": ["migrations"]}


def test_an_index_of_another_format_is_not_ready(client):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE cases_searchformat SET format = 1")

    assert client.get("/health/ready/").json() == {"ready": False, "wrong": ["index"]}


def test_a_place_for_pictures_that_is_none_is_not_ready(client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "file" / "media"
    (tmp_path / "file").write_text("")
    (tmp_path / "file").chmod(0o444)

    assert client.get("/health/ready/").json() == {"ready": False, "wrong": ["media"]}


def test_a_table_that_is_gone_is_told_in_words_of_ours(client):
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE cases_searchformat")

    response = client.get("/health/")

    assert response.status_code == 503
    assert ("读不出来" in response.content.decode(), "cases_searchformat" in response.content.decode()) == (True, False)


@pytest.mark.parametrize(("late", "status"), [(4, 200), (6, 503)])
def test_what_did_not_go_live_for_five_minutes_is_told_and_readers_still_come(client, late, status):
    case = make_published_case(title="不该说出来的标题").case
    now = timezone.now()
    at = now - datetime.timedelta(minutes=late)
    Schedule.objects.create(case=case, kind="withdrawn", at=at, reason="到期", by=make_user(), made_at=now)

    response = client.get("/health/")

    assert response.status_code == status
    assert ("有 1 项到了时间" in response.content.decode()) == (status == 503)
    assert "不该说出来" not in response.content.decode()
    assert client.get("/health/ready/").status_code == 200


def test_it_is_asked_past_the_proxy_without_https(client, settings):
    settings.SECURE_SSL_REDIRECT = True

    assert [client.get(address).status_code for address in ADDRESSES] == [200, 200, 200]
