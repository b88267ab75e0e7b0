"""What stands in the way of declarations: open vetoes, objections, and how the last round went; in one statement."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from services.workflow.domain.stages import ObjectionStatus
from services.workflow.queries.prepared import fetch

CONCLUDED = (str(ObjectionStatus.DISMISSED), str(ObjectionStatus.REPLIED))
OBSTACLES = """
SELECT 'veto', case_id, 0, ground, '' FROM workflow_veto
 WHERE case_id = ANY(%(ids)s) AND lifted_at IS NULL
UNION ALL SELECT 'objection', declaration_id, 0, status, outcome FROM workflow_objection
 WHERE declaration_id = ANY(%(ids)s) AND settled_at IS NULL
   AND (objector_kind = 'person' OR objector_kind = 'unit' AND seal_seen OR outcome = 'sustained')
UNION ALL SELECT 'round', l.case_id, l.slate_id, s.leg::text, CASE WHEN l.open THEN 'open' ELSE l.outcome END
  FROM workflow_slateline l JOIN workflow_slate s ON s.id = l.slate_id
 WHERE l.case_id = ANY(%(ids)s) AND l.struck_at IS NULL
ORDER BY 3, 4
"""


@dataclass
class Obstacles:
    """Of one declaration. `round`: open, carried, not_carried, or nothing yet at the present leg.

    An objection that was sustained stays so after the reply, until it has had its effect. An anonymous tip, or a unit's
    letter whose seal nobody has seen, stands in nobody's way before it is found to be true.
    """

    vetoes: tuple[str, ...] = ()
    open_objections: int = 0
    sustained_objections: int = 0
    round: str = ""


def obstacles_of(legs: Mapping[int, int | None]) -> dict[int, Obstacles]:
    """{declaration: obstacles} for {declaration: its present leg}."""
    return obstacles_from(fetch(OBSTACLES, {"ids": list(legs)}), legs)


def obstacles_from(rows: Iterable[Sequence[Any]], legs: Mapping[int, int | None]) -> dict[int, Obstacles]:
    """{declaration: obstacles} from the rows of OBSTACLES."""
    found = {pk: Obstacles() for pk in legs}
    for what, pk, _, text, said in rows:
        own = found[pk]
        if what == "veto":
            own.vetoes = (*own.vetoes, text)
        elif what == "round":
            own.round = said if int(text) == legs[pk] else own.round
        elif said == "sustained":
            own.sustained_objections += 1
        elif text not in CONCLUDED:
            own.open_objections += 1
    return found
