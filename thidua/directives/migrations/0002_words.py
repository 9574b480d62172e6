"""The index of words that the register's search asks: FTS5 on SQLite, a tsvector with GIN on PostgreSQL.

It stands beside the models (models/words.py writes and asks it): no model could be both. Without a foreign key, since emptying
tables in tests must not stumble over a table that Django does not know.
"""

from django.db import migrations

MAKE = {
    "sqlite": [
        "CREATE VIRTUAL TABLE directives_words USING fts5(words, tokenize='unicode61 remove_diacritics 0', prefix='2 3')",
    ],
    "postgresql": [
        "CREATE TABLE directives_words (directive_id bigint PRIMARY KEY, words tsvector NOT NULL)",
        "CREATE INDEX directives_words_gin ON directives_words USING gin (words)",
    ],
}


def make(apps, schema_editor):
    for statement in MAKE[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def drop(apps, schema_editor):
    schema_editor.execute("DROP TABLE directives_words")


class Migration(migrations.Migration):
    dependencies = [("directives", "0001_initial")]

    operations = [migrations.RunPython(make, drop)]
