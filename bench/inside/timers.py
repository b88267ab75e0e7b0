"""Ten thousand rows of due work fired by the sweep, as a worker does after a long stop."""

import json
import sys
import time

from django.db import connection

from bench.inside.actors import waiting
from services.workflow.commands.due import fire_due
from services.workflow.models import Due

OVERDUE = """
INSERT INTO due (kind, n, case_id, case_kind, leg, version, at, inputs, provisional)
SELECT 'leg', 1, c, 'declaration', 1, 1, now() - interval '1 hour' - c * interval '1 millisecond', '{}', false
  FROM unnest(%s::bigint[]) AS c
"""


def main(number: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(OVERDUE, [[case for case, _ in waiting(number)]])
    began = time.perf_counter()
    fired = 0
    while done := fire_due():
        fired += done
    taken = time.perf_counter() - began
    once = Due.objects.filter(kind="leg", fired_at__isnull=False).count()
    print(json.dumps({"seconds": taken, "fired": fired, "rows": once}))


if __name__ == "__main__":
    main(int(sys.argv[1]))
