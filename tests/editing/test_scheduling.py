"""What is set for a time happens at it: once, whole, or not at all and with the reason."""

import datetime

import pytest
from django.core.management import call_command
from django.utils import timezone

from cases.editing import scheduling
from cases.editing.drafts import Conflict, freeze, write_draft
from cases.editing.permissions import NotAllowed
from cases.editing.review import steps
from cases.models import AuditEntry, Case, Publication, PublishedCase, Region, Review, Revision, Schedule, User
from tests.builders import make_case, make_content, make_published_case, make_region, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def chief():
    return make_user("chief", permissions=("view_case", "change_case", "publish", "force_publish"))


def approved(settings, chief, **values):
    """A case that went through its reviews, of which there are none here."""
    settings.REVIEWS = 0
    case = make_case(**values)
    steps.submit_for_review(case, by=chief)
    return case


def soon(**ahead):
    return timezone.now() + datetime.timedelta(**(ahead or {"hours": 1}))


def kinds():
    return list(Publication.objects.values_list("kind", flat=True))


def test_a_case_goes_live_at_its_time_and_not_before(settings, chief):
    case = approved(settings, chief)
    scheduling.schedule(case, by=chief, kind="published", at=soon())

    assert scheduling.do_due() == []
    assert kinds() == []

    [done] = scheduling.do_due(soon(hours=2))
    assert (done.trouble, done.schedule.case) == ("", case)
    assert PublishedCase.objects.get().pk == case.pk
    assert list(Review.objects.values_list("step", "way")) == [
        *(("submitted", "admin"), ("scheduled", "admin"), ("published", "timer")),
    ]


def test_what_is_done_is_done_once(settings, chief):
    case = approved(settings, chief)
    scheduling.schedule(case, by=chief, kind="published", at=soon())

    results = [len(scheduling.do_due(soon(hours=2))) for _ in range(3)]

    assert (results, kinds()) == ([1, 0, 0], ["published"])


def test_a_late_timer_does_all_that_was_due_in_order(settings, chief):
    case = approved(settings, chief)
    scheduling.schedule(case, by=chief, kind="published", at=soon(hours=1))
    scheduling.schedule(case, by=chief, kind="withdrawn", at=soon(hours=2), reason="活动结束")

    scheduling.do_due(soon(days=3))

    assert kinds() == ["published", "withdrawn"]
    assert Publication.objects.last().at < soon(minutes=1)  # when it happened, not when it was meant to
    assert Publication.objects.last().reason == "活动结束"


def test_without_reviews_what_goes_live_is_what_stood_there_when_the_time_was_set(settings, chief):
    settings.REVIEWS = 0
    case = make_case(title="定时那一刻")
    scheduling.schedule(case, by=chief, kind="published", at=soon())

    assert (case.stage, Schedule.objects.get().revision) == ("approved", case.revisions.get())


def test_a_draft_in_review_has_no_time_set(settings, chief):
    settings.REVIEWS = 3
    case = make_case()

    with pytest.raises(NotAllowed, match="不能做这一步"):
        scheduling.schedule(case, by=chief, kind="published", at=soon())


@pytest.mark.parametrize(("at", "told"), [({"minutes": -2}, "已经过去"), ({"days": 740}, "两年")])
def test_the_past_and_the_far_future_are_refused(settings, chief, at, told):
    case = approved(settings, chief)

    with pytest.raises(NotAllowed, match=told):
        scheduling.schedule(case, by=chief, kind="published", at=soon(**at))


def test_a_new_time_takes_the_place_of_the_old(settings, chief):
    case = approved(settings, chief)
    first = scheduling.schedule(case, by=chief, kind="published", at=soon())
    second = scheduling.schedule(case, by=chief, kind="published", at=soon(days=2))

    assert list(scheduling.open_schedules()) == [second]
    first.refresh_from_db()
    assert first.cancelled_by == chief
    steps_taken = [(review.step, review.opinion[:2]) for review in Review.objects.all()[1:]]
    assert steps_taken == [("scheduled", "发布"), ("unscheduled", "发布"), ("scheduled", "发布")]


def test_what_is_cancelled_does_not_happen_and_is_not_cancelled_twice(settings, chief):
    case = approved(settings, chief)
    one = scheduling.schedule(case, by=chief, kind="published", at=soon())

    scheduling.cancel(one, by=chief)

    assert (scheduling.do_due(soon(days=1)), kinds()) == ([], [])
    with pytest.raises(NotAllowed, match="已经执行或取消"):
        scheduling.cancel(one, by=chief)
    assert Review.objects.filter(step="unscheduled").count() == 1


def test_the_time_is_set_by_who_saw_the_case_as_it_is(settings, chief):
    case = approved(settings, chief)
    seen = Case.objects.get(pk=case.pk)
    steps.return_case(case, by=make_user("other", permissions=("publish",)), opinion="再改")

    with pytest.raises(Conflict):
        scheduling.schedule(seen, by=chief, kind="published", at=soon())


@pytest.mark.parametrize(
    ("values", "told"),
    [({"reason": "停办"}, "没有公开"), ({}, "没有公开")],
)
def test_what_is_not_public_is_not_taken_down_later(chief, values, told):
    with pytest.raises(NotAllowed, match=told):
        scheduling.schedule(make_case(), by=chief, kind="withdrawn", at=soon(), **values)


def test_a_withdrawal_has_a_reason_or_leads_to_another_public_case(chief):
    public, other = make_published_case().case, make_published_case().case
    for given in ({}, {"redirect_to": public}, {"redirect_to": make_case()}):
        with pytest.raises(NotAllowed):
            scheduling.schedule(Case.objects.get(pk=public.pk), by=chief, kind="withdrawn", at=soon(), **given)

    scheduling.schedule(Case.objects.get(pk=public.pk), by=chief, kind="withdrawn", at=soon(), redirect_to=other)
    scheduling.do_due(soon(days=1))

    assert Publication.objects.last().redirect_to == other


def test_only_who_may_publish_sets_a_time(settings, chief):
    case = approved(settings, chief)

    with pytest.raises(NotAllowed, match="权限"):
        scheduling.schedule(case, by=make_user("writer", permissions=("change_case",)), kind="published", at=soon())


def test_a_case_out_of_scope_is_neither_scheduled_nor_its_time_cancelled(settings, chief):
    case = approved(settings, chief)
    one = scheduling.schedule(case, by=chief, kind="published", at=soon())
    make_region("411100")
    elsewhere = make_user("elsewhere", permissions=("publish",))
    elsewhere.regions.set(Region.objects.filter(pk="411100"))

    with pytest.raises(NotAllowed, match="之内"):
        scheduling.cancel(one, by=elsewhere)
    with pytest.raises(NotAllowed, match="之内"):
        scheduling.schedule(case, by=elsewhere, kind="published", at=soon())


def test_what_cannot_be_done_keeps_its_stage_and_says_why(settings, chief):
    case = approved(settings, chief)
    scheduling.schedule(case, by=chief, kind="published", at=soon())
    User.objects.filter(pk=chief.pk).update(is_active=False)

    [done] = scheduling.do_due(soon(hours=2))

    one = Schedule.objects.get()
    assert (done.trouble, one.trouble) == (one.trouble, "设定人的账号已停用，请由别人重新定时。")
    assert (one.done_at, one.tries, Case.objects.get().stage, kinds()) == (None, 1, "approved", [])


def test_what_cannot_be_done_is_recorded_once_and_not_every_minute(settings, chief):
    case = approved(settings, chief)
    scheduling.schedule(case, by=chief, kind="published", at=soon())
    chief.user_permissions.clear()
    told = ("published", "failed", "timer", "chief", "您没有做这一步的权限。")

    for _minute in range(3):
        scheduling.do_due(soon(hours=2))

    entries = AuditEntry.objects.filter(case=case.pk).exclude(outcome="done")
    assert list(entries.values_list("action", "outcome", "way", "actor_name", "note")) == [told]


def test_what_is_incomplete_by_now_stays_and_says_what_is_missing(settings, chief):
    case = approved(settings, chief)
    scheduling.schedule(case, by=chief, kind="published", at=soon())
    lacking = freeze(write_draft(make_content(title=""), by=chief, case=in_draft(case)), by=chief)
    Case.objects.update(stage="approved", submitted_revision=lacking)
    Schedule.objects.update(revision=lacking)

    [done] = scheduling.do_due(soon(hours=2))

    assert (done.trouble, Case.objects.get().stage, kinds()) == ("还缺：缺少标题", "approved", [])


def in_draft(case):
    Case.objects.update(stage="draft")
    return Case.objects.get(pk=case.pk)


def test_one_that_breaks_does_not_keep_the_others(settings, chief):
    broken, fine = approved(settings, chief), approved(settings, chief)
    for case in (broken, fine):
        scheduling.schedule(case, by=chief, kind="published", at=soon())
    unreadable = Revision.objects.create(
        case=broken, number=9, content={"format": 99}, digest=broken.digest, at=timezone.now(), by=chief
    )
    Case.objects.filter(pk=broken.pk).update(submitted_revision=unreadable)
    Schedule.objects.filter(case=broken).update(revision=unreadable)

    troubles = [done.trouble for done in scheduling.do_due(soon(hours=2))]

    assert troubles == ["系统出错，已经记录下来，会自动再试。", ""]
    assert list(PublishedCase.objects.values_list("pk", flat=True)) == [fine.pk]


def test_a_return_a_publication_and_a_withdrawal_in_person_close_what_was_set(settings, chief):
    case = approved(settings, chief)
    scheduling.schedule(case, by=chief, kind="published", at=soon())
    steps.publish_approved(case, by=chief)
    assert list(scheduling.open_schedules()) == []

    scheduling.schedule(case, by=chief, kind="withdrawn", at=soon(), reason="到期")
    write_draft(make_content(), by=chief, case=case)
    steps.submit_for_review(case, by=chief)
    steps.take_back(case, by=chief)
    assert scheduling.open_schedules().count() == 1  # the live page is still to be taken down

    steps.withdraw_case(case, by=chief, reason="提前撤下")
    assert list(scheduling.open_schedules()) == []
    assert Review.objects.filter(step="unscheduled").count() == 2


def test_what_is_five_minutes_overdue_is_late(settings, chief):
    case = approved(settings, chief)
    scheduling.schedule(case, by=chief, kind="published", at=soon())

    for late, count in ((4, 0), (6, 1)):
        Schedule.objects.update(at=timezone.now() - datetime.timedelta(minutes=late))
        assert scheduling.late_schedules().count() == count


def test_the_command_tells_what_was_done_and_what_was_not(settings, chief, capsys):
    made = make_user("other", permissions=("publish", "change_case"))
    for by in (chief, made):
        scheduling.schedule(approved(settings, chief, title=f"案例{by}"), by=by, kind="published", at=soon())
    Schedule.objects.update(at=timezone.now())
    User.objects.filter(pk=made.pk).update(is_active=False)

    call_command("do_due")

    out, err = capsys.readouterr()
    assert out == "已执行 1 项\n巡检 1 个案例\n"
    assert "案例other”，设定人的账号已停用" in err


def test_nothing_due_costs_one_query(django_assert_num_queries):
    with django_assert_num_queries(1):
        assert scheduling.do_due() == []
