"""What follows when a round has ended: its lines are closed, and those that carried go on."""

from dataclasses import replace
from typing import Any

from services.workflow.commands.advance import Move, advance
from services.workflow.commands.lines import wait_at_office
from services.workflow.commands.recusals import keep_recused_ballots
from services.workflow.commands.transaction import Transaction
from services.workflow.domain.actor import SYSTEM
from services.workflow.domain.stages import Mode
from services.workflow.models import Declaration, Objection, Round, Slate, SlateLine
from services.workflow.rounds.outcomes import carried_lines

ONWARD = {Mode.CLEARANCE: "clear", Mode.COUNTERSIGN: "clear", Mode.SCORING: "assess", Mode.VOTE: "vote"}


def hear(tx: Transaction, slate: Slate) -> None:
    """Bodies that were asked about an objection have answered, or are asked no longer."""
    slate.closed_at = tx.at
    slate.save(update_fields=["closed_at"])
    advance(replace(tx, by=SYSTEM), Objection, [Move(slate.objection_id or 0)], "hear").only()


def conclude_lines(tx: Transaction, round_: Round) -> list[dict[str, Any]]:
    """Close the slate of a round that has ended, and take the step that follows for every line that carried.

    What bodies were asked about an objection moves nothing by itself: its investigator goes on with what they said.
    """
    slate = round_.slate
    if slate.objection_id is not None:
        hear(tx, slate)
        return []
    lines = list(SlateLine.objects.filter(slate=slate, open=True).select_related("case").order_by("case_id"))
    carried = carried_lines(round_, lines)
    for line in lines:
        line.open = False
        line.outcome = "carried" if line.case_id in carried else "not_carried"
    SlateLine.objects.bulk_update(lines, ["open", "outcome"])
    if round_.mode == Mode.VOTE:
        keep_recused_ballots(tx, round_)
    slate.closed_at = tx.at
    slate.save(update_fields=["closed_at"])
    system = replace(tx, by=SYSTEM)
    moves = [Move(line.case_id) for line in lines if line.case_id in carried]
    outcome = advance(system, Declaration, moves, ONWARD[Mode(round_.mode)]) if moves else None
    wait_at_office([line.case_id for line in lines], slate.tabled_by, tx.at)
    return (
        [
            {"case": row.pk, "version": row.version, "stage": row.place, "leg": row.leg}
            for row in outcome.moved
        ]
        if outcome
        else []
    )
