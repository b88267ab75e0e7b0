"""Whether the bodies of a programme are there: in the organisation, with people, and never judging themselves."""

from collections.abc import Iterable, Iterator

from services.workflow.domain.flaws import Flaw, way_to
from services.workflow.domain.organisation import Organisation, OrganisedUnit
from services.workflow.domain.programme import Definition, Leg
from services.workflow.domain.programme_rules import Body, VoteRule
from services.workflow.domain.stages import ROUND_MODES, Mode, Stage
from services.workflow.domain.tally import quorum_of, signatures_needed, votes_needed

RELEASERS = 2  # whoever prepares a notice does not release it
OUTLIERS = 3  # one highest and one lowest are left out from so many on


def body_flaws(definition: Definition, organisation: Organisation, track: str = "") -> Iterator[Flaw]:
    """Flaws of one resolved definition in one organisation."""
    subjects = organisation.subjects(definition.scope, definition.subject_kinds)
    if definition.scope not in organisation.by_code:
        yield Flaw("body.unknown_unit", {"unit": definition.scope}, (), track)
    elif not subjects:
        kinds = "、".join(definition.subject_kinds)
        yield Flaw("body.no_subject", {"kinds": kinds}, (), track, bars=False)
    for body, way in _named(definition):
        if not body.is_relative:
            yield from _of_absolute(body, organisation, way, track)
    for index, leg in enumerate(definition.legs):
        way = way_to(definition.legs, index)
        if index:
            yield from _of_relative(leg, subjects, organisation, way, track)
            yield from _of_people(definition, leg, organisation, way, track)
        if index and not leg.own_check and not definition.own_programme:
            yield from _of_own_work(leg, subjects, organisation, way, track)


def _named(definition: Definition) -> Iterator[tuple[Body, tuple[str, ...]]]:
    """Every body once, with the way to where it is first asked."""
    seen = set()
    legs = enumerate(definition.legs)
    on_route = ((b, way_to(definition.legs, i)) for i, leg in legs for b in (leg.body, *leg.bodies))
    for body, way in (*on_route, *((body, ()) for body in definition.bodies())):
        if body not in seen:
            seen.add(body)
            yield body, way


def _of_absolute(body: Body, organisation: Organisation, way: tuple[str, ...], track: str) -> Iterator[Flaw]:
    if body.unit not in organisation.by_code:
        yield Flaw("body.unknown_unit", {"unit": body.unit}, way, track)
    elif not organisation.holders(body, body.unit):
        yield Flaw("body.nobody", {"unit": _name(organisation, body.unit), "role": body.role}, way, track)


def _of_relative(
    leg: Leg,
    subjects: Iterable[OrganisedUnit],
    organisation: Organisation,
    way: tuple[str, ...],
    track: str,
) -> Iterator[Flaw]:
    """Subjects for which a relative body is nobody: there is no such unit, or nobody holds the role in it."""
    for body in dict.fromkeys((leg.body, *leg.bodies)):
        if not body.is_relative:
            continue
        found = [(subject, organisation.resolved(body, subject)) for subject in subjects]
        lost = [subject for subject, unit in found if unit is None]
        if lost:
            params = {"body": body.unit, "number": len(lost), "first": lost[0].name}
            yield Flaw("body.unresolved", params, way, track)
        units = {unit.code: unit for _, unit in found if unit}
        empty = [unit for unit in units.values() if not organisation.holders(body, unit.code)]
        if empty:
            params = {"role": body.role, "number": len(empty), "first": empty[0].name}
            yield Flaw("body.nobody_in_some", params, way, track)


def _of_own_work(
    leg: Leg,
    subjects: Iterable[OrganisedUnit],
    organisation: Organisation,
    way: tuple[str, ...],
    track: str,
) -> Iterator[Flaw]:
    """Nobody reviews their own unit: not at a leg, and not in a round."""
    own = []
    asked = tuple(dict.fromkeys(leg.bodies if leg.mode in ROUND_MODES and leg.bodies else (leg.body,)))
    for subject in subjects:
        units = [organisation.resolved(body, subject) for body in asked]
        if any(unit and unit.code == subject.code for unit in units):
            own.append(subject)
    if own:
        yield Flaw("body.judges_itself", {"number": len(own), "first": own[0].name}, way, track)


def _of_people(
    definition: Definition, leg: Leg, organisation: Organisation, way: tuple[str, ...], track: str
) -> Iterator[Flaw]:
    if leg.mode is Mode.VOTE:
        yield from _of_vote(leg, organisation, way, track)
    elif leg.mode is Mode.COUNTERSIGN and leg.countersign:
        present = sum(1 for body in leg.bodies if _is_there(body, organisation))
        needed = signatures_needed(len(leg.bodies), leg.countersign)
        if present < needed:
            yield Flaw("quorum.out_of_reach", {"needed": needed, "number": present}, way, track)
    elif leg.stage is Stage.NOTICE and not leg.body.is_relative:
        number = organisation.holders(leg.body, leg.body.unit)
        if 0 < number < RELEASERS:
            params = {"unit": _name(organisation, leg.body.unit)}
            yield Flaw("notice.one_person", params, way, track)
    if leg.scoring and leg.scoring.drop_outliers:
        yield from _of_outliers(leg, organisation, way, track)


def _of_vote(leg: Leg, organisation: Organisation, way: tuple[str, ...], track: str) -> Iterator[Flaw]:
    """A vote needs members: so many to be quorate, and so many for it when no more than those come."""
    rule = leg.vote or VoteRule()
    members = organisation.holders(leg.body, leg.body.unit)
    needed = max(quorum_of(members, rule), votes_needed(members, rule.passes))
    if members < needed:
        yield Flaw("quorum.out_of_reach", {"needed": needed, "number": members}, way, track)


def _of_outliers(leg: Leg, organisation: Organisation, way: tuple[str, ...], track: str) -> Iterator[Flaw]:
    for body in leg.bodies:
        number = organisation.holders(body, body.unit)
        if 0 < number < OUTLIERS:
            params = {"unit": _name(organisation, body.unit), "number": number}
            yield Flaw("scoring.no_outliers", params, way, track, bars=False)


def _is_there(body: Body, organisation: Organisation) -> bool:
    """Relative bodies differ by subject and are asked for one by one."""
    return body.is_relative or organisation.holders(body, body.unit) > 0


def _name(organisation: Organisation, code: str) -> str:
    unit = organisation.by_code.get(code)
    return unit.name if unit else code
