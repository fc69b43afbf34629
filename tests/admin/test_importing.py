from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from cases.editing.importing import import_article, receive_article
from cases.editing.pictures import store_picture
from cases.models import Case, SourceText
from cases.presenting.numerals import chinese_numeral
from tests.admin.browser import drawn_fields
from tests.builders import make_region, make_theme, make_user
from tests.editing.test_importing import ARTICLE
from tests.editing.test_pictures import picture_bytes

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).parent.parent
IMPORT = "admin:cases_case_import"


@pytest.fixture
def editor(client):
    user = make_user("editor", permissions=("add_case", "change_case", "view_case"))
    client.force_login(user)
    return user


def preview_address():
    return reverse("admin:cases_case_preview", args=[SourceText.objects.get().pk])


def test_a_pasted_article_is_previewed_kept_as_a_draft_and_opened(client, editor):
    make_region()
    make_theme()

    page = client.post(reverse(IMPORT), {"text": ARTICLE.replace("\n", "\r\n")}, follow=True)
    assert page.redirect_chain == [(preview_address(), 302)]
    assert SourceText.objects.get().text == ARTICLE
    assert Case.objects.count() == 0

    page = client.post(preview_address(), {"known": "0"}, follow=True)
    case = Case.objects.get()
    assert page.redirect_chain == [(reverse("admin:cases_case_change", args=[case.pk]), 302)]
    assert (case.source_text, case.created_by) == (SourceText.objects.get(), editor)
    fields = drawn_fields(page)
    assert fields["initiatives.0.measures.0.heading"] == "并窗口"
    assert fields["region"] == "411100"


@pytest.mark.parametrize("count", [1, 3, 30])
def test_the_preview_takes_as_many_queries_however_long_it_is(client, editor, django_assert_num_queries, count):
    make_region()
    make_theme()
    numbers = [chinese_numeral(number) for number in range(3, count + 3)]
    more = "".join(f"{number}、把窗口搬进园区\n全年减少材料{at + 1}项。\n" for at, number in enumerate(numbers))
    receive_article("", (ARTICLE + more).encode(), by=editor)

    with django_assert_num_queries(14):
        page = client.get(preview_address())

    assert len(page.context["structure"].initiatives) == 2 + count


def test_the_preview_marks_every_kind_and_every_metric_in_the_article(client, editor):
    make_region()

    page = client.post(reverse(IMPORT), {"text": ARTICLE}, follow=True).content.decode()

    for look, words in (("title", "：把窗口搬进园区"), ("initiative", "减环节"), ("measure", "并窗口")):
        assert f'<span class="piece piece--{look}"' in page
        assert f">{words}</span>" in page
    metric = ARTICLE.index("把6个窗口")
    assert f'href="#row-metrics@{metric}">1</a>' in page
    assert f'id="row-metrics@{metric}"' in page
    assert "河南省 / 漯河市" in page


def test_the_preview_is_titled_by_the_title_found_else_by_the_name(client, editor):
    furniture = "当前位置：首页 > 经验交流\n"
    page = client.post(reverse(IMPORT), {"text": furniture + ARTICLE}, follow=True)
    assert page.context["title"] == "预览：漯河市：把窗口搬进园区"

    untitled = SimpleUploadedFile("没有题目.txt", "2024年5月1日\n".encode())
    page = client.post(reverse(IMPORT), {"file": untitled}, follow=True)
    assert page.context["title"] == "预览：没有题目.txt"


def test_an_uploaded_file_is_read_in_its_own_encoding(client, editor):
    upload = SimpleUploadedFile("稿子.txt", ARTICLE.encode("gb18030"))

    client.post(reverse(IMPORT), {"file": upload})

    article = SourceText.objects.get()
    assert (article.name, article.text) == ("稿子.txt", ARTICLE)


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ({}, "请粘贴文稿，或者选择一个文件。"),
        ({"text": "一", "file": SimpleUploadedFile("a.txt", b"1")}, "请只用一种方式：粘贴文稿，或者上传文件。"),
        ({"file": SimpleUploadedFile("空.txt", b"")}, "“空.txt”是空文件，请检查是否保存完整"),
        ({"file": SimpleUploadedFile("稿.doc", b"\xd0\xcf")}, "“稿.doc”是旧版 Word 文件"),
        ({"file": SimpleUploadedFile("大.txt", b"a" * 5_300_000)}, "“大.txt”超过 4 MB"),
    ],
    ids=["nothing", "both", "empty", "word", "large"],
)
def test_what_cannot_be_read_is_told_and_nothing_is_kept(client, editor, data, told):
    page = client.post(reverse(IMPORT), data)

    assert told in page.content.decode()
    assert SourceText.objects.count() == 0


def test_the_same_article_again_offers_the_case_there_is_or_a_new_one(client, editor):
    client.post(reverse(IMPORT), {"text": ARTICLE})
    client.post(preview_address(), {"known": "0"})
    case = Case.objects.get()

    page = client.post(reverse(IMPORT), {"text": ARTICLE}, follow=True)

    assert page.context["known"] == [case]
    assert f'<a href="{reverse("admin:cases_case_change", args=[case.pk])}">' in page.content.decode()
    assert 'value="仍然新建"' in page.content.decode()
    client.post(preview_address(), {"known": "1"})
    assert Case.objects.count() == 2


def test_a_button_pressed_twice_makes_one_draft(client, editor):
    client.post(reverse(IMPORT), {"text": ARTICLE})

    client.post(preview_address(), {"known": "0"})
    page = client.post(preview_address(), {"known": "0"})

    assert Case.objects.count() == 1
    assert [str(message) for message in page.context["messages"]][-1] == "这篇文稿刚才已经存为草稿，没有再存一遍。"


def test_only_those_who_may_add_cases_import(client):
    client.force_login(make_user("reader", permissions=("view_case",)))

    assert client.get(reverse(IMPORT)).status_code == 403
    assert reverse(IMPORT) not in client.get(reverse("admin:cases_case_changelist")).content.decode()


def test_control_characters_of_a_pasted_article_are_dropped(client, editor):
    client.post(reverse(IMPORT), {"text": ARTICLE[:9] + "\x00\x07" + ARTICLE[9:]})

    assert SourceText.objects.get().text == ARTICLE


@pytest.mark.parametrize("article", ["一、办得快\n" * 62, "一、办得快\n" * 40_000], ids=["initiatives", "characters"])
def test_an_article_too_large_for_one_case_is_told_and_cannot_be_kept(client, editor, article):
    page = client.post(reverse(IMPORT), {"text": article}, follow=True)

    text = page.content.decode()
    assert "这篇文稿太长，一个案例放不下，不能存为草稿。" in text
    assert "存为草稿后" not in text
    assert len(text) < 1_000_000
    assert client.post(preview_address(), {"known": "0"}).status_code == 200
    assert Case.objects.count() == 0


def test_the_preview_tells_of_a_case_that_the_article_is_likely_to_be(client, editor):
    text = (ROOT / "corpus" / "a01-news-prose.txt").read_text(encoding="utf-8")
    case = import_article("", text.encode(), by=editor).cases[0]

    page = client.post(reverse(IMPORT), {"text": text.replace("，", ",")}, follow=True)

    assert [(one.case, words) for one, words in page.context["duplicates"]] == [(case.pk, "文字几乎没有改动")]
    assert f'href="{reverse("admin:cases_case_change", args=[case.pk])}"' in page.content.decode()


RICH = """<html><body><h1>漯河市：把窗口搬进园区</h1>
<p>近年来，漯河市政务服务部门把窗口搬进园区，企业办事不出园。</p>
<h2>减环节</h2><p>把6个窗口并成1个窗口，全年减少材料18项，企业少跑路。</p>
<h2>快办理</h2><p>企业开办时间由5个工作日压缩至1个工作日，全年新登记企业2100户。</p></body></html>"""


def test_a_text_pasted_with_its_looks_is_read_as_a_page(client, editor):
    page = client.post(reverse(IMPORT), {"text": "漯河市：把窗口搬进园区", "rich": RICH}, follow=True)

    article = SourceText.objects.get()
    assert article.name == "粘贴的内容.html"
    assert [level for _start, level in article.levels] == [1, 2, 2]
    assert [section.heading.text for section in page.context["structure"].initiatives] == ["减环节", "快办理"]


def test_without_looks_the_plain_text_counts(client, editor):
    client.post(reverse(IMPORT), {"text": ARTICLE, "rich": " "})

    assert SourceText.objects.get().name == ""


SEVERAL = """优化营商环境典型案例汇编

案例一：漯河市把窗口搬进园区

近年来，漯河市政务服务部门把窗口搬进园区，企业办事不出园，累计服务企业320家，办事更方便，企业更满意，受到广泛好评。
一、减环节
一是并窗口。把6个窗口并成1个窗口。二是减材料。全年减少材料18项，群众少跑路。
二、快办理
企业开办时间由5个工作日压缩至1个工作日，全年新登记企业2100户。

案例二：焦作市推行“码上办”

焦作市行政审批局推行“码上办”，把高频事项集中到一个码上，群众扫码即可办理，累计办理事项5600件，平均用时10分钟。
一、归集事项
梳理高频事项120项，全部上码。
二、优化流程
办理环节由7个减少到3个，申报材料减少60%。
"""


@pytest.fixture
def several(client, editor):
    make_region("411100"), make_region("410800")
    return client.post(reverse(IMPORT), {"text": SEVERAL}, follow=True)


def test_of_several_cases_on_a_page_each_has_its_preview(client, several):
    whole, first, second = several.context["choices"]
    assert (whole.title, whole.is_shown) == ("整页作为一个案例", True)
    assert (first.title, second.title) == ("漯河市把窗口搬进园区", "焦作市推行“码上办”")

    page = client.get(preview_address(), {"part": second.part.start})

    drawn = page.context["structure"]
    assert [section.heading.text for section in drawn.initiatives] == ["归集事项", "优化流程"]
    assert "漯河市" not in "".join(piece.text for piece in page.context["pieces"])
    assert client.get(preview_address(), {"part": "7"}).url == preview_address()


def test_the_chosen_cases_of_a_page_become_drafts_and_are_shown_with_them(client, several):
    starts = [choice.part.start for choice in several.context["choices"][1:]]

    page = client.post(preview_address(), {"known": "0", "version": "0", "part": starts}, follow=True)

    assert list(Case.objects.order_by("pk").values_list("title", "part_start")) == [
        ("漯河市把窗口搬进园区", starts[0]),
        ("焦作市推行“码上办”", starts[1]),
    ]
    assert [len(choice.cases) for choice in page.context["choices"]] == [0, 1, 1]


def test_one_chosen_case_of_a_page_is_opened(client, several):
    second = several.context["choices"][2].part

    page = client.post(preview_address(), {"known": "0", "version": "0", "part": second.start}, follow=True)

    assert page.redirect_chain == [(reverse("admin:cases_case_change", args=[Case.objects.get().pk]), 302)]


def test_pictures_and_notes_of_the_file_are_shown_and_the_pictures_become_the_drafts(client, editor):
    client.post(reverse(IMPORT), {"text": ARTICLE})
    article = SourceText.objects.get()
    file = store_picture("现场.png", picture_bytes("PNG"))
    article.pictures.create(file=file, name="现场.png", alt="窗口", place=3)
    article.notes = [["“%(name)s”不是图片，没有保存", {"name": "a.emf"}]]
    article.save()

    page = client.get(preview_address()).content.decode()

    assert f'<img src="/media/pictures/{file}" alt="窗口" loading="lazy">' in page
    assert "“a.emf”不是图片，没有保存" in page
    client.post(preview_address(), {"known": "0", "version": "0"})
    assert Case.objects.get().pictures.get().file == file


def test_the_page_tells_what_files_it_takes_and_how_large(client, editor):
    page = client.get(reverse(IMPORT)).content.decode()

    assert "Word、PDF 和 .mht 不超过 20 MB，网页不超过 8 MB，纯文本不超过 4 MB。" in page
    assert '.docx,.pdf"' in page
    assert f'.zip 压缩包，请用<a href="{reverse("admin:cases_importbatch_add")}">批量导入</a>' in page


@pytest.mark.parametrize(
    ("more", "told"),
    [((), "请核对内容并保存；发布由有发布权限的同事来做。"), (("publish",), "请核对内容，然后保存并发布。")],
)
def test_without_reviews_an_editor_is_told_a_next_step_that_is_theirs(client, without_reviews, more, told):
    client.force_login(make_user("one", permissions=("add_case", "change_case", "view_case", *more)))
    client.post(reverse(IMPORT), {"text": ARTICLE})

    page = client.post(preview_address(), {"known": "0"}, follow=True)

    assert [str(message) for message in page.context["messages"]] == [f"已存为草稿。{told}"]
