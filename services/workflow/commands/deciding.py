"""审定: the decision on cases, in the order of their places, as far as quota and composition reach."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

from services.workflow.commands import fields as f
from services.workflow.commands.advance import Move, Outcome, Turns
from services.workflow.commands.declaration_acts import scored_act
from services.workflow.commands.holding import hold_where
from services.workflow.commands.transaction import Transaction
from services.workflow.commands.windows import check_reason
from services.workflow.domain.allotment import Sort, is_limited
from services.workflow.models import Edition

UNPLACED = 10**9


def decide(tx: Transaction, moves: Sequence[Move], reason: str, given: f.Fields) -> Outcome:
    """Settle that units go on. The best place comes first; each decision counts for the ones after it.

    Where places are limited the edition is locked, so that two decisions at once cannot both take the last one.
    """
    taken: dict[int, Counter[Sort]] = {}
    done: set[int] = set()

    def ready(row: Any) -> None:
        check_reason(row, reason)
        definition, places = row.facts.definition, row.facts.places
        if places.allotment is None:
            return
        allotment = places.allotment.with_more(taken.get(row.edition_id, {}))
        left = replace(
            places,
            quota_left=allotment.left(definition.quota),
            over_composed=allotment.over_composed(definition.composition),
            higher=places.higher - done,
        )
        row.facts = replace(row.facts, places=left)

    def count(row: Any) -> None:
        done.add(row.pk)
        allotment = row.facts.places.allotment
        if allotment is not None:
            taken.setdefault(row.edition_id, Counter())[allotment.sort] += 1

    turns = Turns(ready, lambda row: row.facts.places.place or UNPLACED, _hold_places)
    return scored_act(tx, moves, "decide", reason, given, adjust=count, turns=turns)


def _hold_places(editions: Collection[Edition]) -> None:
    """Lock the editions in which somebody else could take the same place."""
    hold_where(editions, lambda definition: bool(is_limited(definition.quota) or definition.composition))
