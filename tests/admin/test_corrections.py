"""What readers report, in the admin: the list, one with its words in the case, and the answer."""

import datetime

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from cases.editing.corrections import Answered, answer, remove_contacts, start
from cases.editing.permissions import NotAllowed
from cases.models import AuditEntry, Correction
from cases.publishing import release
from tests.builders import make_case, make_content, make_published_case, make_region, make_user

pytestmark = pytest.mark.django_db

LIST = "/admin/cases/correction/"
EDITOR = ("view_correction", "change_correction", "view_case", "change_case")


def make_correction(case, *, days_ago=0, **values):
    number = Correction.objects.count()
    columns = {"kind": "typo", "text": f"第{number}处。", "token": f"token-{number}", "digest": str(number), **values}
    at = timezone.now() - datetime.timedelta(days=days_ago)
    return Correction.objects.create(case=case.case, received_at=at, **columns)


@pytest.fixture
def editor(client):
    user = make_user("keeper", permissions=EDITOR)
    client.force_login(user)
    return user


@pytest.fixture
def case():
    return make_published_case(intro="第一段说治抄。", region=make_region())


def address(correction):
    return reverse("admin:cases_correction_change", args=[correction.pk])


def listed(client, **query):
    return [row.pk for row in client.get(LIST, query).context["cl"].result_list]


def test_the_list_is_filtered_by_state_and_age(client, editor, case):
    new, old = make_correction(case), make_correction(case, days_ago=8)
    done = make_correction(case, days_ago=9)
    answer(done, by=editor, state="accepted", text="已改。")

    assert listed(client, state="open") == [new.pk, old.pk]
    assert listed(client, state="accepted") == [done.pk]
    assert listed(client, age="overdue") == [old.pk]
    assert listed(client, age="1") == [new.pk]
    assert "8 天，已超期" in client.get(LIST).content.decode()


def test_who_sees_part_of_the_cases_sees_the_corrections_of_these(client, case):
    make_correction(case)
    elsewhere = make_user("elsewhere", permissions=EDITOR)
    elsewhere.regions.add(make_region("440300"))
    client.force_login(elsewhere)

    assert listed(client) == []
    assert client.get(address(Correction.objects.get())).status_code == 404
    assert client.get("/admin/").context["corrections"] == {"waiting": 0, "overdue": 0}


def test_the_words_are_shown_in_their_passage_as_readers_see_it(client, editor, case):
    html = client.get(address(make_correction(case, quote="治抄"))).content.decode()

    assert "第一段说<mark>治抄</mark>。" in html
    assert f"/admin/cases/case/{case.pk}/change/#id_intro" in html


def test_words_that_are_no_longer_there_are_told(client, editor, case):
    html = client.get(address(make_correction(case, quote="没有这句"))).content.decode()
    release.withdraw(case.case, by=editor, reason="过时")
    withdrawn = client.get(address(Correction.objects.get())).content.decode()

    assert "已经没有这句话" in html
    assert "案例现在没有公开。" in withdrawn


def test_starting_leads_to_the_editor_at_the_words_and_is_recorded(client, editor, case):
    correction = make_correction(case, quote="治抄")
    response = client.post(address(correction), {"_start": "1"})

    assert response["Location"] == f"/admin/cases/case/{case.pk}/change/#id_intro"
    assert Correction.objects.get().state == "working"
    assert AuditEntry.objects.get(action="correction_started").case == case.pk


def test_an_answer_reaches_the_sender_and_the_audit(client, editor, case):
    correction = make_correction(case)
    client.post(address(correction), {"state": "declined", "answer": "原文如此。", "seen": ""})
    correction.refresh_from_db()

    assert (correction.state, correction.answer, correction.answered_by) == ("declined", "原文如此。", editor)
    assert "原文如此。" in client.get(f"/corrections/{correction.token}/").content.decode()
    entry = AuditEntry.objects.get(action="correction_answered")
    assert (entry.after, entry.case) == ({"state": "declined", "answer": "原文如此。"}, case.pk)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"state": "declined", "answer": " "}, "请写答复。"),
        ({"answer": "好"}, "请选采纳还是不采纳。"),
        ({"state": "received", "answer": "好"}, "请选采纳还是不采纳。"),
        ({"state": "accepted", "answer": "长" * 1001}, "1000"),
        ({"state": "accepted", "answer": "好\x00"}, "空字符"),
    ],
)
def test_half_an_answer_is_told_what_is_missing_and_kept(client, editor, case, values, words):
    correction = make_correction(case)
    response = client.post(address(correction), {"seen": "", **values})

    assert words in response.content.decode()
    assert Correction.objects.get().state == "received"
    assert response.context["form"]["answer"].value() == values.get("answer")


def test_no_contact_and_one_kept_no_longer_are_two_things(client, editor, case, settings):
    correction = make_correction(case, contact="")
    assert "没有留" in client.get(address(correction)).content.decode()
    answer(correction, by=editor, state="accepted", text="已改。")
    settings.CORRECTION_CONTACT_DAYS = -1
    html = client.get(address(correction)).content.decode()

    assert "已过保存期限，不再保留联系方式" in html
    assert "没有留" not in html


def test_of_two_who_answer_the_second_is_told(client, editor, case):
    correction = make_correction(case)
    seen_by_both = Correction.objects.get()
    answer(correction, by=editor, state="accepted", text="已改。")

    response = client.post(address(correction), {"state": "declined", "answer": "不改。", "seen": ""})

    assert "别人刚刚处理过" in response.content.decode()
    with pytest.raises(Answered):
        answer(seen_by_both, by=editor, state="declined", text="不改。")
    with pytest.raises(Answered):
        start(seen_by_both, by=editor)
    assert Correction.objects.get().answer == "已改。"


def test_an_answer_can_be_given_anew(client, editor, case):
    correction = make_correction(case)
    answer(correction, by=editor, state="declined", text="不改。")
    seen = client.get(address(correction)).context["seen"]
    client.post(address(correction), {"state": "accepted", "answer": "改了。", "seen": seen})

    assert Correction.objects.get().state == "accepted"


def test_who_only_looks_sees_no_contact_and_answers_nothing(client, case):
    correction = make_correction(case, contact="13800000000")
    client.force_login(make_user("reader", permissions=("view_correction", "view_case")))
    html = client.get(address(correction)).content.decode()

    assert "13800000000" not in html
    assert "只有答复的人能看" in html
    assert client.post(address(correction), {"_start": "1"}).status_code == 403
    with pytest.raises(NotAllowed):
        answer(correction, by=make_user("reader"), state="accepted", text="好")


def test_the_start_page_says_how_many_wait(client, editor, case):
    make_correction(case)
    make_correction(case, days_ago=8)

    assert client.get("/admin/").context["corrections"] == {"waiting": 2, "overdue": 1}


def test_a_contact_goes_some_days_after_the_answer(editor, case, settings):
    settings.CORRECTION_CONTACT_DAYS = 30
    waiting, answered = (make_correction(case, contact="张三") for _ in range(2))
    answer(answered, by=editor, state="accepted", text="已改。")

    def contacts():
        return list(Correction.objects.order_by("pk").values_list("contact", flat=True))

    call_command("do_due")
    assert contacts() == ["张三", "张三"]
    assert remove_contacts(timezone.now() + datetime.timedelta(days=31)) == 1
    assert contacts() == ["张三", ""]
    assert AuditEntry.objects.get(action="contacts_removed").after == {"count": 1}
    assert waiting.pk == Correction.objects.exclude(contact="").get().pk


@pytest.mark.parametrize("key", ["0", "x", "9" * 30, "1%00"])
def test_a_correction_that_is_not_there_is_not_found(client, editor, key):
    assert client.get(f"{LIST}{key}/change/").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_is_read_in_as_many_queries_however_long(client, editor, case, count, django_assert_num_queries):
    for _ in range(count):
        make_correction(make_published_case(make_content()))
    make_case()

    with django_assert_num_queries(7):
        assert len(listed(client)) == count
