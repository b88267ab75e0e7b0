"""Tabling: a slate of cases goes before the bodies of its leg, as one round."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any
from uuid import UUID

from django.db import IntegrityError
from django.db.models import Max

from services.workflow.commands.announcing import announce
from services.workflow.commands.lines import wait_in_round
from services.workflow.commands.task_due import open_due
from services.workflow.commands.transaction import Answer, Transaction, run
from services.workflow.commands.windows import check_tabling
from services.workflow.domain.access import is_organiser
from services.workflow.domain.actor import Actor, Seat
from services.workflow.domain.calendar import shanghai_date
from services.workflow.domain.programme import Leg
from services.workflow.domain.programme_rules import VoteRule
from services.workflow.domain.refused import Refused
from services.workflow.domain.stages import Mode
from services.workflow.models import Declaration, Edition, Office, Slate, SlateLine
from services.workflow.models.round import RoundStatus
from services.workflow.queries.calendar import calendar_from
from services.workflow.queries.declaration_facts import seat_of
from services.workflow.queries.definitions import unit_ids
from services.workflow.queries.facts import gather
from services.workflow.rounds.opening import open_round
from services.workflow.rounds.participants import Participant
from services.workflow.rounds.rule import Closes, RoundRule

SLATE_MOST = 10_000
UNRANKED = 2**31


@dataclass(frozen=True)
class Manner:
    """How a slate is tabled: a vote `on_paper` is secret; a round `held_open` ends only when its organiser closes it;
    `again` is the slate, its round cancelled, of which this is the next version.
    """

    on_paper: bool = False
    held_open: bool = False
    again: int | None = None


PLAIN = Manner()


def table(
    edition_id: int, case_ids: Sequence[int], *, by: Actor, key: UUID | None, manner: Manner = PLAIN
) -> Answer:
    """Put cases that wait at one leg on a slate and ask the leg's bodies.

    Returns {"slate", "number", "version", "round", "leg", "lines", "tasks"}. Refused: slate.empty, slate.too_long,
    slate.mixed_legs, slate.mixed_tracks, slate.mixed_bodies (bodies relative to the subject differ),
    slate.not_a_round_leg, slate.case_not_ready (with its code), slate.already_tabled, slate.not_a_vote,
    slate.not_cancelled, step.not_yours where it is not the body that leads this leg, nor the host.
    """
    request: dict[str, object] = {"edition": edition_id, "cases": sorted(case_ids)}
    if manner != PLAIN:
        request["manner"] = asdict(manner)
    return run(
        lambda tx: _table(tx, edition_id, case_ids, manner), name="table", by=by, key=key, request=request
    )


def _table(tx: Transaction, edition_id: int, case_ids: Sequence[int], manner: Manner) -> Answer:
    cases, edition = _cases(edition_id, case_ids)
    leg_index = _common_leg(tx, cases)
    leg = cases[0].facts.legs[leg_index]
    rule = _rule(leg, manner)
    participants = _participants(leg, cases)
    slate = _slate(tx, edition, leg_index, str(leg.mode), cases, manner.again)
    due = None
    if leg.due_days:
        today = shanghai_date(tx.at)
        due = calendar_from(today.year).add_working_days(today, leg.due_days, start_counts=False)
    round_ = open_round(
        slate,
        mode=leg.mode,
        participants=participants,
        due=due,
        rule=rule.stored(),
        by=tx.by,
        at=tx.at,
    )
    wait_in_round([case.pk for case in cases], tx.at)
    open_due(tx, round_)
    tasks = announce(tx, round_, "round_task.opened")
    return {
        "slate": slate.pk,
        "number": slate.number,
        "version": slate.version,
        "round": round_.pk,
        "leg": leg_index,
        "lines": len(cases),
        "tasks": tasks,
    }


def _cases(edition_id: int, case_ids: Sequence[int]) -> tuple[list[Any], Edition]:
    """The cases of a slate, locked, in the order in which they will stand on it."""
    if not case_ids:
        raise Refused("slate.empty")
    if len(case_ids) > SLATE_MOST:
        raise Refused("slate.too_long", most=SLATE_MOST)
    edition = Edition.objects.filter(pk=edition_id).first()
    if edition is None:
        raise Refused("edition.not_found", edition=edition_id)
    # Locked by key as everywhere, whatever their order on the slate: two slates at once wait, and never for each other.
    held = Declaration.objects.select_for_update().filter(pk__in=case_ids, edition=edition).order_by("pk")
    cases = sorted(held, key=lambda case: (case.town_id or 0, case.rank or UNRANKED, case.pk))
    if len(cases) != len(set(case_ids)):
        raise Refused("case.not_found")
    return cases, edition


def _rule(leg: Leg, manner: Manner) -> RoundRule:
    """The leg's rule; a vote may be made secret by whoever tables it, never open where the leg says secret."""
    if manner.on_paper:
        if leg.mode != Mode.VOTE:
            raise Refused("slate.not_a_vote")
        leg = replace(leg, vote=replace(leg.vote or VoteRule(), secret=True))
    return RoundRule.of(leg, closes=Closes.ORGANISER if manner.held_open else Closes.ALL_ANSWERED)


def _common_leg(tx: Transaction, cases: Sequence[Any]) -> int:
    """The leg at which all cases wait to be put on a slate by this actor; they are of one track."""
    gather(cases, at=tx.at)
    if not all(is_organiser(case, tx.by) for case in cases):
        raise Refused("step.not_yours", step="table")
    if len({case.track for case in cases}) != 1:
        raise Refused("slate.mixed_tracks")
    legs = {case.leg for case in cases}
    if len(legs) != 1:
        raise Refused("slate.mixed_legs")
    leg: int = legs.pop()
    first = cases[0].facts
    for case in cases:
        check_tabling(case)
        _check_ready(case, first)
    if not first.in_round_leg(leg):
        raise Refused("slate.not_a_round_leg", leg=first.legs[leg].name)
    return leg


def _check_ready(case: Any, first: Any) -> None:
    """Whether a case may stand on one slate with another, whose facts are given, and waits to be put there."""
    organiser = first.organiser_at(case.leg)
    if case.facts.organiser_at(case.leg) != organiser:
        raise Refused("slate.mixed_bodies")
    if case.facts.legs[case.leg] != first.legs[case.leg]:  # one was moved to a newer version of the route
        raise Refused("slate.mixed_legs")
    if case.facts.open_vetoes:
        raise Refused("slate.case_not_ready", case=case.pk, why="declaration.vetoed")
    if case.facts.round == "open":
        raise Refused("slate.already_tabled", case=case.pk)
    if Seat(case.waiting_role, case.waiting_unit_id) != organiser:
        raise Refused("slate.case_not_ready", case=case.pk, why="step.out_of_order")


def _slate(
    tx: Transaction, edition: Edition, leg: int, mode: str, cases: Sequence[Any], again: int | None
) -> Slate:
    Edition.objects.select_for_update().get(pk=edition.pk)
    number, version = _numbered(edition, leg, again)
    slate = Slate.objects.create(
        edition=edition,
        number=number,
        version=version,
        leg=leg,
        mode=mode,
        track=cases[0].track,
        tabled_by_id=tx.by.office,
        tabled_at=tx.at,
    )
    try:
        SlateLine.objects.bulk_create(
            SlateLine(slate=slate, case=case, position=position)
            for position, case in enumerate(cases, start=1)
        )
    except IntegrityError as error:
        if "one_open_slate_a_case" in str(error):
            raise Refused("slate.already_tabled") from error
        raise
    return slate


def _numbered(edition: Edition, leg: int, again: int | None) -> tuple[int, int]:
    """The next number of the edition; of a slate tabled again its own number and its next version."""
    slates = Slate.objects.filter(edition=edition)
    if again is None:
        return (slates.aggregate(last=Max("number"))["last"] or 0) + 1, 1
    earlier = slates.filter(pk=again, leg=leg).first()
    if earlier is None:
        raise Refused("slate.not_found", slate=again)
    same = slates.filter(number=earlier.number)
    if same.exclude(rounds__status=RoundStatus.CANCELLED).exists():
        raise Refused("slate.not_cancelled", slate=again)
    return earlier.number, (same.aggregate(last=Max("version"))["last"] or 0) + 1


def _participants(leg: Leg, cases: Sequence[Any]) -> list[Participant]:
    """Bodies answer once each; in a vote, and where the leg says so, every member of a body answers alone.

    A slate goes before the same bodies with all its lines: those relative to the subject must not differ.
    """
    bodies = (leg.body,) if leg.mode == Mode.VOTE else leg.bodies or (leg.body,)
    units = unit_ids(cases[0].facts.definition)
    asked = [seat_of(body, cases[0], units) for body in bodies]
    relative = [body for body in bodies if body.is_relative]
    if any(seat_of(body, case, units) not in asked for case in cases[1:] for body in relative):
        raise Refused("slate.mixed_bodies")
    alone = leg.mode == Mode.VOTE or (leg.scoring is not None and leg.scoring.each_member)
    if not alone:
        return [Participant(seat.unit_id or 0, seat.role) for seat in asked]
    return [Participant(seat.unit_id or 0, seat.role, member) for seat in asked for member in _members(seat)]


def _members(seat: Seat) -> list[int]:
    """Everybody who holds a role in a unit now."""
    held = Office.objects.filter(
        unit=seat.unit_id or 0, role=seat.role, until__isnull=True, member__is_active=True
    )
    return list(held.order_by("member_id").values_list("member_id", flat=True))
