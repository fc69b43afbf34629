"""Views counted from the access log of nginx."""

import datetime
import gzip
import io

import pytest
from django.core.management import CommandError, call_command

from cases.models import CaseViews, DailyViews, ReadLog
from cases.public.counting.log import LONGEST_LINE, count_log, view_of
from cases.public.counting.nightly import count_at_night

pytestmark = pytest.mark.django_db

BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture(autouse=True)
def _from_the_log(settings):
    settings.VIEWS = "log"


def line(path="/cases/12/", *, at="23/Nov/2026:10:00:00 +0800", method="GET", status=200, agent=BROWSER, more=""):
    request = f"{method} {path} HTTP/1.1"
    return f'192.0.2.7 - - [{at}] "{request}" {status} 5120 "https://example.cn/" "{agent}"{more}\n'.encode()


def counted():
    return {(case, f"{day}"): views for case, day, views in DailyViews.objects.values_list("case", "day", "views")}


@pytest.mark.parametrize(
    ("given", "case"),
    [
        (line(), 12),
        (line("/en/cases/12/"), 12),
        (line("/cases/12/?from=list"), 12),
        (line(status=304), 12),
        (line(more=' "-"'), 12),
        (line(agent=r"a \x22quoted\x22 name"), 12),
        (line("/cases/"), None),
        (line("/cases/12/like/"), None),
        (line("/cases/page/2/"), None),
        (line("/admin/cases/case/12/"), None),
        (line("/cases/99999999999999999999/"), None),
        (line("/cases/9999999999999999999/"), None),
        (line(method="HEAD"), None),
        (line(method="POST"), None),
        (line(status=404), None),
        (line(status=410), None),
        (line(status=301), None),
        (line(agent="-"), None),
        (line(agent="Mozilla/5.0 (compatible; Googlebot/2.1)"), None),
        (line(more=' "prefetch;prerender"'), None),
        (line(at="31/Feb/2026:10:00:00 +0800"), None),
        (line(at="23/Foo/2026:10:00:00 +0800"), None),
        (line(at="01/Jan/0000:00:00:00 +0000"), None),
        (line(at="01/Jan/0001:00:00:00 +1400"), None),
        (b"", None),
        (b"\n", None),
        (b"\x16\x03\x01\x00\xff\xfe" * 100 + b"\n", None),
        (b'192.0.2.7 - - [23/Nov/2026:10:00:00 +0800] "\\x16\\x03" 400 0 "-" "-"\n', None),
    ],
)
def test_a_line_tells_of_a_reader_or_of_none(given, case):
    assert view_of(given) == (case and (case, datetime.date(2026, 11, 23)))


@pytest.mark.parametrize(
    ("at", "day"),
    [
        ("22/Nov/2026:16:30:00 +0000", "2026-11-23"),
        ("23/Nov/2026:15:59:59 +0000", "2026-11-23"),
        ("23/Nov/2026:16:00:00 +0000", "2026-11-24"),
        ("23/Nov/2026:00:10:00 -0500", "2026-11-23"),
        ("23/Nov/2026:00:10:00 +0800", "2026-11-23"),
        ("31/Dec/2026:23:59:60 +0800", "2026-12-31"),
    ],
)
def test_days_are_those_of_the_site(at, day):
    assert str(view_of(line(at=at))[1]) == day


def test_a_log_goes_on_where_it_was_left(tmp_path):
    log = tmp_path / "access.log"
    log.write_bytes(line() + line("/cases/13/"))
    assert count_log(log).views == 2
    assert count_log(log).views == 0
    with log.open("ab") as file:
        file.write(line())

    assert count_log(log).views == 1
    assert counted() == {(12, "2026-11-23"): 2, (13, "2026-11-23"): 1}


def test_a_log_that_was_renamed_or_packed_is_the_same_log(tmp_path):
    log = tmp_path / "access.log"
    log.write_bytes(line() * 3)
    count_log(log)
    packed = tmp_path / "access.log.1.gz"
    packed.write_bytes(gzip.compress(line() * 3 + line("/cases/13/")))
    log.rename(tmp_path / "access.log.1")
    log.write_bytes(line(at="24/Nov/2026:10:00:00 +0800"))

    views = [count_log(path).views for path in (tmp_path / "access.log.1", packed, log, packed)]

    assert views == [0, 1, 1, 0]
    assert counted() == {(12, "2026-11-23"): 3, (13, "2026-11-23"): 1, (12, "2026-11-24"): 1}


def test_a_line_that_is_not_ended_yet_is_left_for_the_next_time(tmp_path):
    log = tmp_path / "access.log"
    half = line("/cases/13/")
    log.write_bytes(half[:40])
    assert count_log(log).lines == 0
    log.write_bytes(line() + half[:40])
    assert count_log(log).views == 1
    log.write_bytes(line() + half)

    assert count_log(log).views == 1
    assert counted() == {(12, "2026-11-23"): 1, (13, "2026-11-23"): 1}


@pytest.mark.parametrize("first", [True, False])
def test_a_line_of_a_megabyte_and_nonsense_are_survived(tmp_path, first):
    long = b'192.0.2.7 - - [23/Nov/2026:10:00:00 +0800] "GET /' + b"a" * 1_000_000 + b'" 200 1 "-" "x"\n'
    nonsense = bytes(range(256)) * 300 + b"\n"
    log = tmp_path / "access.log"
    log.write_bytes((long + nonsense + line()) if first else (line() + long + nonsense + line()))

    assert count_log(log).views == (1 if first else 2)
    assert count_log(log).views == 0


def test_a_long_line_that_is_not_ended_is_no_line_yet(tmp_path):
    log = tmp_path / "access.log"
    log.write_bytes(line() + b"a" * (LONGEST_LINE * 2))

    assert count_log(log).lines == 1
    assert ReadLog.objects.get().offset == len(line())


def test_no_address_is_kept(tmp_path):
    log = tmp_path / "access.log"
    log.write_bytes(line())
    count_log(log)
    other = tmp_path / "other.log"
    other.write_bytes(line().replace(b"192.0.2.7", b"192.0.2.8"))

    assert count_log(other).views == 0  # what it is known by has no address in it


# The command


def run(*arguments):
    out, err = io.StringIO(), io.StringIO()
    call_command("count_views", *arguments, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def test_the_command_reads_logs_and_adds_up(tmp_path):
    (tmp_path / "access.log").write_bytes(line())
    (tmp_path / "access.log.2.gz").write_bytes(gzip.compress(line("/cases/13/", at="20/Nov/2026:10:00:00 +0800")))
    out, err = run("--log", f"{tmp_path}/access.log*")

    assert err == ""
    assert "2 个案例有浏览" in out
    assert dict(CaseViews.objects.values_list("case", "views")) == {12: 1, 13: 1}
    run("--log", f"{tmp_path}/access.log*")
    assert dict(CaseViews.objects.values_list("case", "views")) == {12: 1, 13: 1}


def refusal(*arguments):
    """What the command breaks off with, and what it wrote before."""
    out, err = io.StringIO(), io.StringIO()
    with pytest.raises(CommandError) as caught:
        call_command("count_views", *arguments, stdout=out, stderr=err)
    assert caught.value.returncode == 1
    return str(caught.value), out.getvalue(), err.getvalue()


def test_a_log_that_cannot_be_read_keeps_no_other_waiting_and_is_told(tmp_path):
    (tmp_path / "broken.gz").write_bytes(gzip.compress(line() * 50)[:-12])
    (tmp_path / "garbled.gz").write_bytes(b"\x1f\x8b\x08\x00" + b"\xff" * 200)
    (tmp_path / "headless.gz").write_bytes(b"\x00" * 200)
    (tmp_path / "empty.log").write_bytes(b"")
    (tmp_path / "access.log").write_bytes(line())
    told, out, err = refusal("--log", f"{tmp_path}/*", str(tmp_path / "none.log"), str(tmp_path))

    assert told == "有 5 个日志没有读成"
    assert "1 个案例有浏览" in out
    assert sorted(err.splitlines()) == sorted(
        [
            *(
                f"没有读 {tmp_path}/{name}.gz：压缩文件已损坏，或者不是 gzip"
                for name in ("broken", "garbled", "headless")
            ),
            f"没有读 {tmp_path}/none.log：找不到这个文件",
            f"没有读 {tmp_path}：这是文件夹，不是文件",
        ]
    )
    assert counted() == {(12, "2026-11-23"): 1}


def test_lines_of_another_format_are_counted_and_told(tmp_path):
    common = b'192.0.2.7 - - [23/Nov/2026:10:00:00 +0800] "GET /cases/12/ HTTP/1.1" 200 5120\n'
    nonsense = b'192.0.2.7 - - [23/Nov/2026:10:00:00 +0800] "\\x16\\x03" 400 0 "-" "-"\n'
    log = tmp_path / "access.log"
    log.write_bytes(line() + line("/style.css") + nonsense + b"\n" + common + b"a" * (LONGEST_LINE + 9) + b"\n")
    out, err = run("--log", str(log))

    assert f"{log}：新的 6 行，浏览 1 次，看不懂的 2 行\n" in out
    assert err == ""


def test_a_log_of_which_no_line_is_understood_is_a_failure(tmp_path):
    log = tmp_path / "access.log"
    log.write_bytes(b"nonsense\n" * 100)
    told, out, err = refusal("--log", str(log))

    assert told == "有 1 个日志没有读成"
    assert f"{log}：新的 100 行，浏览 0 次，看不懂的 100 行\n" in out
    assert err == f"{log} 里没有一行是 combined 格式的访问日志\n"


def test_the_timer_warns_of_logs_it_could_not_read(tmp_path, settings, caplog):
    (tmp_path / "a.log").write_bytes(b"nonsense\n")
    (tmp_path / "b.log").write_bytes(line())
    settings.VIEWS_LOG = [f"{tmp_path}/*.log", f"{tmp_path}/none"]

    assert count_at_night() == 1
    warned = [record.getMessage().split(":")[0] for record in caplog.records]
    assert sorted(warned) == [
        f"the log {tmp_path}/a.log holds no line of the format combined",
        f"the log {tmp_path}/none was not read",
    ]


def test_without_any_log_nothing_is_said_to_be_counted():
    told, out, _err = refusal()

    assert told == "没有日志可读，什么都没有计：请设置 VIEWS_LOG，或者用 --log 写明日志文件"
    assert out == ""


def test_without_files_those_of_the_settings_are_read(tmp_path, settings):
    (tmp_path / "access.log").write_bytes(line())
    settings.VIEWS_LOG = [f"{tmp_path}/*.log"]
    run()

    assert counted() == {(12, "2026-11-23"): 1}


@pytest.mark.parametrize(("way", "arguments"), [("counter", ["--log", "x"]), ("off", [])])
def test_nothing_is_counted_twice_or_against_the_settings(settings, way, arguments):
    settings.VIEWS = way

    with pytest.raises(CommandError):
        run(*arguments)
