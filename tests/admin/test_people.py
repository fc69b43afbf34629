import re

import pytest
from django.contrib.auth.models import Group, Permission
from django.core import mail
from django.core.management import call_command
from django.urls import reverse

from cases.editing.people import ROLES, make_groups
from cases.models import User
from tests.admin.browser import drawn_fields
from tests.builders import make_case, make_user

pytestmark = pytest.mark.django_db


def member(*groups, name="editor"):
    make_groups()
    user = make_user(name)
    user.groups.set(Group.objects.filter(name__in=groups))
    return User.objects.get(pk=user.pk)


def test_loading_the_vocabulary_makes_the_groups():
    call_command("load_vocabulary")

    assert list(Group.objects.order_by("pk").values_list("name", flat=True)) == [
        *("读者", "编辑", "初审", "复审", "终审", "管理员"),
    ]


def test_each_role_may_do_its_part():
    rights = ("view_case", "change_case", "first_review", "second_review", "final_review", "publish", "change_user")
    may = {name: {right for right in rights if member(name, name=name).has_perm(f"cases.{right}")} for name in ROLES}

    assert may == {
        "读者": {"view_case"},
        "编辑": {"view_case", "change_case"},
        "初审": {"view_case", "first_review"},
        "复审": {"view_case", "second_review"},
        "终审": {"view_case", "change_case", "final_review", "publish"},
        "管理员": {"view_case", "change_user"},
    }


def test_making_the_groups_again_leaves_what_was_added_to_them():
    make_groups()
    added = Permission.objects.get(codename="add_user")
    Group.objects.get(name="编辑").permissions.add(added)

    make_groups()

    assert Group.objects.count() == len(ROLES)
    assert added in Group.objects.get(name="编辑").permissions.all()


def test_an_editor_can_open_every_part_of_the_case_admin(client):
    client.force_login(member("编辑"))
    case = make_case()

    addresses = [
        reverse("admin:index"),
        reverse("admin:cases_case_changelist"),
        reverse("admin:cases_case_add"),
        reverse("admin:cases_case_import"),
        reverse("admin:cases_case_change", args=[case.pk]),
        reverse("admin:cases_case_delete", args=[case.pk]),
        reverse("admin:cases_region_changelist"),
    ]
    assert {address: client.get(address).status_code for address in addresses} == dict.fromkeys(addresses, 200)


def test_an_account_made_in_the_admin_can_log_in_to_it(client):
    client.force_login(make_user("admin", permissions=("*",)))
    fields = drawn_fields(client.get(reverse("admin:cases_user_add")), "user_form")

    client.post(
        reverse("admin:cases_user_add"),
        fields | {"username": "li", "name": "李编辑", "password1": "mild horse 19", "password2": "mild horse 19"},
    )

    made = User.objects.get(username="li")
    assert (made.name, made.is_staff, made.is_superuser) == ("李编辑", True, False)


def test_the_login_page_says_where_to_get_an_account(client):
    page = client.get(reverse("admin:login")).content.decode()

    assert "<title>登录 | 营商案例库</title>" in page
    assert "没有账号？请联系管理员；第一个管理员用 <code>python manage.py createsuperuser</code> 建立。" in page
    assert reverse("admin_password_reset") in page


def test_a_forgotten_password_is_set_anew_in_chinese(client):
    user = make_user("li", name="李编辑", email="li@example.org")

    client.post(reverse("admin_password_reset"), {"email": "li@example.org"})
    [message] = mail.outbox
    assert message.subject == "营商案例库：重置密码"
    assert message.body.startswith("李编辑，您好：")
    address = re.search(r"http://testserver(\S+)", message.body)[1]
    form = client.get(address, follow=True)
    client.post(form.redirect_chain[-1][0], {"new_password1": "mild horse 19", "new_password2": "mild horse 19"})

    user.refresh_from_db()
    assert user.check_password("mild horse 19")


def test_a_password_that_is_too_short_is_refused_in_chinese(client):
    client.force_login(make_user("admin", permissions=("*",)))

    fields = {"old_password": "correct horse", "new_password1": "mild", "new_password2": "mild"}
    page = client.post(reverse("admin:password_change"), fields)

    assert page.context["form"].errors == {"new_password2": ["密码太短，至少要有 8 个字符。"]}
