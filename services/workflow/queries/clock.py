"""The one clock: PostgreSQL's own, moved by the demo's offset."""

from datetime import datetime

from django.db import connection


def now() -> datetime:
    """The moment that decides, aware, in UTC; within a transaction it stands still."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT laurel_now()")
        moment: datetime = cursor.fetchone()[0]
    return moment


def own_now() -> datetime:
    """PostgreSQL's own moment, without the demo's offset: for what others compare with their clocks."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        moment: datetime = cursor.fetchone()[0]
    return moment
