import pytest
from django.urls import NoReverseMatch, reverse

from cases.models import Department, Publication, Region, Revision, SitePage, SourceText, Theme
from tests.admin.browser import drawn_fields
from tests.builders import make_case, make_department, make_published_case, make_region, make_theme, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client):
    rows = ("region", "department", "theme", "sourcetext", "revision", "publication")
    user = make_user("editor", permissions=("add_case", "view_case", *(f"view_{row}" for row in rows)))
    client.force_login(user)
    return user


@pytest.fixture
def keeper(client):
    client.force_login(make_user("keeper", permissions=("*",)))


def offered(client, field, typed, model="case"):
    query = {"app_label": "cases", "model_name": model, "field_name": field, "term": typed}
    answer = client.get(reverse("admin:cases_case_pick"), query).json()
    return [row["text"] for row in answer["results"]]


@pytest.mark.parametrize("typed", ["漯河", "luohe", "lh", "4111", "河南 漯河"])
def test_a_place_is_found_by_name_pinyin_initials_and_code(client, editor, typed):
    make_region("411100")
    make_region("330500")

    assert offered(client, "region", typed) == ["河南省 / 漯河市"]


def test_the_place_itself_comes_before_those_it_holds_and_the_higher_before_the_lower(client, editor):
    for code in ("411102", "411100", "422801", "422800"):
        make_region(code)

    assert offered(client, "region", "漯河") == ["河南省 / 漯河市", "河南省 / 漯河市 / 源汇区"]
    assert offered(client, "region", "恩施")[0] == "湖北省 / 恩施土家族苗族自治州"


def test_departments_are_found_by_name_and_alias(client, editor):
    make_department("tax", "税务部门", aliases=["国家税务总局", "税务局"])
    make_department("transport", "交通运输部门", aliases=["交通局"])

    assert [offered(client, "department", typed) for typed in ("税务", "交通局", "tax")] == [
        ["税务部门"],
        ["交通运输部门"],
        ["税务部门"],
    ]


def test_retired_rows_are_not_offered(client, editor):
    make_region()
    make_department()
    Region.objects.update(is_retired=True)
    Department.objects.update(is_retired=True)

    assert (offered(client, "region", "漯河"), offered(client, "department", "交通")) == ([], [])


def test_a_withdrawal_may_lead_to_published_cases_only(client, editor):
    make_case(title="草稿的做法")
    make_published_case(title="公开的做法")

    assert offered(client, "redirect_to", "做法", model="publication") == ["公开的做法"]


def test_who_may_not_see_the_vocabulary_is_offered_nothing(client):
    client.force_login(make_user("nobody"))

    query = {"app_label": "cases", "model_name": "case", "field_name": "region", "term": "漯河"}
    assert client.get(reverse("admin:cases_case_pick"), query).status_code == 403


def test_the_aliases_of_a_department_are_written_one_a_line(client, keeper):
    department = make_department(aliases=["交通局", "交运局"])
    address = reverse("admin:cases_department_change", args=[department.pk])
    fields = drawn_fields(client.get(address), "department_form")
    assert fields["aliases"] == "交通局\r\n交运局"

    client.post(address, fields | {"aliases": "交通局\r\n\r\n 交通委 \r\n"})

    assert Department.objects.get().aliases == ["交通局", "交通委"]


def test_the_keywords_of_a_theme_are_written_one_a_line(client, keeper):
    theme = make_theme(keywords=["物流"])
    address = reverse("admin:cases_theme_change", args=[theme.pk])

    client.post(address, drawn_fields(client.get(address), "theme_form") | {"keywords": "物流\r\n公路"})

    assert Theme.objects.get().keywords == ["物流", "公路"]


@pytest.mark.parametrize("model", [Region, SourceText, Revision, Publication])
def test_tables_of_facts_can_be_looked_at_and_not_changed(client, keeper, model):
    make_published_case(region=make_region())
    SourceText.objects.create(name="稿子.txt", sha256="a", text="文稿", received_by=make_user())
    row = model.objects.first()
    table = f"admin:cases_{model._meta.model_name}"

    assert client.get(reverse(f"{table}_changelist")).status_code == 200
    page = client.get(reverse(f"{table}_change", args=[row.pk]))
    assert (page.status_code, page.context["has_change_permission"]) == (200, False)
    assert client.post(reverse(f"{table}_change", args=[row.pk]), {}).status_code == 403
    with pytest.raises(NoReverseMatch):
        reverse(f"{table}_add")


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("table", "queries"),
    [("region", 4), ("department", 5), ("theme", 4), ("revision", 4), ("publication", 4), ("user", 7)],
)
def test_lists_read_as_many_queries_however_long_they_are(
    client, keeper, django_assert_num_queries, table, queries, count
):
    for number, code in zip(range(count), ("411100", "330500", "371082"), strict=False):
        make_published_case(region=make_region(code))
        make_department(f"department-{number}")
        make_theme(f"theme-{number}")
        make_user(f"user-{number}")

    with django_assert_num_queries(queries):
        client.get(reverse(f"admin:cases_{table}_changelist"))


def test_a_revision_shows_all_that_it_froze(client, keeper):
    revision = make_published_case(title="冻结的题目").case.revisions.get()

    page = client.get(reverse("admin:cases_revision_change", args=[revision.pk])).content.decode()

    assert "&quot;title&quot;: &quot;冻结的题目&quot;" in page


def test_a_page_of_the_site_is_added_and_its_address_then_stays(client, keeper):
    fields = drawn_fields(client.get(reverse("admin:cases_sitepage_add")), "sitepage_form")
    client.post(reverse("admin:cases_sitepage_add"), fields | {"slug": "help", "title": "帮助", "body": "一\r\n\r\n二"})

    page = SitePage.objects.get(slug="help")
    assert (page.title, page.body) == ("帮助", "一\n\n二")
    address = reverse("admin:cases_sitepage_change", args=["help"])
    assert "slug" not in drawn_fields(client.get(address), "sitepage_form")
