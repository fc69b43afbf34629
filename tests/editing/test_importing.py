import pytest
from django.db import connection

from cases.editing import bounds, importing
from cases.editing.drafts import read_draft
from cases.editing.importing import (
    ReadingError,
    article_parts,
    draft_from_article,
    import_article,
    parse_article,
    receive_article,
)
from cases.editing.words import database_words
from cases.models import Case, Department, Region, SourceText, Theme
from cases.parsing.result import DepartmentWord, RegionWord, ThemeWord
from tests.builders import make_department, make_region, make_theme, make_user
from tests.parsing.test_parts import TITLES
from tests.parsing.test_parts import page as page_of_three
from tests.reading.building import png

pytestmark = pytest.mark.django_db

ARTICLE = """漯河市：把窗口搬进园区
发布时间：2024-05-01 来源：漯河日报
近年来，漯河市政务服务部门把窗口搬进园区，企业办事不出园。
一、减环节
一是并窗口。把6个窗口并成1个窗口。二是减材料。全年减少材料18项。
二、快办理
企业开办时间由5个工作日压缩至1个工作日。
"""


def test_an_article_becomes_a_draft_that_keeps_its_text():
    make_region()
    user = make_user()

    imported = import_article("稿子.txt", ARTICLE.encode("gb18030"), by=user)

    article = SourceText.objects.get()
    assert (article.name, article.text, article.received_by) == ("稿子.txt", ARTICLE, user)
    [case] = imported.cases
    assert (case.source_text, case.part_start, imported.is_new) == (article, None, True)
    content = read_draft(Case.objects.get())
    assert content == parse_article(article).content
    assert (content.region, [part.heading for part in content.initiatives]) == ("411100", ["减环节", "快办理"])


def test_the_same_bytes_again_give_the_draft_that_is_there():
    first = import_article("稿子.txt", ARTICLE.encode(), by=make_user())
    again = import_article("改了名.txt", ARTICLE.encode(), by=make_user("other"))

    assert (again.cases, again.is_new, Case.objects.count(), SourceText.objects.count()) == (first.cases, False, 1, 1)


@pytest.mark.django_db(transaction=True)
def test_an_article_is_read_and_taken_apart_before_others_have_to_wait(monkeypatch):
    open_meanwhile = []

    def noted(act):
        def noting(*given, **how):
            open_meanwhile.append(connection.in_atomic_block)
            return act(*given, **how)

        return noting

    for act in ("read_file", "parse"):
        monkeypatch.setattr(importing, act, noted(getattr(importing, act)))

    import_article("稿子.txt", ARTICLE.encode(), by=make_user())

    assert open_meanwhile == [False, False]


def test_who_imports_what_somebody_imported_meanwhile_is_given_their_drafts(monkeypatch):
    def read_after_a_colleague(*given, **how):
        monkeypatch.undo()
        there.append(import_article("稿子.txt", ARTICLE.encode(), by=make_user("other")))
        return importing.read_file(*given, **how)

    there = []
    monkeypatch.setattr(importing, "read_file", read_after_a_colleague)

    imported = import_article("稿子.txt", ARTICLE.encode(), by=make_user())

    assert (imported.cases, imported.is_new, there[0].is_new) == (there[0].cases, False, True)
    assert SourceText.objects.count() == 1


def test_every_case_of_a_page_becomes_a_draft_with_the_pictures_that_follow_its_words(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    text = page_of_three([f"案例{number}：{title}" for number, title in zip("一二三", TITLES, strict=True)])
    shown = "".join(f"<p>{line}</p>" for line in text.split("\n"))
    for number, title in zip("二三", TITLES[1:], strict=True):
        heading = f"<p>案例{number}：{title}</p>"
        shown = shown.replace(heading, f'<p><img src="页_files/{number}.png"></p>{heading}')
    shown += '<p><img src="页_files/末.png"></p>'
    beside = {f"页_files/{name}.png": png(50 + at, 50) for at, name in enumerate("二三末")}

    imported = import_article("页.html", shown.encode(), by=make_user(), beside=beside)

    drafts = [read_draft(case) for case in imported.cases]
    assert [draft.title for draft in drafts] == list(TITLES)
    assert [[picture.name for picture in draft.pictures] for draft in drafts] == [["二.png"], ["三.png"], ["末.png"]]


def test_a_page_that_comes_again_with_its_pictures_has_them(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    page = "".join(f"<p>{line}</p>" for line in ARTICLE.split("\n")) + '<img src="页_files/1.png">'
    pictures = {"页_files/1.png": png()}

    received = [receive_article("页.html", page.encode(), by=make_user(), beside=beside) for beside in ({}, pictures)]
    again = receive_article("页.html", page.encode(), by=make_user(), beside=pictures)

    assert [article.pictures.count() for article in received] == [0, 1]
    assert again == received[1]


def test_one_article_may_give_several_drafts_when_asked():
    article = receive_article("", ARTICLE.encode(), by=make_user())
    parsed = parse_article(article)

    cases = [draft_from_article(article, parsed, by=make_user()) for _ in range(2)]

    assert list(article.case_set.order_by("pk")) == cases


def test_a_page_too_long_to_be_looked_through_is_one_article():
    cases = "".join(f"案例{number}：漯河市\n{'把窗口搬进园区，企业办事不出园。' * 20}\n" for number in (1, 2))

    assert len(article_parts(SourceText(text=cases))) == 2
    assert article_parts(SourceText(text=cases + "。" * bounds.PAGE_CHARACTERS)) == ()


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("空.txt", b"", "“空.txt”是空文件，请检查是否保存完整"),
        ("大.txt", b"a" * (4 * 1024 * 1024 + 1), "“大.txt”超过 4 MB，请拆分成单篇文章后再导入"),
        (
            "图.txt",
            b"\x89PNG\r\n\x1a\n\x00\x00",
            "“图.txt”是图片，里面的文字读不出来；请导入文字稿，图片可以在案例里添加",
        ),
        ("", b" \n ", "“粘贴的文稿.txt”里没有文字，请检查是否保存完整"),
    ],
)
def test_what_cannot_be_read_is_refused_by_name_and_nothing_is_kept(name, data, told):
    with pytest.raises(ReadingError) as refused:
        import_article(name, data, by=make_user())

    assert str(refused.value) == told
    assert (SourceText.objects.count(), Case.objects.count()) == (0, 0)


@pytest.mark.parametrize("count", [1, 3])
def test_the_words_of_the_database_are_read_in_three_queries(django_assert_num_queries, count):
    for number, code in zip(range(count), ("411100", "330500", "371082"), strict=False):
        make_region(code)
        make_department(f"office-{number}")
        make_theme(f"theme-{number}")

    with django_assert_num_queries(3):
        words = database_words()

    assert len(words.departments) == len(words.themes) == count


def test_the_words_are_those_an_editor_may_still_choose():
    make_region()
    make_department(aliases=["交通局"])
    make_theme(keywords=["公路"])
    for model, key in ((Region, "410000"), (Department, "old"), (Theme, "old")):
        model.objects.update_or_create(pk=key, defaults={"name": "旧名", "is_retired": True})

    words = database_words()

    assert words.regions == (RegionWord("411100", "漯河市", "410000", "prefecture"),)
    assert words.departments == (DepartmentWord("transport", "交通运输部门", ("交通局",)),)
    assert words.themes == (ThemeWord("logistics-transport", "交通物流", "site", ("公路",)),)


def test_an_article_too_large_for_one_case_is_refused_and_nothing_is_kept():
    with pytest.raises(ReadingError, match=r"“汇编\.txt”太长，一个案例放不下，没有导入；请拆成几篇"):
        import_article(
            "汇编.txt",
            ("漯河市的做法\n" + "一、办得快\n今年以来，各地把窗口搬到园区，企业少跑路。\n" * 62).encode(),
            by=make_user(),
        )

    assert (Case.objects.count(), SourceText.objects.count()) == (0, 0)


def test_words_that_have_not_changed_are_those_the_parser_has_its_indexes_of():
    make_region()
    before = database_words()
    assert database_words() is before

    Region.objects.update(name="改了名的市")

    assert {region.name for region in database_words().regions} == {"改了名的市"}
