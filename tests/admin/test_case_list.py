import pytest
from django.urls import reverse

from cases.editing.drafts import settle
from cases.editing.workflow import withdraw_case
from cases.models import AuditEntry, Case
from cases.models.draft import CaseStage
from tests.admin.browser import drawn_fields
from tests.builders import (
    make_case,
    make_department,
    make_metric,
    make_published_case,
    make_publisher,
    make_region,
    make_theme,
    make_user,
)

pytestmark = pytest.mark.django_db
LIST = "admin:cases_case_changelist"


@pytest.fixture
def editor(client):
    user = make_user("editor", permissions=("add_case", "change_case", "view_case", "delete_case"))
    client.force_login(user)
    return user


def listed(client, **query):
    return sorted(case.title for case in client.get(reverse(LIST), query).context["cl"].result_list)


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_reads_as_many_queries_however_long_it_is(client, editor, django_assert_num_queries, count):
    for _ in range(count):
        make_published_case(region=make_region(), department=make_department(), themes=(make_theme(),))
    client.get(reverse(LIST))

    with django_assert_num_queries(13):
        response = client.get(reverse(LIST), {"province": "410000"})

    assert len(response.context["cl"].result_list) == count


def test_a_row_tells_city_stage_publication_and_numbers(client, editor):
    case = make_published_case(region=make_region(), metrics=(make_metric(value=44, quote="导语"),)).case
    case.title = "改过的题目"
    case.save()
    settle(case, by=editor)

    page = client.get(reverse(LIST)).content.decode()

    assert '<td class="field-city">漯河市</td>' in page
    assert '<td class="field-working_stage">草稿</td>' in page
    assert '<span class="state state--published">已发布</span>' in page
    assert '<span class="state state--changed">有未发布的修改</span>' in page
    assert '<td class="field-metric_count"><span class="cell-name">指标 </span>2</td>' in page


def test_a_case_that_is_as_readers_see_it_is_not_called_a_draft(client, editor):
    case = make_published_case().case

    for address in (reverse(LIST), reverse("admin:cases_case_change", args=[case.pk])):
        page = client.get(address).content.decode()
        assert ('<td class="field-working_stage">草稿' in page, "阶段 草稿" in page) == (False, False)


def test_long_filters_are_folded_until_one_of_theirs_is_chosen(client, editor):
    make_case(department=make_department())

    folded, opened = '<details data-filter-title="部门" >', '<details data-filter-title="部门" open>'

    assert folded in client.get(reverse(LIST)).content.decode()
    assert opened in client.get(reverse(LIST), {"department": "transport"}).content.decode()


def test_the_index_of_the_admin_puts_cases_first(client, editor):
    [app, *_others] = client.get(reverse("admin:index")).context["app_list"]

    assert (app["app_label"], app["models"][0]["object_name"]) == ("cases", "Case")


@pytest.mark.parametrize("typed", ["园区", "交通运输局", "日报", "漯河市", "河南"])
def test_the_search_knows_title_organization_source_and_region(client, editor, typed):
    make_case(
        title="窗口搬进园区", organization="漯河市交通运输局", source_name="漯河日报", region=make_region("411102")
    )
    make_case(title="别的", organization="别的", source_name="别的")

    assert listed(client, q=typed) == ["窗口搬进园区"]


def test_the_list_is_narrowed_by_what_readers_see(client, editor):
    publisher = make_publisher()
    make_case(title="草稿")
    make_published_case(title="公开")
    edited = make_published_case(title="公开后改了").case
    edited.subtitle = "改"
    edited.save()
    settle(edited, by=editor)
    gone = make_published_case(title="撤下").case
    withdraw_case(Case.objects.get(pk=gone.pk), by=publisher, reason="数据待核实")

    assert [listed(client, publication=state) for state in ("none", "published", "changed", "withdrawn")] == [
        ["草稿"],
        ["公开", "公开后改了"],
        ["公开后改了"],
        ["撤下"],
    ]


def test_drafts_are_those_that_readers_do_not_see_as_they_are(client, editor):
    make_case(title="草稿")
    make_published_case(title="公开")
    edited = make_published_case(title="公开后改了").case
    edited.subtitle = "改"
    edited.save()
    settle(edited, by=editor)
    Case.objects.filter(pk=make_case(title="归档").pk).update(stage=CaseStage.ARCHIVED)

    assert [listed(client, stage=stage) for stage in ("draft", "archived", "returned")] == [
        *(["公开后改了", "草稿"], ["归档"], [])
    ]


def test_the_list_is_narrowed_by_province_then_city(client, editor):
    make_case(title="漯河", region=make_region("411100"))
    make_case(title="源汇区", region=make_region("411102"))
    make_case(title="济源", region=make_region("419001"))
    make_case(title="荣成", region=make_region("371082"))

    assert listed(client, province="410000") == ["济源", "源汇区", "漯河"]
    assert listed(client, province="410000", city="411100") == ["源汇区", "漯河"]
    assert listed(client, province="410000", city="419001") == ["济源"]
    assert listed(client, province="410000", city="411100", county="411102") == ["源汇区"]


def filter_choices(client, name, **query):
    specs = client.get(reverse(LIST), query).context["cl"].filter_specs
    return [choice for spec in specs if getattr(spec, "parameter_name", "") == name for choice in spec.lookup_choices]


def test_the_filters_offer_what_has_cases_and_cities_of_the_province_chosen(client, editor):
    make_region("330500")
    make_case(region=make_region("411102"), department=make_department(), themes=(make_theme(),))
    make_case(region=make_region("371082"))
    make_department("tax", "税务部门")

    assert filter_choices(client, "province") == [("370000", "山东省"), ("410000", "河南省")]
    assert filter_choices(client, "city") == []
    assert filter_choices(client, "city", province="410000") == [("411100", "漯河市")]
    assert filter_choices(client, "county", province="410000") == []
    assert filter_choices(client, "county", province="410000", city="411100") == [("411102", "源汇区")]
    assert filter_choices(client, "department") == [("transport", "交通运输部门")]
    assert filter_choices(client, "theme") == [("logistics-transport", "交通物流（本站主题）")]


def test_what_stands_directly_below_a_province_is_offered_as_its_cities_are(client, editor):
    for code in ("310115", "419001", "411102", "429004"):
        make_case(region=make_region(code))

    assert [filter_choices(client, "city", province=code) for code in ("310000", "410000", "420000")] == [
        [("310115", "浦东新区")],
        [("411100", "漯河市"), ("419001", "济源市")],
        [("429004", "仙桃市")],
    ]


def test_another_province_forgets_the_city_of_the_one_before(client, editor):
    make_case(region=make_region("411102"))
    make_case(region=make_region("371082"))

    cl = client.get(reverse(LIST), {"province": "410000", "city": "411100", "county": "411102"}).context["cl"]
    links = {
        spec.parameter_name: [(choice["query_string"], choice["selected"]) for choice in spec.choices(cl)]
        for spec in cl.filter_specs
        if getattr(spec, "parameter_name", "") in ("province", "city")
    }

    assert links == {
        "province": [("?", False), ("?province=370000", False), ("?province=410000", True)],
        "city": [("?province=410000", False), ("?city=411100&province=410000", True)],
    }


def test_the_list_is_narrowed_by_stage_department_theme_and_demo(client, editor):
    make_case(title="甲", department=make_department(), themes=(make_theme(),))
    Case.objects.update(stage=CaseStage.ARCHIVED, is_demo=True)
    make_case(title="乙")

    queries = [{"stage": "archived"}, {"department": "transport"}, {"theme": "logistics-transport"}]
    assert [listed(client, **query) for query in [*queries, {"is_demo__exact": "1"}]] == [["甲"]] * 4


def act(client, action, cases, **more):
    data = {"action": action, "_selected_action": [case.pk for case in cases], **more}
    return client.post(reverse(LIST), data, follow=True)


def make_withdrawn(title):
    case = make_published_case(title=title).case
    withdraw_case(Case.objects.get(pk=case.pk), by=make_publisher(), reason="数据待核实")
    return case


def told(response):
    return [str(message) for message in response.context["messages"]]


def test_bulk_delete_asks_first_and_lists_what_goes_what_is_archived_and_what_stays(client, editor):
    draft, public, gone = make_case(title="草稿"), make_published_case(title="公开").case, make_withdrawn("撤下")

    page = act(client, "delete_selected", [draft, public, gone])

    assert [page.context[name] for name in ("to_delete", "to_archive", "public")] == [[draft], [gone], [public]]
    assert Case.objects.filter(stage=CaseStage.DRAFT).count() == 3
    fields = drawn_fields(page, None)
    assert (fields["action"], fields["post"]) == ("delete_selected", "yes")
    for words in ("从未发布过", "要留作记录", "还在公开，请先撤下", "删除并归档"):
        assert words in page.content.decode()


def test_bulk_delete_removes_what_was_never_public_and_archives_the_others(client, editor):
    draft, public, gone = make_case(title="草稿"), make_published_case(title="公开").case, make_withdrawn("撤下")

    response = act(client, "delete_selected", [draft, public, gone], post="yes")

    assert told(response) == ["删除：“草稿”", "归档：“撤下”", "没有归档（案例还在公开，请先撤下）：“公开”"]
    assert set(Case.objects.values_list("pk", "stage")) == {(public.pk, "draft"), (gone.pk, "archived")}
    assert Case.objects.get(pk=gone.pk).updated_by == editor
    log = AuditEntry.objects.filter(actor=editor.pk, action__in=("deleted", "archived")).order_by("pk")
    assert set(log.values_list("case", "action", "outcome")) == {
        (draft.pk, "deleted", "done"),
        (gone.pk, "archived", "done"),
        (public.pk, "archived", "refused"),
    }


def test_cases_are_archived_and_restored_in_bulk(client, editor):
    draft, public = make_case(title="草稿"), make_published_case(title="公开").case

    assert told(act(client, "archive_selected", [draft, public])) == [
        "归档：“草稿”",
        "没有归档（案例还在公开，请先撤下）：“公开”",
    ]
    assert Case.objects.get(pk=draft.pk).stage == CaseStage.ARCHIVED
    assert told(act(client, "restore_selected", [draft])) == ["恢复为草稿：“草稿”"]


def test_an_archived_case_is_read_and_must_be_restored_before_it_is_edited(client, editor):
    case = make_case(title="旧题目")
    Case.objects.update(stage=CaseStage.ARCHIVED)
    address = reverse("admin:cases_case_change", args=[case.pk])

    page = client.get(address).content.decode()
    assert [f'name="{button}"' in page for button in ("_continue", "_save", "_publish", "_submit")] == [False] * 4
    assert reverse("admin:cases_case_step", args=[case.pk, "restore"]) in page
    assert 'name="initiatives.0.heading"' not in page
    kept = client.post(address, {"title": "新题目", "_save": ""}, follow=True)
    assert told(kept) == ["没有保存：案例现在的阶段不能修改。您写的文字已留下，见下面。"]

    version = Case.objects.get().version
    response = client.post(
        reverse("admin:cases_case_step", args=[case.pk, "restore"]), {"version": version}, follow=True
    )
    assert told(response) == ["已恢复为草稿。"]
    assert 'name="_continue"' in client.get(address).content.decode()
    assert Case.objects.get().title == "旧题目"


def test_who_may_only_look_has_no_button_to_restore(client):
    client.force_login(make_user("reader", permissions=("view_case",)))
    case = make_case()
    Case.objects.update(stage=CaseStage.ARCHIVED)
    restore = reverse("admin:cases_case_step", args=[case.pk, "restore"])

    assert restore not in client.get(reverse("admin:cases_case_change", args=[case.pk])).content.decode()
    assert client.post(restore, {"version": case.version}).status_code == 403
    assert Case.objects.get().stage == CaseStage.ARCHIVED
