"""Views counted inside the process."""

import datetime
import threading

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.utils import timezone
from django.utils.formats import date_format

from cases.models import CaseViews, DailyViews
from cases.public.counting import counter as counting
from cases.public.counting.counter import ViewCounter, add_views
from cases.public.counting.nightly import count_at_night
from cases.public.counting.sums import sum_views
from cases.publishing import release
from tests.builders import make_published_case, make_user

pytestmark = pytest.mark.django_db

BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
DAY = datetime.date(2026, 11, 23)


@pytest.fixture(autouse=True)
def counter(monkeypatch):
    """One of its own, that writes when it is told to."""
    fresh = ViewCounter()
    monkeypatch.setattr(counting, "counter", fresh)
    return fresh


@pytest.fixture
def case():
    return make_published_case()


def read(client, case, *, method="get", prefix="", **headers):
    address = f"{prefix}/cases/{case.pk}/"
    return getattr(client, method)(address, headers={"user-agent": BROWSER, **headers})


def counted():
    return list(DailyViews.objects.order_by("case", "day").values_list("case", "day", "views"))


def test_views_are_written_together_by_case_and_day(client, case, counter):
    for prefix in ("", "", "/en"):
        read(client, case, prefix=prefix)
    assert counted() == []
    counter.flush()
    read(client, case)
    counter.flush()

    assert counted() == [(case.pk, timezone.localdate(), 4)]


def test_a_page_that_has_not_changed_is_read_too(client, case, counter):
    first = read(client, case)
    assert read(client, case, **{"if-none-match": first["ETag"]}).status_code == 304
    counter.flush()

    assert counted()[0][2] == 2


@pytest.mark.parametrize(
    "headers",
    [
        {"user-agent": ""},
        {"user-agent": "Mozilla/5.0 (compatible; Baiduspider/2.0)"},
        {"user-agent": "Mozilla/5.0 HeadlessChrome/140 Safari/537.36"},
        {"user-agent": "curl/8.5"},
        {"sec-purpose": "prefetch;prerender"},
        {"purpose": "prefetch"},
    ],
)
def test_robots_and_pages_fetched_ahead_are_left_out(client, case, counter, headers):
    read(client, case, **headers)
    counter.flush()

    assert counted() == []


def test_what_is_no_reading_of_a_public_case_is_left_out(client, case, counter):
    read(client, case, method="head")
    client.get("/cases/", headers={"user-agent": BROWSER})
    client.get(f"/cases/{case.pk}/like/", headers={"user-agent": BROWSER})
    release.withdraw(case.case, by=make_user(), reason="过时")
    assert read(client, case).status_code == 410
    counter.flush()

    assert counted() == []


@pytest.mark.parametrize("way", ["log", "off"])
def test_nothing_is_counted_here_when_it_is_counted_elsewhere(client, case, counter, settings, way):
    settings.VIEWS = way
    read(client, case)
    counter.flush()

    assert counted() == []


def test_it_is_written_once_a_minute_by_whoever_finds_it_due(client, case, counter, monkeypatch):
    now = [1000.0]
    monkeypatch.setattr(counting.time, "monotonic", lambda: now[0])
    counter._written_at = 1000.0
    for _ in range(3):
        read(client, case)
    assert counted() == []

    now[0] += 61
    read(client, case)
    assert counted() == [(case.pk, timezone.localdate(), 4)]
    read(client, case)
    assert counted()[0][2] == 4


def test_what_could_not_be_written_waits_for_the_next_time(client, case, counter, monkeypatch):
    def broken(views):
        raise DatabaseError("busy")

    with monkeypatch.context() as patch:
        patch.setattr(counting, "add_views", broken)
        read(client, case)
        counter.flush()
    read(client, case)
    counter.flush()

    assert counted()[0][2] == 2


def test_threads_lose_no_view(counter):
    threads = [threading.Thread(target=lambda: [counter.add(7) for _ in range(500)]) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    counter.flush()

    assert counted() == [(7, timezone.localdate(), 4000)]


@pytest.mark.django_db(transaction=True)
def test_two_processes_that_write_at_once_add_up():
    def write():
        for _ in range(20):
            while True:
                try:
                    add_views({(number, DAY): 1 for number in range(5)})
                except DatabaseError:
                    continue
                break
        connection.close()

    threads = [threading.Thread(target=write) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [views for _case, _day, views in counted()] == [60] * 5


# What pages show


def test_a_page_shows_the_figure_of_the_last_night_and_its_day(client, case, counter):
    add_views({(case.pk, DAY): 5})
    assert "<dt>浏览</dt>" not in read(client, case).content.decode()
    sum_views()
    add_views({(case.pk, DAY): 5})
    html = read(client, case).content.decode()

    assert (
        f'<dt>浏览</dt><dd>5 <span class="facts__note">统计到 {date_format(timezone.localdate())}</span></dd>' in html
    )


def test_a_case_nobody_has_read_shows_0_once_the_others_were_counted(client, case, counter):
    add_views({(case.pk + 1, DAY): 5})
    sum_views()

    assert (
        f'<dt>浏览</dt><dd>0 <span class="facts__note">统计到 {date_format(timezone.localdate())}'
        in read(client, case).content.decode()
    )


def test_adding_up_again_says_the_same(case):
    add_views({(case.pk, DAY): 5, (case.pk, DAY + datetime.timedelta(days=1)): 2, (99, DAY): 1})

    assert [sum_views(), sum_views()] == [2, 2]
    assert dict(CaseViews.objects.values_list("case", "views")) == {case.pk: 7, 99: 1}


def test_the_timer_adds_up_once_a_day(case):
    add_views({(case.pk, DAY): 5})
    call_command("do_due")
    add_views({(case.pk, DAY): 5})
    call_command("do_due")
    assert CaseViews.objects.get().views == 5

    CaseViews.objects.update(counted_at=timezone.now() - datetime.timedelta(days=1))
    assert count_at_night() == 1
    assert CaseViews.objects.get().views == 10


def test_counts_outlive_that_everything_is_published_anew(case):
    add_views({(case.pk, DAY): 5})
    sum_views()
    call_command("rebuild_published")

    assert CaseViews.objects.get().views == 5
    assert counted() == [(case.pk, DAY, 5)]


def test_with_views_off_no_figure_is_shown(client, case, settings):
    add_views({(case.pk, DAY): 5})
    sum_views()
    settings.VIEWS = "off"

    assert "<dt>浏览</dt>" not in read(client, case).content.decode()
    assert count_at_night() is None
