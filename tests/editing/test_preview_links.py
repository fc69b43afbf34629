"""Links for people outside: good until they end, and known by their address alone."""

import datetime

import pytest
from django.utils import timezone

from cases.editing.archiving import archive_case
from cases.editing.drafts import freeze
from cases.editing.permissions import NotAllowed
from cases.editing.preview_links import MOST_OPEN, NoSuchLink, address_of, make_link, open_link, revoke
from cases.models import PreviewLink, User
from tests.builders import make_case, make_region, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    return make_user(permissions=("add_case", "change_case", "view_case"))


def signed(link):
    return address_of(link).removeprefix("/preview/").removesuffix("/")


def test_a_link_opens_its_case_and_counts_it(editor):
    case = make_case(by=editor)
    link = make_link(case, by=editor, hours=24, note="市局")

    opened = open_link(signed(link))

    assert (opened.case, opened.revision, opened.opened) == (case, None, 1)
    assert opened.last_opened_at is not None


def test_a_link_may_be_to_a_revision(editor):
    case = make_case(by=editor)
    revision = freeze(case, by=editor)

    assert open_link(signed(make_link(case, by=editor, hours=24, revision=revision))).revision == revision


def test_a_link_ends_by_itself(editor):
    link = make_link(make_case(by=editor), by=editor, hours=24)
    assert link.expires_at - link.made_at == datetime.timedelta(hours=24)
    PreviewLink.objects.update(expires_at=timezone.now())

    with pytest.raises(NoSuchLink):
        open_link(signed(link))


def test_a_revoked_link_is_closed_at_once_and_stays_as_it_was_revoked(editor):
    link = make_link(make_case(by=editor), by=editor, hours=24)
    revoke(link, by=editor)
    first = PreviewLink.objects.get()
    revoke(link, by=make_user("other", permissions=("change_case",)))

    assert PreviewLink.objects.get().revoked_by == first.revoked_by == editor
    with pytest.raises(NoSuchLink):
        open_link(signed(link))
    assert PreviewLink.objects.get().opened == 0


def test_links_of_a_closed_account_and_of_a_case_put_away_do_not_open(editor):
    link = make_link(make_case(by=editor), by=editor, hours=24)
    User.objects.filter(pk=editor.pk).update(is_active=False)
    with pytest.raises(NoSuchLink):
        open_link(signed(link))
    User.objects.filter(pk=editor.pk).update(is_active=True)
    archive_case(link.case, by=editor)
    with pytest.raises(NoSuchLink):
        open_link(signed(link))


def test_a_link_of_somebody_who_may_not_make_it_any_more_does_not_open(editor):
    link = make_link(make_case(by=make_user("other"), region=make_region("440300").pk), by=editor, hours=24)
    assert open_link(signed(link))

    editor.regions.add(make_region("411100"))

    with pytest.raises(NoSuchLink):
        open_link(signed(link))
    assert PreviewLink.objects.get().opened == 1


@pytest.mark.parametrize(
    "change", [lambda one: one + "x", lambda one: "9" + one, lambda one: one.split(".")[0], lambda one: ""]
)
def test_an_address_cannot_be_made_up(editor, change):
    link = make_link(make_case(by=editor), by=editor, hours=24)

    with pytest.raises(NoSuchLink):
        open_link(change(signed(link)))


def test_who_may_not_change_a_case_makes_and_revokes_no_link(editor):
    case = make_case(by=editor)
    link = make_link(case, by=editor, hours=24)
    reader = make_user("reader", permissions=("view_case",))

    with pytest.raises(NotAllowed):
        make_link(case, by=reader, hours=24)
    with pytest.raises(NotAllowed):
        revoke(link, by=reader)
    assert open_link(signed(link))


def test_links_are_bounded_in_time_and_number(editor):
    case = make_case(by=editor)
    with pytest.raises(NotAllowed):
        make_link(case, by=editor, hours=24 * 365)
    for _number in range(MOST_OPEN):
        link = make_link(case, by=editor, hours=24)
    with pytest.raises(NotAllowed, match="太多"):
        make_link(case, by=editor, hours=24)
    revoke(link, by=editor)
    make_link(case, by=editor, hours=24)
