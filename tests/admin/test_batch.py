"""批量导入 in the admin: its pages, and who may see them."""

import re

import pytest
from django.db.models.signals import post_save
from django.urls import reverse

from cases.editing import batch as batches
from cases.models import AuditEntry, Case, ImportBatch, SourceText
from cases.parsing.result import Part
from tests.admin.browser import drawn_fields
from tests.builders import make_user
from tests.editing.test_batch import article, finish, make_batch, upload

pytestmark = pytest.mark.django_db
MAY = ("add_case", "change_case", "view_case")


@pytest.fixture
def editor(client):
    user = make_user("editor", permissions=MAY)
    client.force_login(user)
    return user


def address(view: str, *batch: ImportBatch) -> str:
    return reverse(f"admin:cases_importbatch_{view}", args=[one.pk for one in batch])


def ticked(page) -> list[str]:
    return re.findall('name="case" value="([^"]*)"[^>]* checked', page.content.decode())


def press_on(client, batch: ImportBatch):
    """Press 继续 as long as there is something to do: how far a step comes depends on the machine."""
    for _file in range(3):
        page = client.post(address("step", batch), follow=True)
        if not page.context["progress"]["is_working"]:
            break
    return page


def test_files_are_given_read_ticked_and_made_without_a_script(client, editor):
    files = [upload("一.txt", article(1)), upload("空.txt", b"")]
    page = client.post(address("add"), {"chosen": files, "folder": [upload("二.txt", article(2))]}, follow=True)
    batch = ImportBatch.objects.get()
    assert page.redirect_chain == [(address("change", batch), 302)]
    assert page.context["progress"]["words"] == "已读 1 / 3 个文件，1 个读不出"

    page = press_on(client, batch)
    assert "“空.txt”是空文件，请检查是否保存完整" in page.content.decode()
    assert page.context["progress"]["words"] == "3 个文件都已读过，1 个读不出"
    assert Case.objects.count() == 0

    page = client.post(address("drafts", batch), {"case": ticked(page)}, follow=True)
    assert page.context["progress"]["words"] == "已处理 0 / 2 个要建草稿的文件，1 个读不出"
    page = press_on(client, batch)
    assert page.context["progress"]["words"] == "3 个文件都已读过，1 个读不出，2 个已建草稿"
    for case in Case.objects.all():
        assert reverse("admin:cases_case_change", args=[case.pk]) in page.content.decode()
    made = AuditEntry.objects.filter(actor=editor.pk, action="created")
    assert set(made.values_list("case", flat=True)) == set(Case.objects.values_list("pk", flat=True))


def test_each_case_of_a_file_is_ticked_by_itself(client, editor, monkeypatch):
    text, start = article(1) + article(2), len(article(1))
    parts = (Part(0, start, ""), Part(start, len(text), ""))
    monkeypatch.setattr(batches, "article_parts", lambda _article: parts)
    batch = make_batch(upload("两个.txt", text), by=editor)
    finish(batch)
    file = batch.files.get()

    page = client.get(address("change", batch))
    assert ticked(page) == [f"{file.pk}@0", f"{file.pk}@{start}"]
    client.post(address("drafts", batch), {"case": ticked(page)[1:]})
    page = press_on(client, batch)

    assert list(Case.objects.values_list("part_start", flat=True)) == [start]
    boxes = re.findall('name="case" value="([^"]*)"', page.content.decode())
    assert (boxes, ticked(page)) == ([f"{file.pk}@0"], [])


def test_the_page_tells_what_it_takes_and_how_much(client, editor):
    page = " ".join(client.get(address("add")).content.decode().split())

    assert "网页（.html、.mht）或纯文本（.txt、.md）。" in page
    assert ".zip 不超过 100 MB；一批最多 500 个文件、合计 200 MB。" in page


@pytest.mark.parametrize("view", ["step", "drafts"])
def test_a_log_in_on_the_way_leads_back_to_the_batch_and_does_nothing(client, editor, view):
    batch = make_batch(upload("一.txt", article(1)), by=editor)

    page = client.get(address(view, batch), follow=True)

    assert page.redirect_chain == [(address("change", batch), 302)]
    assert (page.context["progress"]["done"], list(page.context["messages"])) == (0, [])


def test_a_script_is_told_how_far_it_is(client, editor):
    batch = make_batch(upload("一.txt", article(1)), by=editor)

    told = client.post(address("step", batch), headers={"accept": "application/json"}).json()

    assert told == {"done": 1, "total": 1, "is_working": False, "words": "1 个文件都已读过"}


@pytest.mark.parametrize(
    ("show", "names"),
    [
        ("", ["一.txt", "又一.txt", "空.txt"]),
        ("ready", ["一.txt"]),
        ("duplicates", ["又一.txt"]),
        ("refused", ["空.txt"]),
        ("made", []),
        ("nonsense", ["一.txt", "又一.txt", "空.txt"]),
    ],
)
def test_the_table_is_narrowed(client, editor, show, names):
    batch = make_batch(upload("一.txt", article(1)), upload("又一.txt", article(1)), upload("空.txt", b""), by=editor)
    finish(batch)

    page = client.get(address("change", batch), {"show": show})

    assert [one["row"].file.name for one in page.context["rows"]] == names


def test_the_table_is_sorted(client, editor):
    batch = make_batch(*(upload(f"{name}.txt", article(name)) for name in (3, 1, 2)), by=editor)
    finish(batch)

    page = client.get(address("change", batch), {"sort": "name"})

    assert [one["row"].file.name for one in page.context["rows"]] == ["1.txt", "2.txt", "3.txt"]


def test_the_report_is_a_file(client, editor):
    batch = make_batch(upload("一.txt", article(1)), by=editor)

    response = client.get(address("report", batch))

    assert response.content.decode().startswith("\ufeff文件,")
    assert response.headers["Content-Disposition"].startswith("attachment; filename*=utf-8''")


def test_nothing_ticked_is_told(client, editor):
    batch = make_batch(upload("一.txt", article(1)), by=editor)

    page = client.post(address("drafts", batch), {"case": ["x", "9" * 30, "1@", "1@x"]}, follow=True)

    assert "请先勾选要建草稿的案例" in page.content.decode()


def test_no_file_is_told_on_the_page(client, editor):
    page = client.post(address("add"), {})

    assert page.context["form"].non_field_errors() == ["请选择文件：可以选多个文件、一个文件夹，或者 .zip 压缩包。"]


def test_a_batch_is_deleted_after_a_question(client, editor):
    batch = make_batch(upload("一.txt", article(1)), by=editor)

    page = client.get(address("delete", batch))
    assert ImportBatch.objects.count() == 1
    client.post(address("delete", batch), drawn_fields(page, None))

    assert ImportBatch.objects.count() == 0


def test_a_batch_deleted_during_a_step_is_not_there_any_more(client, editor):
    batch = make_batch(upload("一.txt", article(1)), by=editor)

    def deleted_by_a_colleague(**told):
        ImportBatch.objects.all().delete()

    post_save.connect(deleted_by_a_colleague, sender=SourceText)
    try:
        answer = client.post(address("step", batch), headers={"accept": "application/json"})
    finally:
        post_save.disconnect(deleted_by_a_colleague, sender=SourceText)

    assert (answer.status_code, ImportBatch.objects.count()) == (404, 0)


def test_an_editor_sees_batches_of_their_own_and_an_administrator_all(client, editor):
    own, other = (
        make_batch(upload("一.txt", "一"), by=editor),
        make_batch(upload("二.txt", "二"), by=make_user("other")),
    )

    assert list(client.get(address("changelist")).context["batches"]) == [own]
    for view in ("change", "report", "delete"):
        assert client.get(address(view, other)).status_code == 404
    for view in ("step", "drafts"):
        assert client.post(address(view, other)).status_code == 404

    client.force_login(make_user("admin", permissions=("*",)))
    assert list(client.get(address("changelist")).context["batches"]) == [other, own]


def test_only_who_may_add_cases_may_import(client):
    user = make_user("reader", permissions=("view_case",))
    client.force_login(user)
    batch = make_batch(upload("一.txt", "一"), by=user)

    for view, of in (("changelist", []), ("add", []), ("change", [batch]), ("report", [batch]), ("delete", [batch])):
        assert client.get(address(view, *of)).status_code == 403
    for view in ("step", "drafts"):
        assert client.post(address(view, batch)).status_code == 403
    assert address("add") not in client.get(reverse("admin:index")).content.decode()


def test_the_way_in_stands_on_the_index_and_on_the_list(client, editor):
    for page in ("admin:index", "admin:cases_case_changelist"):
        assert f'href="{address("add")}"' in client.get(reverse(page)).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_takes_as_many_queries_however_many_files_there_are(client, editor, django_assert_num_queries, count):
    batch = make_batch(*(upload(f"{number}.txt", article(number)) for number in range(count)), by=editor)
    finish(batch)

    with django_assert_num_queries(8):
        client.get(address("change", batch))
