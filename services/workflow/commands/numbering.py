"""Numbers without gaps: of documents, declarations, honours and receipts."""

from django.db import connection


def next_number(prefix: str, year: int) -> int:
    """The next number of one series in one year, held until the transaction ends, so that none is skipped."""
    return next_numbers(prefix, year, 1)[0]


def next_numbers(prefix: str, year: int, count: int) -> list[int]:
    """`count` consecutive numbers of one series."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO workflow_documentnumber AS n (prefix, year, last) VALUES (%s, %s, %s)"
            " ON CONFLICT (prefix, year) DO UPDATE SET last = n.last + excluded.last RETURNING last",
            [prefix, year, count],
        )
        last: int = cursor.fetchone()[0]
    return list(range(last - count + 1, last + 1))


def document_number(prefix: str, year: int) -> str:
    """A document's number as official papers carry it, for example 云文明办公示〔2026〕3号."""
    return f"{prefix}〔{year}〕{next_number(prefix, year)}号"
