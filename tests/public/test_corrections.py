"""我要纠错 without an account: what is taken, what is refused, and the receipt."""

import re
import time

import pytest
from django.core.cache import cache
from django.db import IntegrityError

from cases.models import Correction
from cases.public.corrections import guard
from cases.public.corrections.guard import Refused, new_stamp, read_stamp
from cases.public.corrections.receiving import receive
from cases.publishing import release
from tests.builders import make_case, make_published_case, make_user

pytestmark = pytest.mark.django_db

SENT = {"quote": "", "kind": "typo", "text": "应为治超。", "contact": ""}


@pytest.fixture(autouse=True)
def _nobody_sent_before():
    cache.clear()


@pytest.fixture
def case():
    return make_published_case(intro="第一段说治抄。")


def address(case):
    return f"/cases/{case.pk}/correction/"


def stamp(case, seconds_ago=60):
    drawn = guard.Stamp(case.pk, int(time.time()) - seconds_ago, new_stamp(case.pk).token)
    return str(drawn)


def send(client, case, *, seconds_ago=60, **values):
    return client.post(address(case), {**SENT, "stamp": stamp(case, seconds_ago), **values})


def told(response):
    return re.sub(r"<[^>]+>|\s+", "", response.content.decode())


def test_the_form_carries_the_selected_words(client, case):
    response = client.get(address(case), {"quote": "治抄"})

    assert ">\n治抄</textarea>" in response.content.decode()
    assert client.get(address(case), {"quote": "长" * 5000}).context["form"]["quote"].value() == "长" * 300


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_the_form_is_kept_by_nobody_listed_nowhere_and_sets_no_cookie(client, case, prefix):
    response = client.get(prefix + address(case))

    assert response["Cache-Control"] == "private, no-store"
    assert response["X-Robots-Tag"].startswith("noindex")
    assert not response.cookies
    assert "csrf" not in response.content.decode()


def test_a_correction_is_kept_with_its_place_and_leads_to_its_receipt(client, case):
    response = send(client, case, quote="治抄", contact="010-1")
    kept = Correction.objects.get()

    assert (response.status_code, response["Location"]) == (302, f"/corrections/{kept.token}/")
    assert (kept.case_id, kept.place, kept.version, kept.kind) == (case.pk, "intro", 1, "typo")
    assert (kept.quote, kept.text, kept.contact, kept.state) == ("治抄", "应为治超。", "010-1", "received")
    assert not response.cookies


def test_a_receipt_shows_state_and_answer_and_not_the_contact(client, case):
    receipt = send(client, case, contact="张三")["Location"]
    page = client.get(receipt)

    assert "状态收到" in told(page)
    assert "张三" not in told(page)
    assert (page["Cache-Control"], page["Referrer-Policy"]) == ("private, no-store", "no-referrer")
    assert page["X-Robots-Tag"].startswith("noindex")
    assert not page.cookies


def test_a_receipt_shows_its_address_to_be_copied_or_scanned_and_leads_to_no_file_of_it(client, case):
    receipt = send(client, case)["Location"]
    html = client.get(receipt, {"from": "x"}).content.decode()

    assert f'id="share-address">http://testserver{receipt}</p>' in html
    assert 'data-copy="share-address"' in html
    assert 'aria-label="这个地址的二维码"><svg viewBox=' in html
    assert "style=" not in html
    assert "qr.svg" not in html


def test_each_field_says_by_itself_what_is_wrong_with_it(client, case):
    html = send(client, case, text="", kind="").content.decode()

    assert 'aria-describedby="id_text_helptext id_text_error"' in html
    assert 'aria-describedby="id_contact_helptext"' in html
    assert '<p class="correction__error" id="id_text_error">请写明错在哪里。</p>' in html
    assert 'id="kind" aria-describedby="id_kind_error"' in html
    assert '<p class="correction__error" id="id_kind_error">请选一类。</p>' in html


def test_a_filled_trap_is_named(client, case):
    assert "请不要填这一栏这一栏请留空。" in told(send(client, case, website="x"))


def test_a_receipt_that_is_not_there_is_not_found(client):
    assert client.get("/corrections/abc-_def/").status_code == 404
    assert client.get("/corrections/%00/").status_code == 404
    assert client.post("/corrections/abc/").status_code == 405


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"text": ""}, "请写明错在哪里。"),
        ({"text": " \n\t "}, "请写明错在哪里。"),
        ({"text": "\x00\x07"}, "请写明错在哪里。"),
        ({"text": "长" * 2001}, "最多2000个字，现在是2001个。"),
        ({"quote": "长" * 301}, "最多300个字，现在是301个。"),
        ({"contact": "长" * 101}, "最多100个字"),
        ({"kind": ""}, "请选一类。"),
        ({"kind": "x"}, "请选一类。"),
        ({"website": "http://x"}, "这一栏请留空。"),
        ({"stamp": ""}, "这张表格不完整"),
        ({"stamp": "WzEsMiwzXQ:x"}, "这张表格不完整"),
    ],
)
def test_what_cannot_be_taken_is_told_and_nothing_typed_is_lost(client, case, values, words):
    response = send(client, case, **values)

    assert response.status_code == 400
    assert words in told(response)
    assert 'role="alert"' in response.content.decode()
    assert Correction.objects.count() == 0
    assert response.context["form"]["text"].value() == values.get("text", SENT["text"])


def test_a_megabyte_of_text_is_refused_in_words(client, case):
    response = send(client, case, text="a" * 1_000_000)

    assert response.status_code == 400
    assert "最多2000个字" in told(response)


def test_characters_nobody_types_are_left_out(client, case):
    send(client, case, text="甲\x00\x1b乙\r\n丙\u202e😀")

    assert Correction.objects.get().text == "甲乙\n丙😀"


@pytest.mark.parametrize(("seconds", "words"), [(0, "提交得太快了"), (13 * 3600, "页面打开得太久了")])
def test_a_form_sent_too_soon_or_too_late_asks_once_more(client, case, seconds, words):
    response = send(client, case, seconds_ago=seconds)

    assert words in told(response)
    assert response.context["form"]["text"].value() == SENT["text"]
    assert Correction.objects.count() == 0


def test_a_stamp_of_another_case_is_refused(case):
    with pytest.raises(Refused):
        read_stamp(str(new_stamp(case.pk + 1)), case.pk)


def test_sending_a_form_twice_leads_to_the_same_receipt(client, case):
    again = {"stamp": stamp(case)}
    first, second = send(client, case, **again), send(client, case, **again)

    assert first["Location"] == second["Location"]
    assert Correction.objects.count() == 1


def test_the_same_words_from_another_form_are_told_as_received(client, case):
    first, second = send(client, case), send(client, case)

    assert first["Location"] == second["Location"]
    assert Correction.objects.count() == 1


def test_other_words_from_a_used_form_are_kept_and_asked_for_once_more(client, case):
    used = stamp(case)
    send(client, case, stamp=used)
    response = send(client, case, stamp=used, text="另有一处。")

    assert "已经提交过了" in told(response)
    assert response.context["form"]["text"].value() == "另有一处。"
    assert response.context["stamp"] != used


def test_of_two_sent_at_once_the_first_is_kept(case, monkeypatch):
    first = receive(case, SENT, "one")

    assert receive(case, SENT, "two") == first
    with pytest.raises(IntegrityError):
        receive(case, {**SENT, "text": "别的"}, "one")


def test_who_sends_too_much_waits_an_hour_and_loses_nothing(client, case, settings):
    settings.CORRECTIONS_AN_HOUR_FROM_ONE = 2
    answers = [send(client, case, text=f"第{number}处。") for number in range(3)]
    elsewhere = client.post(address(case), {**SENT, "text": "第9处。", "stamp": stamp(case)}, REMOTE_ADDR="192.0.2.9")

    assert [answer.status_code for answer in answers] == [302, 302, 429]
    assert "第2处。" in told(answers[2])
    assert elsewhere.status_code == 302


def test_all_together_send_no_more_than_the_site_takes(client, case, settings):
    settings.CORRECTIONS_AN_HOUR = 1
    send(client, case)

    assert send(client, case, text="又一处。", REMOTE_ADDR="192.0.2.9").status_code == 429


def test_no_address_is_kept(client, case):
    client.post(address(case), {**SENT, "stamp": stamp(case)}, REMOTE_ADDR="192.0.2.77")

    row = Correction.objects.values().get()
    assert not any("192.0.2.77" in str(value) for value in row.values())


def test_a_case_that_is_not_public_takes_no_correction(client, case):
    draft = make_case()
    release.withdraw(case.case, by=make_user(), reason="过时")

    assert client.get(address(draft)).status_code == 404
    assert client.get("/cases/99999999999999999999/correction/").status_code == 404
    assert client.get(address(case)).status_code == 410
    assert send(client, case).status_code == 410


def test_a_case_page_links_to_its_form_and_a_form_is_for_get_and_post(client, case):
    assert f'href="{address(case)}"' in client.get(case.get_absolute_url()).content.decode()
    assert client.put(address(case)).status_code == 405
    assert client.head(address(case)).status_code == 200


def test_a_receipt_outlives_the_case(client, case):
    receipt = send(client, case)["Location"]
    release.withdraw(case.case, by=make_user(), reason="过时")

    assert "这个案例已经撤下" in told(client.get(receipt))
