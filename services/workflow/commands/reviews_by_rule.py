"""Re-reviews that open before their day: a veto, a score in another programme, objections that were sustained."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from services.workflow.commands import fields as f
from services.workflow.commands.advance import Move, Outcome
from services.workflow.commands.honours import open_rereview
from services.workflow.commands.transaction import Transaction
from services.workflow.domain.actor import SYSTEM
from services.workflow.domain.review_rules import fallen_below, objected_too_often
from services.workflow.domain.stages import HonourStatus
from services.workflow.models import Honour
from services.workflow.queries.facts import gather
from services.workflow.queries.sustained import sustained_of

Act = Callable[[Transaction, Sequence[Move], str, f.Fields], Outcome]
AT_PEACE = (str(HonourStatus.HELD), str(HonourStatus.WARNED))


def then_look(act: Act) -> Act:
    """An act that settles a score, and after it a look at what else its units hold."""

    def acting(tx: Transaction, moves: Sequence[Move], reason: str, given: f.Fields) -> Outcome:
        outcome = act(tx, moves, reason, given)
        after_scores(tx, outcome.moved)
        return outcome

    return acting


def after_scores(tx: Transaction, rows: Sequence[Any]) -> list[int]:
    """Titles of other programmes whose rule names a mark that one of these scores lies below go under review."""
    scores: dict[int, dict[str, Decimal]] = {}
    for row in rows:
        verdict = row.facts.verdict
        if verdict is not None and not verdict.missing:
            scores.setdefault(row.unit_id, {})[row.facts.definition.code] = verdict.points
    held = _held(tx, scores)
    found = {row.pk: fallen_below(row.facts.definition.supervision, scores[row.unit_id]) for row in held}
    return _open(tx, found, "score")


def after_objections(tx: Transaction, unit_ids: Collection[int]) -> list[int]:
    """Titles of these units with as many sustained objections since their last review as their rule allows."""
    held = _held(tx, unit_ids)
    sustained = sustained_of(held)
    found = {row.pk: objected_too_often(row.facts.definition.supervision, sustained[row.pk]) for row in held}
    return _open(tx, found, "objections")


def after_veto(tx: Transaction, rows: Sequence[Any], ground: str) -> list[int]:
    """A veto on a declaration bears on what the unit holds, where the same ground stands in its programme."""
    held = _held(tx, {row.unit_id for row in rows})
    grounds = {row.pk: {g.code for g in row.facts.definition.veto_grounds} for row in held}
    return _open(tx, {row.pk: ground if ground in grounds[row.pk] else "" for row in held}, "veto")


def _held(tx: Transaction, units: Collection[int]) -> list[Any]:
    rows: list[Any] = []
    if units:
        rows = list(Honour.objects.filter(unit__in=units, status__in=AT_PEACE).order_by("pk"))
    gather(rows, at=tx.at)
    return rows


def _open(tx: Transaction, found: Mapping[int, str], cause: str) -> list[int]:
    """One opening for each note: it is the reason in the ledger."""
    opened: list[int] = []
    for note in sorted({note for note in found.values() if note}):
        moves = [Move(pk) for pk, why in found.items() if why == note]
        outcome = open_rereview(replace(tx, by=SYSTEM), moves, note, {"cause": cause})
        opened += [row.pk for row in outcome.moved]
    return opened
