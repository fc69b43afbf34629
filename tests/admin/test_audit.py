"""操作记录 and 发布记录 in the admin."""

import dataclasses
import datetime
import json

import pytest
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.urls import reverse
from django.utils import timezone

from cases.admin.audited import Audited
from cases.editing.audit.acting import acting
from cases.editing.audit.recording import record
from cases.editing.drafts import freeze, read_draft, write_draft
from cases.models import Alias, AuditEntry, AuditWay
from cases.publishing import release
from tests.admin.browser import drawn_fields
from tests.builders import make_audit_entry, make_case, make_published_case, make_region, make_theme, make_user

pytestmark = pytest.mark.django_db
LIST = "/admin/cases/auditentry/"
SEES = ("view_auditentry", "export_audit", "view_case", "view_publication")


@pytest.fixture
def keeper(client):
    user = make_user("keeper", permissions=SEES)
    client.force_login(user)
    return user


def shown(response):
    return [entry.title for entry in response.context["cl"].result_list if entry.kind != "user"]


def test_every_table_of_the_admin_writes_the_audit_and_none_the_log_of_django():
    assert [model for model, table in admin.site._registry.items() if not isinstance(table, Audited)] == []


def test_what_a_form_changed_is_recorded_with_before_and_after(client):
    keeper = make_user("admin", permissions=("*",))
    client.force_login(keeper)
    theme = make_theme(keywords=["路"])
    address = reverse("admin:cases_theme_change", args=[theme.pk])

    client.post(address, drawn_fields(client.get(address), "theme_form") | {"name": "交通", "keywords": "路\n桥"})
    client.post(address, drawn_fields(client.get(address), "theme_form"))

    [entry] = AuditEntry.objects.filter(action="changed")
    assert (entry.kind, entry.key, entry.actor) == ("theme", theme.pk, keeper.pk)
    assert entry.before == {"name": "交通物流", "keywords": ["路"]}
    assert entry.after == {"name": "交通", "keywords": ["桥", "路"]}
    assert "交通物流" in client.get(reverse("admin:cases_theme_history", args=[theme.pk])).content.decode()
    assert not LogEntry.objects.exists()


def test_what_is_added_and_deleted_is_recorded(client):
    client.force_login(make_user("admin", permissions=("*",)))

    client.post(reverse("admin:cases_alias_merge"), {"kind": "tag", "old": "治超", "new": "治超载"})
    client.post(reverse("admin:cases_alias_delete", args=[Alias.objects.get().pk]), {"post": "yes"})

    entries = AuditEntry.objects.filter(kind="alias").order_by("pk")
    assert [(entry.action, (entry.after or entry.before)["new"]) for entry in entries] == [
        ("added", "治超载"),
        ("deleted", "治超载"),
    ]


def test_the_list_is_searched_and_filtered(client, keeper):
    for title, action in (("治超", "saved"), ("办证", "approved"), ("治超二", "approved")):
        make_audit_entry(title=title, action=action, address="192.0.2.7")
    make_audit_entry(title="早的", at=timezone.now() - datetime.timedelta(days=40))

    assert shown(client.get(LIST, {"q": "治超"})) == ["治超二", "治超"]
    assert shown(client.get(LIST, {"action": "approved"})) == ["治超二", "办证"]
    assert shown(client.get(LIST, {"action": "approved", "q": "192.0.2"})) == ["治超二", "办证"]
    assert "早的" not in shown(client.get(LIST, {"since": "30"}))
    assert "早的" in shown(client.get(LIST, {"since": "184"}))


@pytest.mark.parametrize("name", ["q", "action", "since", "way__exact", "case", "\x00"])
def test_no_filter_takes_a_nul(client, keeper, name):
    assert client.get(LIST, {name: "\x00"}, follow=True).status_code == 200


def test_an_entry_is_read_in_words_and_never_changed(client, keeper):
    case = make_case(title="治超")
    write_draft(dataclasses.replace(read_draft(case), title="治超载"), by=make_user(), case=case)
    entry = AuditEntry.objects.get(action="saved")
    address = reverse("admin:cases_auditentry_change", args=[entry.pk])

    page = client.get(address).content.decode()

    for words in ("保存草稿", "标题", "治超载"):
        assert words in page
    assert client.post(address, {}).status_code == 403


@pytest.mark.parametrize("ending", ["csv", "jsonl"])
def test_what_is_found_is_exported_and_the_export_is_an_entry(client, keeper, ending):
    make_audit_entry(title="治超", actor_name="=1+1")
    make_audit_entry(title="办证")

    response = client.get(f"{LIST}export.{ending}", {"q": "治超"})
    lines = response.getvalue().decode().splitlines()

    if ending == "csv":
        assert len(lines) == 2
        assert "'=1+1" in lines[1]
    else:
        assert [json.loads(line)["title"] for line in lines] == ["治超"]
    last = AuditEntry.objects.first()
    assert (last.action, last.actor, last.after) == ("exported", keeper.pk, {"format": ending, "count": 1})


def test_the_export_takes_a_right_of_its_own(client):
    client.force_login(make_user("looks", permissions=("view_auditentry",)))

    assert client.get(LIST).status_code == 200
    assert client.get(f"{LIST}export.csv").status_code == 403


def test_an_entry_on_a_case_out_of_reach_is_not_seen(client, keeper):
    mine, other = make_region("411100"), make_region("440300")
    make_case(title="近", region=mine)
    far = make_case(title="远", region=other)
    keeper.regions.add(mine)

    assert {"近", "远"} & set(shown(client.get(LIST))) == {"近"}
    entry = AuditEntry.objects.get(case=far.pk)
    assert client.get(reverse("admin:cases_auditentry_change", args=[entry.pk])).status_code == 404
    assert "远" not in client.get(f"{LIST}export.csv").getvalue().decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_as_many_queries_however_long_it_is(client, keeper, count, django_assert_num_queries):
    for _ in range(count):
        make_audit_entry(title="治超")

    with django_assert_num_queries(7):
        client.get(LIST)


# 发布记录


def republish(case, *, date_reason="", **changes):
    by = make_user()
    case = write_draft(dataclasses.replace(read_draft(case), **changes), by=by, case=case)
    release.publish(freeze(case, by=by, date_reason=date_reason), by=by)
    return case


def records(client, **asked):
    return client.get(reverse("admin:records"), asked)


def test_what_went_public_and_what_was_taken_down_is_listed(client, keeper):
    case = make_published_case(title="治超").case
    release.withdraw(case, by=make_user(), reason="内容有误")

    rows = records(client).context["rows"]

    assert [(row.title, row.publication.kind, row.is_dated_anew) for row in rows] == [
        ("治超", "published", False),
        ("治超", "withdrawn", False),
    ]
    assert "撤下的原因：内容有误" in records(client).content.decode()


def test_a_changed_date_is_flagged_with_its_reason(client, keeper):
    case = make_published_case(published_at=datetime.date(2024, 5, 1)).case
    case = republish(case, title="只改标题")
    case = republish(case, published_at=None, date_reason="原文没有日期")
    republish(case, published_at=datetime.date(2024, 6, 1))

    page = records(client)

    assert [(row.dated_before, row.dated, row.is_dated_anew) for row in page.context["rows"]] == [
        (None, "2024-05-01", False),
        ("2024-05-01", "2024-05-01", False),
        ("2024-05-01", "", True),
        ("", "2024-06-01", True),
    ]
    assert "原因：原文没有日期" in page.content.decode()
    assert "没有写原因" in page.content.decode()


def test_the_period_is_asked_for_by_days(client, keeper):
    make_published_case()
    today = timezone.localdate()
    yesterday = today - datetime.timedelta(days=1)

    assert len(records(client, first=today, last=today).context["rows"]) == 1
    assert records(client, first=yesterday, last=yesterday).context["rows"] == []
    assert "结束日期早于开始日期" in records(client, first=today, last=yesterday).content.decode()
    assert records(client, first="x").status_code == 200


def test_two_accounts_at_one_address_are_told_of(client, keeper):
    near, far = make_case(), make_case()
    for case, addresses in ((near, ("192.0.2.7", "192.0.2.7")), (far, ("192.0.2.7", "192.0.2.9"))):
        for account, action, address in zip("ab", ("submitted", "approved"), addresses, strict=True):
            with acting(way=AuditWay.ADMIN, address=address):
                record(action, by=make_user(account), about=case)
        release.publish(freeze(case, by=make_user()), by=make_user())

    assert [row.near for row in records(client).context["rows"]] == ["192.0.2.7", ""]


def test_cases_out_of_reach_are_not_listed(client, keeper):
    make_published_case(region=make_region("440300"))
    keeper.regions.add(make_region("411100"))

    assert records(client).context["rows"] == []


@pytest.mark.parametrize("count", [1, 3])
def test_the_records_take_as_many_queries_however_many(client, keeper, count, django_assert_num_queries):
    for _ in range(count):
        make_published_case()

    with django_assert_num_queries(7):
        records(client)
