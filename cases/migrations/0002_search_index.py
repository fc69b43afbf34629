"""The search index: folded texts, and beside them FTS5 on SQLite, a tsvector with GIN on PostgreSQL.

No foreign key leads to the published table: Django does not know these tables, and on PostgreSQL
could not empty one that they refer to.
"""

from django.db import migrations

CREATE = {
    "sqlite": [
        """CREATE TABLE cases_searchtext (
            case_id integer NOT NULL PRIMARY KEY,
            title text NOT NULL, heading text NOT NULL, label text NOT NULL, text text NOT NULL)""",
        """CREATE VIRTUAL TABLE cases_searchindex USING fts5(
            title, heading, label, text, often, content='', tokenize='ascii')""",
    ],
    "postgresql": [
        # One case may take several rows, as long as a vector holds less than a megabyte.
        # Texts and vectors stand out of line, so that the rows of hits are read fast.
        """CREATE TABLE cases_searchtext (
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            case_id bigint NOT NULL, pairs tsvector NOT NULL,
            title text NOT NULL, heading text NOT NULL, label text NOT NULL, text text NOT NULL
            ) WITH (toast_tuple_target = 256)""",
        "CREATE INDEX cases_searchtext_case ON cases_searchtext (case_id)",
        "CREATE INDEX cases_searchtext_pairs ON cases_searchtext USING gin (pairs)",
    ],
}
DROP = {
    "sqlite": ["DROP TABLE cases_searchindex", "DROP TABLE cases_searchtext"],
    "postgresql": ["DROP TABLE cases_searchtext"],
}


def create(apps, schema_editor):
    for statement in CREATE[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def drop(apps, schema_editor):
    for statement in DROP[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial")]
    operations = [migrations.RunPython(create, drop)]
