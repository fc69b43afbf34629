"""The tables of facts refuse to be changed, on both databases."""

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from cases.checks import history_is_guarded
from cases.models import AuditEntry, Publication, Review, Revision
from cases.models.append_only import TABLES, drop_triggers, lifted, make_triggers, missing_triggers
from tests.builders import make_audit_entry, make_published_case, make_review, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def facts():
    """One row in each of the tables."""
    case = make_published_case().case
    make_review(case)
    make_audit_entry()


def refuses(statement, *values):
    """Whether the database refuses a statement because the table is append-only."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, values)
    except IntegrityError as refused:
        return "append-only" in str(refused)
    return False


@pytest.mark.parametrize("table", TABLES)
def test_a_fact_is_not_changed(facts, table):
    assert refuses(f"UPDATE {table} SET id = id")


@pytest.mark.parametrize("table", TABLES)
def test_a_fact_is_not_deleted(facts, table):
    assert refuses(f"DELETE FROM {table}")


@pytest.mark.parametrize("model", [AuditEntry, Publication, Review, Revision])
def test_nor_by_its_model(facts, model):
    row = model.objects.first()

    for change in (row.save, lambda: model.objects.all()._raw_delete("default")):
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            change()


@pytest.fixture
def nothing_pending():
    """PostgreSQL empties no table with foreign keys to be checked yet, triggers or not."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


@pytest.mark.postgresql
@pytest.mark.parametrize("table", TABLES)
def test_a_table_of_facts_is_not_emptied(facts, nothing_pending, table):
    assert refuses(f"TRUNCATE {table} CASCADE")


@pytest.mark.postgresql
def test_nor_emptied_along_with_another(facts, nothing_pending):
    assert refuses("TRUNCATE cases_case CASCADE")


@pytest.mark.sqlite
@pytest.mark.parametrize("table", TABLES)
def test_a_fact_is_not_replaced(facts, table):
    assert refuses(f"REPLACE INTO {table} SELECT * FROM {table}")


@pytest.mark.sqlite
def test_nor_replaced_by_another_unique_key(facts):
    columns = [field.column for field in Revision._meta.fields if field.column != "id"]
    names = ", ".join(columns)

    assert refuses(f"REPLACE INTO cases_revision ({names}) SELECT {names} FROM cases_revision")


def test_missing_triggers_are_named_checked_and_made_again(facts):
    assert missing_triggers() == []
    assert history_is_guarded(None, databases=["default"]) == []

    drop_triggers()

    assert {name.rsplit("_no_")[0] for name in missing_triggers()} == set(TABLES)
    assert [error.id for error in history_is_guarded(None, databases=["default"])] == ["cases.E002"]
    assert history_is_guarded(None) == []  # without --database no database is asked

    make_triggers()

    assert missing_triggers() == []


def test_migrating_makes_them_again(facts):
    drop_triggers()

    call_command("migrate", verbosity=0)

    assert missing_triggers() == []


def test_lifted_lets_rows_go_and_guards_the_rest(facts):
    with lifted("cases_auditentry"):
        AuditEntry.objects.all().delete()
        assert refuses("DELETE FROM cases_review")

    assert not AuditEntry.objects.exists()
    assert missing_triggers() == []


def test_a_failure_inside_lifted_leaves_all_as_it_was(facts):
    def fail():
        with lifted("cases_review"):
            Review.objects.all().delete()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()

    assert Review.objects.exists()
    assert missing_triggers() == []


@pytest.mark.django_db(transaction=True)
def test_a_test_with_transactions_of_its_own_ends_well():
    make_published_case(by=make_user())
