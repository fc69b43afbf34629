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
        # the day of every case in few pages: read from the wide published rows it cost more than the search
        "CREATE TABLE cases_searchday (case_id integer NOT NULL PRIMARY KEY, day integer NOT NULL)",
        """CREATE VIRTUAL TABLE cases_searchindex USING fts5(
            title, heading, label, text, marked, content='', tokenize='ascii')""",
    ],
    "postgresql": [
        # One case may take several rows, as long as a vector holds less than a megabyte.
        # Texts and vectors stand out of line, so that the rows of hits are read fast.
        """CREATE TABLE cases_searchtext (
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            case_id bigint NOT NULL, pairs tsvector NOT NULL,
            title text NOT NULL, heading text NOT NULL, label text NOT NULL, text text NOT NULL
            ) WITH (toast_tuple_target = 256)""",
        # Not compressed: on vectors it saved nothing and took a quarter of the time to write them;
        # unpacking texts took more than half of the time to check them.
        "ALTER TABLE cases_searchtext ALTER pairs SET STORAGE EXTERNAL",
        "ALTER TABLE cases_searchtext ALTER heading SET STORAGE EXTERNAL",
        "ALTER TABLE cases_searchtext ALTER text SET STORAGE EXTERNAL",
        "CREATE INDEX cases_searchtext_case ON cases_searchtext (case_id)",
        "CREATE INDEX cases_searchtext_pairs ON cases_searchtext USING gin (pairs)",
        # The planner takes the narrow rows for cheap to scan, and does not count reading the vectors
        # beside them: it would scan them all for a common word. The function keeps it to the index.
        """CREATE FUNCTION cases_search(asked tsquery, word text, place text) RETURNS SETOF bigint
            LANGUAGE sql STABLE PARALLEL SAFE ROWS 1000 SET enable_seqscan = off AS $$
            SELECT case_id FROM cases_searchtext
            WHERE pairs @@ asked AND (
                char_length(word) <= 2
                OR CASE place
                    WHEN 'title' THEN strpos(title, word) > 0
                    WHEN 'heading' THEN strpos(heading, word) > 0
                    WHEN 'label' THEN strpos(label, word) > 0
                    ELSE strpos(text, word) > 0 OR strpos(heading, word) > 0
                        OR strpos(label, word) > 0 OR strpos(title, word) > 0
                END) $$""",
    ],
}
DROP = {
    "sqlite": ["DROP TABLE cases_searchindex", "DROP TABLE cases_searchday", "DROP TABLE cases_searchtext"],
    "postgresql": ["DROP FUNCTION cases_search", "DROP TABLE cases_searchtext"],
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
