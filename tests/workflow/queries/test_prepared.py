from typing import Any

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from django.test.utils import CaptureQueriesContext

from services.workflow.models import Declaration, Programme
from services.workflow.queries.prepared import columns, fetch, instance
from tests.workflow.cast import District


@pytest.mark.parametrize("prepared", [True, False])
def test_values_are_bound_by_name_whatever_their_size_and_number(
    d: District, settings: Any, prepared: bool
) -> None:
    settings.DB_PREPARED = prepared
    asked = {"small": 1, "large": 2**40, "many": [1, 2**40], "none": None, "text": "'; %s"}

    rows = fetch(
        "SELECT %(large)s::bigint, %(small)s::bigint, %(many)s::bigint[], %(none)s::text, %(text)s::text,"
        " %(small)s::bigint + 1",
        asked,
    )

    assert rows == [(2**40, 1, [1, 2**40], None, "'; %s", 2)]


def test_a_missing_value_is_a_fault(d: District) -> None:
    with pytest.raises(KeyError):
        fetch("SELECT %(one)s::int", {})


def test_what_is_sent_is_seen_by_those_who_count_statements(d: District) -> None:
    with CaptureQueriesContext(connection) as sent:
        fetch("SELECT %(one)s::int", {"one": 1})

    assert len(sent) == 1


def test_an_error_is_told_as_django_tells_it(d: District) -> None:
    with pytest.raises(ProgrammingError):
        fetch("SELECT nothing_of_that_name", {})


def kept(text: str) -> list[tuple[int, int]]:
    """How often PostgreSQL executed the statements of this text that it keeps: by the one plan, and by others."""
    with connection.cursor() as cursor:
        asked = "SELECT generic_plans, custom_plans FROM pg_prepared_statements WHERE statement LIKE %s"
        cursor.execute(asked, [f"PREPARE % AS {text}%"])
        return list(cursor.fetchall())


def test_a_plan_outlives_a_step_that_is_refused(d: District) -> None:
    statement = "SELECT %(one)s::int AS outlives"
    fetch(statement, {"one": 1})
    with pytest.raises(ProgrammingError), transaction.atomic():
        fetch("SELECT nothing_of_that_name", {})

    rows = fetch(statement, {"one": 2})

    assert (rows, kept("SELECT $1::int AS outlives")) == ([(2,)], [(2, 0)])


def test_nothing_is_kept_where_a_pooler_stands_in_front(d: District, settings: Any) -> None:
    settings.DB_PREPARED = False

    fetch("SELECT %(one)s::int AS pooled", {"one": 1})

    assert kept("SELECT $1::int AS pooled") == []


@pytest.mark.parametrize("model", [Declaration, Programme])
def test_rows_are_those_of_a_queryset(d: District, model: type[Declaration]) -> None:
    expected = list(model.objects.order_by("pk"))

    rows = fetch(f"SELECT {columns(model)} FROM {model._meta.db_table} ORDER BY id", {})

    assert [vars(instance(model, row)) | {"_state": 0} for row in rows] == [
        vars(each) | {"_state": 0} for each in expected
    ]
