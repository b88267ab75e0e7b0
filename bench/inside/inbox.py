"""The inbox of each level over a million units of work: PostgreSQL's own time, statements, and the page."""

import json
import statistics
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.inside.actors import towns
from services.workflow.domain.actor import Actor
from services.workflow.models import Declaration, Office
from services.workflow.queries.inbox import PAGE, waiting_for
from services.workflow.queries.rights import actor_of

FAR = 40
TAKES = 15


def main() -> None:
    busiest = towns()[Declaration.objects.values_list("town_id", flat=True).order_by("-pk")[0] or 0]
    levels = {"town": busiest}
    for role in ("department", "office", "committee", "leading_group", "investigator", "declarant"):
        office = Office.objects.filter(role=role, until__isnull=True).select_related("unit", "member").first()
        assert office is not None
        levels[role] = actor_of(office)
    taken: dict[str, float] = {}
    for role, actor in levels.items():
        taken[f"{role}, first page"] = milliseconds(actor, None)
    taken[f"town, page {FAR}"] = milliseconds(busiest, cursor_at(busiest, FAR))
    few, many = statements(busiest, 5), statements(busiest, PAGE)
    figures = {
        "slowest_ms": max(taken.values()),
        "each_ms": taken,
        "statements": many,
        "statements_of_five": few,
        "page_bytes": page_bytes(busiest),
        "work": Declaration.objects.exclude(waiting_role="").count(),
    }
    print(json.dumps(figures))


def cursor_at(actor: Actor, page: int) -> str:
    """The cursor that a person who leafs to that page sends."""
    rows = Declaration.objects.filter(waiting_role="town", waiting_unit=actor.unit_id).order_by(
        "due_at", "pk"
    )
    row = rows[(page - 1) * PAGE - 1]
    assert row.due_at is not None
    return f"{row.due_at.isoformat()}_{row.pk}_declaration"


def milliseconds(actor: Actor, after: str | None) -> float:
    """The median time PostgreSQL says the statement took, planning and execution."""
    sent: list[tuple[str, Any]] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if "UNION ALL" in sql and "round_task" in sql:
            sent.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        waiting_for(actor, after=after)
    (sql, params), *_ = sent
    taken: list[float] = []
    with connection.cursor() as cursor:
        for _ in range(TAKES):
            cursor.execute(f"EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) {sql}", params)
            found = cursor.fetchone()[0]
            plan = (json.loads(found) if isinstance(found, str) else found)[0]
            taken.append(plan["Execution Time"])
    return statistics.median(taken)


def statements(actor: Actor, limit: int) -> int:
    """How many statements one list of the API takes, with the steps that are open on each row."""
    with CaptureQueriesContext(connection) as captured:
        found = waiting_for(actor, limit=limit, with_steps=True)
    assert len(found.items) == limit
    return len(captured)


def page_bytes(actor: Actor) -> int:
    """The size of the inbox page of that town, as the browser gets it, uncompressed."""
    office = Office.objects.select_related("member").get(pk=actor.office_id or 0)
    client = Client()
    client.force_login(office.member)
    answer = client.get("/", HTTP_HOST="127.0.0.1", secure=False, follow=True)
    assert answer.status_code == 200, answer.status_code
    return len(answer.content)


if __name__ == "__main__":
    main()
