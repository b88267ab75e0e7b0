"""Single endorsements through the command, by the processor time they take here and in PostgreSQL."""

import json
import statistics
import sys
import time
from uuid import uuid4

from django.db import connection

from bench.inside.actors import cpu_seconds, towns, waiting
from services.workflow.commands.steps import take_step

WARM, PARTS = 60, 4


def main(number: int) -> None:
    officers, cases = towns(), waiting(WARM + number)
    assert len(cases) == WARM + number, len(cases)
    for case, town in cases[:WARM]:
        take_step("declaration", case, "endorse", by=officers[town], key=uuid4())
    server = connection.connection.info.backend_pid
    size, found = number // PARTS, []
    for part in range(PARTS):
        chosen = cases[WARM + part * size : WARM + (part + 1) * size]
        used = time.process_time() + cpu_seconds(server)
        for case, town in chosen:
            take_step("declaration", case, "endorse", by=officers[town], key=uuid4())
        found.append((time.process_time() + cpu_seconds(server) - used) / size)
    print(json.dumps({"ms": 1000 * statistics.median(found)}))


if __name__ == "__main__":
    main(int(sys.argv[1]))
