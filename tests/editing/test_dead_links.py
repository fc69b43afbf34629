"""Links are tried against a server of this process; nothing leaves the machine."""

import datetime
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from cases.content import InitiativeContent, MeasureContent
from cases.editing.dead_links import ask, check_links, due, is_public, known_addresses
from cases.models import Case, DeadLink, Inspection
from tests.builders import make_case

pytestmark = pytest.mark.django_db

ANSWERS = {"/here": 200, "/gone": 404, "/broken": 500, "/hidden": 403, "/away": 302, "/round": 302, "/out": 302}
PLACES = {"/away": "/here", "/round": "/round", "/out": "file:///etc/passwd"}


class Site(BaseHTTPRequestHandler):
    asked: list[tuple[str, str]] = []

    def do_HEAD(self):
        self.asked.append((self.command, self.path))
        path = self.path.partition("?")[0]
        status = ANSWERS.get(path, 200)
        self.send_response(405 if path == "/only-get" and self.command == "HEAD" else status)
        if path in PLACES:
            self.send_header("Location", PLACES[path])
        self.end_headers()

    do_GET = do_HEAD

    def log_message(self, *args):
        """Says nothing."""


@pytest.fixture
def site():
    Site.asked = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def anywhere(ip):
    return True


@pytest.mark.parametrize(
    ("path", "status"),
    [
        *[("/here", 200), ("/gone", 404), ("/broken", 500), ("/hidden", 403)],
        *[("/away", 200), ("/round", 0), ("/out", 0), ("/only-get", 200), ("/中文?题=一 二", 200)],
    ],
)
def test_an_address_is_asked_and_redirections_followed(site, path, status):
    assert ask(f"{site}{path}", anywhere) == status


def test_who_does_not_answer_has_status_0(site):
    assert ask("http://127.0.0.1:1/", anywhere) == 0
    assert ask("http://no-such-host.invalid/", anywhere) == 0


def test_this_machine_and_its_network_are_never_asked(site):
    assert ask(f"{site}/here") == 0
    assert Site.asked == []
    assert [is_public(ip) for ip in ("127.0.0.1", "10.1.2.3", "192.168.0.1", "::1", "fe80::1%eth0", "8.8.8.8")] == [
        *[False] * 5,
        True,
    ]


def test_addresses_of_sources_and_texts_are_known_but_not_of_what_is_put_away():
    measure = MeasureContent(text="见 http://c.example/1。")
    make_case(source_url="http://a.example/", intro="见（http://b.example/x）", initiatives=())
    make_case(source_url="http://a.example/", initiatives=(InitiativeContent(measures=(measure,)),))
    Case.objects.filter(pk=make_case(source_url="http://away.example/").pk).update(stage="archived")

    assert known_addresses() == ["http://a.example/", "http://b.example/x", "http://c.example/1"]


def test_the_dead_are_kept_counted_and_forgotten_when_they_answer_again(site, monkeypatch):
    make_case(source_url=f"{site}/gone")
    make_case(source_url=f"{site}/here")
    DeadLink.objects.create(address="http://nobody.example/", checked_at="2024-01-01T00:00Z")

    first, second = (check_links(pause=0, reachable=anywhere) for _time in range(2))

    assert (first.tried, first.dead, second.dead) == (2, 1, 1)
    assert list(DeadLink.objects.values_list("address", "status", "fails")) == [(f"{site}/gone", 404, 1)]
    monkeypatch.setitem(ANSWERS, "/gone", 200)
    assert check_links(pause=0, reachable=anywhere).revived == 1
    assert not DeadLink.objects.exists()


def test_a_link_fails_once_a_day_however_often_it_is_tried(site):
    make_case(source_url=f"{site}/broken")
    for days, fails in ((0, 1), (0, 1), (1, 2), (0, 2), (30, 3)):
        DeadLink.objects.update(checked_at=timezone.now() - datetime.timedelta(days=days))
        check_links(pause=0, reachable=anywhere)

        assert DeadLink.objects.get().fails == fails


def test_when_nothing_answers_nothing_is_kept_and_the_command_asks_for_the_network(capsys):
    make_case(source_url="http://127.0.0.1:1/")
    make_case(source_url="http://no-such-host.invalid/")
    before = DeadLink.objects.create(address="http://127.0.0.1:1/", checked_at="2024-01-01T00:00Z")

    with pytest.raises(CommandError, match="一个也没有连上，什么都没有记下，请检查本机能否访问外网") as caught:
        call_command("check_links")

    assert caught.value.returncode == 1
    assert list(DeadLink.objects.values("address", "checked_at", "fails")) == [
        {"address": before.address, "checked_at": datetime.datetime(2024, 1, 1, tzinfo=datetime.UTC), "fails": 1}
    ]
    assert not Inspection.objects.exists()


def test_what_failed_before_the_first_answer_is_kept_once_there_is_one(site):
    make_case(source_url="http://127.0.0.1:1/")
    make_case(source_url=f"{site}/gone")
    make_case(source_url="http://no-such-host.invalid/")

    checked = check_links(pause=0, reachable=anywhere)

    assert (checked.tried, checked.answered, checked.dead) == (3, 1, 3)
    assert sorted(DeadLink.objects.values_list("status", flat=True)) == [0, 0, 404]


def test_a_run_is_bounded_and_the_next_day_goes_on():
    addresses = [f"http://example.org/{number}" for number in range(10)]
    day = datetime.date(2026, 1, 1)

    runs = [due(addresses, {addresses[9]}, most=4, day=day + datetime.timedelta(days)) for days in range(3)]

    assert [run[0] for run in runs] == [addresses[9]] * 3
    assert {address for run in runs for address in run} == set(addresses)
    assert [len(run) for run in runs] == [4] * 3


def test_a_host_is_left_alone_for_a_while_between_two_requests(site, monkeypatch):
    waits = []
    monkeypatch.setattr("cases.editing.dead_links.time.sleep", waits.append)
    for number in range(3):
        make_case(source_url=f"{site}/here?{number}")

    check_links(pause=5, reachable=anywhere)

    assert [round(wait) for wait in waits] == [5, 5]


def test_the_command_says_what_came_of_it(capsys):
    call_command("check_links")

    assert capsys.readouterr().out == "试了 0 个链接：0 个打不开，0 个又能打开了\n"
    with pytest.raises(CommandError):
        call_command("check_links", most=0)
