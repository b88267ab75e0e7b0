"""One case with its facts, for the page on which it is worked."""

from typing import Any

from services.workflow.domain.actor import Actor
from services.workflow.domain.refused import Refused
from services.workflow.queries.clock import now
from services.workflow.queries.facts import gather
from services.workflow.queries.rights import visible_to


def one_case(actor: Actor, model: type[Any], case_id: int, *related: str) -> Any:
    """A case that this actor may see, with its facts; any other does not exist for them."""
    row = visible_to(actor, model).select_related(*related).filter(pk=case_id).first()
    if row is None:
        raise Refused("case.not_found", case=case_id)
    gather([row], at=now(), member_id=actor.member_id)
    return row
