"""Tabling: a slate of cases goes before the bodies of its leg, as one round."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import IntegrityError
from django.db.models import Max

from services.workflow.commands.announcing import announce
from services.workflow.commands.lines import wait_in_round
from services.workflow.commands.task_due import open_due
from services.workflow.commands.transaction import Answer, Transaction, run
from services.workflow.domain.actor import Actor
from services.workflow.domain.calendar import shanghai_date
from services.workflow.domain.refused import Refused
from services.workflow.domain.stages import ROUND_MODES, Mode, Role
from services.workflow.models import Declaration, Edition, Office, Slate, SlateLine
from services.workflow.queries.calendar import calendar_from
from services.workflow.queries.definitions import definition_of, unit_ids
from services.workflow.queries.facts import gather
from services.workflow.rounds.opening import open_round
from services.workflow.rounds.participants import Participant
from services.workflow.rounds.rule import RoundRule

SLATE_MOST = 10_000


def table(edition_id: int, case_ids: Sequence[int], *, by: Actor, key: UUID | None) -> Answer:
    """Put cases that wait at one leg on a slate and ask the leg's bodies.

    Returns {"slate", "number", "round", "leg", "lines", "tasks"}. Refused: slate.empty, slate.too_long,
    slate.mixed_legs, slate.not_a_round_leg, slate.case_not_ready (with its code), slate.already_tabled,
    step.not_yours where it is not the office that organises the edition.
    """
    request = {"edition": edition_id, "cases": sorted(case_ids)}
    return run(lambda tx: _table(tx, edition_id, case_ids), name="table", by=by, key=key, request=request)


def _table(tx: Transaction, edition_id: int, case_ids: Sequence[int]) -> Answer:
    if not case_ids:
        raise Refused("slate.empty")
    if len(case_ids) > SLATE_MOST:
        raise Refused("slate.too_long", most=SLATE_MOST)
    edition = Edition.objects.filter(pk=edition_id).first()
    if edition is None:
        raise Refused("edition.not_found", edition=edition_id)
    definition = definition_of(edition.definition_version_id)
    cases = list(
        Declaration.objects.select_for_update()
        .filter(pk__in=case_ids, edition=edition)
        .order_by("town_id", "rank", "pk")
    )
    if len(cases) != len(set(case_ids)):
        raise Refused("case.not_found")
    leg_index = _common_leg(tx, cases)
    leg = definition.legs[leg_index]
    if leg.mode not in ROUND_MODES:
        raise Refused("slate.not_a_round_leg", leg=leg.name)
    slate = _slate(tx, edition, leg_index, str(leg.mode), cases)
    due = None
    if leg.due_days:
        today = shanghai_date(tx.at)
        due = calendar_from(today.year).add_working_days(today, leg.due_days, start_counts=False)
    round_ = open_round(
        slate,
        mode=leg.mode,
        participants=_participants(leg, cases[0], definition),
        due=due,
        rule=RoundRule.of(leg).stored(),
        by=tx.by,
        at=tx.at,
    )
    wait_in_round([case.pk for case in cases], tx.at)
    open_due(tx, round_)
    tasks = announce(tx, round_, "round_task.opened")
    return {
        "slate": slate.pk,
        "number": slate.number,
        "round": round_.pk,
        "leg": leg_index,
        "lines": len(cases),
        "tasks": tasks,
    }


def _common_leg(tx: Transaction, cases: Sequence[Any]) -> int:
    legs = {case.leg for case in cases}
    if len(legs) != 1:
        raise Refused("slate.mixed_legs")
    gather(cases, at=tx.at)
    for case in cases:
        if (tx.by.role, tx.by.unit_id) != (Role.OFFICE, case.facts.organiser):
            raise Refused("step.not_yours", step="table")
        if case.facts.open_vetoes:
            raise Refused("slate.case_not_ready", case=case.pk, why="declaration.vetoed")
        if case.facts.round == "open":
            raise Refused("slate.already_tabled", case=case.pk)
        if case.waiting_role != Role.OFFICE:
            raise Refused("slate.case_not_ready", case=case.pk, why="step.out_of_order")
    leg: int = legs.pop()
    return leg


def _slate(tx: Transaction, edition: Edition, leg: int, mode: str, cases: Sequence[Any]) -> Slate:
    Edition.objects.select_for_update().get(pk=edition.pk)
    last = Slate.objects.filter(edition=edition).aggregate(last=Max("number"))["last"] or 0
    slate = Slate.objects.create(
        edition=edition, number=last + 1, leg=leg, mode=mode, tabled_by_id=tx.by.office, tabled_at=tx.at
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


def _participants(leg: Any, case: Any, definition: Any) -> list[Participant]:
    """Bodies answer once each; in a vote every member of the committee answers alone."""
    units = unit_ids(definition)
    if leg.mode == Mode.VOTE:
        unit_id = units[leg.body.unit]
        members = Office.objects.filter(
            unit=unit_id, role=str(leg.body.role), until__isnull=True, member__is_active=True
        )
        return [
            Participant(unit_id, str(leg.body.role), member)
            for member in members.order_by("member_id").values_list("member_id", flat=True)
        ]
    bodies = leg.bodies or (leg.body,)
    relative = {"subject": case.unit_id, "subject.town": case.town_id, "subject.district": case.district_id}
    return [Participant(relative.get(body.unit) or units[body.unit], str(body.role)) for body in bodies]
