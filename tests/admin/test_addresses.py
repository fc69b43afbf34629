"""Every address of the admin as everybody: who opens it, who is refused, and from whom it hides.

A new address needs a line here; one without fails the first test.
"""

import re

import pytest
from django.test import Client

from cases.models import User
from tests.admin.addresses import (
    ELSEWHERE,
    NO_ROLE,
    NOBODY,
    SUPERUSER,
    WHO,
    address_of,
    answer,
    make_accounts,
    make_rows,
    routes,
)

pytestmark = pytest.mark.django_db

STAFF = set(WHO) - {NOBODY}
LOOK = STAFF - {NO_ROLE}
WRITE = {"编辑", ELSEWHERE, "终审", SUPERUSER}
KEEP_WORDS = {"终审", "管理员", SUPERUSER}
KEEP_ACCOUNTS = {"管理员", SUPERUSER}
PUBLISH = {"终审", SUPERUSER}
ANSWER = {*WRITE, "管理员"}  # what readers report
ONLY_SUPERUSER = {SUPERUSER}
NONE: set[str] = set()
POST_ONLY = NONE | {"405"}  # a GET is told so, whoever asks

# Route → who opens it by GET, who by POST. Whoever is not named is refused: 403, nobody at all by the log-in.
TABLE: dict[str, tuple[set[str], set[str]]] = {
    "": (STAFF, STAFF),
    "password_change/": (STAFF, STAFF),
    "records/": (LOOK, LOOK),
    "views/": (LOOK, LOOK),
    "inspection/": (LOOK, KEEP_WORDS),
    "inspection/all.csv": (LOOK, LOOK),
    "inspection/<slug:key>/": (LOOK, KEEP_WORDS),
    "cases/user/": (KEEP_ACCOUNTS, KEEP_ACCOUNTS),
    "cases/user/add/": (KEEP_ACCOUNTS, KEEP_ACCOUNTS),
    "cases/user/<id>/password/": (KEEP_ACCOUNTS, KEEP_ACCOUNTS),
    "cases/user/<path:object_id>/change/": (KEEP_ACCOUNTS, KEEP_ACCOUNTS),
    "cases/user/<path:object_id>/history/": (KEEP_ACCOUNTS, KEEP_ACCOUNTS),
    "cases/user/<path:object_id>/delete/": (ONLY_SUPERUSER, ONLY_SUPERUSER),
    "cases/auditentry/": (KEEP_ACCOUNTS, KEEP_ACCOUNTS),
    "cases/auditentry/export.<str:ending>": (KEEP_ACCOUNTS, KEEP_ACCOUNTS),
    "cases/auditentry/<path:object_id>/change/": (KEEP_ACCOUNTS, NONE),
    "cases/auditentry/<path:object_id>/history/": (KEEP_ACCOUNTS, KEEP_ACCOUNTS),
    "cases/importbatch/": (WRITE, WRITE),
    "cases/importbatch/add/": (WRITE, WRITE),
    "cases/case/": (LOOK, LOOK),
    "cases/case/add/": (WRITE, WRITE),
    "cases/case/import/": (WRITE, WRITE),
    "cases/case/import/<int:pk>/": (WRITE, WRITE),
    "cases/case/import/<int:pk>/correct/": (WRITE, WRITE),
    "cases/case/<int:pk>/withdraw/": (PUBLISH, PUBLISH),
    "cases/case/<path:object_id>/change/": (LOOK, WRITE),
    "cases/case/<path:object_id>/delete/": (WRITE, WRITE),
    "cases/case/<path:object_id>/history/": (LOOK, LOOK),
    "queue/": (LOOK, LOOK),
    "manuscripts/": (LOOK, LOOK),
    "calendar/": (LOOK, LOOK),
    "cases/case/sheet/": (WRITE, WRITE),
    "cases/case/sheet/template.xlsx": (WRITE, WRITE),
    "cases/case/autosave/": (WRITE, WRITE),
    "cases/case/check/": (STAFF, WRITE),
    "cases/case/bulk/": (STAFF, STAFF),
    "cases/case/bulk/report/": (STAFF, STAFF),
    "cases/case/<int:pk>/autosave/": (WRITE, WRITE),
    "cases/case/<int:pk>/review/": (LOOK, LOOK),
    "cases/case/<int:pk>/comments/": (POST_ONLY, LOOK),
    "cases/case/<int:pk>/step/<slug:verb>/": (WRITE, WRITE),
    "cases/case/<int:pk>/copy/": (WRITE, WRITE),
    "cases/case/<int:pk>/compare/": (LOOK, LOOK),
    "cases/case/<int:pk>/versions/": (LOOK, LOOK),
    "cases/case/<int:pk>/restore/<int:number>/": (WRITE, WRITE),
    "cases/case/<int:pk>/preview/": (LOOK, LOOK),
    "cases/case/<int:pk>/preview/page/": (LOOK, LOOK),
    "cases/case/<int:pk>/links/": (LOOK, LOOK),
    "cases/case/<int:pk>/schedule/": (PUBLISH, PUBLISH),
    "cases/correction/": (LOOK, LOOK),
    "cases/correction/<path:object_id>/change/": (LOOK, ANSWER),
    "cases/correction/<path:object_id>/history/": (LOOK, LOOK),
    "cases/wordrule/": (LOOK, LOOK),
    "cases/wordrule/add/": (KEEP_WORDS, KEEP_WORDS),
    "cases/wordrule/<path:object_id>/change/": (LOOK, KEEP_WORDS),
    "cases/wordrule/<path:object_id>/history/": (LOOK, LOOK),
    "cases/wordrule/<path:object_id>/delete/": (KEEP_WORDS, KEEP_WORDS),
    "cases/sitepage/": (LOOK, LOOK),
    "cases/sitepage/add/": (KEEP_WORDS, KEEP_WORDS),
    "cases/sitepage/<path:object_id>/change/": (LOOK, KEEP_WORDS),
    "cases/sitepage/<path:object_id>/history/": (LOOK, LOOK),
    "cases/sitepage/<path:object_id>/delete/": (ONLY_SUPERUSER, ONLY_SUPERUSER),
    "cases/alias/": (LOOK, LOOK),
    "cases/alias/merge/": (STAFF, KEEP_WORDS),
    "cases/alias/add/": (KEEP_WORDS, KEEP_WORDS),
    "cases/alias/<path:object_id>/change/": (LOOK, KEEP_WORDS),
    "cases/alias/<path:object_id>/history/": (LOOK, LOOK),
    "cases/alias/<path:object_id>/delete/": (KEEP_WORDS, KEEP_WORDS),
}
for _words in ("department", "theme"):
    TABLE |= {
        f"cases/{_words}/": (LOOK, LOOK),
        f"cases/{_words}/add/": (KEEP_WORDS, KEEP_WORDS),
        f"cases/{_words}/<path:object_id>/change/": (LOOK, KEEP_WORDS),
        f"cases/{_words}/<path:object_id>/history/": (LOOK, LOOK),
        f"cases/{_words}/<path:object_id>/delete/": (NONE, NONE),
    }
for _facts in ("region", "sourcetext", "revision", "publication", "searchedword"):
    TABLE |= {
        f"cases/{_facts}/": (LOOK, LOOK),
        f"cases/{_facts}/<path:object_id>/change/": (LOOK, NONE),
        f"cases/{_facts}/<path:object_id>/history/": (LOOK, LOOK),
    }

# Rows of cases: whom they are out of reach of learns no more than that there is no such page.
OF_CASES = re.compile(r"cases/(?:case|sourcetext|revision|publication|auditentry|correction)/(?:import/)?<.*")
# What was typed for a case that is not there is kept as the text of a new one: that tells as little.
KEPT = {
    ("get", "cases/case/<int:pk>/autosave/"),
    ("post", "cases/case/<int:pk>/autosave/"),
    ("post", "cases/case/<path:object_id>/change/"),
}
# A batch is looked at by whoever gave it, and by superusers.
OF_ONE_PERSON = {f"cases/importbatch/<int:pk>/{page}" for page in ("", "step/", "drafts/", "report.csv", "delete/")}
# No secrets: log-in and what leads to it, leading on from a short address, words of scripts. The pickers are asked for
# by name and field and have tests of their own.
OPEN = {
    # what somebody types is found by a token and by nobody else: see test_previewing
    *("cases/case/preview/<slug:token>/", "cases/case/preview/<slug:token>/page/"),
    *("login/", "logout/", "jsi18n/", "password_change/done/", "autocomplete/", "cases/case/autocomplete/"),
    *("password_reset/", "password_reset/done/", "reset/<uidb64>/<token>/", "reset/done/"),
    *("r/<path:content_type_id>/<path:object_id>/", "^(?P<app_label>cases)/$", "(?P<url>.*)$"),
}


def is_short(route):
    """cases/theme/<key>/ leads on to the form."""
    return bool(re.fullmatch(r"cases/\w+/<path:object_id>/", route))


def all_routes():
    return {route.removeprefix("admin/") for route in routes()}


def test_every_address_has_a_line_and_every_line_an_address():
    known = set(TABLE) | OPEN | OF_ONE_PERSON

    assert {route for route in all_routes() if not is_short(route)} == known


def expected(who, method, route, opened_by):
    if who == NOBODY:
        return "login"
    if opened_by is POST_ONLY:
        return "405"
    if route in OF_ONE_PERSON:
        return "open" if who == SUPERUSER else "404" if who in WRITE else "403"
    if OF_CASES.fullmatch(route) and who == ELSEWHERE and (method, route) not in KEPT:
        return "404"
    return "open" if who in opened_by else "403"


@pytest.mark.parametrize("who", WHO)
def test_an_address_answers_by_role_and_reach(who):
    make_accounts()
    rows = make_rows()
    client = Client()
    if who != NOBODY:
        client.force_login(User.objects.get(username=who))

    asked, told = {}, {}
    for route in sorted(set(TABLE) | OF_ONE_PERSON, key=lambda route: (route.endswith("delete/"), route)):
        opened_by = TABLE.get(route, (WRITE, WRITE))
        for method, who_opens in zip(("get", "post"), opened_by, strict=True):
            asked[method, route] = expected(who, method, route, who_opens)
            told[method, route] = answer(client, method, address_of(route, rows))

    assert told == asked
