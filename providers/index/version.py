"""A short text that changes with every write: whether something kept still is what there is.

Every write leaves an audit event in its own transaction, so the newest number stands for all that
was written. Not quite on PostgreSQL: of two writes at once, the one with the lower number may be
the last to be committed. So the number of recent events goes along, which such a straggler raises
too. One that comes after a thousand others is missed; what is kept also has an end (ADR 0012).
"""

from django.db import connection

RECENT = 1000
STATEMENT = """
SELECT MAX(id), COUNT(*) FROM providers_auditevent
WHERE id > (SELECT MAX(id) FROM providers_auditevent) - %s
"""


def catalogue_version() -> str:
    """Return what stands for all writes so far. Read it before what it is to stand for."""
    with connection.cursor() as cursor:
        cursor.execute(STATEMENT, [RECENT])
        newest, recent = cursor.fetchone()
    return f"{newest or 0}.{recent}"
