"""Tables whose rows are facts: the database itself refuses to change or delete them.

Triggers, because a rule in Python binds only those who ask it. They are made after every `migrate`, as SQLite drops
them whenever it makes a table anew to alter it. Whoever owns the tables can drop them: this guards against mistakes
and against those who hold an account of the site, not against the one who runs the database.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from django.db import DEFAULT_DB_ALIAS, connections, transaction

TABLES = ("cases_auditentry", "cases_publication", "cases_review", "cases_revision")

_REFUSE = "SELECT RAISE(ABORT, '{table} is append-only')"
_FUNCTION = """CREATE OR REPLACE FUNCTION cases_refuse_change() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation'; END $$"""

# Name of a trigger behind that of its table → what makes it.
_TRIGGERS = {
    "sqlite": {
        "no_update": f"BEFORE UPDATE ON {{table}} BEGIN {_REFUSE}; END",
        "no_delete": f"BEFORE DELETE ON {{table}} BEGIN {_REFUSE}; END",
        # REPLACE deletes without asking the trigger above; a key that is there already is no new fact
        "no_replace": f"BEFORE INSERT ON {{table}} WHEN {{taken}} BEGIN {_REFUSE}; END",
    },
    "postgresql": {
        "no_change": "BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION cases_refuse_change()",
        "no_truncate": "BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION cases_refuse_change()",
    },
}
# The unique keys of a table, by which REPLACE finds the row it would take away.
_TAKEN = {
    "cases_revision": "id = NEW.id OR (case_id = NEW.case_id AND number = NEW.number)",
    "cases_review": "id = NEW.id OR (case_id = NEW.case_id AND round = NEW.round AND stage = NEW.stage"
    " AND step = 'approved' AND NEW.step = 'approved')",
}


def make_triggers(using: str = DEFAULT_DB_ALIAS) -> None:
    """Make the triggers that are missing, on the tables that are there."""
    missing = missing_triggers(using)
    with connections[using].cursor() as cursor:
        if missing and connections[using].vendor == "postgresql":
            cursor.execute(_FUNCTION)
        for name, _table, rest in _wanted(using):
            if name in missing:
                cursor.execute(f"CREATE TRIGGER {name} {rest}")


def missing_triggers(using: str = DEFAULT_DB_ALIAS) -> list[str]:
    """Names of the triggers that are not there, or are switched off; none of a table that is not there itself."""
    connection = connections[using]
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        else:
            cursor.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'")
        there = {name for (name,) in cursor.fetchall()}
    return [name for name, table, _rest in _wanted(using) if table in tables and name not in there]


@contextlib.contextmanager
def lifted(*tables: str, using: str = DEFAULT_DB_ALIAS) -> Iterator[None]:
    """Let rows of these tables be deleted inside the block, in one transaction; for `prune_audit` and the demo only.

    On PostgreSQL it locks the tables, and nothing may have been written to them earlier in the transaction.
    """
    with transaction.atomic(using=using), connections[using].cursor() as cursor:
        _drop(tables, using)
        yield
        if connections[using].vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # a table with checks pending cannot be altered
        make_triggers(using)


def drop_triggers(using: str = DEFAULT_DB_ALIAS) -> None:
    """Take the triggers away: for a test that empties the tables when it ends."""
    _drop(TABLES, using)


def _drop(tables: tuple[str, ...], using: str) -> None:
    on = " ON {table}" if connections[using].vendor == "postgresql" else ""
    with connections[using].cursor() as cursor:
        for name, table, _rest in _wanted(using):
            if table in tables:
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}" + on.format(table=table))


def _wanted(using: str) -> list[tuple[str, str, str]]:
    """Name, table and definition of every trigger there should be."""
    triggers = _TRIGGERS[connections[using].vendor]
    return [
        (f"{table}_{name}", table, rest.format(table=table, taken=_condition(table)))
        for table in TABLES
        for name, rest in triggers.items()
    ]


def _condition(table: str) -> str:
    return f"EXISTS (SELECT 1 FROM {table} WHERE {_TAKEN.get(table, 'id = NEW.id')})"  # noqa: S608
