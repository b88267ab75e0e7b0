"""Ten thousand cases moved by one command, beside bare statements and a loop of saves."""

import json
import sys
import time
from uuid import uuid4

from django.db import connection, transaction

from bench.inside.actors import cpu_seconds, towns, waiting
from services.workflow.commands.steps import take_steps
from services.workflow.models import Declaration, LedgerEntry

LOOPED = 200
# What our command has written, once more: the rows to their new place, the entries as they stand in the ledger.
BARE = (
    "UPDATE bare_case SET stage = 'eligibility', leg = 2, version = version + 1, waiting_role = 'office',"
    " waiting_unit_id = office_unit_id, since = now(), due_at = now() + interval '20 days'",
    "INSERT INTO bare_ledger SELECT * FROM bare_entry",
)


def main(number: int) -> None:
    officers = towns()
    by_town: dict[int, list[int]] = {}
    for case, town in waiting(10 * number):
        by_town.setdefault(town, []).append(case)
    town, cases = max(by_town.items(), key=lambda pair: len(pair[1]))
    chosen, looped = cases[:number], cases[number : number + LOOPED]
    assert len(chosen) == number, len(cases)
    server = connection.connection.info.backend_pid
    used, served, began = time.process_time(), cpu_seconds(server), time.perf_counter()
    asked = [{"case": case, "version": 1} for case in chosen]
    answer = take_steps("declaration", "endorse", asked, by=officers[town], key=uuid4(), fields={})
    ours = time.perf_counter() - began
    used, served = time.process_time() - used, cpu_seconds(server) - served
    assert all(result["ok"] for result in answer["results"]), answer["results"][0]
    figures = {"ours_s": ours, "bare_s": bare(chosen), "loop_s": loop(looped) * number / len(looped)}
    figures |= {"cpu_s": used, "server_cpu_s": served}
    print(json.dumps(figures))


def bare(cases: list[int]) -> float:
    """The same rows in tables with the same columns and indexes, without triggers: one UPDATE, one INSERT.

    `cases` are as they were before our command; the rows it has moved say what is written.
    """
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bare_case (LIKE workflow_declaration INCLUDING ALL)")
        cursor.execute("CREATE TABLE bare_ledger (LIKE ledger INCLUDING ALL)")
        cursor.execute("INSERT INTO bare_case SELECT * FROM workflow_declaration WHERE id = ANY(%s)", [cases])
        cursor.execute(
            "UPDATE bare_case SET stage = 'preliminary_review', leg = 1, version = version - 1, waiting_role = 'town',"
            " waiting_unit_id = town_id"
        )
        cursor.execute(
            "CREATE TABLE bare_entry AS SELECT * FROM ledger WHERE case_id = ANY(%s) AND step = 'endorse'",
            [cases],
        )
        cursor.execute("VACUUM ANALYZE bare_case, bare_entry")
        began = time.perf_counter()
        with transaction.atomic():
            for statement in BARE:
                cursor.execute(statement)
        return time.perf_counter() - began


def loop(cases: list[int]) -> float:
    """What a loop over model objects costs, each with its row, its lock and its entry, as frameworks do it."""
    began = time.perf_counter()
    for case in cases:
        with transaction.atomic():
            row = Declaration.objects.select_for_update().get(pk=case)
            row.rank, row.version = 1, row.version + 1
            row.save()
            previous = LedgerEntry.objects.filter(case_id=case).order_by("-seq").first()
            assert previous is not None
            previous.pk, previous.seq, previous.kind = -previous.pk, previous.seq + 1_000_000, "bench"
            previous.save(force_insert=True)
    return time.perf_counter() - began


if __name__ == "__main__":
    main(int(sys.argv[1]))
