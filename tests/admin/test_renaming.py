import pytest
from django.urls import reverse

from cases.models import Alias
from cases.publishing.rebuild import rebuild_published
from tests.admin.browser import drawn_fields
from tests.builders import make_published_case, make_theme, make_user

pytestmark = pytest.mark.django_db
ADD = "admin:cases_alias_add"


@pytest.fixture(autouse=True)
def keeper(client):
    client.force_login(make_user("keeper", permissions=("*",)))


def rename(client, kind, old, new):
    """Add a rename; what is wrong with it by field, {} when it was kept."""
    response = client.post(reverse(ADD), {"kind": kind, "old": old, "new": new})
    if response.status_code == 302:
        return {}
    form = response.context["adminform"].form
    return {name: [str(message) for message in messages] for name, messages in form.errors.items()}


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

    client.post(address, drawn_fields(client.get(address), "alias_form"))
    client.post(address, {"kind": "tag", "old": "甲", "new": "丙"})

    assert renames() == [("tag", "甲", "丙")]


def test_the_form_tells_when_published_cases_follow_and_they_do(client):
    make_theme("old")
    make_theme("new")
    published = make_published_case(themes=("old",))

    assert "rebuild_published" in client.get(reverse(ADD)).content.decode()
    rename(client, "theme", "old", "new")
    assert list(published.themes.values_list("pk", flat=True)) == ["old"]
    rebuild_published()
    assert list(published.themes.values_list("pk", flat=True)) == ["new"]
