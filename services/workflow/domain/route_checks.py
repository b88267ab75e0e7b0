"""What must hold of a route: where it begins and ends, who handles each leg and by which rules."""

from collections.abc import Iterator
from fractions import Fraction

from services.workflow.domain.checking import KEY, duplicate, duplicates, out_of_range
from services.workflow.domain.faults import KeyFault, KeyPath
from services.workflow.domain.programme import Definition, Leg
from services.workflow.domain.programme_rules import PARENT, RELATIVE_UNITS, SUBJECT, AfterReturn, Body
from services.workflow.domain.scoring import plain
from services.workflow.domain.stages import RETURNABLE, REVIEWING, Mode, Role, Stage, UnitKind

ASKED_TOGETHER = {Mode.CLEARANCE, Mode.COUNTERSIGN, Mode.SCORING}
RULES = {
    "clearance": Mode.CLEARANCE,
    "countersign": Mode.COUNTERSIGN,
    "vote": Mode.VOTE,
    "notice": Mode.NOTICE,
    "scoring": Mode.SCORING,
}
MOST_DAYS = 366
RELATIVE_ROLES = {
    SUBJECT: {Role.DECLARANT},
    PARENT: {Role.DECLARANT, Role.TOWN, Role.DEPARTMENT, Role.OFFICE, Role.LEADING_GROUP},
    "subject.town": {Role.TOWN},
}
# How high a body stands: a case is looked at again by a body above the one that acted in its place.
HEIGHTS = {SUBJECT: 0, PARENT: 1, "subject.town": 2, "subject.district": 3}
UNIT_HEIGHTS = {UnitKind.TOWN: 2, UnitKind.CITY: 4}
ABSOLUTE_HEIGHT = 3
MOST_PERCENT = 99
# What a leg says that sends nothing back.
RETURNS_NOT = {"return_to": (), "after_return": AfterReturn.STRAIGHT_BACK, "correct_days": None}


def route_faults(definition: Definition) -> Iterator[KeyFault]:
    """Every fault of the definition's route and of the bodies it names."""
    yield from _of_ends(definition.legs)
    for i in duplicates([leg.key for leg in definition.legs]):
        yield duplicate(("legs", i, "key"), definition.legs[i].key)
    for i, leg in enumerate(definition.legs):
        at: KeyPath = ("legs", i)
        yield from _of_leg(leg, at)
        yield from _of_days(leg, i, at)
        yield from _of_returns(definition, i, at)
        yield from _of_rules(leg, at)
        yield from _of_marks(definition, i, at)
        yield from _of_sample(definition, i, at)
    known = {unit.code for unit in definition.units}
    for place, body in named_bodies(definition):
        yield from _of_body(body, place, known)


def named_bodies(definition: Definition) -> Iterator[tuple[KeyPath, Body]]:
    """Every body that the definition names, with its key."""
    yield ("host",), definition.host
    yield ("decided_by",), definition.decided_by
    for i, leg in enumerate(definition.legs):
        yield ("legs", i, "body"), leg.body
        yield from ((("legs", i, "bodies", b), body) for b, body in enumerate(leg.bodies))
        if leg.escalate_to:
            yield ("legs", i, "escalate_to"), leg.escalate_to
    for key in ("rereview_body", "revocation_proposer", "revocation_decider"):
        yield ("supervision", key), getattr(definition.supervision, key)


def _of_ends(legs: tuple[Leg, ...]) -> Iterator[KeyFault]:
    if not legs:
        yield KeyFault(("legs",), "programme.route_empty")
        return
    first = legs[0]
    if (first.stage, first.mode, first.body.role) != (Stage.DRAFT, Mode.SINGLE, Role.DECLARANT):
        yield KeyFault(("legs", 0), "programme.route_must_begin_with_declaring")
    if legs[-1].stage is not Stage.NAMING or legs[-1].mode is not Mode.SINGLE:
        yield KeyFault(("legs", len(legs) - 1), "programme.route_must_end_with_naming")
    for i, leg in enumerate(legs[1:], start=1):
        if leg.stage not in REVIEWING or (leg.stage is Stage.NAMING and i < len(legs) - 1):
            yield KeyFault(("legs", i, "stage"), "programme.stage_not_here", {"stage": leg.stage.value})


def _of_leg(leg: Leg, at: KeyPath) -> Iterator[KeyFault]:
    for key, text in (("key", leg.key), ("name", leg.name)):
        if not text:
            yield KeyFault((*at, key), "programme.empty")
    if leg.key and not KEY.fullmatch(leg.key):
        yield KeyFault((*at, "key"), "programme.bad_key", {"given": leg.key[:40]})
    if (leg.stage is Stage.NOTICE) != (leg.mode is Mode.NOTICE):
        yield KeyFault((*at, "mode"), "programme.mode_against_stage", {"stage": leg.stage.value})
    if leg.mode in ASKED_TOGETHER and not leg.bodies:
        yield KeyFault((*at, "bodies"), "programme.bodies_missing", {"mode": leg.mode.value})
    if leg.mode not in ASKED_TOGETHER and leg.bodies:
        yield KeyFault((*at, "bodies"), "programme.bodies_not_asked", {"mode": leg.mode.value})
    for b in duplicates([f"{body.role} {body.unit}" for body in leg.bodies]):
        yield duplicate((*at, "bodies", b), leg.bodies[b].unit)


def _of_days(leg: Leg, index: int, at: KeyPath) -> Iterator[KeyFault]:
    if leg.due_days is None and index and leg.mode is not Mode.NOTICE:
        yield KeyFault((*at, "due_days"), "programme.missing_key")
    if leg.due_days is not None and not 1 <= leg.due_days <= MOST_DAYS:
        yield out_of_range((*at, "due_days"), 1, MOST_DAYS)
    most = leg.due_days or MOST_DAYS
    for r, days in enumerate(leg.remind_days):
        if not 0 <= days <= most:
            yield out_of_range((*at, "remind_days", r), 0, most)
    if leg.escalate_days is not None and leg.escalate_to is None:
        yield KeyFault((*at, "escalate_to"), "programme.missing_key")


def _of_returns(definition: Definition, index: int, at: KeyPath) -> Iterator[KeyFault]:
    """A case is sent back to where it has been and where something can be put right, and past no notice."""
    leg, earlier = definition.legs[index], {leg.key: i for i, leg in enumerate(definition.legs[:index])}
    notices = [i for i, each in enumerate(definition.legs[:index]) if each.mode is Mode.NOTICE]
    for r, key in enumerate(leg.return_to):
        place = (*at, "return_to", r)
        if key not in earlier:
            yield KeyFault(place, "programme.return_not_earlier", {"leg": key})
        elif earlier[key] in notices:
            yield KeyFault(place, "programme.return_to_notice", {"leg": key})
        elif leg.after_return is AfterReturn.THROUGH and any(n > earlier[key] for n in notices):
            yield KeyFault((*at, "after_return"), "programme.return_through_notice", {"leg": key})
    for r in duplicates(leg.return_to):
        yield duplicate((*at, "return_to", r), leg.return_to[r])
    if leg.stage not in RETURNABLE:
        for name in ("return_to", "after_return", "correct_days"):
            if getattr(leg, name) != RETURNS_NOT[name]:
                yield KeyFault((*at, name), "programme.return_not_here", {"stage": leg.stage.value})
    if leg.correct_days is not None and not 1 <= leg.correct_days <= MOST_DAYS:
        yield out_of_range((*at, "correct_days"), 1, MOST_DAYS)


def _of_rules(leg: Leg, at: KeyPath) -> Iterator[KeyFault]:
    for key, mode in RULES.items():
        if getattr(leg, key) is not None and leg.mode is not mode:
            yield KeyFault((*at, key), "programme.rule_against_mode", {"mode": leg.mode.value})
    if leg.vote and not 0 < leg.vote.quorum <= 1:
        yield out_of_range((*at, "vote", "quorum"), 0, 1)
    if leg.clearance and not 0 <= leg.clearance.grace_days <= MOST_DAYS:
        yield out_of_range((*at, "clearance", "grace_days"), 0, MOST_DAYS)
    if leg.notice and not 1 <= leg.notice.working_days <= MOST_DAYS:
        yield out_of_range((*at, "notice", "working_days"), 1, MOST_DAYS)
    rule = leg.countersign
    if rule and not Fraction(0) < rule.share <= 1:
        yield out_of_range((*at, "countersign", "share"), 0, 1)
    if rule and rule.count is not None and not 1 <= rule.count <= len(leg.bodies):
        yield KeyFault(
            (*at, "countersign", "count"), "programme.quorum_cannot_be_met", {"most": len(leg.bodies)}
        )


def _of_marks(definition: Definition, index: int, at: KeyPath) -> Iterator[KeyFault]:
    """A self-check is made by one body between declaring and naming; only it and the self-score have a mark."""
    leg = definition.legs[index]
    checks = leg.mode is Mode.SINGLE and 0 < index < len(definition.legs) - 1
    if leg.own_check and not checks:
        yield KeyFault((*at, "own_check"), "programme.own_check_not_here")
    if leg.pass_mark is None:
        return
    total = definition.standard.total
    if index and not leg.own_check:
        yield KeyFault((*at, "pass_mark"), "programme.leg_mark_not_here")
    elif not 0 < leg.pass_mark <= total:
        params = {"most": plain(total)}
        yield KeyFault((*at, "pass_mark"), "programme.pass_mark_out_of_range", params)


def _of_sample(definition: Definition, index: int, at: KeyPath) -> Iterator[KeyFault]:
    """A spot check: some of the cases that a lower body has passed in place of this one."""
    leg = definition.legs[index]
    if leg.sample_percent is None:
        return
    place = (*at, "sample_percent")
    if not 1 <= leg.sample_percent <= MOST_PERCENT:
        yield out_of_range(place, 1, MOST_PERCENT)
    own = height_of(definition, leg.body)
    acted = any(
        height_of(definition, other.body) < own and other.mode is not Mode.NOTICE
        for other in definition.legs[1:index]
    )
    if not acted or leg.stage in {Stage.NOTICE, Stage.NAMING}:
        yield KeyFault(place, "programme.sample_not_here", {}, (("legs",), ("units",)))


def height_of(definition: Definition, body: Body) -> int:
    """How high a body stands, from the subject itself (0) to the city (4)."""
    if body.is_relative:
        return HEIGHTS[body.unit]
    kinds = {unit.code: unit.kind for unit in definition.units}
    kind = kinds.get(body.unit)
    return UNIT_HEIGHTS.get(kind, ABSOLUTE_HEIGHT) if kind else ABSOLUTE_HEIGHT


def _of_body(body: Body, at: KeyPath, known: set[str]) -> Iterator[KeyFault]:
    if body.unit not in known and body.unit not in RELATIVE_UNITS:
        yield KeyFault((*at, "unit"), "programme.unknown_unit", {"unit": body.unit})
    roles = RELATIVE_ROLES.get(body.unit)
    if (roles is not None and body.role not in roles) or (body.role is Role.DECLARANT and roles is None):
        yield KeyFault((*at, "role"), "programme.role_against_unit", {"role": body.role, "unit": body.unit})
