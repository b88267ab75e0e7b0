"""The vote by which a revocation is decided, where the programme asks for one: counted at the meeting, judged here."""

from typing import Any

from services.workflow.commands import fields as f
from services.workflow.domain.refused import Refused
from services.workflow.domain.tally import Tally, count
from services.workflow.models import Office

MEMBERS_MOST = 1_000


def counted(honour: Any, given: f.Fields) -> Tally | None:
    """The count of fields in_favour, against and abstain among those who sit in the deciding body now.

    None where the programme asks for no vote. Refused: honour.votes_over_members, round.not_quorate,
    honour.vote_not_carried, field.*.
    """
    rule = honour.facts.definition.supervision.revocation_vote
    if rule is None:
        return None
    for_, against, abstain = (
        f.whole(given, name, most=MEMBERS_MOST) for name in ("in_favour", "against", "abstain")
    )
    entitled = _members(honour)
    if for_ + against + abstain > entitled:
        raise Refused("honour.votes_over_members", counted=for_ + against + abstain, entitled=entitled)
    told = count(for_, against, abstain, entitled=entitled, recused=0, rule=rule)
    if not told.quorate:
        raise Refused("round.not_quorate", present=told.present, quorum=told.quorum)
    if not told.carried:
        raise Refused("honour.vote_not_carried", in_favour=told.for_, needed=told.needed)
    return told


def _members(honour: Any) -> int:
    seat = honour.facts.decider
    held = Office.objects.filter(
        unit=seat.unit_id or 0, role=seat.role, until__isnull=True, member__is_active=True
    )
    return held.values("member_id").distinct().count()
