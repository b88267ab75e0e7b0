"""Moving an open case to a newer version of its programme; an edition itself keeps the version it opened with."""

from collections.abc import Sequence
from typing import Any

from services.workflow.commands import fields as f
from services.workflow.commands.advance import Move, Outcome, advance
from services.workflow.commands.transaction import Transaction
from services.workflow.domain.refused import Refused
from services.workflow.models import Declaration
from services.workflow.queries.facts import gather
from services.workflow.queries.moving import moving

VERSIONS_MOST = 32_000


def change_version(tx: Transaction, moves: Sequence[Move], reason: str, given: f.Fields) -> Outcome:
    """Let version `number` hold for these cases from now on; field to, its number. By the host of the programme.

    Refused: version.not_newer, version.not_found, version.leg_missing and version.leg_differs (its route would not
    lead on), version.score_missing and score.above_maximum (somebody has scored it otherwise), round.open.
    """
    number = f.whole(given, "to", least=1, most=VERSIONS_MOST)
    chosen = [Move(move.case, move.version, {**move.values, "chosen_version": number}) for move in moves]

    def move_to(row: Any) -> None:
        found = moving(row, number)
        if found.effect.against:
            first = found.effect.against[0]
            raise Refused(first.code, **first.params)
        row.definition_version = found.after
        gather([row], at=tx.at, member_id=tx.by.member_id)

    return advance(tx, Declaration, chosen, "change_version", reason=reason, adjust=move_to)
