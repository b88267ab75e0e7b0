"""What the steps of a declaration do beside moving it."""

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from typing import Any

from services.workflow.commands import fields as f
from services.workflow.commands.advance import Move, Outcome, Turns, advance
from services.workflow.commands.holding import editions_of, hold_where
from services.workflow.commands.lines import lock_rounds_of, strike
from services.workflow.commands.marks import Sheet, keep_marks
from services.workflow.commands.measuring import keep_own_marks
from services.workflow.commands.numbering import next_number
from services.workflow.commands.reviews_by_rule import after_veto
from services.workflow.commands.transaction import Transaction
from services.workflow.domain.actor import SYSTEM
from services.workflow.domain.calendar import shanghai_date
from services.workflow.domain.refused import Refused
from services.workflow.domain.route import TOWN, scores_itself
from services.workflow.models import Declaration, Edition, Objection, Veto
from services.workflow.queries.facts import gather
from services.workflow.queries.rights import visible_to

RANK_MOST = 999
Hold = Callable[[Collection[Edition]], None]


def leaving(
    tx: Transaction,
    moves: Sequence[Move],
    step: str,
    reason: str,
    *,
    ready: Callable[[Any], None] | None = None,
) -> Outcome:
    """A step that takes cases out of whatever round they are in: round first, then the cases."""
    lock_rounds_of(move.case for move in moves)
    turns = Turns(ready) if ready else None
    outcome = advance(tx, Declaration, moves, step, reason=reason, turns=turns)
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
    own = _own_sheet(tx, moves, scores, _hold_quotas) if scores else False
    endorsed: Counter[tuple[int, int | None, frozenset[str] | None]] = Counter()

    def ready(row: Any) -> None:
        places = row.facts.places
        if places.town_quota_left is not None:
            left = places.town_quota_left - endorsed[row.edition_id, row.town_id, places.town_pool]
            row.facts = replace(row.facts, places=replace(places, town_quota_left=left))

    def count(row: Any) -> None:
        endorsed[row.edition_id, row.town_id, row.facts.places.town_pool] += 1

    turns = Turns(ready, hold=_hold_quotas)
    outcome = advance(tx, Declaration, moves, "endorse", reason=reason, adjust=count, turns=turns)
    for row in outcome.moved if scores and not own else ():
        keep_marks(tx, [Sheet(row.pk, row.unit_id, row.facts.definition, scores)], TOWN)
    return outcome


def _hold_quotas(editions: Collection[Edition]) -> None:
    """Lock the editions whose towns have places, so that two endorsements at once cannot both take the last one."""
    hold_where(editions, lambda definition: bool(definition.quota.towns))


def _own_sheet(tx: Transaction, moves: Sequence[Move], scores: Any, hold: Hold | None) -> bool:
    """Scores given with the act at a leg that scores for itself are kept first: the act asks for them.

    A refusal of the act takes them back with it. They lock the case, so what is held comes before them.
    """
    if hold is not None:
        hold(editions_of(moves))
    case: Any = visible_to(tx.by, Declaration).filter(pk=moves[0].case).first()
    if case is None or case.leg is None:
        return False
    gather([case], at=tx.at, member_id=tx.by.member_id)
    if not scores_itself(case.facts.legs[case.leg]):
        return False
    keep_own_marks(tx, case, scores)
    return True


def confirm(tx: Transaction, moves: Sequence[Move], reason: str, given: f.Fields) -> Outcome:
    return scored_act(tx, moves, "confirm", reason, given)


def scored_act(
    tx: Transaction, moves: Sequence[Move], step: str, reason: str, given: f.Fields, **how: Any
) -> Outcome:
    """A step of one body that may bring in its own sheet with the act; `how` is passed on to `advance`."""
    scores = given.get("scores") or {}
    if scores and len(moves) > 1:
        raise Refused("score.one_case_at_a_time")
    if scores:
        turns = how.get("turns")
        _own_sheet(tx, moves, scores, turns.hold if turns else None)
    return advance(tx, Declaration, moves, step, reason=reason, **how)


def withdraw(tx: Transaction, moves: Sequence[Move], reason: str, given: f.Fields) -> Outcome:
    return leaving(tx, moves, "withdraw", reason)


def disqualify(tx: Transaction, moves: Sequence[Move], reason: str, given: f.Fields) -> Outcome:
    return leaving(tx, moves, "disqualify", reason)


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
    after_veto(tx, outcome.moved, ground)
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


def rescore(tx: Transaction, moves: Sequence[Move], reason: str, given: f.Fields) -> Outcome:
    """Back to be scored anew, because an objection was found to be true; with that it has had its effect."""
    outcome = advance(tx, Declaration, moves, "rescore", reason=reason)
    Objection.objects.filter(
        declaration__in=[row.pk for row in outcome.moved], outcome="sustained", settled_at__isnull=True
    ).update(settled_at=tx.at)
    return outcome


def follow_notice(tx: Transaction, declaration_ids: Sequence[int]) -> None:
    """Units that are free again and whose notice has closed go on to naming without a new one."""
    system = replace(tx, by=SYSTEM)
    advance(system, Declaration, [Move(pk) for pk in declaration_ids], "close_notice")
