"""One rule decides what somebody sees, wherever cases are told of."""

import ast
from pathlib import Path

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from cases.editing.drafts import write_draft
from cases.editing.importing import receive_article
from cases.editing.people import make_groups
from cases.editing.permissions import NotAllowed, content_in_scope
from cases.models import Case, User
from tests.builders import make_case, make_content, make_department, make_published_case, make_region, make_user

pytestmark = pytest.mark.django_db
ADMIN = Path(__file__).parent.parent.parent / "cases" / "admin"
BOUND = {"visible_to", "public"}  # what may follow Case.objects


@pytest.fixture
def editor(client):
    """Of 漯河 and all below it."""
    make_groups()
    user = make_user("li")
    user.groups.set(Group.objects.filter(name="编辑"))
    user.regions.add(make_region("411100"))
    user = User.objects.get(pk=user.pk)
    client.force_login(user)
    return user


@pytest.fixture
def other():
    return make_user("wang")


def unbound(tree):
    """Where rows of cases are asked for past the rule; a subquery of rows that are bound is bound by them."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Attribute) and node.value.attr == "objects":
            model = ast.unparse(node.value.value)
            if model in ("Case", "Revision", "Publication", "SourceText") and node.attr not in BOUND:
                yield node.lineno, ast.unparse(node)
        if isinstance(node, ast.Call) and ast.unparse(node.func).startswith("get_object_or_404"):
            model = ast.unparse(node.args[0])
            if model in ("Case", "Revision", "Publication", "SourceText"):
                yield node.lineno, ast.unparse(node)


def test_no_page_of_the_admin_asks_for_cases_past_the_rule():
    found = {
        f"{path.relative_to(ADMIN)}:{line}": source
        for path in ADMIN.rglob("*.py")
        for line, source in unbound(ast.parse(path.read_text(encoding="utf-8")))
        if "OuterRef" not in path.read_text(encoding="utf-8").splitlines()[line - 1]
    }

    assert found == {}


@pytest.mark.parametrize(
    ("source", "count"),
    [
        ("Case.objects.get(pk=1)", 1),
        ("Revision.objects.filter(pk=1)", 1),
        ("get_object_or_404(Case, pk=1)", 1),
        ("Case.objects.visible_to(user).get(pk=1)", 0),
        ("Case.objects.public()", 0),
    ],
)
def test_a_question_past_the_rule_is_found(source, count):
    assert len(list(unbound(ast.parse(source)))) == count


def test_the_list_and_its_filters_tell_of_cases_within_reach_only(client, editor, other):
    make_case(title="近", by=other, region=make_region("411102"), department=make_department())
    make_case(title="远", by=other, region=make_region("440300"), department=make_department("tax", "税务部门"))

    page = client.get(reverse("admin:cases_case_changelist")).content.decode()

    assert "近" in page
    for words in ("远", "广东", "税务部门"):
        assert words not in page


def test_a_likely_duplicate_out_of_reach_is_not_named(client, editor, other):
    text = "".join(f"第{number}项做法是把窗口搬到园区，企业少跑路。" for number in range(30))
    make_case(title="远处的案例", by=other, region=make_region("440300"), intro=text)
    article = receive_article("", f"标题\n\n{text}".encode(), by=editor)

    page = client.get(reverse("admin:cases_case_preview", args=[article.pk])).content.decode()

    assert "另一个案例（不在您的范围）" in page
    assert "远处的案例" not in page


def test_an_article_of_others_is_opened_by_its_case_within_reach(client, editor, other):
    article = receive_article("", "标题\n\n一段文字。".encode(), by=other)
    address = reverse("admin:cases_case_preview", args=[article.pk])
    assert client.get(address).status_code == 404

    write_draft(make_content(region="411100"), by=other, source_text=article)
    far = write_draft(make_content(title="远处的案例"), by=other, source_text=article)

    assert client.get(address).status_code == 200
    assert far.title not in client.get(address).content.decode()
    assert far.title not in client.get(reverse("admin:cases_sourcetext_changelist")).content.decode()


def test_an_article_somebody_else_sent_is_not_shown_by_sending_it_again(client, editor, other):
    receive_article("", "标题\n\n一段文字。".encode(), by=other)

    page = client.post(reverse("admin:cases_case_import"), {"text": "标题\n\n一段文字。"})

    assert "不在您负责的范围" in page.content.decode()


@pytest.mark.parametrize(
    ("region", "department", "expected"),
    [
        ("411100", "transport", True),
        ("411102", "transport", True),
        ("440300", "transport", False),
        ("411100", "tax", False),
        ("", "", True),
    ],
)
def test_nobody_files_a_case_out_of_their_own_sight(editor, region, department, expected):
    for code in ("411102", "440300"):
        make_region(code)
    editor.departments.add(make_department())
    make_department("tax", "税务部门")
    content = make_content(region=region, department=department)

    assert content_in_scope(editor, content) == expected
    if not expected:
        with pytest.raises(NotAllowed):
            write_draft(content, by=editor)
        assert not Case.objects.exists()


def test_a_case_of_somebody_else_is_not_filed_nowhere(editor, other):
    case = make_case(by=other, region=make_region("411100"))

    assert not content_in_scope(editor, make_content(region=""), case)
    assert content_in_scope(editor, make_content(region=""))


def test_revisions_and_publications_out_of_reach_are_not_listed(client, editor, other):
    make_published_case(title="远处的案例", by=other, region=make_region("440300"))

    for table in ("revision", "publication"):
        assert "远处的案例" not in client.get(reverse(f"admin:cases_{table}_changelist")).content.decode()


def test_a_picker_of_django_itself_finds_no_case_out_of_reach(client, editor, other):
    make_published_case(title="远处的案例", by=other, region=make_region("440300"))
    asked = {"app_label": "cases", "model_name": "revision", "field_name": "case", "term": "远处"}

    assert "远处" not in client.get(reverse("admin:autocomplete"), asked).content.decode()
