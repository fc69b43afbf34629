import json

import pytest

from cases.content import from_json, to_json
from cases.editing.drafts import read_draft, write_draft
from cases.editing.exchange import Refused, import_case, read_line
from cases.editing.workflow import withdraw_case
from cases.models import Case, PublishedCase
from tests.builders import (
    make_case,
    make_content,
    make_metric,
    make_published_case,
    make_publisher,
    make_region,
    make_user,
)

pytestmark = pytest.mark.django_db


def take(content, identity="a-1", **how):
    return import_case(identity, content, by=make_publisher(), **how)


def test_a_line_gives_id_and_content():
    content = make_content()

    assert read_line(json.dumps({"id": "a-1", **to_json(content)}).encode()) == ("a-1", content)


def test_a_case_is_created_and_published():
    content = make_content()

    taken = take(content, publish=True)

    assert (taken.change, taken.published, taken.case.external_id) == ("created", True, "a-1")
    assert PublishedCase.objects.get().content == content


@pytest.mark.parametrize("identity", ["a-1", ""])
def test_the_same_case_again_changes_nothing(identity):
    content = make_content()
    take(content, identity, publish=True)

    taken = take(content, identity, publish=True)

    assert (taken.change, taken.published, Case.objects.count()) == ("unchanged", False, 1)


def test_changed_content_replaces_a_draft_nobody_has_edited():
    take(make_content())
    newer = make_content()

    taken = take(newer)

    assert (taken.change, read_draft(Case.objects.get())) == ("updated", newer)


def test_an_edited_draft_is_left_alone_unless_told_to_overwrite():
    case = take(make_content()).case
    write_draft(make_content(title="编辑过"), by=make_user(), case=case)
    newer = make_content()

    with pytest.raises(Refused):
        take(newer)
    kept = Case.objects.get().title
    take(newer, overwrite=True)

    assert (kept, Case.objects.get().title) == ("编辑过", newer.title)


def test_a_withdrawn_case_is_not_published_by_importing_it_again():
    content = make_content()
    case = take(content, publish=True).case
    withdraw_case(case, by=make_publisher(), reason="过时")

    taken = take(content, publish=True)

    assert (taken.published, PublishedCase.objects.count()) == (False, 0)


def test_an_incomplete_case_is_kept_as_a_draft_and_says_what_it_lacks():
    taken = take(make_content(initiatives=(), intro=""), publish=True)

    assert (taken.change, taken.published, taken.left_out) == ("created", False, "缺少正文：至少要有一条举措或一段导语")


def test_an_exported_case_of_this_site_finds_itself_again():
    case = write_draft(make_content(), by=make_user())
    newer = make_content()

    taken = take(newer, f"case-{case.pk}", overwrite=True)

    assert (taken.case.pk, taken.change, Case.objects.count()) == (case.pk, "updated", 1)


def test_the_id_of_a_case_of_this_site_does_not_let_another_in():
    case = make_published_case(title="本站的").case

    with pytest.raises(Refused):
        take(make_content(title="别站的"), f"case-{case.pk}", publish=True)

    assert PublishedCase.objects.get().title == "本站的"


def test_no_two_cases_share_an_id_though_an_imported_one_took_it_first():
    first = make_case()
    taken = take(make_content(), f"case-{first.pk + 2}").case
    own = make_case()

    assert own.pk == first.pk + 2
    assert len({first.external_id, taken.external_id, own.external_id}) == 3


def test_overwriting_keeps_what_the_editor_had_written():
    case = take(make_content()).case
    edited = make_content(title="编辑过")
    write_draft(edited, by=make_user(), case=case)

    take(make_content(), overwrite=True)

    assert [from_json(revision.content) for revision in case.revisions.all()] == [edited]


def test_a_negative_zero_is_no_change_the_second_time():
    data = to_json(make_content(metrics=(make_metric(quote="导语", from_value=1),), intro="导语"))
    data["metrics"][0]["from_value"] = "-0"
    content = from_json(data)
    take(content, publish=True)

    again = take(content, publish=True)

    assert (again.change, again.published) == ("unchanged", False)


def test_a_picture_that_is_not_here_is_refused():
    from cases.content import PictureContent

    with pytest.raises(Refused):
        take(make_content(pictures=(PictureContent(file="a" * 64 + ".webp"),)))

    assert Case.objects.count() == 0


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b'{"title":', "不是完整的 JSON（第 10 个字符处）"),
        (b"\xff\xfe{}", "不是 UTF-8 编码（第 1 字节起）"),
        (b'{"id": 5}', "id：应是不超过 100 个字符的文本"),
        (b'{"title": "a", "title": "b"}', "字段“title”出现了两次"),
        (b'{"titel": "a"}', "titel：不认识的字段"),
        (b"[]", "$：应是一个 JSON 对象"),
        (b"[" * 100_000, "JSON 嵌套过深"),
    ],
)
def test_a_line_that_is_no_case_says_why(line, reason):
    with pytest.raises(Refused) as caught:
        read_line(line)

    assert str(caught.value) == reason


def test_a_line_changes_no_case_that_its_importer_does_not_see():
    mine, elsewhere = make_region("411100"), make_region("440300")
    kept = take(make_content(region=elsewhere.pk)).case
    editor = make_user("editor", permissions=("add_case", "change_case", "view_case"))
    editor.regions.add(mine)

    with pytest.raises(Refused, match="不在您负责的地区"):
        import_case("a-1", make_content(region=mine.pk), by=editor)

    assert Case.objects.get().region_id == kept.region_id == elsewhere.pk


def test_who_may_make_no_cases_imports_none():
    with pytest.raises(Refused, match="没有做这一步的权限"):
        import_case("a-1", make_content(), by=make_user("reader", permissions=("view_case",)))

    assert not Case.objects.exists()
