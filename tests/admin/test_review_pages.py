import datetime
from dataclasses import replace

import pytest
from django.urls import reverse
from django.utils import timezone

from cases.editing.drafts import freeze, read_draft, write_draft
from cases.editing.review import steps
from cases.editing.review.comments import comment_on
from cases.editing.review.timeline import timeline
from cases.models import Case, PublishedCase, Review, ReviewComment
from cases.publishing import release
from tests.admin.browser import drawn_fields
from tests.builders import make_case, make_content, make_metric, make_region, make_user

pytestmark = pytest.mark.django_db

EDITOR = ("view_case", "add_case", "change_case")


@pytest.fixture
def editor():
    return make_user("editor", permissions=EDITOR)


@pytest.fixture
def first(client):
    user = make_user("first", permissions=("view_case", "first_review"))
    client.force_login(user)
    return user


def submitted(editor, **values):
    case = make_case(by=editor, **values)
    steps.submit_for_review(case, by=editor)
    return case


def address(case, name="review", *more):
    return reverse(f"admin:cases_case_{name}", args=[case.pk, *more])


def take(client, case, verb, **told):
    """Open the page of a step and say yes, as a browser does."""
    page = client.get(address(case, "step", verb))
    return client.post(address(case, "step", verb), drawn_fields(page, None) | told, follow=True)


def told(response):
    return [(message.level_tag, str(message)) for message in response.context["messages"]]


def test_a_case_is_handed_on_through_the_pages_to_its_readers(client, editor):
    case = make_case(by=editor)
    judges = [
        make_user(name, permissions=("view_case", name, "publish")) for name in ("first_review", "second_review")
    ] + [make_user("final", permissions=("view_case", "final_review", "publish"))]
    client.force_login(editor)
    assert told(take(client, case, "submit", note="第一次")) == [("success", "已提交审核。")]
    for judge in judges:
        client.force_login(judge)
        assert [row.case for row, _next in client.get(reverse("admin:queue")).context["rows"]] == [case]
        assert told(take(client, case, "approve", opinion="可以")) == [("success", "已通过。")]

    assert told(take(client, case, "publish")) == [("success", "已发布。")]

    assert PublishedCase.objects.get().pk == case.pk
    page = client.get(reverse("admin:cases_case_history", args=[case.pk]))
    assert [event.step for event in page.context["events"]] == ["published", *["approved"] * 3, "submitted"]


def test_a_return_shows_its_reasons_to_the_editor(client, first, editor):
    case = submitted(editor)

    take(client, case, "return", reasons=["facts"], opinion="第二条")
    client.force_login(editor)
    page = client.get(address(case, "change")).content.decode()

    assert ("事实或数字有误" in page, "第二条" in page, 'name="_submit"' in page) == (True, True, True)
    groups = client.get(reverse("admin:manuscripts")).context
    assert (groups["chosen"], [one.pk for one in groups["page"]]) == ("returned", [case.pk])


def test_a_step_that_cannot_be_taken_says_why_and_keeps_what_was_typed(client, first, editor):
    case = submitted(editor)
    fields = drawn_fields(client.get(address(case, "step", "return")), None)

    page = client.post(address(case, "step", "return"), fields | {"opinion": " "})
    assert page.context["form"].non_field_errors() == ["请选择退回的原因，或者写明意见。"]

    Case.objects.update(version=99)  # somebody was faster
    page = client.post(address(case, "step", "return"), fields | {"opinion": "改一改"})
    assert "刚才有人保存或者处理了这个案例" in page.content.decode()
    again = drawn_fields(page, None)
    assert (again["opinion"], again["version"]) == ("改一改", "99")


def test_what_is_missing_is_told_with_links_to_the_form(client, editor):
    client.force_login(editor)
    case = make_case(by=editor, metrics=(make_metric(label="公里", quote="哪里也没有的话"),))

    page = take(client, case, "submit")

    assert f"{address(case, 'change')}#id_metrics-0-quote" in page.content.decode()
    assert Case.objects.get().stage == "draft"


def test_who_may_not_take_a_step_has_no_button_and_is_told_why(client, editor):
    case = submitted(editor)
    client.force_login(editor)

    page = client.get(address(case))
    refused = client.post(address(case, "step", "approve"), {"version": case.version})

    assert address(case, "step", "approve") not in page.content.decode()
    assert address(case, "step", "take_back") in page.content.decode()
    assert (refused.status_code, refused.context["reason"]) == (403, "您没有做这一步的权限。")


def test_a_case_out_of_sight_is_not_there(client, editor):
    case = submitted(editor, region=make_region("110101"))
    narrow = make_user("narrow", permissions=("view_case", "first_review"))
    narrow.regions.add(make_region("411100"))
    client.force_login(narrow)

    pages = [address(case), address(case, "step", "approve"), address(case, "history"), address(case, "withdraw")]
    assert [client.get(page).status_code for page in pages] == [404] * 4
    assert client.post(address(case, "comment"), {"text": "看看"}).status_code == 404
    assert client.get(reverse("admin:queue")).context["rows"] == []


def test_a_frozen_case_is_read_in_its_form(client, editor):
    client.force_login(editor)
    case = submitted(editor)

    page = client.get(address(case, "change")).content.decode()

    assert ('name="_continue"' in page, "审核期间文字冻结" in page) == (False, True)
    client.post(address(case, "change"), {"title": "改", "_save": ""})
    assert Case.objects.get(pk=case.pk).title != "改"


def test_a_comment_stands_beside_its_words_is_answered_and_closed(client, first, editor):
    case = submitted(editor, intro="导语第一句。第二句。")
    words = {"path": "intro", "quote": "第二句。", "text": "请写具体"}

    page = client.post(address(case, "comment"), words, follow=True).content.decode()
    comment = ReviewComment.objects.get()
    assert ("<mark>第二句。</mark>" in page, f'id="comment-{comment.pk}"' in page) == (True, True)

    client.force_login(editor)
    client.post(address(case, "comment"), {"comment": comment.pk, "text": "改好了"})
    client.force_login(first)
    page = client.post(address(case, "comment"), {"comment": comment.pk, "text": "", "close": "1"}, follow=True)

    comment.refresh_from_db()
    assert ([answer.text for answer in comment.replies.all()], comment.closed_by) == (["改好了"], first)
    assert "<mark>" not in page.content.decode()


def test_a_comment_on_words_that_are_not_there_comes_back_with_what_was_typed(client, first, editor):
    case = submitted(editor)

    page = client.post(address(case, "comment"), {"path": "intro", "quote": "没有的话", "text": "请写具体"})

    assert ("引用的原文不在这一段里" in page.content.decode(), "请写具体" in page.content.decode()) == (True, True)
    assert not ReviewComment.objects.exists()


def test_comments_whose_words_are_gone_stand_apart_and_moved_words_are_found(client, editor):
    client.force_login(editor)
    case = make_case(by=editor, intro="甲句。乙句。", closing="")
    for quote in ("甲句。", "乙句。"):
        comment_on(case, by=editor, path="intro", quote=quote, text=f"批{quote}")
    write_draft(make_content(intro="导语。", closing="乙句。"), by=editor, case=case)

    page = client.get(address(case))

    assert [thread.comment.quote for thread in page.context["gone"]] == ["甲句。"]
    placed = {shown.passage.path: len(shown.threads) for shown in page.context["passages"] if shown.threads}
    assert placed == {"closing": 1}


def test_a_copy_is_a_draft_of_its_own(client, editor):
    client.force_login(editor)
    case = submitted(editor, title="原来的")

    page = take(client, case, "copy")

    copy = Case.objects.exclude(pk=case.pk).get()
    assert (copy.title, copy.stage, page.request["PATH_INFO"]) == ("原来的", "draft", address(copy, "change"))
    assert timeline(case)[0].copy == str(copy.pk)


def test_the_first_page_tells_what_waits_and_what_is_overdue(client, first, editor):
    case = submitted(editor, title="等久了的")
    Case.objects.update(stage_since=timezone.now() - datetime.timedelta(days=4))

    page = client.get(reverse("admin:index"))

    assert (page.context["waiting_count"], page.context["overdue_count"]) == (1, 1)
    assert address(case) in page.content.decode()


def test_what_was_public_before_steps_were_written_down_is_in_the_history(client, editor):
    from cases.editing.drafts import freeze
    from cases.publishing import release

    case = make_case(by=editor)
    release.publish(freeze(case, by=editor), by=editor)
    chief = make_user("chief", permissions=("publish", "force_publish"))
    steps.withdraw_case(case, by=chief, reason="有误")

    assert [(event.step, event.opinion) for event in timeline(case)] == [("withdrawn", "有误"), ("published", "")]
    assert Review.objects.count() == 1


@pytest.mark.parametrize("count", [1, 4])
def test_the_queue_takes_as_many_queries_however_long_it_is(
    client, first, editor, count, django_assert_max_num_queries
):
    for _number in range(count):
        submitted(editor)

    with django_assert_max_num_queries(9):
        page = client.get(reverse("admin:queue"))

    assert len(page.context["rows"]) == count


@pytest.mark.parametrize("count", [1, 12])
def test_the_review_page_takes_as_many_queries_however_much_is_said(
    client, first, editor, count, django_assert_max_num_queries
):
    case = submitted(editor)
    for number in range(count):
        comment_on(case, by=first, path="intro", text=f"批注{number}")

    with django_assert_max_num_queries(26):
        client.get(address(case))


def test_the_reviewer_is_shown_what_readers_do_not_have_yet(client, first, editor):
    case = make_case(by=editor, intro="导语第一段。", closing="结语。")
    release.publish(freeze(case, by=editor), by=editor)
    write_draft(replace(read_draft(case), closing="改过的结语。"), by=editor, case=case)
    steps.submit_for_review(case, by=editor)
    client.force_login(first)

    page = client.get(address(case, "review"))

    assert [shown.passage.path for shown in page.context["passages"] if shown.is_new] == ["closing"]
    assert "1 处有改动" in page.content.decode()
    assert reverse("admin:cases_case_compare", args=[case.pk]) in page.content.decode()
