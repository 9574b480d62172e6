"""The index of words over the register: one small door to two databases (migration 0002 makes the table).

Words hold only letters and digits (rules.words), so nothing a person types is ever syntax of a query.
"""

from collections.abc import Sequence

from django.db import connection
from django.db.models.expressions import RawSQL


def put_words(directive_id: int, words: Sequence[str]) -> None:
    """Keep these words as those of the document, in the transaction of the caller."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "INSERT INTO directives_words (directive_id, words) VALUES (%s, array_to_tsvector(%s::text[])) "
                "ON CONFLICT (directive_id) DO UPDATE SET words = EXCLUDED.words",
                [directive_id, list(words)],
            )
        else:
            cursor.execute("DELETE FROM directives_words WHERE rowid = %s", [directive_id])
            cursor.execute("INSERT INTO directives_words (rowid, words) VALUES (%s, %s)", [directive_id, " ".join(words)])


def ids_with(words: Sequence[str]) -> RawSQL:
    """A subquery of the ids of documents that have all the words, the last one as the beginning of a word."""
    if connection.vendor == "postgresql":
        asked = " & ".join(f"'{word}'" for word in words)
        return RawSQL("SELECT directive_id FROM directives_words WHERE words @@ %s::tsquery", [f"{asked}:*"])
    asked = " ".join(f'"{word}"' for word in words)
    return RawSQL("SELECT rowid FROM directives_words WHERE directives_words MATCH %s", [f"{asked} *"])
