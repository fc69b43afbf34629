"""What an inspector would find: in the texts, in the columns, in the settings."""

import dataclasses
import datetime

import pytest
from django.core.management import call_command
from django.utils import timezone

from cases.content import InitiativeContent, PictureContent
from cases.editing.dead_links import known_addresses
from cases.editing.drafts import freeze
from cases.editing.inspection import bodies, panel, site
from cases.editing.inspection.bodies import inspect_all, inspect_due
from cases.editing.inspection.links import dead_in_public, ignore, listen_again, surely_dead
from cases.editing.permissions import NotAllowed
from cases.editing.site_pages import load_site_pages
from cases.models import (
    AuditEntry,
    CaseFinding,
    CaseLink,
    CaseViews,
    Correction,
    DeadLink,
    IgnoredLink,
    Inspection,
    PublishedCase,
    SitePage,
)
from cases.publishing import release
from tests.builders import make_case, make_published_case, make_region, make_theme, make_user

pytestmark = pytest.mark.django_db

PICTURE = PictureContent(file="a" * 64 + ".png")
DEAD = "http://gone.example.cn/a"


@pytest.fixture
def keeper():
    return make_user("keeper", permissions=("*",))


def counts(user):
    return {line.key: line.count for line in panel.lines(user)}


def found():
    return sorted(CaseFinding.objects.values_list("case", "kind", "place"))


def make_dead(address=DEAD, **values):
    return DeadLink.objects.create(**{"address": address, "checked_at": timezone.now(), "status": 404, **values})


# Texts


def test_what_is_wrong_with_the_texts_is_found_with_its_place():
    case = make_published_case(source_name="", source_url="", pictures=(PICTURE,))
    fine = make_published_case(source_name="日报", source_url="http://a.cn/", origin="reprint")
    make_case(source_name="")
    inspect_all()

    assert found() == [
        (case.pk, "picture", "pictures[0].alt"),
        (case.pk, "source", "source_name"),
        (case.pk, "source", "source_url"),
    ]
    assert list(CaseLink.objects.values_list("case", "address", "place")) == [(fine.pk, "http://a.cn/", "source_url")]


@pytest.mark.parametrize(
    ("values", "owner", "tags"),
    [
        ({"source_name": "", "organization": ""}, "某局", ["ContentSource"]),
        ({"source_name": "", "organization": "", "origin": "original"}, "", ["ContentSource"]),
        ({"source_name": "", "organization": "", "origin": "original"}, "某局", []),
        ({"source_name": "", "organization": "某局"}, "", []),
        ({"source_name": "日报"}, "", []),
    ],
)
def test_tags_that_would_be_empty_are_told(settings, values, owner, tags):
    settings.SITE_OWNER = owner
    content = dataclasses.replace(make_published_case().content, **values)

    assert bodies.empty_tags(content) == tags


def test_what_is_mended_and_published_is_gone_when_the_timer_comes_round(keeper):
    case = make_published_case(source_name="", source_url="http://a.cn/", by=keeper)
    call_command("do_due")
    assert counts(keeper)["sources"] == 1

    mended = dataclasses.replace(case.content, source_name="日报")
    release.publish(freeze(case.case, by=keeper, content=mended), by=keeper)
    call_command("do_due")

    assert counts(keeper)["sources"] == 0
    assert Inspection.objects.get().cases == 1


def test_the_timer_says_how_many_texts_it_looked_at(capsys):
    for _ in range(3):
        make_published_case()
    outputs = []
    for is_asked_for in (False, False, True):
        if is_asked_for:
            bodies.want_all()
        call_command("do_due")
        outputs.append(capsys.readouterr().out)

    assert outputs == ["已执行 0 项\n巡检 3 个案例\n", "已执行 0 项\n", "已执行 0 项\n巡检 3 个案例\n"]


def test_what_is_taken_down_is_no_concern_any_more(keeper):
    case = make_published_case(source_name="", by=keeper)
    inspect_all()
    release.withdraw(case.case, by=keeper, reason="过时")
    assert counts(keeper)["sources"] == 0

    inspect_all()
    assert found() == []


def test_all_texts_are_looked_at_once_a_day_and_by_one_at_a_time():
    make_published_case(source_name="")
    now = timezone.now()
    assert inspect_due(now).cases == 1
    assert inspect_due(now).cases == 0
    assert inspect_due(now + datetime.timedelta(days=1)).cases == 1

    Inspection.objects.update(started_at=now)
    assert inspect_all(now) is None
    assert inspect_all(now + datetime.timedelta(hours=2)).cases == 1


def test_publishing_everything_anew_drops_nothing(keeper):
    make_published_case(source_name="", by=keeper)
    inspect_all()
    call_command("rebuild_published")

    assert counts(keeper)["sources"] == 2


@pytest.mark.parametrize("count", [1, 30])
def test_texts_are_looked_at_in_as_many_queries_however_many(count, django_assert_num_queries):
    for _ in range(count):
        make_published_case(source_name="")
    inspect_all()

    with django_assert_num_queries(12):
        inspect_all()


# Columns and settings


def ago(days):
    return timezone.now() - datetime.timedelta(days=days)


@pytest.mark.parametrize(
    ("days", "silent"),
    [
        (14, []),
        (15, ["home", "cases", "regions"]),
        (183, ["home", "cases", "regions", "numbers"]),
    ],
)
def test_a_column_is_silent_when_its_newest_case_is_older_than_its_limit(days, silent):
    case = make_published_case(region=make_region())
    PublishedCase.objects.filter(pk=case.pk).update(first_released_at=ago(days))

    assert [state.column.key for state in site.columns() if state.is_silent] == silent


def test_a_column_without_cases_is_empty_and_not_silent():
    states = {state.column.key: state for state in site.columns()}

    assert [state.cases for state in states.values()] == [0] * len(states)
    assert not any(state.is_silent for state in states.values())


def test_what_is_empty_is_counted(keeper):
    theme, used = make_theme("a", "甲"), make_theme("b", "乙")
    make_theme("c", "丙", is_retired=True)
    make_published_case(themes=(used,), tags=("治超",), policies=("甲办法",), region=make_region(), by=keeper)
    SitePage.objects.create(slug="about", title="关于", body="正文")
    SitePage.objects.create(slug="privacy", title="隐私", body="")

    assert list(site.empty_themes(own=True)) == [theme]
    assert site.empty_pages() == ["privacy", "copyright", "contact"]
    empty = [state.column.key for state in site.columns() if not state.cases]
    assert empty == ["departments"]
    assert counts(keeper)["empty"] == 5


@pytest.mark.parametrize("missing", ["", "SITE_CODE", "SITE_DOMAIN", "SITE_OWNER", "ICP_NUMBER", "SITE_OPERATOR"])
def test_settings_nobody_filled_in_are_told(settings, missing):
    for name in ("NAME", "DOMAIN", "CODE", "OWNER", "CONTACT", "OPERATOR"):
        setattr(settings, f"SITE_{name}", "有")
    settings.ICP_NUMBER = settings.POLICE_NUMBER = settings.PARTY_MARK_URL = settings.FAULT_REPORT_URL = "有"
    settings.HAS_IPV6, settings.SECURITY_CONTACT = True, ["tel:1"]
    if missing:
        setattr(settings, missing, " ")

    assert [gap.name for gap in site.setting_gaps()] == ([missing] if missing else [])


@pytest.mark.parametrize(("code", "must"), [("", []), ("bm12345678", ["PARTY_MARK_URL", "FAULT_REPORT_URL"])])
def test_the_marks_of_a_government_site_must_be_in_its_footer(settings, code, must):
    settings.SITE_CODE = code
    gaps = {gap.name: gap.must for gap in site.setting_gaps()}
    names = ("PARTY_MARK_URL", "FAULT_REPORT_URL", "HAS_IPV6", "SECURITY_CONTACT")

    assert [name for name in names if gaps[name]] == must
    assert panel.line_of("settings", 4, panel.last_runs()).is_fault is False


def test_empty_themes_of_other_schemes_and_default_pages_are_only_listed(keeper):
    make_theme("a", "甲", scheme="b-ready")
    before = counts(keeper)
    load_site_pages()
    SitePage.objects.filter(slug="about").update(body="改过了")
    after = counts(keeper)

    assert (before["empty"], before["themes"]) == (len(site.columns()) + 4, 1)
    assert (after["settings"] - before["settings"], after["empty"]) == (3, len(site.columns()))


# Views


@pytest.mark.parametrize(
    ("way", "days", "late"),
    [("counter", 1, 0), ("counter", 3, 1), ("log", 3, 1), ("off", 3, 0)],
)
def test_views_that_were_not_added_up_for_two_days_are_told(keeper, settings, way, days, late):
    settings.VIEWS = way
    CaseViews.objects.create(case=1, views=3, counted_at=ago(days))

    assert counts(keeper)["views"] == late


@pytest.mark.parametrize(("days", "late"), [(1, []), (3, [site.LateViews(None)])])
def test_views_that_were_never_added_up_are_late_when_cases_have_been_public_for_two_days(days, late):
    case = make_published_case()
    PublishedCase.objects.filter(pk=case.pk).update(first_released_at=ago(days))

    assert site.late_views() == late


# Links


def test_dead_links_are_those_readers_see_that_died_for_sure(keeper):
    make_published_case(intro=f"见 {DEAD} 。", by=keeper)
    make_case(intro="见 http://draft.example.cn/ 。")
    inspect_all()
    make_dead(status=404)
    make_dead("http://draft.example.cn/")
    make_dead("http://slow.example.cn/", status=0, fails=1)

    assert [link.address for link in dead_in_public(keeper)] == [DEAD]
    assert "http://draft.example.cn/" in known_addresses()


def test_addresses_only_readers_see_are_tried_too(keeper):
    case = make_published_case(intro=f"见 {DEAD} 。", by=keeper)
    inspect_all()
    case.case.intro = ""
    case.case.save()

    assert known_addresses() == [DEAD]


def test_a_link_is_ignored_with_a_reason_and_told_of_again(keeper):
    make_published_case(intro=f"见 {DEAD} 。", by=keeper)
    inspect_all()
    make_dead()
    with pytest.raises(NotAllowed):
        ignore(DEAD, by=keeper, reason=" ")
    with pytest.raises(NotAllowed):
        ignore("http://other.cn/", by=keeper, reason="内网")
    with pytest.raises(NotAllowed):
        ignore(DEAD, by=make_user("nobody"), reason="内网")
    ignore(DEAD, by=keeper, reason="内网")

    assert counts(keeper)["links"] == 0
    assert not surely_dead().exists()
    assert (IgnoredLink.objects.get().reason, IgnoredLink.objects.get().by) == ("内网", keeper)
    listen_again(IgnoredLink.objects.get(), by=keeper)
    assert counts(keeper)["links"] == 1
    assert list(AuditEntry.objects.filter(kind="ignoredlink").order_by("pk").values_list("action", flat=True)) == [
        "link_ignored",
        "link_unignored",
    ]


# Dates and corrections


def test_changed_dates_are_listed_with_their_reason(keeper):
    case = make_published_case(by=keeper)
    changed = dataclasses.replace(case.content, published_at=datetime.date(2023, 1, 1))
    revision = freeze(case.case, by=keeper, content=changed, date_reason="原来写错了")
    assert counts(keeper)["dates"] == 0
    release.publish(revision, by=keeper)

    assert [row.date_reason for row in panel.changed_dates(keeper)] == ["原来写错了"]


def test_corrections_nobody_answered_in_time_are_counted(keeper):
    case = make_published_case(by=keeper)
    for number, days in enumerate((1, 9)):
        Correction.objects.create(
            case=case.case, kind="typo", text="错", token=str(number), digest=str(number), received_at=ago(days)
        )

    assert counts(keeper)["corrections"] == 1


# Reach and cost


def test_who_sees_part_of_the_cases_sees_what_is_wrong_with_these(keeper):
    elsewhere = make_user("elsewhere", permissions=("view_publication",))
    elsewhere.regions.add(make_region("440300"))
    case = make_published_case(source_name="", intro=f"见 {DEAD} 。", pictures=(PICTURE,), region=make_region())
    make_dead()
    inspect_all()
    seen, unseen = counts(keeper), counts(elsewhere)

    assert [seen[key] for key in ("links", "sources", "pictures")] == [1, 2, 1]
    assert [unseen[key] for key in ("links", "sources", "pictures")] == [0, 0, 0]
    assert case.pk


@pytest.mark.parametrize("count", [1, 20])
def test_the_panel_asks_as_many_queries_however_many_cases_and_reads_no_text(keeper, count, django_assert_num_queries):
    for _ in range(count):
        make_published_case(
            source_name="", initiatives=(InitiativeContent(heading="快", text=f"见 {DEAD} 。"),), by=keeper
        )
    inspect_all()
    make_dead()

    with django_assert_num_queries(15) as asked:
        panel.lines(keeper)
    assert not any("body" in query["sql"] for query in asked.captured_queries if "sitepage" not in query["sql"])
