"""The place in the feed that a page was read at."""

from django.db import connection


def cursor() -> str:
    """The cursor of now, for a page to take before it reads anything (docs/events.md, section 2)."""
    with connection.cursor() as statement:
        statement.execute("SELECT feed_epoch() || '.' || feed_head()")
        place: str = statement.fetchone()[0]
    return place
