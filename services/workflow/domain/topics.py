"""Who may hear of a change: decided with the change, in its transaction."""

from typing import Any

from services.workflow.domain.stages import Kind, Stage

# That somebody objected, and at which moment, is for those who may read the objection: the moment alone can tell who.
SEALED_STEPS = frozenset({"hold", "free"})


def topics_of(
    case: Any, *, waited_before: int | None, acting: int | None = None, step: str = ""
) -> list[str]:
    """Topics of an event on a case: the case itself, its unit, and every body above it or concerned.

    A draft is its unit's own affair: nobody above hears of it. The unit that acted on a declaration hears what its
    act did (a department's veto is on no other topic of the case); who looks into an objection is told to nobody else.
    """
    if case.KIND == Kind.DECLARATION and step in SEALED_STEPS:
        return [f"unit:{case.office_unit_id}"]
    units: set[int | None] = {getattr(case, "unit_id", None)}
    if case.KIND == Kind.DECLARATION:
        units.add(acting)
    if not (case.KIND == Kind.DECLARATION and case.stage == Stage.DRAFT and waited_before == case.unit_id):
        units |= {case.town_id, case.district_id, case.office_unit_id, case.waiting_unit_id, waited_before}
    heard = [f"case:{case.pk}", *sorted(f"unit:{unit}" for unit in units if unit is not None)]
    if case.assignee_id is not None:
        heard.append(f"user:{case.assignee_id}")
    return [*heard, *public_topics(case)]


def public_topics(case: Any) -> list[str]:
    return ["public:notice", f"public:notice:{case.pk}"] if public_payload(case) is not None else []


def public_payload(case: Any) -> dict[str, object] | None:
    """What anybody may hear: that a released notice, or one that was, changed its status."""
    if (
        case.KIND == Kind.NOTICE
        and not case.withheld
        and case.status in {"released", "suspended", "closed", "taken_down"}
    ):
        return {"notice": case.pk, "status": str(case.status)}
    return None
