"""Accounts are kept by 管理员: nobody changes what they may themselves, nobody gives more than they have."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse

from cases.editing.people import givable_groups, make_groups, may_manage
from cases.models import AuditEntry, User
from tests.admin.browser import drawn_fields
from tests.builders import make_region, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def keeper(client):
    make_groups()
    user = make_user("keeper")
    user.groups.set(Group.objects.filter(name="管理员"))
    user = User.objects.get(pk=user.pk)
    client.force_login(user)
    return user


def address(user, page="change"):
    return reverse(f"admin:cases_user_{page}", args=[user.pk])


def drawn(client, user):
    return drawn_fields(client.get(address(user)), "user_form")


def groups(*names):
    return [str(group.pk) for group in Group.objects.filter(name__in=names)]


def test_a_keeper_gives_a_role_and_a_region_and_that_is_recorded(client, keeper):
    user, region = make_user("li"), make_region("411100")

    client.post(address(user), drawn(client, user) | {"groups": groups("编辑", "初审"), "regions": [region.pk]})

    assert set(user.groups.values_list("name", flat=True)) == {"编辑", "初审"}
    assert list(user.regions.all()) == [region]
    entry = AuditEntry.objects.get(action="changed")
    assert (entry.key, entry.before) == (str(user.pk), {"groups": None, "regions": None})
    assert entry.after == {"groups": ["初审", "编辑"], "regions": [str(region)]}


def test_nobody_changes_their_own_groups_or_places(client, keeper):
    posted = drawn(client, keeper) | {
        "groups": groups("终审"),
        "regions": [make_region("411100").pk],
        "is_superuser": "on",
        "name": "李",
        "is_active": "",
    }

    client.post(address(keeper), posted)

    keeper = User.objects.get(pk=keeper.pk)
    assert list(keeper.groups.values_list("name", flat=True)) == ["管理员"]
    assert (keeper.name, keeper.is_active, keeper.is_superuser, keeper.regions.count()) == ("李", True, False, 0)


def test_nor_does_a_superuser(client):
    admin = make_user("admin", permissions=("*",))
    client.force_login(admin)

    client.post(address(admin), drawn(client, admin) | {"is_superuser": "", "is_active": ""})

    admin.refresh_from_db()
    assert (admin.is_superuser, admin.is_active) == (True, True)


def test_a_keeper_makes_no_superuser_and_changes_none(client, keeper):
    user, admin = make_user("li"), make_user("admin", permissions=("*",))

    client.post(address(user), drawn(client, user) | {"is_superuser": "on"})

    assert not User.objects.get(pk=user.pk).is_superuser
    assert client.get(address(admin)).status_code == 200  # to be looked at
    assert client.post(address(admin), {"username": "mine"}).status_code == 403
    new = {"password1": "mild horse 19", "password2": "mild horse 19", "usable_password": "true"}
    assert client.post(reverse("admin:auth_user_password_change", args=[admin.pk]), new).status_code == 403
    assert User.objects.get(pk=admin.pk).check_password("correct horse")


def test_a_group_with_more_rights_is_neither_given_nor_taken_over(client, keeper):
    strong = Group.objects.create(name="能删账号")
    strong.permissions.add(Permission.objects.get(codename="delete_user"))
    weak = Group.objects.create(name="看案例")
    weak.permissions.add(Permission.objects.get(codename="view_case"))
    user, other = make_user("li"), make_user("wang")
    other.groups.add(strong)

    assert strong not in givable_groups(keeper)
    assert weak in givable_groups(keeper)
    client.post(address(user), drawn(client, user) | {"groups": [strong.pk]})
    assert not user.groups.exists()
    assert not may_manage(keeper, other)
    assert not may_manage(keeper, make_user("zhao", permissions=("delete_user",)))


def test_a_keeper_of_one_place_gives_no_other(client, keeper):
    mine, below, other = make_region("411100"), make_region("411102"), make_region("440300")
    keeper.regions.add(mine)
    user = make_user("li")
    user.regions.add(mine)

    for given in ([], [other.pk], [below.pk, other.pk]):
        page = client.post(address(user), drawn(client, user) | {"regions": given})
        assert "您只能分配自己负责的地区" in page.content.decode()
    client.post(address(user), drawn(client, user) | {"regions": [below.pk]})

    assert list(user.regions.all()) == [below]


def test_a_keeper_of_one_place_takes_over_no_account_that_sees_more(client, keeper):
    keeper.regions.add(make_region("411100"))
    unbound, beside = make_user("li"), make_user("wang")
    beside.regions.add(make_region("440300"))
    new = {"password1": "mild horse 19", "password2": "mild horse 19", "usable_password": "true"}

    for user in (unbound, beside):
        assert client.post(reverse("admin:auth_user_password_change", args=[user.pk]), new).status_code == 403
        assert client.post(address(user), {"username": "mine"}).status_code == 403
    assert client.post(reverse("admin:auth_user_password_change", args=[keeper.pk]), new).status_code == 302


def test_a_password_that_is_taken_away_is_recorded(client, keeper):
    user = make_user("li")

    client.post(
        reverse("admin:auth_user_password_change", args=[user.pk]),
        {"usable_password": "false", "unset-password": "1"},
    )

    assert not User.objects.get(pk=user.pk).has_usable_password()
    entry = AuditEntry.objects.filter(action="password").last()
    assert (entry.actor_name, entry.key, entry.after) == ("keeper", str(user.pk), {"usable_password": False})


def test_a_second_account_of_one_person_is_warned_of(client, keeper):
    make_user("li", email="li@example.org")
    user = make_user("li2")

    page = client.post(address(user), drawn(client, user) | {"email": "LI@example.org"}, follow=True)

    assert "已有姓名或邮箱相同的账号：li" in page.content.decode()
