from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from cases.content import CaseContent, InitiativeContent, MeasureContent, PictureContent
from cases.editing.drafts import content_digest, read_draft, settle
from cases.models import Case, Theme
from tests.admin.browser import add_row, drawn_fields, drop_row, typed_tree
from tests.builders import (
    make_case,
    make_content,
    make_department,
    make_metric,
    make_published_case,
    make_region,
    make_theme,
    make_user,
)
from tests.editing.test_pictures import picture_bytes

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client):
    user = make_user("editor", permissions=("add_case", "change_case", "view_case", "delete_case"), name="李编辑")
    client.force_login(user)
    return user


def address(case):
    return reverse("admin:cases_case_change", args=[case.pk])


def drawn(client, case):
    return drawn_fields(client.get(address(case)))


def stored(case):
    return read_draft(Case.objects.get(pk=case.pk))


def told_on(page):
    return [str(message) for message in page.context["messages"]]


def rich_content():
    """Three initiatives of two measures and two metrics each, everything else filled too."""
    quotes = [[f"第{i}项{j}公里" for j in range(2)] for i in range(3)]
    return make_content(
        subtitle="副题",
        source_url="https://example.org/a",
        author="张三",
        region=make_region().pk,
        department=make_department().pk,
        themes=(make_theme().pk,),
        tags=("AI, 审批", "治超"),
        intro="第一段44公里。\n第二段。",
        closing="结语。",
        policies=("《优化营商环境条例》",),
        honours=("全国示范市", "省级试点"),
        metrics=(make_metric(value="44.5", quote="44公里"),),
        initiatives=tuple(
            InitiativeContent(
                heading=f"举措{i}",
                text="，".join(quotes[i]),
                measures=tuple(MeasureContent(f"措施{i}{j}", "怎么做。") for j in range(2)),
                metrics=tuple(make_metric(label=f"指标{i}{j}", value=j, quote=quotes[i][j]) for j in range(2)),
            )
            for i in range(3)
        ),
    )


def test_saving_the_form_as_it_is_drawn_changes_nothing(client, editor):
    content = rich_content()
    case = make_case(content)

    response = client.post(address(case), drawn(client, case), follow=True)

    assert stored(case) == content
    case.refresh_from_db()
    assert (case.version, case.digest, case.updated_by) == (0, content_digest(content), case.created_by)
    assert told_on(response) == ["没有改动，不用保存。"]


def test_a_new_case_is_written_with_its_parts_at_every_level(client, editor):
    region, theme = make_region(), make_theme()
    fields = drawn_fields(client.get(reverse("admin:cases_case_add")))
    fields |= {
        "title": "新案例",
        "region": region.pk,
        "themes": [theme.pk],
        "tags": "治超、AI审批",
        "intro": "一。\r\n二。",
    }
    initiative = add_row(fields, "initiatives", heading="办得快", text="由5天压缩至1天")
    add_row(fields, f"{initiative}.measures", heading="减环节")
    add_row(
        fields, f"{initiative}.metrics", label="时间", from_value="5", value="1.50", unit="天", quote="由5天压缩至1天 "
    )
    add_row(fields, "metrics", label="公里", value="320000000", quote="二")

    client.post(reverse("admin:cases_case_add"), fields)

    case = Case.objects.get()
    assert read_draft(case) == CaseContent(
        title="新案例",
        region=region.pk,
        themes=(theme.pk,),
        tags=("治超", "AI审批"),
        intro="一。\n二。",
        initiatives=(
            InitiativeContent(
                heading="办得快",
                text="由5天压缩至1天",
                measures=(MeasureContent("减环节"),),
                metrics=(
                    make_metric(label="时间", from_value=5, value="1.5", unit="天", kind="", quote="由5天压缩至1天"),
                ),
            ),
        ),
        metrics=(make_metric(label="公里", value=320000000, unit="", kind="", quote="二"),),
    )
    assert (case.created_by, case.updated_by, case.digest) == (editor, editor, content_digest(read_draft(case)))


def test_added_rows_left_empty_are_not_saved(client, editor):
    case = make_case(rich_content())
    before = stored(case)
    fields = drawn(client, case)
    initiative = add_row(fields, "initiatives")
    add_row(fields, f"{initiative}.measures")
    add_row(fields, "initiatives.0.measures")
    add_row(fields, "initiatives.0.metrics")
    add_row(fields, "metrics")
    add_row(fields, "pictures")

    client.post(address(case), fields)

    assert stored(case) == before


def test_an_initiative_without_words_is_saved_for_the_measure_under_it(client, editor):
    case = make_case(initiatives=())
    fields = drawn(client, case)
    add_row(fields, f"{add_row(fields, 'initiatives')}.measures", text="只有措施")

    client.post(address(case), fields)

    assert stored(case).initiatives == (InitiativeContent(measures=(MeasureContent(text="只有措施"),)),)


def test_rows_can_be_put_in_another_order_at_every_level(client, editor):
    case = make_case(rich_content())
    fields = drawn(client, case)
    for rows in ("initiatives", "initiatives.0.measures", "initiatives.0.metrics"):
        fields[rows][:2] = ["1", "0"]

    client.post(address(case), fields)

    saved = stored(case)
    assert [part.heading for part in saved.initiatives] == ["举措1", "举措0", "举措2"]
    assert [part.heading for part in saved.initiatives[1].measures] == ["措施01", "措施00"]
    assert [metric.label for metric in saved.initiatives[1].metrics] == ["指标01", "指标00"]
    assert list(case.initiatives.order_by("order").values_list("order", flat=True)) == [0, 1, 2]


def test_rows_can_be_deleted_at_every_level(client, editor):
    case = make_case(rich_content())
    fields = drawn(client, case)
    for row in ("initiatives.0.measures.0", "initiatives.0.metrics.1", "metrics.0", "initiatives.2"):
        drop_row(fields, row)

    client.post(address(case), fields)

    saved = stored(case)
    assert [part.heading for part in saved.initiatives] == ["举措0", "举措1"]
    assert [part.heading for part in saved.initiatives[0].measures] == ["措施01"]
    assert [metric.label for metric in saved.initiatives[0].metrics] == ["指标00"]
    assert saved.metrics == ()


def test_an_error_deep_in_the_form_keeps_all_that_was_typed_and_writes_nothing(client, editor):
    case = make_case(rich_content())
    before = stored(case)
    fields = drawn(client, case)
    fields |= {"title": "新题目", "tags": "新标签", "initiatives.0.measures.1.text": "新写的\r\n两段"}
    fields["initiatives.1.metrics.0.value"] = "十八"
    initiative = add_row(fields, "initiatives", heading="新举措")
    add_row(fields, f"{initiative}.measures", heading="新措施")

    response = client.post(address(case), fields)

    assert response.status_code == 200
    assert typed_tree(drawn_fields(response)) == typed_tree(fields)
    assert stored(case) == before
    page = response.content.decode()
    assert "没有保存：有 1 处要改，填写的内容都还在。" in page
    assert '<a href="#id_initiatives-1-metrics-0-value">举措 2 › 指标数据 1 › 现值</a>：请只写数字' in page


def test_an_error_in_a_new_case_keeps_the_new_rows(client, editor):
    fields = drawn_fields(client.get(reverse("admin:cases_case_add")))
    initiative = add_row(fields, "initiatives", heading="新举措")
    add_row(fields, f"{initiative}.metrics", label="指标", quote="依据")

    response = client.post(reverse("admin:cases_case_add"), fields)

    assert typed_tree(drawn_fields(response)) == typed_tree(fields)
    assert [(error.place, error.anchor) for error in response.context["named_errors"]] == [("标题", "id_title")]
    assert Case.objects.count() == 0


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("1234567890.1234567", "数字太长：最多 15 位有效数字、10 位小数。"),
        ("0.12345678901", "数字太长：最多 15 位有效数字、10 位小数。"),
        ("44公里", "请只写数字，如 44 或 0.5；单位写在单位栏。"),
    ],
)
def test_a_number_that_cannot_be_kept_is_refused(client, editor, typed, message):
    case = make_case(rich_content())

    response = client.post(address(case), drawn(client, case) | {"metrics.0.value": typed})

    assert [(error.place, error.message) for error in response.context["named_errors"]] == [
        ("指标数据 1 › 现值", message)
    ]


def test_control_characters_of_a_word_processor_do_not_reach_the_case(client, editor):
    case = make_case()

    client.post(address(case), drawn(client, case) | {"intro": "一\x0b二\x07三\r\n四", "title": "题\x07目"})

    assert (stored(case).intro, stored(case).title) == ("一\n二三\n四", "题目")


def test_of_two_editors_the_second_is_told_and_nothing_of_hers_is_written(client, editor):
    case = make_case(rich_content())
    fields = drawn(client, case) | {"title": "我的题目", "initiatives.0.heading": "我的举措"}
    case.title = "别人的题目"
    case.version += 1
    case.save()
    settle(case, by=make_user("other", name="王主任"))

    response = client.post(address(case), fields)

    assert response.status_code == 409
    assert "还没有保存：王主任 在" in response.content.decode()
    assert typed_tree(drawn_fields(response, "conflict_form")) == typed_tree(fields)
    assert stored(case).title == "别人的题目"
    assert stored(case).initiatives[0].heading == "举措0"


def test_a_retired_theme_stays_with_the_case_that_has_it_and_is_offered_to_no_other(client, editor):
    theme = make_theme()
    with_it, without = make_case(themes=(theme,)), make_case()
    Theme.objects.update(is_retired=True)

    assert drawn(client, with_it)["themes"] == [theme.pk]
    assert f'value="{theme.pk}"' not in client.get(address(without)).content.decode()
    client.post(address(with_it), drawn(client, with_it))
    assert stored(with_it).themes == (theme.pk,)


def test_a_picture_is_stored_and_shown_again_after_an_error_elsewhere(client, editor):
    case = make_case()
    fields = drawn(client, case)
    row = add_row(fields, "pictures", alt="窗口", is_cover="on")
    sent = fields | {"title": "", f"{row}.upload": SimpleUploadedFile("现场.jpg", picture_bytes())}

    response = client.post(address(case), sent)
    again = drawn_fields(response)
    file = again["pictures.0.file"]
    assert f'src="/media/pictures/{file}"' in response.content.decode()

    client.post(address(case), again | {"title": "有题目了"})
    assert stored(case).pictures == (PictureContent(file, "现场.jpg", "窗口", is_cover=True),)


def test_the_name_of_a_picture_is_that_of_the_file_sent(client, editor):
    case = make_case()
    fields = drawn(client, case)
    row = add_row(fields, "pictures")

    client.post(address(case), fields | {f"{row}.upload": SimpleUploadedFile("现场.jpg", picture_bytes())})

    assert [picture.name for picture in stored(case).pictures] == ["现场.jpg"]


def test_a_file_that_is_no_picture_is_refused_by_name(client, editor):
    case = make_case()
    fields = drawn(client, case)
    row = add_row(fields, "pictures", alt="窗口")

    response = client.post(address(case), fields | {f"{row}.upload": SimpleUploadedFile("现场.jpg", b"no")})

    assert [(error.place, error.message) for error in response.context["named_errors"]] == [
        ("图片 1 › 图片", "图片“现场.jpg”读不出来；请用看图软件另存为 JPEG、PNG 或 WebP 后再上传。")
    ]


def test_a_case_has_one_cover_at_most(client, editor):
    case = make_case()
    fields = drawn(client, case)
    for color in ("red", "blue"):
        upload = SimpleUploadedFile(f"{color}.jpg", picture_bytes(color=color))
        row = add_row(fields, "pictures", is_cover="on")
        fields[f"{row}.upload"] = upload

    response = client.post(address(case), fields)

    assert [(error.place, error.message) for error in response.context["named_errors"]] == [
        ("图片", "只能有一张封面；请只勾选一张。")
    ]


def test_someone_who_may_only_look_sees_the_case_and_cannot_save(client):
    client.force_login(make_user("reader", permissions=("view_case",)))
    case = make_case(rich_content())

    response = client.get(address(case))

    assert (response.status_code, 'name="_continue"' in response.content.decode()) == (200, False)
    assert client.post(address(case), {}).status_code == 403


def test_a_case_that_was_public_has_no_delete_button(client, editor):
    draft, public = make_case(), make_published_case().case

    assert [
        reverse("admin:cases_case_delete", args=[case.pk]) in client.get(address(case)).content.decode()
        for case in (draft, public)
    ] == [True, False]


def test_decimals_are_shown_without_the_zeros_of_their_column(client, editor):
    case = make_case(metrics=(make_metric(value=Decimal("44.50"), from_value=100),))

    fields = drawn(client, case)

    assert (fields["metrics.0.value"], fields["metrics.0.from_value"]) == ("44.5", "100")


@pytest.mark.parametrize("title", ["\u2028\u202e", "\u200b\u200b", "\u3000"])
def test_a_title_on_which_nothing_can_be_seen_is_refused(client, editor, title):
    case = make_case()

    response = client.post(address(case), drawn(client, case) | {"title": title})

    assert [error.place for error in response.context["named_errors"]] == ["标题"]


def test_someone_who_may_only_add_cases_picks_on_the_new_form_and_only_reads_what_is_there(client):
    case, region = make_case(rich_content()), make_region()
    client.force_login(make_user("adder", permissions=("add_case", "view_case")))
    picks = {"app_label": "cases", "model_name": "case", "field_name": "region", "term": "漯河"}

    found = client.get(reverse("admin:cases_case_pick"), picks).json()["results"]
    new = drawn_fields(client.get(reverse("admin:cases_case_add")))
    page = client.get(address(case))

    assert [row["id"] for row in found] == [region.pk]
    assert "title" in new
    assert [name for name in drawn_fields(page) if name.endswith((".heading", ".label", "title"))] == []
    assert client.post(address(case), {}).status_code == 403
