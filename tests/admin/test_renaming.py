import pytest
from django.urls import reverse

from cases.models import Alias
from tests.admin.browser import drawn_fields
from tests.builders import make_case, make_published_case, make_theme, make_user

pytestmark = pytest.mark.django_db
ADD = "admin:cases_alias_add"


@pytest.fixture(autouse=True)
def keeper(client):
    client.force_login(make_user("keeper", permissions=("*",)))


def rename(client, kind, old, new):
    """Add a rename as the pages do it; what is wrong with it by field, {} when it was foreseen, confirmed and kept."""
    response = client.post(reverse(ADD), {"kind": kind, "old": old, "new": new})
    if "foresight" in response.context:
        confirm(client, response)
        return {}
    form = response.context["adminform"].form
    return {name: [str(message) for message in messages] for name, messages in form.errors.items()}


def confirm(client, foreseen):
    fields = drawn_fields(foreseen, None)
    return client.post(reverse("admin:cases_alias_merge"), fields)


def renames():
    return sorted(Alias.objects.values_list("kind", "old", "new"))


def test_a_theme_is_renamed_to_one_that_is_in_use(client):
    make_theme("old", is_retired=True)
    make_theme("new")

    assert rename(client, "theme", " old ", "new") == {}
    assert renames() == [("theme", "old", "new")]


def test_a_theme_that_there_is_not_or_that_is_retired_is_refused(client):
    make_theme("old", "旧主题", is_retired=True)
    make_theme("new")

    assert rename(client, "theme", "交通物流", "旧主题") == {
        "old": ["没有标识为“交通物流”的主题；请到“主题”表里查它的标识，填标识而不是名称。"],
        "new": ["没有标识为“旧主题”的主题；请到“主题”表里查它的标识，填标识而不是名称。"],
    }
    assert rename(client, "theme", "new", "old") == {"new": ["主题“旧主题”已停用；请改填在用的主题，或者先启用它。"]}
    assert renames() == []


def test_a_tag_is_kept_as_tags_are_written(client):
    assert rename(client, "tag", "AI  审批", " 智能　审批 ") == {}
    assert renames() == [("tag", "AI 审批", "智能 审批")]


@pytest.mark.parametrize(
    ("old", "new", "wrong"),
    [
        ("，", "治超", {"old": ["标签里没有文字；请填一个词，如“四好农村路”。"]}),
        (" ", "治超", {"old": ["这个字段是必填项。"]}),
        ("治超", "超" * 61, {"new": ["标签有 61 个字，最多 60 个；请缩短。"]}),
        ("AI审批", "ai审批", {"new": ["“改为”和“原来的”是同一个（大小写不算不同）；请填另一个。"]}),
    ],
    ids=["a sign", "a blank", "too long", "the same"],
)
def test_what_is_no_other_tag_is_refused(client, old, new, wrong):
    assert rename(client, "tag", old, new) == wrong
    assert renames() == []


def test_a_rename_that_leads_back_is_refused_and_one_word_has_one_rename(client):
    for old, new in (("甲", "乙"), ("乙", "丙")):
        rename(client, "tag", old, new)

    assert rename(client, "tag", "丙", "甲") == {
        "new": ["这样会绕成一圈：丙 → 甲 → 乙 → 丙。请改填别的，或者先删除其中一条。"]
    }
    assert rename(client, "tag", "甲", "丁") == {"old": ["“甲”已经改为“乙”；要换一个去处，请修改那一条。"]}
    assert renames() == [("tag", "乙", "丙"), ("tag", "甲", "乙")]


def test_a_rename_can_be_saved_again_and_changed(client):
    alias = Alias.objects.create(kind="tag", old="甲", new="乙")
    address = reverse("admin:cases_alias_change", args=[alias.pk])

    confirm(client, client.post(address, drawn_fields(client.get(address), "alias_form")))
    confirm(client, client.post(address, {"kind": "tag", "old": "甲", "new": "丙"}))

    assert renames() == [("tag", "甲", "丙")]


def test_a_merge_is_foreseen_and_takes_effect_when_it_is_confirmed(client):
    make_theme("old")
    make_theme("new")
    published = make_published_case(themes=("old",))
    make_case(title="改写的", themes=("old",))

    foreseen = client.post(reverse(ADD), {"kind": "theme", "old": "old", "new": "new"})
    assert [text in foreseen.content.decode() for text in ("1 个公开的案例马上", "1 个工作稿改写", "改写的")] == [
        True
    ] * 3
    assert (renames(), list(published.themes.values_list("pk", flat=True))) == ([], ["old"])

    told = confirm(client, foreseen).content.decode()
    assert [text in told for text in ("1 个公开的案例已改归新的", "1 个工作稿已改写")] == [True] * 2
    assert (renames(), list(published.themes.values_list("pk", flat=True))) == ([("theme", "old", "new")], ["new"])


def test_a_merge_that_is_changed_or_taken_back_takes_effect_at_once(client):
    published = make_published_case(tags=("甲",))
    rename(client, "tag", "甲", "乙")
    alias = Alias.objects.get()

    address = reverse("admin:cases_alias_change", args=[alias.pk])
    confirm(client, client.post(address, {"kind": "tag", "old": "甲", "new": "丙"}))
    assert list(published.tags.names()) == ["丙"]

    client.post(reverse("admin:cases_alias_delete", args=[alias.pk]), {"post": "yes"})
    assert list(published.tags.names()) == ["甲"]


@pytest.mark.parametrize("given", [{"kind": "tag", "old": "甲", "new": "甲"}, {"kind": "tag", "alias": "99"}, {}])
def test_what_is_confirmed_is_checked_again(client, given):
    response = client.post(reverse("admin:cases_alias_merge"), given, follow=True)

    assert (response.status_code, renames()) == (200, [])
    assert "没有合并" in response.content.decode()


@pytest.mark.parametrize("permissions", [(), ("view_alias",), ("change_alias", "view_alias")])
def test_nobody_merges_without_the_right_to(client, permissions):
    client.force_login(make_user("other", permissions=permissions))
    given = {"kind": "tag", "old": "甲", "new": "乙"}

    statuses = [client.post(reverse(address), given).status_code for address in (ADD, "admin:cases_alias_merge")]

    assert (statuses, renames()) == ([403, 403], [])
