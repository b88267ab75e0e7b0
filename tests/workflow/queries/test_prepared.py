import pytest
from django.db import connection
from django.db.utils import ProgrammingError
from django.test.utils import CaptureQueriesContext

from services.workflow.models import Declaration, Programme
from services.workflow.queries.prepared import columns, fetch, instance
from tests.workflow.cast import District


def test_values_are_bound_by_name_whatever_their_size_and_number(d: District) -> None:
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


@pytest.mark.parametrize("model", [Declaration, Programme])
def test_rows_are_those_of_a_queryset(d: District, model: type[Declaration]) -> None:
    expected = list(model.objects.order_by("pk"))

    rows = fetch(f"SELECT {columns(model)} FROM {model._meta.db_table} ORDER BY id", {})

    assert [vars(instance(model, row)) | {"_state": 0} for row in rows] == [
        vars(each) | {"_state": 0} for each in expected
    ]
