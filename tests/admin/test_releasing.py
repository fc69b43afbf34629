import pytest
from django.urls import reverse

from cases.admin.releasing import MANY
from cases.models import Case, PublishedCase, WithdrawnCase
from tests.admin.browser import drawn_fields
from tests.builders import make_case, make_metric, make_published_case, make_publisher, make_region, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("without_reviews")]


@pytest.fixture
def publisher(client):
    user = make_publisher()
    client.force_login(user)
    return user


def address(case):
    return reverse("admin:cases_case_change", args=[case.pk])


def withdrawal(case):
    return reverse("admin:cases_case_withdraw", args=[case.pk])


def press(client, case, button, **changes):
    """Save the form of a case by one of its buttons; the page that follows."""
    fields = drawn_fields(client.get(address(case)))
    return client.post(address(case), fields | changes | {button: ""}, follow=True)


def told(response):
    return [(message.level_tag, str(message)) for message in response.context["messages"]]


def test_saving_and_publishing_shows_the_case_to_readers(client, publisher):
    case = make_case(title="旧题目")

    response = press(client, case, "_publish", title="新题目")

    assert PublishedCase.objects.get().title == "新题目"
    assert [level for level, _text in told(response)] == ["success", "info"]
    assert f'<a href="/cases/{case.pk}/">查看公开页面</a>' in told(response)[0][1]
    assert "还可以补充（不影响发布）：" in told(response)[1][1]
    assert '<a href="#id_summary">没有摘要</a>' in told(response)[1][1]


def test_what_is_missing_is_listed_with_links_and_the_draft_is_saved(client, publisher):
    case = make_case(region=make_region(), metrics=(make_metric(label="公里", quote="哪里也没有的话"),))

    response = press(client, case, "_publish", title="改过的题目")

    assert (Case.objects.get().title, PublishedCase.objects.count()) == ("改过的题目", 0)
    assert told(response)[0] == (
        "error",
        "已保存，尚未发布：还缺 1 项，补齐后再点“保存并发布”。"
        '<ul class="remarks"><li><a href="#id_metrics-0-quote">整体指标“公里”的原文依据不在导语或结语里</a></li></ul>',
    )
    assert 'id="id_metrics-0-quote"' in response.content.decode()


def test_a_long_list_of_what_is_missing_is_cut_and_counted(client, publisher):
    case = make_case(metrics=tuple(make_metric(quote=f"没有的话{number}") for number in range(MANY + 3)))

    [(_level, text), _advice] = told(press(client, case, "_publish"))

    assert (text.count("<a "), "另有 3 项" in text) == (MANY, True)


def test_editing_a_published_case_changes_nothing_public_until_it_is_published_again(client, publisher):
    case = make_published_case(title="旧题目").case

    page = press(client, case, "_continue", title="新题目").content.decode()
    assert PublishedCase.objects.get().title == "旧题目"
    assert '<span class="state state--changed">' in page

    page = press(client, case, "_publish").content.decode()
    assert PublishedCase.objects.get().title == "新题目"
    assert '<span class="state state--changed">' not in page


def test_an_editor_without_the_permission_has_no_publish_button_and_cannot_publish(client):
    client.force_login(make_user("editor", permissions=("change_case", "view_case")))
    case, public = make_case(), make_published_case().case

    assert 'name="_publish"' not in client.get(address(case)).content.decode()
    response = press(client, case, "_publish")
    assert told(response)[0] == ("error", "已保存，没有发布：您没有发布权限，或者案例已归档。")
    assert client.get(withdrawal(public)).status_code == 403
    assert list(PublishedCase.objects.all()) == [public.published]


def test_withdrawing_asks_for_a_reason(client, publisher):
    case = make_published_case().case

    assert withdrawal(case) in client.get(address(case)).content.decode()
    response = client.post(withdrawal(case), {"reason": "  "})

    assert response.context["form"].errors == {"reason": ["这个字段是必填项。"]}
    assert PublishedCase.objects.count() == 1


def test_a_withdrawn_case_is_gone_from_the_site_with_its_reason(client, publisher):
    case, other = make_published_case().case, make_published_case().case

    response = client.post(withdrawal(case), {"reason": "数据待核实", "redirect_to": other.pk}, follow=True)

    gone = WithdrawnCase.objects.get()
    assert (gone.case, gone.reason, gone.redirect_to) == (case, "数据待核实", other)
    assert told(response) == [("success", "已撤下。原地址现在显示撤下说明。")]
    page = response.content.decode()
    assert '<span class="state state--withdrawn">已撤下</span>' in page
    assert withdrawal(case) not in page


def test_a_case_leads_neither_to_itself_nor_to_a_draft(client, publisher):
    case, draft = make_published_case().case, make_case()

    messages = [
        client.post(withdrawal(case), {"reason": "原因", "redirect_to": target.pk}).context["form"].errors
        for target in (case, draft)
    ]

    assert messages[0] == {"redirect_to": ["不能转到正要撤下的这个案例。"]}
    assert list(messages[1]) == ["redirect_to"]
    assert PublishedCase.objects.count() == 1


def test_a_draft_has_nothing_to_withdraw(client, publisher):
    case = make_case()

    assert withdrawal(case) not in client.get(address(case)).content.decode()
    assert "这个案例现在没有公开，不用撤下。" in client.get(withdrawal(case)).content.decode()
    assert told(client.post(withdrawal(case), {"reason": "原因"}, follow=True)) == [
        ("error", "没有撤下：这个案例现在没有公开。")
    ]
