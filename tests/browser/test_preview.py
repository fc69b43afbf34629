"""Paste, look, correct, save: the preview as an editor uses it, in three layouts, by mouse and by keyboard."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.contrib.sessions.models import Session
from django.core.management import call_command
from playwright.sync_api import BrowserContext, Page, expect

from cases.editing.drafts import read_draft
from cases.editing.importing import corrections_of, keep_corrections
from cases.models import Case, SourceText
from cases.parsing.result import Corrections
from tests.browser.test_csp import overflows
from tests.builders import make_user
from tests.editing.test_importing import ARTICLE as NUMBERED
from tests.editing.test_pictures import picture_bytes
from tests.reading.documents import docx, drawing, paragraph, style, styled, table

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

CORPUS = Path(__file__).parent.parent / "corpus"
PLAIN_HEADINGS = (CORPUS / "d02-lines-many-paragraphs.txt").read_text(encoding="utf-8")
BRACKETED = (CORPUS / "b02-numbered-paren-digits.txt").read_text(encoding="utf-8")
IMPORT = "/admin/cases/case/import/"
RICH = (
    "<h1>漯河市：把窗口搬进园区</h1><p>近年来，漯河市把窗口搬进园区，企业办事不出园。</p><h2>减环节</h2><p>并窗口。</p>"
)
PASTE = """(field, [plain, html]) => {
  const data = new DataTransfer();
  data.setData("text/plain", plain);
  if (html) data.setData("text/html", html);
  field.focus();
  field.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
  document.execCommand("insertText", false, plain);
}"""
PASTED = "Object.keys(localStorage).filter(name => name.startsWith('pasted:'))"
SELECT = """words => {
  const piece = [...document.querySelectorAll("#paper .piece")].find(piece => piece.textContent.includes(words));
  const start = piece.textContent.indexOf(words);
  getSelection().setBaseAndExtent(piece.firstChild, start, piece.firstChild, start + words.length);
}"""


@pytest.fixture
def editor(transactional_db):
    call_command("load_vocabulary", verbosity=0)
    return make_user("editor", permissions=("add_case", "change_case", "view_case"))


@pytest.fixture
def page(watched_page: Page, context: BrowserContext, client, live_server, editor) -> Page:
    """A watched page of an editor, on the paste page."""
    client.force_login(editor)
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}])
    watched_page.goto(live_server.url + IMPORT)
    return watched_page


def preview(page: Page, text: str) -> None:
    page.get_by_label("粘贴文稿").fill(text)
    with page.expect_navigation():
        page.get_by_role("button", name="预览").click()


def told(page: Page, words: str) -> None:
    """Wait until the live region tells of a correction."""
    expect(page.locator("#preview-told")).to_contain_text(words)


def headings(page: Page) -> list[str]:
    rows = page.locator(".outline > li > .rows > .found--initiative > .found__text")
    return [text.strip() for text in rows.all_inner_texts()]


def log_in_beside(page: Page, live_server) -> None:
    """Log in again in another window of the same browser."""
    other = page.context.new_page()
    other.goto(f"{live_server.url}/admin/login/?next=/admin/")
    other.fill("#id_username", "editor")
    other.fill("#id_password", "correct horse")
    with other.expect_navigation():
        other.get_by_role("button", name="登录").click()
    other.close()


def test_numbered_headings_corrected_by_mouse(page):
    preview(page, NUMBERED)
    assert headings(page) == ["减环节", "快办理"]

    # pointing at one lights the other
    metric = page.locator(".found--metric").filter(has_text="材料 18 项")
    page.locator(".piece--metric").filter(has_text="材料18项").hover()
    expect(metric).to_have_class("found found--metric is-lit")
    metric.hover()
    expect(page.locator(".piece.is-lit")).to_have_text(["全年减少材料18项"])

    metric.get_by_role("button", name="去掉").click()
    told(page, "去掉了指标“全年减少材料18项”")
    heading = page.locator(".found--initiative").filter(has_text="快办理")
    heading.hover()
    heading.get_by_role("button", name="措施").click()
    told(page, "“快办理”改为：措施")
    assert headings(page) == ["减环节"]
    page.get_by_role("button", name="撤销上一处修改").click()
    told(page, "撤销了上一处修改")
    page.locator("#paper").focus()
    page.keyboard.press("d")
    told(page, "这个键在这里用不上")
    page.evaluate(SELECT, "减材料")
    page.keyboard.press("1")
    told(page, "“二是减材料”改为：举措")
    page.keyboard.press("u")
    told(page, "撤销了上一处修改")
    page.evaluate(SELECT, "企业办事不出园")
    page.get_by_role("button", name="标为指标").click()
    told(page, "“企业办事不出园”标为指标")
    with page.expect_navigation():
        page.get_by_role("button", name="存为草稿").click()

    content = read_draft(Case.objects.get())
    assert [initiative.heading for initiative in content.initiatives] == ["减环节", "快办理"]
    assert [metric.quote for metric in content.metrics] == ["企业办事不出园"]
    assert [metric.quote for metric in content.initiatives[0].metrics] == ["把6个窗口并成1个窗口"]


def test_plain_headings_corrected_by_keyboard_alone(page):
    page.get_by_label("粘贴文稿").focus()
    page.keyboard.insert_text(PLAIN_HEADINGS)
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    count = page.locator(".doubt").count()

    page.keyboard.press("n")
    expect(page.locator(".doubt").first).to_be_focused()
    page.keyboard.press("a")
    told(page, "已核对一处")
    expect(page.locator("#doubt-count")).to_have_text(f"还有 {count - 1} 处待核对")
    expect(page.locator(".doubt").first).to_be_focused()

    heading = page.locator(".found--initiative").filter(has_text="练好运营内功").last
    for _step in range(60):
        page.keyboard.press("j")
        if heading.evaluate("row => row === document.activeElement"):
            break
    page.keyboard.press("2")
    told(page, "“练好运营内功”改为：措施")
    assert headings(page) == ["补上物流短板", "擦亮区域品牌"]

    page.keyboard.press("o")
    expect(page.locator(".piece:focus")).to_have_text("练好运营内功")
    page.keyboard.press("m")
    for _character in range(3):
        page.keyboard.press("Shift+ArrowRight")
    expect(page.locator("#mark-words-words")).to_have_value("练好运营")
    page.keyboard.press("Escape")
    page.keyboard.press("o")
    page.keyboard.press("u")
    told(page, "撤销了上一处修改")
    assert headings(page) == ["补上物流短板", "练好运营内功", "擦亮区域品牌"]

    page.keyboard.press("4")  # no field takes it: keys rest only while somebody types
    told(page, "“练好运营内功”改为：标题")
    page.keyboard.press("u")
    told(page, "撤销了上一处修改")
    page.get_by_role("button", name="存为草稿").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    content = read_draft(Case.objects.get())
    assert [initiative.heading for initiative in content.initiatives] == [
        "补上物流短板",
        "练好运营内功",
        "擦亮区域品牌",
    ]


def test_bracketed_headings_and_a_session_that_ends_meanwhile(page, live_server):
    preview(page, BRACKETED)
    measure = page.locator(".found--measure").filter(has_text="代办帮跑")
    Session.objects.all().delete()

    measure.focus()
    page.keyboard.press("1")
    expect(page.get_by_text("登录已过期，请在新窗口登录后继续")).to_be_visible()
    assert corrections_of(SourceText.objects.get()) == Corrections()

    log_in_beside(page, live_server)
    page.bring_to_front()
    page.evaluate("window.dispatchEvent(new Event('focus'))")  # without a screen no window ever gets it
    told(page, "“代办帮跑”改为：举措")
    expect(page.locator("#preview-trouble")).to_be_hidden()
    assert headings(page) == ["申领“不见面”", "代办帮跑", "核验“不扎堆”", "资金“不隔夜”"]
    with page.expect_navigation():
        page.get_by_role("button", name="存为草稿").click()
    assert [initiative.heading for initiative in read_draft(Case.objects.get()).initiatives][1] == "代办帮跑"


def test_what_a_colleague_changed_meanwhile_is_told_and_shown(page):
    preview(page, NUMBERED)
    keep_corrections(SourceText.objects.get(), Corrections(roles={NUMBERED.index("快办理"): "measure"}))

    page.locator(".found--metric").first.focus()
    page.keyboard.press("d")

    told(page, "有人刚才改过这里的拆解结果")
    assert headings(page) == ["减环节"]
    assert corrections_of(SourceText.objects.get()).dropped == frozenset()


def test_a_correction_keeps_the_place_in_both_panes(page):
    page.set_viewport_size({"width": 1280, "height": 700})
    preview(page, PLAIN_HEADINGS)
    last = page.locator(".found--metric").last
    last.focus()
    tops = "[...document.querySelectorAll('.pane__scrolled')].map(pane => pane.scrollTop)"
    before = page.evaluate(tops)
    assert min(before) > 0

    page.keyboard.press("d")
    told(page, "去掉了指标")

    assert page.evaluate(tops)[0] == before[0]
    assert abs(page.evaluate(tops)[1] - before[1]) < 200
    expect(page.locator(".rows .found:focus")).to_be_in_viewport()


def test_a_proposed_tag_is_left_out_by_a_key_and_what_was_accepted_is_opened_by_a_button(page):
    preview(page, (CORPUS / "c01-gov-news-two-level.txt").read_text(encoding="utf-8"))
    count = page.locator(".doubt").count()
    tag, theme = (page.locator(f"#outline .found[data-thing^={name}]").first for name in ("tags", "themes"))
    words = tag.locator(".found__text").inner_text()

    tag.focus()
    page.keyboard.press("d")
    told(page, f"去掉了标签“{words}”")
    expect(tag.locator(".found__text")).not_to_have_text(words)
    page.keyboard.press("u")
    told(page, "撤销了上一处修改")
    expect(tag.locator(".found__text")).to_have_text(words)

    theme.focus()
    page.keyboard.press("a")
    told(page, "已核对一处")
    expect(page.locator(".doubt")).to_have_count(count - 1)
    theme.hover()
    theme.get_by_role("button", name="重新核对").click()
    told(page, "这一处重新待核对")
    expect(page.locator(".doubt")).to_have_count(count)


def test_on_a_phone_one_pane_is_shown_at_a_time_and_a_link_leads_to_the_other(page):
    preview(page, PLAIN_HEADINGS)
    assert overflows(page) == {}
    page.set_viewport_size({"width": 375, "height": 700})

    expect(page.locator("#article-pane")).to_be_hidden()
    page.locator(".doubt").get_by_role("link", name="看原文").first.click()
    expect(page.locator("#outline-pane")).to_be_hidden()
    expect(page.locator(".piece:focus")).to_be_in_viewport()


def test_the_looks_of_a_pasted_text_are_kept_until_it_is_edited(page):
    field, state = page.get_by_label("粘贴文稿"), page.locator("#paste-state")
    field.evaluate(PASTE, ["漯河市：把窗口搬进园区", RICH])
    expect(state).to_contain_text("已保留标题、表格等格式")
    field.press("End")
    field.press("a")
    expect(state).to_contain_text("文字改动过，格式不再保留")
    assert page.locator("#id_rich").input_value() == ""

    field.fill("")
    field.evaluate(PASTE, ["漯河市：把窗口搬进园区", RICH])
    page.get_by_role("button", name="只用纯文字").click()
    expect(state).to_contain_text("按纯文字处理")
    assert page.locator("#id_rich").input_value() == ""


def test_plain_words_bring_no_looks(page):
    page.get_by_label("粘贴文稿").evaluate(PASTE, ["漯河", "<p>漯河</p>"])

    expect(page.locator("#paste-state")).to_be_hidden()
    assert page.locator("#id_rich").input_value() == ""


def test_a_pasted_text_comes_back_after_the_log_in_it_met(page):
    page.get_by_label("粘贴文稿").fill(NUMBERED)
    Session.objects.all().delete()
    with page.expect_navigation():
        page.get_by_role("button", name="预览").click()
    page.fill("#id_username", "editor")
    page.fill("#id_password", "correct horse")
    with page.expect_navigation():
        page.get_by_role("button", name="登录").click()

    expect(page.get_by_text("登录前粘贴的文字已经放回")).to_be_visible()
    expect(page.get_by_label("粘贴文稿")).to_have_value(NUMBERED)
    with page.expect_navigation():
        page.get_by_role("button", name="预览").click()
    assert page.evaluate(PASTED) == []


def test_an_unfinished_text_is_offered_again_and_gone_after_the_log_out(page, live_server):
    page.get_by_label("粘贴文稿").fill(NUMBERED)
    for _look in range(200):  # it is kept when the typing rests; `wait_for_function` would break the policy
        if page.evaluate(PASTED):
            break
        page.wait_for_timeout(50)
    page.goto(live_server.url + IMPORT)
    page.get_by_role("button", name="恢复").click()
    expect(page.get_by_label("粘贴文稿")).to_have_value(NUMBERED)

    with page.expect_navigation():
        page.get_by_role("button", name="注销").click()
    assert page.evaluate(PASTED) == []


def test_a_file_is_dropped_on_the_page(page):
    page.locator(".paste").evaluate(
        """form => {
          const data = new DataTransfer();
          data.items.add(new File(["漯河"], "稿子.txt", {type: "text/plain"}));
          form.dispatchEvent(new DragEvent("drop", {dataTransfer: data, bubbles: true, cancelable: true}));
        }"""
    )

    assert page.get_by_label("或上传文件").evaluate("field => field.files[0].name") == "稿子.txt"


def word_document() -> bytes:
    """A document with a headline, two headings, a table and a picture."""
    body = [
        styled("漯河市：把窗口搬进园区", "1"),
        paragraph("近年来，漯河市政务服务部门把窗口搬进园区，企业办事不出园。"),
        styled("减环节", "2"),
        paragraph("把6个窗口并成1个窗口，全年减少材料18项，企业少跑路。"),
        table(["事项", "原来", "现在"], ["企业开办", "5个工作日", "1个工作日"]),
        styled("快办理", "2"),
        paragraph("全年新登记企业2100户，群众都说好。"),
        paragraph(drawing("scene", "园区窗口")),
    ]
    styles = style("1", "heading 1") + style("2", "heading 2")
    return docx("".join(body), styles=styles, media={"scene.png": picture_bytes("PNG")})


def test_a_word_document_with_a_table_and_a_picture_is_corrected_and_saved(page):
    page.get_by_label("或上传文件").set_input_files(
        {"name": "窗口.docx", "mimeType": "application/octet-stream", "buffer": word_document()}
    )
    with page.expect_navigation():
        page.get_by_role("button", name="预览").click()
    assert headings(page) == ["减环节", "快办理"]
    expect(page.locator("#paper")).to_contain_text("企业开办")
    expect(page.locator(".thumbnails img")).to_have_attribute("alt", "园区窗口")

    metric = page.locator(".found--metric").filter(has_text="2,100 户")
    metric.hover()
    metric.get_by_role("button", name="去掉").click()
    told(page, "去掉了指标")
    with page.expect_navigation():
        page.get_by_role("button", name="存为草稿").click()

    content = read_draft(Case.objects.get())
    assert [picture.alt for picture in content.pictures] == ["园区窗口"]
    assert [initiative.heading for initiative in content.initiatives] == ["减环节", "快办理"]
    assert "企业开办" in content.initiatives[0].text
    assert content.initiatives[1].metrics == ()
