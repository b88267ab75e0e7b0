"""What the database itself holds about rounds and their tasks, whoever writes to it."""

from typing import Any

import psycopg
import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import QuerySet

from services.workflow.models import Round, RoundTask
from tests.workflow.rounds.conftest import AT, Cast, make_cast, tasks_of


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


def refused_by(rows: QuerySet[Any], **columns: Any) -> str:
    """Write past the flow; the constraint that the database refuses it by."""
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        rows.update(**columns)
    assert isinstance(refused.value.__cause__, psycopg.Error)
    return str(refused.value.__cause__.diag.constraint_name)


def first_task(round_: Round) -> QuerySet[RoundTask]:
    return RoundTask.objects.filter(pk=tasks_of(round_)[0].pk)


def test_a_task_is_not_done_without_a_decision(cast: Cast) -> None:
    assert refused_by(first_task(cast.round()), status="DONE") == "round_task_decided_when_done"


def test_an_open_task_has_no_decision(cast: Cast) -> None:
    assert refused_by(first_task(cast.round()), verdict="answered") == "round_task_decided_when_done"


def test_a_participants_task_is_open_done_or_cancelled(cast: Cast) -> None:
    assert refused_by(first_task(cast.round()), status="STARTED") == "round_task_has_participant"


def test_a_participant_has_one_task_in_a_round(cast: Cast) -> None:
    other = cast.offices[1].unit_id
    assert refused_by(first_task(cast.round()), participant_unit_id=other) == "one_task_a_participant"


def test_a_round_is_not_closed_without_its_outcome(cast: Cast) -> None:
    rounds = Round.objects.filter(pk=cast.round().pk)

    assert refused_by(rounds, status="DONE", closed_at=AT) == "round_closed_with_outcome"


def test_nothing_of_viewflows_users_timers_and_permissions_is_kept() -> None:
    columns = {field.column for field in RoundTask._meta.local_fields}

    assert columns == {
        "id",
        "process_id",
        "participant_unit_id",
        "participant_role",
        "assignee_id",
        "due_at",
        "due_provisional",
        "verdict",
        "decided_by_id",
        "decided_at",
        "removed_at",
        "version",
        "status",
        "flow_task",
        "flow_task_type",
        "token",
        "created",
        "started",
        "finished",
    }
    assert RoundTask._meta.private_fields == []


def test_the_inbox_of_a_body_is_read_from_its_partial_index(cast: Cast) -> None:
    cast.round()
    waiting = RoundTask.objects.filter(
        status="NEW", participant_role="department", participant_unit=cast.offices[0].unit_id
    )

    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    plan = waiting.order_by("due_at", "id").explain()

    assert "round_task_open_of_unit" in plan
    assert "Sort" not in plan
