"""What an editor corrects in a preview: each correction, who may make it, and what a colleague did meanwhile."""

from urllib.parse import quote

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from cases.admin.correcting import NotUnderstood, corrected
from cases.editing.importing import (
    corrections_of,
    draft_from_article,
    keep_corrections,
    parse_article,
    receive_article,
)
from cases.models import SourceText
from cases.parsing.result import Corrections
from tests.admin.browser import drawn_fields
from tests.builders import make_region, make_theme, make_user
from tests.editing.test_importing import ARTICLE

NOTHING = Corrections()
WINDOW = (ARTICLE.index("6个窗口"), ARTICLE.index("6个窗口") + 4)
HEADING = ARTICLE.index("快办理")


def place(words):
    return ARTICLE.index(words)


def made(command, corrections=NOTHING, **where):
    return corrected(corrections, command, ARTICLE, where)[0]


@pytest.mark.django_db
class TestWhatACorrectionMakes:
    def test_a_heading_gets_another_level(self):
        assert made(f"role {HEADING} measure") == Corrections(roles={HEADING: "measure"})

    def test_the_last_level_counts_whether_the_mark_or_its_words_are_named(self):
        first = made(f"role {HEADING} measure")

        assert made(f"role {HEADING - 2} text", first) == Corrections(roles={HEADING - 2: "text"})
        assert made(f"role {HEADING} auto", first) == NOTHING

    def test_the_line_of_selected_words_gets_a_level(self):
        words = {"words": "政务服务部门", "at": str(place("政务服务部门"))}

        assert made("role initiative", **words) == Corrections(roles={place("近年来"): "initiative"})

    def test_a_selected_sentence_inside_a_line_is_meant_itself(self):
        for words in ("二是减材料", "减材料", "是减材料"):
            assert made("role text", words=words) == Corrections(roles={place("二是减材料"): "text"})

    def test_of_several_lines_the_first_becomes_the_heading_of_the_others(self):
        start, end = place("二、"), len(ARTICLE)

        assert made(f"role {start} {end} initiative").roles == {start: "initiative", place("企业开办"): "text"}
        assert made(f"role {start} {end} furniture").roles == {start: "furniture", place("企业开办"): "furniture"}

    def test_a_metric_is_dropped_and_restored(self):
        dropped = made("drop {} {}".format(*WINDOW))

        assert dropped == Corrections(dropped=frozenset({WINDOW}))
        assert made("restore {} {}".format(*WINDOW), dropped) == NOTHING

    def test_selected_words_become_a_metric_and_none_again(self):
        marked = made("mark", words="6个窗口", at=str(WINDOW[0]))

        assert marked == Corrections(marked=frozenset({WINDOW}))
        assert made("drop {} {}".format(*WINDOW), marked) == NOTHING

    @pytest.mark.parametrize("value", ["漯河", "a  b\u3000%20"])
    def test_a_value_of_a_list_is_left_out_and_taken_back(self, value):
        left_out = made(f"leave_out tags {quote(value)}")

        assert left_out == Corrections(left_out=frozenset({("tags", value)}))
        assert made(f"take_back tags {quote(value)}", left_out) == NOTHING

    def test_the_last_word_on_a_figure_counts_with_other_words_round_it(self):
        marked = made("mark", made("drop {} {}".format(*WINDOW)), words="把6个窗口并成1个窗口")
        stretch = (WINDOW[0] - 1, WINDOW[0] + 10)

        assert marked == Corrections(marked=frozenset({stretch}))
        assert made("drop {} {}".format(*WINDOW), marked) == Corrections(dropped=frozenset({WINDOW}))

    def test_words_written_out_are_found_where_the_selection_is_not_told(self):
        assert made("mark", words="6个窗口") == made("mark", words="6个窗口", at="3")

    def test_a_finding_is_accepted_and_opened_again(self):
        accepted = made("accept heading@5")

        assert accepted == Corrections(accepted=frozenset({"heading@5"}))
        assert made("reopen heading@5", accepted) == NOTHING

    def test_a_region_is_chosen_and_left_to_the_parser_again(self):
        make_region("411100")

        assert made("region 411100") == Corrections(region="411100")
        assert made("region auto", Corrections(region="411100")) == NOTHING

    @pytest.mark.parametrize(
        ("command", "words", "told"),
        [
            ("mark", "不在文中的话", "文稿里没有“不在文中的话”，请照原文写。"),
            ("mark", "窗口", "“窗口”在文稿里有 5 处，请多写几个字。"),
            ("mark", "", "请先选中文稿里的文字，或者写出原文里的字句。"),
            ("role initiative", "", "请先选中文稿里的文字，或者写出原文里的字句。"),
            *(
                (command, "", "没有看懂这一处修改，什么也没有改。")
                for command in (
                    *("", "drop 1", "drop 5 2", "drop -4 2", "drop 1 999999", "drop a b", "burn 1 2", "accept"),
                    *("role 1 king", "role 999999 text", "region 000000", "region"),
                    *(
                        "leave_out",
                        "leave_out tags",
                        "leave_out title x",
                        "leave_out tags %00",
                        f"leave_out tags {'x' * 501}",
                    ),
                    *(
                        "accept \x00",
                        "accept heading@1\x00",
                        "accept <b>",
                        "accept heading@" + "1" * 10,
                        "accept " + "x" * 60,
                    ),
                )
            ),
        ],
    )
    def test_what_cannot_be_done_is_told(self, command, words, told):
        with pytest.raises(NotUnderstood) as refusal:
            made(command, words=words)

        assert str(refusal.value) == told


@pytest.fixture
def article(client, db):
    user = make_user("editor", permissions=("add_case", "change_case", "view_case"))
    client.force_login(user)
    make_region()
    return receive_article("", ARTICLE.encode(), by=user)


@pytest.fixture
def correct(client, article):
    """Send a correction as the page's form does; gives the messages of the page that follows."""

    def send(correction, version=None, **fields):
        if version is None:
            version = SourceText.objects.get().corrections_version
        page = client.post(
            reverse("admin:cases_case_correct", args=[article.pk]),
            {"correction": correction, "version": version, "part": "", **fields},
            follow=True,
        )
        assert page.redirect_chain == [(reverse("admin:cases_case_preview", args=[article.pk]), 302)]
        return [str(message) for message in get_messages(page.wsgi_request)] or [
            str(message) for message in page.context["messages"]
        ]

    return send


def kept():
    return corrections_of(SourceText.objects.get())


def headings(client, article):
    page = client.get(reverse("admin:cases_case_preview", args=[article.pk]))
    return [section.heading.text for section in page.context["structure"].initiatives]


def test_a_correction_is_kept_at_once_and_the_article_is_drawn_anew(client, article, correct):
    assert headings(client, article) == ["减环节", "快办理"]

    assert correct(f"role {HEADING} measure") == ["“快办理”改为：措施。"]

    assert kept() == Corrections(roles={HEADING: "measure"})
    assert headings(client, article) == ["减环节"]


def test_what_was_corrected_is_listed_with_a_way_back(client, article, correct):
    correct(f"role {HEADING} measure")
    correct("drop {} {}".format(*WINDOW))

    page = client.get(reverse("admin:cases_case_preview", args=[article.pk])).content.decode()

    assert f'value="role {HEADING} auto"' in page
    assert 'value="restore {} {}"'.format(*WINDOW) in page


def test_a_theme_is_left_out_listed_and_taken_back(client, article, correct):
    def drawn():
        page = client.get(reverse("admin:cases_case_preview", args=[article.pk]))
        facts = [row.text for _name, rows in page.context["structure"].facts for row in rows if row.drop]
        return facts, page.content.decode()

    theme = make_theme(keywords=["窗口"])
    facts, page = drawn()
    assert facts == ["交通物流（本站主题）"]
    assert f'value="leave_out themes {theme.pk}"' in page

    assert correct(f"leave_out themes {theme.pk}") == ["去掉了主题“交通物流”。"]
    facts, page = drawn()
    assert (facts, f'value="take_back themes {theme.pk}"' in page) == ([], True)
    case = draft_from_article(article, parse_article(SourceText.objects.get()), by=article.received_by)
    assert list(case.themes.all()) == []

    assert correct("undo") == ["撤销了上一处修改。"]
    assert drawn()[0] == ["交通物流（本站主题）"]


def test_what_was_accepted_has_a_button_to_look_at_it_again(client, article, correct):
    address = reverse("admin:cases_case_preview", args=[article.pk])
    key = f"heading@{HEADING}"
    assert f'value="reopen {key}"' not in client.get(address).content.decode()

    correct(f"accept {key}")

    assert f'value="reopen {key}"' in client.get(address).content.decode()
    assert correct(f"reopen {key}") == ["这一处重新待核对。"]
    assert kept() == NOTHING


def test_the_last_corrections_are_taken_back_one_by_one(client, article, correct):
    correct(f"role {HEADING} measure")
    correct("accept heading@5")

    assert correct("undo") == ["撤销了上一处修改。"]
    assert kept() == Corrections(roles={HEADING: "measure"})
    assert correct("undo") == ["撤销了上一处修改。"]
    assert kept() == NOTHING
    assert correct("undo") == ["没有可以撤销的修改。"]


def test_nobody_takes_back_what_a_colleague_did(client, article, correct):
    correct("accept heading@5")
    theirs = SourceText.objects.get()
    keep_corrections(theirs, Corrections(region="411100"))

    assert correct("undo") == ["没有可以撤销的修改。"]
    assert kept() == Corrections(region="411100")


def test_a_correction_of_an_older_state_is_refused_and_the_newest_is_shown(client, article, correct):
    keep_corrections(SourceText.objects.get(), Corrections(roles={HEADING: "text"}))

    [told] = correct("accept heading@5", version=0)

    assert told == "有人刚才改过这里的拆解结果，您这一处没有改上。下面是最新的结果，需要时请再改一次。"
    assert kept() == Corrections(roles={HEADING: "text"})
    assert headings(client, article) == ["减环节"]


def test_a_draft_of_an_older_state_is_not_made(client, article):
    keep_corrections(SourceText.objects.get(), Corrections(roles={HEADING: "text"}))

    page = client.post(reverse("admin:cases_case_preview", args=[article.pk]), {"known": "0", "version": "0"})

    assert "请看过最新的结果再存" in page.content.decode()
    assert article.case_set.count() == 0


def test_a_level_that_changes_nothing_is_told_and_not_kept(article, correct):
    assert correct(f"role {HEADING + 1} initiative") == [
        "没有变化：这里已经是这样；改层级要从一行的开头或序号（如“一是”）改起。"
    ]
    assert kept() == NOTHING


def test_without_scripts_the_forms_of_the_page_hold_all_a_correction_needs(client, article):
    address = reverse("admin:cases_case_preview", args=[article.pk])
    fields = drawn_fields(client.get(address), "mark-words")

    client.post(
        reverse("admin:cases_case_correct", args=[article.pk]),
        {**fields, "words": "二、快办理", "correction": "role measure"},
    )

    assert kept() == Corrections(roles={place("二、快办理"): "measure"})


def test_a_log_in_on_the_way_leads_back_to_the_preview(client, article):
    correct = reverse("admin:cases_case_correct", args=[article.pk])

    assert client.get(correct).url == reverse("admin:cases_case_preview", args=[article.pk])


def test_only_those_who_may_add_cases_correct(client, article):
    client.force_login(make_user("reader", permissions=("view_case", "change_case")))

    answer = client.post(
        reverse("admin:cases_case_correct", args=[article.pk]), {"correction": "accept a", "version": "0"}
    )

    assert answer.status_code == 403
    assert kept() == NOTHING


def test_a_visitor_is_asked_to_log_in(client, article):
    client.logout()

    answer = client.post(
        reverse("admin:cases_case_correct", args=[article.pk]), {"correction": "accept a", "version": "0"}
    )

    assert answer.url.startswith(reverse("admin:login"))
    assert kept() == NOTHING
