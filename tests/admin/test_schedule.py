"""The pages that set times, and the calendar."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from cases.editing import scheduling
from cases.editing.review import steps
from cases.models import Case, Region, Schedule
from tests.admin.browser import drawn_fields
from tests.builders import make_case, make_published_case, make_region, make_user

pytestmark = pytest.mark.django_db
PERMISSIONS = ("view_case", "change_case", "publish")


@pytest.fixture
def chief(client):
    user = make_user("chief", permissions=PERMISSIONS)
    client.force_login(user)
    return user


@pytest.fixture
def approved(settings, chief):
    settings.REVIEWS = 0
    case = make_case(title="待发布的案例")
    steps.submit_for_review(case, by=chief)
    return case


def address(case):
    return reverse("admin:cases_case_schedule", args=[case.pk])


def local(**ahead):
    """A time as the browser sends it: by the clock of Beijing."""
    return (timezone.localtime() + datetime.timedelta(**ahead)).strftime("%Y-%m-%dT%H:%M")


def publish_at(client, case, at, **changed):
    return client.post(
        address(case), {"kind": "published", "published-at": at, "published-version": case.version, **changed}
    )


def test_a_time_is_set_in_beijing_time_and_kept_in_utc(client, approved):
    assert "时间（北京时间）" in client.get(address(approved)).content.decode()
    year = timezone.localtime().year + 1

    response = publish_at(client, approved, f"{year}-03-01T07:30")

    assert response.status_code == 302
    utc = datetime.UTC
    assert Schedule.objects.get().at == datetime.datetime(year, 2, 28, 23, 30, tzinfo=utc)
    assert f"{year}-03-01 07:30" in client.get(address(approved)).content.decode()


@pytest.mark.parametrize(
    ("at", "told"),
    [
        ({"days": -1}, "已经过去"),
        ({"days": 800}, "两年以后"),
        ("0001-01-01T00:00", "已经过去"),
        ("9999-12-31T23:59", "两年以后"),
        ("明天", "请填日期和时间"),
        ("\x00", "请填日期和时间"),
        ("", "必填"),
    ],
)
def test_a_time_that_will_not_do_is_refused_in_words(client, approved, at, told):
    response = publish_at(client, approved, at if isinstance(at, str) else local(**at))

    assert (response.status_code, told in response.content.decode()) == (200, True)
    assert not Schedule.objects.exists()


def test_who_saw_an_older_state_is_told_and_may_send_it_again(client, approved):
    response = publish_at(client, approved, at := local(days=1), **{"published-version": approved.version - 1})
    assert "刚才有人改过" in response.content.decode()

    again = drawn_fields(response, None)
    assert again["published-at"] == at
    client.post(address(approved), again)
    assert Schedule.objects.count() == 1


def test_a_withdrawal_is_set_with_its_reason_and_cancelled(client, chief):
    case = make_published_case().case
    wrong = {"kind": "withdrawn", "withdrawn-at": local(days=1), "withdrawn-version": case.version}
    assert "请写明撤下的原因" in client.post(address(case), wrong).content.decode()

    client.post(address(case), {**wrong, "withdrawn-reason": "活动结束"})
    one = Schedule.objects.get()
    assert (one.kind, one.reason) == ("withdrawn", "活动结束")

    client.post(address(case), {"cancel": one.pk})
    one.refresh_from_db()
    assert one.cancelled_by == chief


@pytest.mark.parametrize(
    "post", [{"kind": "x"}, {"cancel": "x"}, {"cancel": "9" * 30}, {"cancel": "9" * 5000}, {"kind": "published"}]
)
def test_a_forged_post_changes_nothing(client, approved, post):
    assert client.post(address(approved), post).status_code in (200, 404)
    assert not Schedule.objects.exists()


def test_a_case_out_of_scope_is_not_found_and_without_the_right_the_page_is_not_shown(client, approved):
    make_region("411100")
    elsewhere = make_user("elsewhere", permissions=PERMISSIONS)
    elsewhere.regions.set(Region.objects.filter(pk="411100"))
    client.force_login(elsewhere)
    assert client.get(address(approved)).status_code == 404

    client.force_login(make_user("writer", permissions=("view_case", "change_case")))
    assert client.get(address(approved)).status_code == 403


def test_what_did_not_happen_says_why(client, approved, chief):
    scheduling.schedule(approved, by=chief, kind="published", at=timezone.now())
    Schedule.objects.update(trouble="设定人的账号已停用", at=timezone.now() - datetime.timedelta(minutes=6))

    for page in (address(approved), reverse("admin:calendar")):
        assert "设定人的账号已停用" in client.get(page).content.decode()


# The calendar


def test_the_calendar_shows_a_month_of_what_the_person_sees(client, approved, chief):
    other = make_case(title="外地的案例", region=make_region("440300"))
    steps.submit_for_review(other, by=chief)
    at = timezone.now() + datetime.timedelta(hours=1)
    for case in (approved, other):
        scheduling.schedule(Case.objects.get(pk=case.pk), by=chief, kind="published", at=at)
    month = {"month": timezone.localtime(at).strftime("%Y-%m")}
    page = client.get(reverse("admin:calendar"), month).content.decode()
    assert ("待发布的案例" in page, "外地的案例" in page) == (True, True)

    local_one = make_user("local", permissions=PERMISSIONS)
    make_region("411100")
    local_one.regions.set(Region.objects.filter(pk__in=["411100"]))
    Case.objects.filter(pk=approved.pk).update(region="411100")
    client.force_login(local_one)
    page = client.get(reverse("admin:calendar"), month).content.decode()
    assert ("待发布的案例" in page, "外地的案例" in page) == (True, False)


@pytest.mark.parametrize("query", ["?month=abc", "?month=2026-13", "?day=2026-02-30", "?month=\x00", "?month=9999-12"])
def test_a_month_that_is_none_is_this_month(client, chief, query):
    assert client.get(reverse("admin:calendar") + query).context["month"] == timezone.localdate().replace(day=1)


def test_the_calendar_leads_from_month_to_month(client, chief):
    context = client.get(reverse("admin:calendar"), {"month": "2026-12"}).context

    assert (str(context["before"]), str(context["after"])) == ("2026-11-01", "2027-01-01")


@pytest.mark.parametrize("count", [1, 8])
def test_a_day_with_many_takes_no_more_queries_and_leads_to_a_page_of_its_own(
    client, chief, settings, count, django_assert_num_queries
):
    settings.REVIEWS = 0
    now = timezone.now()
    for _number in range(count):
        Schedule.objects.create(
            case=make_published_case().case, kind="withdrawn", at=now, reason="到期", by=chief, made_at=now
        )
    with django_assert_num_queries(8):
        page = client.get(reverse("admin:calendar"))
    assert ("另有" in page.content.decode()) == (count == 8)

    day = client.get(reverse("admin:calendar"), {"day": timezone.localdate().isoformat()})
    assert len(day.context["of_day"]) == count


def test_the_calendar_is_for_who_sees_cases(client):
    client.force_login(make_user("nobody"))

    assert client.get(reverse("admin:calendar")).status_code == 403
