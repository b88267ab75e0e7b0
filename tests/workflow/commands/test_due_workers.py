"""Workers of the sweep that are killed in the middle of it, and one whose own clock is wrong."""

import datetime as dt
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.db import connection

from services.workflow.commands import due
from services.workflow.models import Due, LedgerEntry, Signal
from tests.workflow import cast
from tests.workflow.cast import District

ROOT = Path(__file__).parents[3]
KILLS = 10
FAR = 10_000_000  # cases that are nobody's: only what becomes of their rows is looked at
DUE = """
INSERT INTO due (kind, n, case_id, case_kind, leg, version, at, inputs, provisional)
SELECT 'leg', 1, c, 'declaration', 1, 1, laurel_now() - c * interval '1 millisecond', '{}', false
  FROM generate_series(%s, %s) AS c
"""
FAKETIME = (os.environ.get("LIBFAKETIME", ""), "/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1",
            "/usr/lib/aarch64-linux-gnu/faketime/libfaketime.so.1")  # fmt: skip
SWEEP = """
import django, datetime
django.setup()
from services.workflow.commands.due import fire_due
print(datetime.datetime.now(datetime.UTC).isoformat(), fire_due())
"""


def overdue(number: int) -> None:
    """So many rows that fell due while nobody worked, and nothing else."""
    Due.objects.filter(fired_at=None, cancelled_at=None).update(cancelled_at=cast.NOW)
    with connection.cursor() as cursor:
        cursor.execute(DUE, [FAR + 1, FAR + number])


def fork_worker(few: int) -> tuple[int, int]:
    """A process that sweeps in transactions of a few rows, and says so before each; (its id, where it says it)."""
    connection.close()
    told, tells = os.pipe()
    child = os.fork()
    if child:
        os.close(tells)
        return child, told
    try:
        os.close(told)
        while os.write(tells, b".") and due.fire_due(most=few):
            pass
    finally:
        os._exit(0)


def kill_in_the_middle(few: int, dice: random.Random) -> bool:
    """Let a worker take a transaction or two and end it by SIGKILL wherever it is; whether it was still at work."""
    child, told = fork_worker(few)
    for _ in range(dice.randrange(2, 4)):
        os.read(told, 1)
    time.sleep(dice.uniform(0, 0.03))
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    os.close(told)
    return os.WIFSIGNALED(status)


def test_a_worker_killed_ten_times_loses_and_doubles_nothing(
    committed: District, scale: Callable[[int, int], int]
) -> None:
    cast.set_clock(cast.NOW)
    number, dice = scale(300, 10_000), random.Random(7)
    overdue(number)

    killed = sum(kill_in_the_middle(number // 60, dice) for _ in range(KILLS))
    while due.fire_due():
        pass

    rows = Due.objects.filter(case_id__gt=FAR)
    told = Counter(
        Signal.objects.filter(type="due.passed", case_id__gt=FAR).values_list("case_id", flat=True)
    )
    assert killed == KILLS
    assert rows.filter(fired_at=None).count() == 0
    assert (len(told), set(told.values())) == (number, {1})


@pytest.mark.parametrize("skew", ["-1d", "+1d", "+400d"])
def test_a_process_whose_own_clock_is_wrong_closes_nothing_early_and_doubles_nothing(
    committed: District, skew: str
) -> None:
    library = next((path for path in FAKETIME if path and Path(path).exists()), None)
    if library is None:
        pytest.skip("libfaketime (Debian: libfaketime) moves the clock of one process")
    cast.set_clock(cast.NOW)
    Due.objects.filter(fired_at=None, cancelled_at=None, at__lte=cast.NOW).update(cancelled_at=cast.NOW)
    later = Due.objects.filter(fired_at=None, cancelled_at=None)
    before = (later.count(), LedgerEntry.objects.count())
    connection.close()

    url = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}").geturl()
    environment = {**os.environ, "DATABASE_URL": url, "LD_PRELOAD": library, "FAKETIME": skew}
    sweep = [sys.executable, "-c", SWEEP]
    said = subprocess.run(sweep, cwd=ROOT, env=environment, check=True, capture_output=True, text=True).stdout

    moment, fired = said.split()
    off = time.time() - dt.datetime.fromisoformat(moment).timestamp()
    assert abs(off) > 80_000, "the process did not see another time"
    assert (int(fired), later.count(), LedgerEntry.objects.count()) == (0, *before)
