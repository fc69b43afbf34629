"""Many files at once: read first, then made into drafts."""

from __future__ import annotations

import io
import zipfile
from datetime import timedelta
from itertools import pairwise

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from cases.editing import batch as batches
from cases.editing import bounds
from cases.editing.batch import (
    BatchRefused,
    choose_cases,
    delete_batch,
    receive_batch,
    work_on,
)
from cases.editing.batch_rows import batch_rows, duplicate_words, report, share_words
from cases.editing.folder import chosen_files, files_of_folder
from cases.editing.found import Duplicate
from cases.editing.importing import import_article, receive_article
from cases.models import Case, FileStage, ImportBatch, ImportFile, SourceText
from cases.parsing.result import Part
from tests.builders import make_user

pytestmark = pytest.mark.django_db

PLACES = ("城东街道", "港口片区", "北山镇", "南湖新城", "老工业区", "河西乡")


def article(number: int) -> str:
    """An article of its own: nothing but the frame is like that of another number."""
    word = "".join(chr(0x4E00 + (number * 7919 + step * 104729) % 20000) for step in range(120))
    lines = [
        f"{PLACES[number % 6]}第{number}号：把窗口搬进园区",
        f"一、减环节。{word[:40]}。",
        f"一是并窗口。{word[40:80]}，减少{number + 2}项材料。",
        f"二是减材料。{word[80:]}。",
    ]
    return "\n".join([*lines, ""])


def upload(name: str, data: str | bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data.encode() if isinstance(data, str) else data)


def archive(**files: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for name, data in files.items():
            packed.writestr(name.replace("__", "/") + ".txt", data)
    return out.getvalue()


def make_batch(*files: SimpleUploadedFile, by=None) -> ImportBatch:
    return receive_batch(chosen_files(files), by=by or make_user())


def finish(batch: ImportBatch) -> list[Case]:
    made = []
    while batch.files.filter(stage__in=[FileStage.WAITING, FileStage.CHOSEN]).exists():
        made += work_on(batch, by=make_user(), seconds=0)
    return made


def every_case(batch: ImportBatch) -> list[tuple[int, int | None]]:
    return [(row.file.pk, case.found.start) for row in batch_rows(batch) for case in row.cases]


def choose_all(batch: ImportBatch) -> list[Case]:
    choose_cases(batch, every_case(batch))
    return finish(batch)


def test_files_are_read_without_making_a_case():
    batch = make_batch(upload("一.txt", article(1)), upload("二.txt", article(2)))

    assert finish(batch) == []

    first, second = batch_rows(batch)
    assert (first.file.stage, first.cases[0].found.title) == ("read", "港口片区第1号：把窗口搬进园区")
    found = second.cases[0].found
    assert (found.initiatives, found.measures, found.metrics) == (1, 2, 1)
    assert [row.is_preselected for row in (first, second)] == [True, True]
    assert Case.objects.count() == 0
    assert set(ImportFile.objects.values_list("data", flat=True)) == {b""}


def test_a_bad_file_has_a_sentence_and_stops_no_other():
    batch = make_batch(upload("空.txt", b""), upload("旧.doc", b"\xd0\xcf\x11\xe0"), upload("一.txt", article(1)))
    finish(batch)

    empty, old, good = batch_rows(batch)

    assert empty.refusal == "“空.txt”是空文件，请检查是否保存完整"
    assert old.refusal.startswith("“旧.doc”是旧版 Word 文件")
    assert (good.file.stage, good.refusal) == ("read", "")


def test_an_error_nobody_foresaw_is_kept_with_the_file_and_logged(monkeypatch, caplog):
    def parse(article, **how):
        if article.name == "一.txt":
            raise RuntimeError("of the parser")
        return parse_article(article, **how)

    parse_article = batches.parse_article
    monkeypatch.setattr(batches, "parse_article", parse)
    batch = make_batch(upload("一.txt", article(1)), upload("二.txt", article(2)))
    finish(batch)

    broken, good = batch_rows(batch)

    assert broken.refusal == "读“一.txt”时系统出错，已经记录下来；请联系管理员，或复制正文到“从文稿新建”"
    assert "of the parser" in caplog.text
    assert good.file.stage == "read"


def test_what_systems_leave_in_folders_is_no_file():
    batch = make_batch(upload(".DS_Store", b"1"), upload("~$一.docx", b"1"), upload("一.txt", article(1)))

    assert list(batch.files.values_list("name", flat=True)) == ["一.txt"]


def test_of_a_folder_the_documents_are_read_and_pictures_go_with_their_page():
    paths = [
        "夹/页.html",
        "夹/页_files/图.png",
        "夹/页_files/样式.css",
        "夹/下/一.txt",
        "夹/照片.jpg",
        "夹/旧.doc",
        "夹/.DS_Store",
    ]
    files = files_of_folder([upload(path.rpartition("/")[2], b"1") for path in paths], paths)

    assert [file.name for file in files] == ["夹/下/一.txt", "夹/旧.doc", "夹/页.html"]
    assert [picture.name for picture in files[-1].beside] == ["页_files/图.png"]


def test_a_folder_whose_paths_are_not_told_is_read_by_names():
    files = files_of_folder([upload("二.txt", b"1"), upload("一.txt", b"1"), upload("照片.jpg", b"1")], [])

    assert [file.name for file in files] == ["一.txt", "二.txt"]


def test_pictures_of_a_saved_page_become_those_of_its_article():
    picture = io.BytesIO()
    Image.new("RGB", (40, 30), "white").save(picture, "PNG")
    page = f'<html><body><h1>把窗口搬进园区</h1><p>{article(1)}</p><p><img src="页_files/a.png"></p></body></html>'
    paths = ["夹/页.html", "夹/页_files/a.png"]
    uploads = [upload("页.html", page), upload("a.png", picture.getvalue())]
    batch = receive_batch(files_of_folder(uploads, paths), by=make_user())
    finish(batch)

    assert [picture.name for picture in SourceText.objects.get().pictures.all()] == ["a.png"]
    assert batch.files.get().beside == {}


def test_a_path_that_cannot_be_stored_is_written_otherwise():
    (file,) = files_of_folder([upload("a.txt", b"1")], ["夹\\\ud800\0.txt"])

    assert file.name == "夹/?.txt"


def test_too_many_too_large_or_none_is_refused_and_nothing_kept(monkeypatch):
    monkeypatch.setattr(bounds, "BATCH_FILES", 1)
    with pytest.raises(BatchRefused, match="一批最多 1 个文件，这里有 2 个"):
        make_batch(upload("一.txt", "一"), upload("二.txt", "二"))
    monkeypatch.setattr(bounds, "BATCH_MB", 0)
    with pytest.raises(BatchRefused, match="一批合计最多 0 MB，这里有 1 MB"):
        make_batch(upload("一.txt", "一"))
    with pytest.raises(BatchRefused, match="请选择文件"):
        make_batch(upload(".DS_Store", b"1"))

    assert ImportBatch.objects.count() == 0


def test_an_archive_gives_its_files_each_a_row():
    inner = archive(上__一=article(1).encode(), 二=b"")
    batch = make_batch(upload("文稿.zip", inner), upload("坏.zip", b"PK\x03\x04 no archive"))
    finish(batch)

    told = {row.file.name: (row.file.stage, bool(row.refusal)) for row in batch_rows(batch)}

    assert told == {
        "坏.zip": ("refused", True),
        "文稿.zip/上/一.txt": ("read", False),
        "文稿.zip/二.txt": ("refused", True),
    }


def test_an_archive_counts_by_what_is_in_it(monkeypatch):
    batch = make_batch(upload("文稿.zip", archive(一=b"1", 二=b"2")))
    monkeypatch.setattr(bounds, "BATCH_FILES", 1)
    finish(batch)

    (row,) = batch_rows(batch)

    assert row.refusal.startswith("“文稿.zip”里的文件太多或太大，一批放不下（最多 1 个")


def test_ticked_files_become_drafts_once():
    batch = make_batch(*(upload(f"{number}.txt", article(number)) for number in range(3)))
    finish(batch)
    first, second, _third = batch.files.all()

    assert choose_cases(batch, [(first.pk, None), (second.pk, None)]) == 2
    made = finish(batch)
    assert [case.source_text for case in made] == [
        ImportFile.objects.get(pk=file.pk).article for file in (first, second)
    ]

    assert choose_cases(batch, [(first.pk, None), (second.pk, None)]) == 0
    assert finish(batch) == []
    assert Case.objects.count() == 2
    assert [row.cases[0].drafts for row in batch_rows(batch)] == [(made[0],), (made[1],), ()]


def test_the_same_file_twice_gives_one_draft():
    batch = make_batch(upload("一.txt", article(1)), upload("又一.txt", article(1)))
    finish(batch)
    first, again = batch_rows(batch)
    assert (first.duplicates, first.is_preselected) == ([], True)
    assert again.duplicates == [Duplicate("file", "一.txt", file=first.file.pk, likeness=1.0)]
    assert not again.is_preselected

    choose_all(batch)

    assert Case.objects.count() == 1
    assert set(batch.files.values_list("stage", flat=True)) == {"made"}


def test_files_alike_are_told_of_each_other_the_later_of_the_earlier():
    again = article(1).replace("把窗口搬进园区", "转发")
    batch = make_batch(upload("一.txt", article(1)), upload("二.txt", article(2)), upload("三.txt", again))
    finish(batch)

    assert [[(one.way, one.title) for one in row.duplicates] for row in batch_rows(batch)] == [
        *([], []),
        [("text", "一.txt")],
    ]


def test_a_case_there_is_already_is_told_with_the_way_and_how_much():
    case = import_article("一.txt", article(1).encode(), by=make_user()).cases[0]
    again = article(1).replace("把窗口搬进园区", "转发")
    batch = make_batch(upload("同.txt", article(1)), upload("似.txt", again))
    finish(batch)

    same, alike = batch_rows(batch)

    assert [(one.way, one.case) for one in same.duplicates] == [("file", case.pk)]
    assert [(one.way, one.case) for one in alike.duplicates if one.case] == [("text", case.pk)]
    assert not any(row.is_preselected for row in (same, alike))


@pytest.fixture
def collection(monkeypatch) -> ImportBatch:
    """A file with three cases, read."""
    texts = [article(number) for number in range(3)]
    starts = [0, len(texts[0]), len(texts[0] + texts[1]), len("".join(texts))]
    parts = tuple(Part(start, end, "") for start, end in pairwise(starts))
    monkeypatch.setattr(batches, "article_parts", lambda _article: parts)
    batch = make_batch(upload("汇编.txt", "".join(texts)))
    finish(batch)
    return batch


def told(batch: ImportBatch) -> list[tuple[str, bool, bool, int]]:
    (row,) = batch_rows(batch)
    return [(case.stage.value, case.may_be_chosen, case.is_preselected, len(case.drafts)) for case in row.cases]


def test_several_cases_in_a_file_become_as_many_drafts(collection):
    (row,) = batch_rows(collection)
    assert (row.is_preselected, row.is_doubtful) == (True, True)
    assert told(collection) == [("read", True, True, 0)] * 3

    made = choose_all(collection)

    assert [case.part_start for case in made] == [case.found.start for case in row.cases]
    assert told(collection) == [("made", False, False, 1)] * 3


def test_of_several_cases_in_a_file_the_chosen_become_drafts_and_the_others_may_later(collection):
    (file, first), (_, second), (_, third) = every_case(collection)

    assert choose_cases(collection, [(file, third), (file, first), (file, 1)]) == 2
    assert told(collection) == [("chosen", False, False, 0), ("read", False, False, 0), ("chosen", False, False, 0)]
    assert [case.part_start for case in finish(collection)] == [first, third]
    assert told(collection) == [("made", False, False, 1), ("read", True, False, 0), ("made", False, False, 1)]

    assert choose_cases(collection, [(file, first), (file, second)]) == 1
    assert [case.part_start for case in finish(collection)] == [second]
    assert told(collection) == [("made", False, False, 1)] * 3


def test_a_case_of_a_file_that_is_there_already_is_the_only_one_not_ticked(collection):
    file, second = every_case(collection)[1]
    choose_cases(collection, [(file, second)])
    (case,) = finish(collection)
    SourceText.objects.update(sha256="another")
    again = make_batch(upload("又.txt", SourceText.objects.get().text))
    finish(again)

    (row,) = batch_rows(again)

    assert [[one.case for one in found.duplicates] for found in row.cases] == [[], [case.pk], []]
    assert [found.is_preselected for found in row.cases] == [True, False, True]


def test_a_draft_that_was_deleted_may_be_made_again():
    batch = make_batch(upload("一.txt", article(1)))
    finish(batch)
    choose_all(batch)
    Case.objects.all().delete()

    assert told(batch) == [("made", True, False, 0)]
    assert len(choose_all(batch)) == 1


def test_a_file_in_other_hands_is_left_to_them():
    batch = make_batch(upload("一.txt", article(1)))
    batch.files.update(claimed_at=timezone.now())

    work_on(batch, by=make_user())

    assert batch.files.get().stage == "waiting"


def test_a_file_whose_reader_went_away_is_read_again():
    batch = make_batch(upload("一.txt", article(1)))
    batch.files.update(claimed_at=timezone.now() - timedelta(minutes=2), tries=1)

    work_on(batch, by=make_user())

    assert batch.files.get().stage == "read"


def test_a_file_at_which_the_server_went_away_twice_is_left_alone():
    batch = make_batch(upload("一.txt", article(1)))
    batch.files.update(claimed_at=timezone.now() - timedelta(minutes=2), tries=2)

    work_on(batch, by=make_user())

    assert batch_rows(batch)[0].refusal.startswith("读“一.txt”时服务器两次中断")


def test_what_comes_too_late_is_not_kept(monkeypatch):
    """The claim ran out and somebody else took the file: the draft of the first is not made."""
    batch = make_batch(upload("一.txt", article(1)))
    finish(batch)
    choose_cases(batch, every_case(batch))
    file = batches._claim(batch)
    batch.files.update(claimed_at=timezone.now() + timedelta(seconds=1))

    step = batches._Step(batch, make_user())
    step.take(file)

    assert (step.made, Case.objects.count()) == ([], 0)


def test_a_draft_that_cannot_be_made_leaves_nothing_and_can_be_tried_again(monkeypatch):
    def fail(*_anything, **_else):
        raise RuntimeError

    batch = make_batch(upload("一.txt", article(1)))
    finish(batch)
    with monkeypatch.context() as patch:
        patch.setattr(batches, "draft_from_article", fail)
        choose_all(batch)
    (row,) = batch_rows(batch)
    assert (row.file.stage, Case.objects.count()) == ("read", 0)
    assert row.refusal.startswith("“一.txt”没有建成草稿")

    assert len(choose_all(batch)) == 1


def test_deleting_a_batch_keeps_drafts_and_articles_that_came_before():
    receive_article("零.txt", article(0).encode(), by=make_user())
    batch = make_batch(*(upload(f"{number}.txt", article(number)) for number in range(3)))
    finish(batch)
    choose_cases(batch, [(batch.files.get(name="1.txt").pk, None)])
    finish(batch)

    delete_batch(batch)

    assert ImportFile.objects.count() == 0
    assert [case.title for case in Case.objects.all()] == ["港口片区第1号：把窗口搬进园区"]
    assert list(SourceText.objects.order_by("pk").values_list("name", flat=True)) == ["零.txt", "1.txt"]


@pytest.mark.parametrize("count", [1, 3])
def test_a_file_is_read_in_as_many_queries_however_many_there_are(django_assert_num_queries, count):
    batch = make_batch(*(upload(f"{number}.txt", article(number)) for number in range(count)))

    with django_assert_num_queries(12 + 10 * count):
        work_on(batch, by=make_user(), seconds=60)


@pytest.mark.parametrize("count", [1, 3])
def test_the_table_takes_three_queries(django_assert_num_queries, count):
    batch = make_batch(*(upload(f"{number}.txt", article(number)) for number in range(count)))
    finish(batch)

    with django_assert_num_queries(3):
        assert len(batch_rows(batch)) == count


def test_a_name_that_hides_its_ending_is_kept_as_it_is():
    hidden = "通知\u202etxt"
    batch = make_batch(upload(f"{hidden}.doc", "漯河"), upload("包.zip", archive(**{hidden: b"x"})))
    finish(batch)

    assert {file.name for file in batch.files.all()} == {"通知txt.doc", "包.zip/通知txt.txt"}


def test_the_report_tells_all_and_runs_no_formula():
    batch = make_batch(upload("＝1+1.txt", article(1)), upload("空.txt", b""))
    finish(batch)

    text = report(batch, by=make_user(), link="/cases/{}".format)

    head, first, second = text.removeprefix("\ufeff").splitlines()
    assert text.startswith("\ufeff文件,结果,标题,")
    assert first.startswith("'＝1+1.txt,已读取,港口片区第1号：把窗口搬进园区,")
    assert second == "空.txt,读不出" + "," * 12 + "“空.txt”是空文件，请检查是否保存完整,"
    assert head.count(",") == first.count(",") == second.count(",")
    choose_all(batch)
    assert f"/cases/{Case.objects.get().pk}" in report(batch, by=make_user(), link="/cases/{}".format)


@pytest.mark.parametrize(
    ("share", "words"), [(0.6, "文字六成相同"), (0.99, "文字九成相同"), (1.0, "文字几乎没有改动"), (0.05, "")]
)
def test_a_share_is_told_in_tenths(share, words):
    assert share_words(share) == words


def test_the_way_is_told_with_the_share():
    assert duplicate_words(Duplicate("address", "甲", case=1, likeness=0.93)) == "同一原文链接，文字九成相同"
    assert duplicate_words(Duplicate("address", "甲", case=1)) == "同一原文链接"
    assert duplicate_words(Duplicate("text", "甲", case=1, likeness=0.93)) == "文字九成相同"
    assert duplicate_words(Duplicate("file", "甲", case=1, likeness=1.0)) == "同一文件"
