import pytest
from django.core.management import call_command
from django.db import connection, transaction

from cases.content import CaseContent, to_json
from cases.editing.drafts import freeze, write_draft
from cases.publishing import release
from cases.publishing.rebuild import rebuild_published
from cases.search.index import clear_index, index_case, index_cases, reindex, reindex_if_stale, remove_case
from cases.search.query import search
from tests.builders import make_case, make_content, make_published_case, make_user

pytestmark = pytest.mark.django_db


def found(text):
    return list(search(text).values_list("pk", flat=True))


def change(published, **values):
    """Give a published row another content, as a publication would."""
    published.body = to_json(make_content(**values))
    published.save()


def rows():
    with connection.cursor() as cursor:
        cursor.execute("SELECT case_id, title FROM cases_searchtext ORDER BY case_id")
        return cursor.fetchall()


def test_a_republished_case_is_found_by_its_new_words_only():
    by = make_user()
    case = make_case(title="旧标题", tags=("旧标签",))
    release.publish(freeze(case, by=by), by=by)
    case = write_draft(make_content(title="新标题"), case=case, by=by)
    assert (found("旧标"), found("新标")) == ([case.pk], [])
    release.publish(freeze(case, by=by), by=by)
    assert (found("旧标"), found("新标"), found("旧")) == ([], [case.pk], [])


def test_a_withdrawn_case_leaves_nothing_in_the_index():
    published = make_published_case(title="撤下之前")
    release.withdraw(published.case, by=make_user(), reason="更正")
    assert (found("撤下"), rows()) == ([], [])


def test_a_draft_is_not_found():
    make_case(title="尚未发布")
    assert found("尚未") == []


def test_an_aborted_publication_leaves_no_entry():
    by = make_user()
    kept = make_published_case(title="先前发布")
    case = make_case(title="中途失败")

    def publish_and_fail():
        with transaction.atomic():
            release.publish(freeze(case, by=by), by=by)
            assert found("中途") == [case.pk]
            raise RuntimeError

    with pytest.raises(RuntimeError):
        publish_and_fail()
    assert (found("中途"), rows()) == ([], [(kept.pk, "先前发布")])


def test_removing_a_case_that_is_not_there_does_nothing():
    remove_case(123456)
    assert rows() == []


def test_indexing_a_case_again_replaces_its_entry():
    published = make_published_case(title="甲乙丙")
    change(published, title="丁戊己")
    index_case(published.pk)
    change(published, title="庚辛壬")
    index_cases([published.pk])
    assert (found("甲乙"), found("丁戊"), found("庚辛")) == ([], [], [published.pk])
    assert rows() == [(published.pk, "庚辛壬")]


def test_an_empty_case_can_be_indexed_and_removed():
    published = make_published_case()
    published.body = to_json(CaseContent())
    published.save()
    index_case(published.pk)
    remove_case(published.pk)
    assert rows() == []


@pytest.mark.parametrize("count", [0, 1, 3])
def test_reindex_makes_every_published_case_found_again(count, monkeypatch):
    monkeypatch.setattr("cases.search.index.BATCH", 2)
    make_case(title="只是草稿")
    cases = [make_published_case(title="重建索引").pk for _ in range(count)]
    clear_index()
    assert found("重建") == []
    seen = []
    assert reindex(progress=lambda starts: (seen.append(start) or start for start in starts)) == count
    assert (found("重建"), seen, found("草稿")) == (cases[::-1], list(range(0, count, 2)), [])
    assert reindex() == count
    assert len(rows()) == count


def test_rebuilding_the_published_tables_keeps_every_case_findable():
    case = make_published_case(title="整表重建")
    rebuild_published()
    assert (found("整表"), len(rows())) == ([case.pk], 1)


def test_the_command_says_how_many_cases_it_indexed(capsys):
    make_published_case()
    call_command("reindex")
    captured = capsys.readouterr()
    assert (captured.out, captured.err) == ("搜索索引已重建：1 个案例\n", "")


def test_an_index_of_another_format_is_made_anew():
    case = make_published_case(title="换了格式")
    clear_index()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE cases_searchformat SET format = 1")
    assert (reindex_if_stale(), found("格式"), reindex_if_stale()) == (1, [case.pk], None)
