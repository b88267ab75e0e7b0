"""viewflow's own list of one's tasks among many, the first page and a far one: PostgreSQL's own time."""

import json
import statistics
import sys
from typing import Any

from django.db import connection

from bench.inside import as_app  # noqa: F401  # first of all
from bench.inside.viewflow_approval import Approval, people

# Every hundredth task is the reader's.
PAGE, FAR, TAKES, SHARE = 50, 40, 7, 100


def main(number: int) -> None:
    reader, other = people(2)
    process = Approval.begin(other)
    task = Approval.task_class.objects.get(process=process, flow_task_type="HUMAN")
    copy("viewflow_process", "p", process, number, {"id": f"{process} + n"})
    mine = f"CASE WHEN n %% {SHARE} = 0 THEN {reader.pk} ELSE {other.pk} END"
    copy(
        "viewflow_task",
        "t",
        task.pk,
        number,
        {"id": f"{task.pk} + n", "process_id": f"{process} + n", "owner_id": mine},
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE viewflow_process, viewflow_task")
    listed = Approval.task_class.objects.inbox([Approval], reader).order_by("-created")
    figures = {
        "first_ms": milliseconds(listed[:PAGE]),
        "far_ms": milliseconds(listed[(FAR - 1) * PAGE : FAR * PAGE]),
        "work": number,
    }
    print(json.dumps(figures))


def copy(table: str, alias: str, pk: int, number: int, others: dict[str, str]) -> None:
    """One row as many times as wanted, but for the columns that are told."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped",
            [table],
        )
        names = [str(name) for (name,) in cursor.fetchall()]
        values = ", ".join(others.get(name, f"{alias}.{name}") for name in names)
        cursor.execute(
            f"INSERT INTO {table} ({', '.join(names)}) SELECT {values}"
            f" FROM {table} {alias}, generate_series(1, %s) n WHERE {alias}.id = %s",
            [number, pk],
        )


def milliseconds(rows: Any) -> float:
    """The median time PostgreSQL says the list took, execution alone."""
    taken: list[float] = []
    for _ in range(TAKES):
        plan = json.loads(rows.explain(format="json", analyze=True, timing=False))
        taken.append(plan[0]["Execution Time"])
    return statistics.median(taken)


if __name__ == "__main__":
    main(int(sys.argv[1]))
