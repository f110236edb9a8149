"""The full-text index of each engine, kept by the engine itself in the transaction of the write.

SQLite: an FTS5 table over the words, with triggers; a later migration that rebuilds the table
of words must make them again. PostgreSQL: a generated tsvector column with a GIN index. Both
without a language of their own: stems, compounds and accents are the program's work, so that
the two find the same.
"""

from django.db import migrations

SQLITE_UP = [
    """
    CREATE VIRTUAL TABLE providers_offerwords_fts USING fts5(
        title, topic, body,
        content='providers_offerwords', content_rowid='offer_id',
        tokenize='unicode61 remove_diacritics 0', prefix='3 5'
    )
    """,
    """
    CREATE TRIGGER providers_offerwords_ai AFTER INSERT ON providers_offerwords BEGIN
        INSERT INTO providers_offerwords_fts(rowid, title, topic, body)
        VALUES (new.offer_id, new.title, new.topic, new.body);
    END
    """,
    """
    CREATE TRIGGER providers_offerwords_ad AFTER DELETE ON providers_offerwords BEGIN
        INSERT INTO providers_offerwords_fts(providers_offerwords_fts, rowid, title, topic, body)
        VALUES ('delete', old.offer_id, old.title, old.topic, old.body);
    END
    """,
    """
    CREATE TRIGGER providers_offerwords_au AFTER UPDATE ON providers_offerwords BEGIN
        INSERT INTO providers_offerwords_fts(providers_offerwords_fts, rowid, title, topic, body)
        VALUES ('delete', old.offer_id, old.title, old.topic, old.body);
        INSERT INTO providers_offerwords_fts(rowid, title, topic, body)
        VALUES (new.offer_id, new.title, new.topic, new.body);
    END
    """,
    "INSERT INTO providers_offerwords_fts(providers_offerwords_fts) VALUES ('rebuild')",
]
SQLITE_DOWN = [
    "DROP TRIGGER providers_offerwords_ai",
    "DROP TRIGGER providers_offerwords_ad",
    "DROP TRIGGER providers_offerwords_au",
    "DROP TABLE providers_offerwords_fts",
]
POSTGRESQL_UP = [
    """
    ALTER TABLE providers_offerwords ADD COLUMN vector tsvector GENERATED ALWAYS AS (
        setweight(to_tsvector('simple', title), 'A')
        || setweight(to_tsvector('simple', topic), 'B')
        || setweight(to_tsvector('simple', body), 'C')
    ) STORED
    """,
    "CREATE INDEX providers_offerwords_vector ON providers_offerwords USING gin (vector)",
]
POSTGRESQL_DOWN = ["ALTER TABLE providers_offerwords DROP COLUMN vector"]
STATEMENTS = {
    "sqlite": (SQLITE_UP, SQLITE_DOWN),
    "postgresql": (POSTGRESQL_UP, POSTGRESQL_DOWN),
}


def make(apps, schema_editor):
    for statement in STATEMENTS[schema_editor.connection.vendor][0]:
        schema_editor.execute(statement)


def drop(apps, schema_editor):
    for statement in STATEMENTS[schema_editor.connection.vendor][1]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):

    dependencies = [("providers", "0002_search_index")]

    operations = [migrations.RunPython(make, drop)]
