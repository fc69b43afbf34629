"""The pages of the admin about the versions of a case."""

import re

import pytest
from django.urls import reverse

from cases.editing.drafts import freeze, read_draft, write_draft
from cases.editing.review import steps
from cases.models import Case
from cases.publishing import release
from tests.builders import make_case, make_content, make_region, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client):
    editor = make_user(permissions=("add_case", "change_case", "view_case"))
    client.force_login(editor)
    return editor


@pytest.fixture
def case(editor):
    """Public, and changed since."""
    case = make_case(title="题", intro="办理时限压缩到5天。", by=editor)
    release.publish(freeze(case, by=editor, note="首次发布的说明"), by=editor)
    write_draft(make_content(title="题", intro="办理时限压缩到3天。"), by=editor, case=case)
    return Case.objects.get(pk=case.pk)


def page(client, name, *args, **query):
    address = reverse(f"admin:cases_case_{name}", args=args)
    response = client.get(address, query)
    assert response.status_code == 200
    return response.content.decode().partition('id="content"')[2]


def words_of(html):
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_what_readers_see_is_compared_with_the_draft_unless_asked_otherwise(client, case):
    html = page(client, "compare", case.pk)

    assert '<option value="live" selected>' in html
    assert '<option value="draft" selected>' in html
    old, _, new = html.partition("diff__side--old")[2].partition("diff__side--new")
    assert re.search(r"压缩到<del>.*5.*</del>天。", old)
    assert re.search(r"压缩到<ins>.*3.*</ins>天。", new)


def test_both_versions_may_stand_in_one(client, case):
    html = page(client, "compare", case.pk, layout="inline")

    assert re.search(r"压缩到<del>.*?5.*?</del><ins>.*?3.*?</ins>天。", html)
    assert "diff__side--old" not in html


def test_any_two_versions_are_compared(client, case, editor):
    freeze(case, by=editor)
    html = page(client, "compare", case.pk, **{"from": "2", "to": "1", "layout": "inline"})

    assert re.search(r"<del>.*?3.*?</del><ins>.*?5.*?</ins>", html)


def test_changes_are_named_and_not_only_coloured(client, case):
    html = page(client, "compare", case.pk, layout="inline")

    assert "［删除：</span>5<span" in html
    assert "［新增：</span>3<span" in html


def test_what_did_not_change_is_shown_on_request(client, case):
    assert "漯河日报" not in page(client, "compare", case.pk)
    assert "漯河日报" in page(client, "compare", case.pk, whole="1")


def test_equal_versions_say_so(client, case):
    assert "两个版本的内容完全相同" in page(client, "compare", case.pk, **{"from": "draft"})


def test_a_case_without_versions_says_so(client, editor):
    case = make_case(by=editor)

    assert "没有可以比较的版本" in page(client, "compare", case.pk)
    assert "还没有版本" in page(client, "versions", case.pk)


@pytest.mark.parametrize("query", [{"from": "7"}, {"to": "x"}, {"from": "\x00"}, {"to": "9" * 40}])
def test_a_version_that_is_not_there_is_not_found(client, case, query):
    assert client.get(reverse("admin:cases_case_compare", args=[case.pk]), query).status_code == 404


def test_the_list_tells_why_each_version_was_made(client, case, editor):
    steps.submit_for_review(case, by=editor, is_minor=True)
    words = words_of(page(client, "versions", case.pk))

    assert "第 2 版 提交审核 和工作稿相同" in words
    assert "细微修改，不写修改说明" in words
    assert "第 1 版 发布 现在公开" in words
    assert "修改说明：首次发布的说明" in words
    assert "现在不能恢复旧版" in words


def test_an_old_version_is_restored_after_a_look_at_what_it_changes(client, case):
    address = reverse("admin:cases_case_restore", args=[case.pk, 1])
    html = page(client, "restore", case.pk, 1)
    assert re.search(r"<del>.*?3.*?</del><ins>.*?5.*?</ins>", html)
    version = re.search(r'name="version" value="(\d+)"', html)[1]

    response = client.post(address, {"version": version}, follow=True)

    assert "第 1 版的内容现在是工作稿" in response.content.decode()
    assert read_draft(Case.objects.get(pk=case.pk)).intro == "办理时限压缩到5天。"


@pytest.mark.parametrize("version", ["0", "", "x", "9" * 30])
def test_a_restore_that_was_overtaken_is_not_done(client, case, version):
    response = client.post(reverse("admin:cases_case_restore", args=[case.pk, 1]), {"version": version})

    assert "刚才有人保存了这个案例" in response.content.decode()
    assert read_draft(Case.objects.get(pk=case.pk)).intro == "办理时限压缩到3天。"


def test_a_case_under_review_is_not_restored(client, case, editor):
    steps.submit_for_review(case, by=editor)
    case.refresh_from_db()

    assert "_csrf" not in page(client, "restore", case.pk, 1)
    client.post(reverse("admin:cases_case_restore", args=[case.pk, 1]), {"version": case.version})
    assert read_draft(Case.objects.get(pk=case.pk)).intro == "办理时限压缩到3天。"


PAGES = ("versions", "compare", "preview_draft", "preview_page", "links")


@pytest.mark.parametrize("name", PAGES)
def test_a_case_out_of_ones_scope_is_not_found(client, editor, name):
    case = make_case(region=make_region("411100"), by=editor)
    freeze(case, by=editor)
    editor.regions.add(make_region("330100"))

    assert client.get(reverse(f"admin:cases_case_{name}", args=[case.pk])).status_code == 404
    assert client.get(reverse("admin:cases_case_restore", args=[case.pk, 1])).status_code == 404


@pytest.mark.parametrize("name", PAGES)
def test_who_may_not_see_cases_sees_no_page_of_them(client, case, name):
    client.force_login(make_user("nobody"))

    assert client.get(reverse(f"admin:cases_case_{name}", args=[case.pk])).status_code == 403


def test_who_may_only_look_compares_and_does_not_restore(client, case):
    client.force_login(make_user("reader", permissions=("view_case",)))

    assert "diff__part" in page(client, "compare", case.pk)
    assert "恢复为工作稿" not in page(client, "versions", case.pk)
    address = reverse("admin:cases_case_restore", args=[case.pk, 1])
    assert (client.get(address).status_code, client.post(address).status_code) == (403, 403)


def test_nothing_stands_inline(client, case):
    for name in PAGES:
        html = client.get(reverse(f"admin:cases_case_{name}", args=[case.pk])).content.decode()
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]* (src=|type=.application/))", html)


@pytest.mark.parametrize("count", [1, 4])
@pytest.mark.parametrize(("name", "queries"), [("versions", 9), ("compare", 16)])
def test_the_pages_read_as_many_queries_however_long_the_history(
    client, editor, django_assert_num_queries, count, name, queries
):
    case = make_case(region=make_region(), by=editor)
    for number in range(count):
        write_draft(make_content(title=f"第{number}稿", region="411100"), by=editor, case=case)
        release.publish(freeze(case, by=editor), by=editor)
    with django_assert_num_queries(queries):
        page(client, name, case.pk)
