import pytest
from django.urls import reverse

from cases.models import WordRule
from tests.admin.browser import drawn_fields
from tests.builders import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def keeper(client):
    rights = ("view_wordrule", "add_wordrule", "change_wordrule")
    user = make_user("keeper", permissions=rights)
    client.force_login(user)
    return user


def add(client, **values):
    address = reverse("admin:cases_wordrule_add")
    fields = drawn_fields(client.get(address), "wordrule_form")
    return client.post(address, {**fields, "level": "hint", "is_active": "on", **values})


def errors(response):
    return {name: list(told) for name, told in response.context["adminform"].form.errors.items()}


def test_a_rule_is_made_with_who_made_it(client, keeper):
    add(client, level="replace", words="绿色通道", replacement="快捷通道", allowed="绿色通道办公室\n绿色通道证")

    rule = WordRule.objects.get()
    assert (rule.words, rule.replacement, rule.allowed) == ("绿色通道", "快捷通道", ["绿色通道办公室", "绿色通道证"])
    assert rule.updated_by == keeper
    assert "绿色通道办公室、绿色通道证" in client.get(reverse("admin:cases_wordrule_changelist")).content.decode()


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"words": "坏"}, "words"),
        ({"words": " "}, "words"),
        ({"words": "ＡＩ审批"}, "words"),
        ({"words": "绿色通道", "level": "replace"}, "replacement"),
        ({"words": "绿色通道", "level": "replace", "replacement": "绿色通道"}, "replacement"),
        ({"words": "第一", "allowed": "首季度"}, "allowed"),
    ],
)
def test_a_rule_that_could_not_work_is_refused(client, keeper, values, field):
    WordRule.objects.create(words="ai审批", level="hint")

    assert list(errors(add(client, **values))) == [field]
    assert WordRule.objects.count() == 1


def test_who_may_not_keep_words_may_not_make_rules(client):
    client.force_login(make_user("reader", permissions=("view_wordrule",)))

    assert client.get(reverse("admin:cases_wordrule_changelist")).status_code == 200
    assert client.get(reverse("admin:cases_wordrule_add")).status_code == 403
