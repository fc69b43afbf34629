"""What cases are filed under, for counting, and an index of one column on SQLite.

The tokens of the index are made otherwise than before: it is emptied here, and made anew after the migrations
(`cases.search.index.reindex_if_stale`).
"""

from django.db import migrations

ID = {"sqlite": "integer PRIMARY KEY AUTOINCREMENT", "postgresql": "integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY"}
FILED = """CREATE TABLE cases_searchfiled (
    case_id bigint NOT NULL PRIMARY KEY, day integer NOT NULL, filed text NOT NULL, tags text NOT NULL)"""
VALUE = """CREATE TABLE cases_searchvalue (
    id {id}, facet varchar(20) NOT NULL, value varchar(100) NOT NULL, UNIQUE (facet, value))"""
FORMAT = "CREATE TABLE cases_searchformat (format integer NOT NULL)"
REPLACE = {
    "sqlite": [
        "DROP TABLE cases_searchindex",
        # one column, as marks tell the places apart; no sizes of columns, as nothing is ranked by them
        "CREATE VIRTUAL TABLE cases_searchindex USING fts5(pairs, content='', columnsize=0, tokenize='ascii')",
        # bytes kept in memory before they are written: the default of one megabyte makes five times the work
        "INSERT INTO cases_searchindex (cases_searchindex, rank) VALUES ('hashsize', 33554432)",
        "DELETE FROM cases_searchtext",
        "DROP TABLE cases_searchday",
    ],
    "postgresql": ["TRUNCATE cases_searchtext"],
}
RESTORE = {
    "sqlite": [
        "DROP TABLE cases_searchindex",
        """CREATE VIRTUAL TABLE cases_searchindex USING fts5(
            title, heading, label, text, marked, content='', tokenize='ascii')""",
        "DELETE FROM cases_searchtext",
        "CREATE TABLE cases_searchday (case_id integer NOT NULL PRIMARY KEY, day integer NOT NULL)",
    ],
    "postgresql": ["TRUNCATE cases_searchtext"],
}
TABLES = ("cases_searchfiled", "cases_searchvalue", "cases_searchformat")


def create(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    for statement in (FILED, VALUE.format(id=ID[vendor]), FORMAT, *REPLACE[vendor]):
        schema_editor.execute(statement)


def drop(apps, schema_editor):
    for statement in (*(f"DROP TABLE {table}" for table in TABLES), *RESTORE[schema_editor.connection.vendor]):
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("cases", "0004_batches")]
    operations = [migrations.RunPython(create, drop)]
