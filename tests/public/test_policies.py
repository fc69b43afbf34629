import pytest

from cases.publishing import release
from cases.publishing.rebuild import rebuild_published
from tests.builders import make_published_case, make_region, make_user

pytestmark = pytest.mark.django_db

NAME = "优化营商环境条例"


def cites(*policies, region="411100", **values):
    return make_published_case(policies=policies, region=make_region(region), **values)


def rows(response):
    return [(entry.name, entry.cases, entry.cities) for entry in response.context["entries"]]


def test_documents_are_listed_by_their_cases_then_their_cities(client):
    cites("《乙》", f"《{NAME}》")
    cites("《乙》", NAME)
    cites(NAME, "《丙》", region="410100")
    cites("《丙》")

    assert rows(client.get("/policies/")) == [(NAME, 3, 2), ("丙", 2, 2), ("乙", 2, 1)]


def test_a_document_shows_its_cases_with_the_sentence_that_names_it(client):
    cites(f"《{NAME}》", title="写了", intro=f"开头。依据《{NAME}》办理。结尾。")
    cites(NAME, title="没写", intro="开头。")
    cites("《别的》", title="别的")

    response = client.get(f"/policies/{NAME}/")
    html = response.content.decode()

    assert [one.case.title for one in response.context["citing"]] == ["没写", "写了"]
    assert f"依据《<mark>{NAME}</mark>》办理" in html
    assert "正文里没有提到它的名称" in html
    assert f'<h1 lang="zh-CN">《{NAME}》</h1>' in html


def test_versions_lead_to_one_another_and_are_not_merged(client):
    cites("《办事指南》")
    cites("《办事指南（试行）》")

    response = client.get("/policies/办事指南/")

    assert (response.context["policy"].cases, [entry.name for entry in response.context["akin"]]) == (
        1,
        ["办事指南（试行）"],
    )


def test_a_document_of_no_published_case_is_not_found(client):
    case = cites(NAME)
    assert client.get(f"/policies/{NAME}/").status_code == 200

    release.withdraw(case.case, by=make_user(), reason="撤")

    assert client.get(f"/policies/{NAME}/").status_code == 404
    assert rows(client.get("/policies/")) == []


def test_the_oldest_case_gives_the_name_and_a_rebuild_changes_nothing(client):
    cites("《AI审批办法》")
    cites("《ＡＩ审批办法》")
    before = [client.get(address).content for address in ("/policies/", "/policies/ai审批办法/")]

    rebuild_published()

    assert [client.get(address).content for address in ("/policies/", "/policies/ai审批办法/")] == before
    assert rows(client.get("/policies/")) == [("AI审批办法", 2, 1)]


@pytest.mark.parametrize("count", [1, 3])
def test_pages_read_as_many_queries_however_long(client, django_assert_num_queries, count):
    for number in range(count):
        cites(NAME, f"《办法{number}》")

    with django_assert_num_queries(5):
        client.get("/policies/")
    with django_assert_num_queries(4):
        client.get(f"/policies/{NAME}/")


@pytest.mark.parametrize("address", ["没有", "%00", "x%00", f"{NAME}/page/2", f"{NAME}/page/0", "甲" * 1000])
def test_what_is_not_there_is_not_found(client, address):
    cites(NAME)

    assert client.get(f"/policies/{address}/").status_code == 404


def test_page_one_has_one_address(client):
    cites(NAME)

    assert client.get("/policies/page/1/")["Location"] == "/policies/"
    assert client.get(f"/policies/{NAME}/page/1/").status_code == 301
