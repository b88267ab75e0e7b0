"""What the steps of a declaration do beside moving it."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from services.workflow.commands import fields as f
from services.workflow.commands.advance import Move, Outcome, advance
from services.workflow.commands.lines import lock_rounds_of, strike
from services.workflow.commands.numbering import next_number
from services.workflow.commands.transaction import Transaction
from services.workflow.domain.actor import SYSTEM
from services.workflow.domain.calendar import shanghai_date
from services.workflow.domain.refused import Refused
from services.workflow.domain.scoring import parse_points
from services.workflow.models import Declaration, Score, Veto

RANK_MOST = 999


def _leaving(tx: Transaction, moves: Sequence[Move], step: str, reason: str) -> Outcome:
    """A step that takes cases out of whatever round they are in: round first, then the cases."""
    lock_rounds_of(move.case for move in moves)
    outcome = advance(tx, Declaration, moves, step, reason=reason)
    strike(tx, [row.pk for row in outcome.moved], step)
    return outcome


def submit(tx: Transaction, moves: Sequence[Move], reason: str, given: f.Fields) -> Outcome:
    """File: the declaration gets its number once, and the moment by the database's clock."""

    def assign_number(row: Any) -> None:
        row.filed_at = tx.at
        if not row.number:
            definition = row.facts.definition
            year = shanghai_date(tx.at).year
            number = next_number(f"declaration:{definition.code}", year)
            row.number = f"{definition.code.upper()}-{year}-{number:04d}"

    return advance(tx, Declaration, moves, "submit", reason=reason, adjust=assign_number)


def endorse(tx: Transaction, moves: Sequence[Move], reason: str, given: f.Fields) -> Outcome:
    """The town applies upward, with the unit's rank on its list and, if it likes, its own scores."""
    rank = f.whole(given, "rank", least=1, most=RANK_MOST) if given.get("rank") not in {None, ""} else None
    moves = [replace(move, values={**move.values, "rank": rank}) for move in moves] if rank else moves
    scores = given.get("scores") or {}
    if scores and len(moves) > 1:
        raise Refused("score.one_case_at_a_time")
    outcome = advance(tx, Declaration, moves, "endorse", reason=reason)
    for row in outcome.moved if scores else ():
        keep_scores(tx, row.pk, "town", row.facts.definition, scores)
    return outcome


def keep_scores(
    tx: Transaction, case_id: int, tier: str, definition: Any, scores: Any, **owner: object
) -> None:
    """Write one tier's scores of a case: {criterion: points text, or "n/a"}. Refused codes are those of scoring."""
    if not isinstance(scores, dict):
        raise Refused("field.invalid", field="scores")
    rows = []
    for code, given in scores.items():
        points, not_applicable = points_of(definition, str(code), given)
        rows.append(
            Score(
                case_id=case_id,
                tier=tier,
                criterion=code,
                points=points,
                not_applicable=not_applicable,
                office_id=tx.by.office,
                at=tx.at,
                **owner,
            )
        )
    Score.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["case_id", "tier", "criterion", "task", "rereview"],
        update_fields=["points", "not_applicable", "office", "at"],
    )


def points_of(definition: Any, code: str, given: object) -> tuple[Any, bool]:
    """(points, not applicable) of what was typed for one criterion; None points where nothing was."""
    from_text = definition.standard.by_code.get(code)
    if from_text is None:
        raise Refused("score.unknown_criterion", criterion=code)
    if given in {"n/a", "不适用"}:
        return None, True
    if given is None or str(given).strip() == "":
        return None, False
    return parse_points(str(given), from_text, decimals=definition.standard.decimals), False


def return_(tx: Transaction, moves: Sequence[Move], reason: str, given: f.Fields) -> Outcome:
    return _leaving(tx, moves, "return", reason)


def withdraw(tx: Transaction, moves: Sequence[Move], reason: str, given: f.Fields) -> Outcome:
    return _leaving(tx, moves, "withdraw", reason)


def disqualify(tx: Transaction, moves: Sequence[Move], reason: str, given: f.Fields) -> Outcome:
    return _leaving(tx, moves, "disqualify", reason)


def raise_veto(tx: Transaction, moves: Sequence[Move], reason: str, given: f.Fields) -> Outcome:
    """一票否决 with its ground, the document it rests on and the day of the event; takes the case out of its round.

    A ground is raised by the department that owns it, and looks back as far as the programme says.
    """
    basis = f.text(given, "basis", limit=200)
    event_on = f.day(given, "event_on")
    ground = f.text(given, "ground", limit=40)
    lock_rounds_of(move.case for move in moves)

    def bar(row: Any) -> None:
        _check_ground(tx, row.facts.definition, ground, event_on)
        if ground in row.facts.open_vetoes:
            raise Refused("veto.already_open", ground=ground)
        row.facts = replace(row.facts, open_vetoes=(*row.facts.open_vetoes, ground))

    outcome = advance(tx, Declaration, moves, "raise_veto", reason=reason, adjust=bar)
    Veto.objects.bulk_create(
        Veto(
            case_id=row.pk,
            ground=ground,
            basis=basis,
            event_on=event_on,
            note=reason,
            raised_by_id=tx.by.office,
            raised_at=tx.at,
        )
        for row in outcome.moved
    )
    strike(tx, [row.pk for row in outcome.moved], "raise_veto")
    return outcome


def _check_ground(tx: Transaction, definition: Any, code: str, event_on: Any) -> None:
    ground = next((g for g in definition.veto_grounds if g.code == code), None)
    if ground is None:
        raise Refused("veto.unknown_ground", ground=code)
    if ground.owner != tx.by.unit_code:
        raise Refused("veto.not_your_ground", ground=code)
    today = shanghai_date(tx.at)
    if event_on > today:
        raise Refused("veto.event_in_future")
    months = (today.year - event_on.year) * 12 + today.month - event_on.month - (today.day < event_on.day)
    if months >= ground.look_back_months:
        raise Refused("veto.event_too_old", months=ground.look_back_months)


def lift_veto(tx: Transaction, moves: Sequence[Move], reason: str, given: f.Fields) -> Outcome:
    """The owner lifts its open veto; clocks go on with the days that were left."""
    vetoes = {
        v.case_id: v
        for v in Veto.objects.filter(
            case_id__in=[move.case for move in moves],
            lifted_at__isnull=True,
            raised_by__unit_id=tx.by.unit_id or 0,
        ).order_by("-pk")
    }

    def lift(row: Any) -> None:
        veto = vetoes.get(row.pk)
        if veto is None:
            raise Refused("veto.none_of_yours")
        left = tuple(g for g in row.facts.open_vetoes if g != veto.ground)
        row.facts = replace(row.facts, open_vetoes=left)

    outcome = advance(tx, Declaration, moves, "lift_veto", reason=reason, adjust=lift)
    for row in outcome.moved:
        veto = vetoes[row.pk]
        veto.lifted_by_id = tx.by.office
        veto.lifted_at = tx.at
        veto.lift_reason = reason
        veto.save(update_fields=["lifted_by", "lifted_at", "lift_reason"])
    follow_notice(tx, [row.pk for row in outcome.moved])
    return outcome


def follow_notice(tx: Transaction, declaration_ids: Sequence[int]) -> None:
    """Units that are free again and whose notice has closed go on to naming without a new one."""
    system = replace(tx, by=SYSTEM)
    advance(system, Declaration, [Move(pk) for pk in declaration_ids], "close_notice")
