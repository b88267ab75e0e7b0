"""Figures of many cases at once, as a department reads them off its lists: all of them are taken, or none."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from services.workflow.commands.marks import computed, figure_row, source_text
from services.workflow.commands.measuring import check_conflicts, tier_of
from services.workflow.commands.transaction import Answer, Transaction, run
from services.workflow.domain.actor import Actor
from services.workflow.domain.refused import Refused
from services.workflow.domain.route import DEPARTMENT
from services.workflow.domain.standard import Criterion
from services.workflow.models import Declaration, Measurement, Score
from services.workflow.models.round import RoundStatus
from services.workflow.queries.facts import gather
from services.workflow.queries.figures import figures_of
from services.workflow.queries.rights import visible_to


class Reading(NamedTuple):
    """One figure of one case; `said` as `measure` takes it, `row` where it stands in a workbook."""

    case: int
    criterion: str
    measure: str
    said: Mapping[str, Any]
    row: int = 0


def measure_many(readings: Sequence[Reading], *, by: Actor, key: UUID | None) -> Answer:
    """Enter figures of several cases in a number of statements that does not grow; the last of each counts.

    Returns {"figures", "refused": [{"row", "case", "criterion", "measure", "code", "params"}]}: where anything is
    refused, nothing is kept and every refusal is told.
    """
    request = [list(reading) for reading in readings]
    return run(lambda tx: _measure(tx, readings), name="measure_many", by=by, key=key, request=request)


def _measure(tx: Transaction, readings: Sequence[Reading]) -> Answer:
    cases = _locked(tx, {reading.case for reading in readings})
    rows, refused = [], []
    for reading in readings:
        try:
            rows.append(_row(tx, cases, reading))
        except Refused as refusal:
            refused.append(
                {
                    "row": reading.row,
                    "case": reading.case,
                    "criterion": reading.criterion,
                    "measure": reading.measure,
                    "code": refusal.code,
                    "params": {name: str(value) for name, value in refusal.params.items()},
                }
            )
    if refused:
        tx.kept = False
        return {"figures": 0, "refused": refused}
    Measurement.objects.bulk_create(rows)
    _follow(tx, cases, rows)
    return {"figures": len(rows), "refused": []}


def _locked(tx: Transaction, ids: set[int]) -> dict[int, Any]:
    rows: Any = visible_to(tx.by, Declaration).filter(pk__in=ids).order_by("pk")
    found = list(rows.select_for_update(of=("self",)))
    if found:
        gather(found, at=tx.at, member_id=tx.by.member_id)
    return {row.pk: row for row in found}


def _row(tx: Transaction, cases: Mapping[int, Any], reading: Reading) -> Measurement:
    case = cases.get(reading.case)
    if case is None:
        raise Refused("case.not_found", case=reading.case)
    criterion = case.facts.definition.standard.by_code.get(reading.criterion)
    if criterion is None:
        raise Refused("score.unknown_criterion", criterion=reading.criterion)
    tier = tier_of(tx, case, criterion)
    check_conflicts(tx, case)
    return figure_row(tx, case.pk, tier, criterion, reading.measure, reading.said)


def _follow(tx: Transaction, cases: Mapping[int, Any], rows: Sequence[Measurement]) -> None:
    """Marks that this body has filed already follow their figures while the round is open."""
    for tier in {row.tier for row in rows}:
        codes = {row.criterion for row in rows if row.tier == tier}
        marks = Score.objects.filter(
            case_id__in=cases, tier=tier, criterion__in=codes, not_applicable=False, rereview__isnull=True
        )
        if tier == DEPARTMENT:
            marks = marks.filter(office__unit=tx.by.unit_id, task__process__status=RoundStatus.OPEN)
        present = list(marks)
        figures = figures_of({mark.case_id for mark in present}, tier) if present else {}
        for mark in present:
            definition = cases[mark.case_id].facts.definition
            criterion: Criterion = definition.standard.by_code[mark.criterion]
            found = figures.get(mark.case_id, {}).get(mark.criterion, {})
            points = computed(criterion, found, definition)
            if points is not None:
                mark.points, mark.note, mark.at = points, source_text(found), tx.at
        Score.objects.bulk_update(present, ["points", "note", "at"])
