"""viewflow as its users run it, with the lock that keeps two clicks apart: one approval after another."""

import json
import statistics
import sys
import time
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from bench.inside import as_app  # noqa: F401  # first of all
from bench.inside.viewflow_approval import Approval, people

WARM = 30


def main(number: int) -> None:
    [user] = people(1)
    processes = [Approval.begin(user) for _ in range(number + WARM + 1)]
    with CaptureQueriesContext(connection) as captured:
        approve(processes.pop(), user)
    for process in processes[:WARM]:
        approve(process, user)
    taken = []
    for process in processes[WARM:]:
        began = time.perf_counter()
        approve(process, user)
        taken.append(time.perf_counter() - began)
    print(json.dumps({"click_ms": 1000 * statistics.median(taken), "statements": len(captured)}))


def approve(process: int, user: Any) -> None:
    """What its view of a task does at a click, without the page."""
    with Approval.instance.lock(process):
        task = Approval.task_class.objects.get(process=process, flow_task_type="HUMAN", status="ASSIGNED")
        activation = task.flow_task.activation_class(task)
        assert activation.flow_task.can_execute(user, task)
        activation.start(None)
        activation.execute()


if __name__ == "__main__":
    main(int(sys.argv[1]))
