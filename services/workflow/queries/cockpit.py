"""One edition at a glance: how far its units are, what is late and whose it is, slates, notices, objections."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Q

from services.workflow.domain.actor import Actor
from services.workflow.domain.programme import Definition, Leg
from services.workflow.domain.programme_rules import QuotaKind
from services.workflow.domain.stages import REVIEWING, ROUND_MODES, Mode, Role, Stage
from services.workflow.models import (
    Declaration,
    DocumentFile,
    Edition,
    Notice,
    Objection,
    RoundTask,
    Slate,
    Unit,
)
from services.workflow.models.round import RoundStatus
from services.workflow.queries.definitions import definition_of, track_definition
from services.workflow.queries.funnel import Reached, reached
from services.workflow.queries.places import endorsed_by_town
from services.workflow.queries.rights import visible_to
from services.workflow.queries.standings import Standings, standings_of

LATE_AHEAD = timedelta(days=8)  # calendar days; the page keeps what is due within two working days
LIST_MOST = 50
LISTED = (*ROUND_MODES, Mode.NOTICE)


@dataclass(frozen=True)
class Waiting:
    """Declarations that wait at one leg for the office to put them on a list."""

    leg: int
    name: str
    mode: str
    units: int
    track: str = ""


@dataclass(frozen=True)
class Late:
    """Something late or soon due, and whose it is."""

    kind: str
    id: int
    owner: str
    matter: str
    due_at: datetime
    provisional: bool
    mine: bool = False
    task: int | None = None


@dataclass(frozen=True)
class Cockpit:
    edition: Edition
    definition: Definition
    organises: bool
    reached: tuple[Reached, ...]
    drafts: int
    waiting: tuple[Waiting, ...]
    late: tuple[Late, ...]
    slates: tuple[Slate, ...]
    notices: tuple[Notice, ...]
    objections: tuple[Objection, ...]
    papers: tuple[DocumentFile, ...]
    towns: dict[str, int]
    standings: tuple[Standings, ...] = ()

    def leg_of(self, slate: Slate) -> Leg:
        """The leg of a slate, on its own track's route."""
        return _leg_of(self.edition, slate)


def cockpit(edition: Edition, actor: Actor, moment: datetime) -> Cockpit:
    """Everything this actor may see of an edition, in a number of statements that does not grow with it."""
    definition = definition_of(edition.definition_version_id)
    seen = visible_to(actor, Declaration).filter(edition=edition)
    host = definition.host
    organises = (actor.role, actor.unit_code) == (str(host.role), host.unit)
    return Cockpit(
        edition=edition,
        definition=definition,
        organises=organises,
        reached=reached(definition, seen),
        drafts=Declaration.objects.filter(edition=edition, stage=str(Stage.DRAFT)).count()
        if organises
        else 0,
        waiting=_waiting(edition, actor, organises=organises),
        late=_late(edition, actor, seen, moment),
        slates=_slates(edition, actor),
        notices=tuple(visible_to(actor, Notice).filter(edition=edition).order_by("-pk")[:LIST_MOST]),
        objections=tuple(
            visible_to(actor, Objection)
            .filter(notice__edition=edition)
            .select_related("declaration__unit")
            .order_by("-pk")[:LIST_MOST]
        ),
        papers=tuple(DocumentFile.objects.filter(edition=edition).order_by("-pk")[:LIST_MOST]),
        towns=_towns(edition, definition),
        standings=tuple(standings_of(edition, actor)),
    )


def _waiting(edition: Edition, actor: Actor, *, organises: bool) -> tuple[Waiting, ...]:
    rows = Declaration.objects.filter(
        edition=edition,
        waiting_role=actor.role,
        waiting_unit=actor.unit_id,
        stage__in=[str(stage) for stage in REVIEWING],
    )
    counts = rows.values_list("track", "leg").annotate(n=Count("pk")).order_by("track", "leg")
    version = edition.definition_version_id
    legs = [(track, leg, track_definition(version, track).legs[leg], n) for track, leg, n in counts]
    return tuple(
        Waiting(index, leg.name, str(leg.mode), n, track)
        for track, index, leg, n in legs
        if organises or leg.mode in LISTED
    )


def _late(edition: Edition, actor: Actor, seen: Any, moment: datetime) -> tuple[Late, ...]:
    limit = Q(due_at__lt=moment + LATE_AHEAD)
    version = edition.definition_version_id
    cases = seen.filter(limit, paused_days__isnull=True).exclude(waiting_role__in=["", "round"])
    found = [
        Late(
            "declaration",
            row.pk,
            row.waiting_unit.name if row.waiting_unit else "",
            f"{row.unit.name}・{track_definition(version, row.track).legs[row.leg or 0].name}",
            row.due_at,
            row.due_provisional,
            mine=(row.waiting_role, row.waiting_unit_id) == (actor.role, actor.unit_id),
        )
        for row in cases.select_related("unit", "waiting_unit").order_by("due_at")[:LIST_MOST]
    ]
    if actor.role in {Role.OFFICE, Role.COMMITTEE, Role.LEADING_GROUP}:
        found += _late_tasks(edition, actor, limit)
    objections = visible_to(actor, Objection).filter(limit, notice__edition=edition).exclude(waiting_role="")
    found += [
        Late(
            "objection",
            row.pk,
            row.waiting_unit.name if row.waiting_unit else "",
            row.receipt,
            row.due_at,
            row.due_provisional,
            mine=(row.waiting_role, row.waiting_unit_id) == (actor.role, actor.unit_id),
        )
        for row in objections.select_related("waiting_unit").order_by("due_at")[:LIST_MOST]
    ]
    return tuple(sorted(found, key=lambda row: row.due_at))


def _late_tasks(edition: Edition, actor: Actor, limit: Q) -> list[Late]:
    tasks = (
        RoundTask.objects.filter(limit, status=RoundStatus.OPEN, process__slate__edition=edition)
        .filter(process__slate__objection__isnull=True)
        .exclude(participant_role="")
        .select_related("process__slate", "participant_unit", "assignee")
        .order_by("due_at")[:LIST_MOST]
    )
    return [
        Late(
            "slate",
            task.process.slate_id,
            task.assignee.name
            if task.assignee
            else task.participant_unit.name
            if task.participant_unit
            else "",
            f"{_leg_of(edition, task.process.slate).name} {task.process.slate.number}",
            task.due_at,
            task.due_provisional,
            mine=(task.participant_role, task.participant_unit_id) == (actor.role, actor.unit_id),
            task=task.pk,
        )
        for task in tasks
        if task.due_at
    ]


def _leg_of(edition: Edition, slate: Slate) -> Leg:
    return track_definition(edition.definition_version_id, slate.track).legs[slate.leg]


def _slates(edition: Edition, actor: Actor) -> tuple[Slate, ...]:
    """The slates with `units`, `asked` and `answered`, newest first; for bodies of the district."""
    if actor.role not in {Role.OFFICE, Role.COMMITTEE, Role.LEADING_GROUP}:
        return ()
    asked = Q(rounds__task_set__flow_task_type="HUMAN", rounds__task_set__removed_at__isnull=True)
    rows = Slate.objects.filter(edition=edition, objection__isnull=True).annotate(
        units=Count("lines", distinct=True),
        asked=Count("rounds__task_set", filter=asked, distinct=True),
        answered=Count(
            "rounds__task_set", filter=asked & Q(rounds__task_set__status=RoundStatus.DONE), distinct=True
        ),
    )
    return tuple(rows.order_by("-number")[:LIST_MOST])


def _towns(edition: Edition, definition: Definition) -> dict[str, int]:
    """Places used by each town, by its code, where the programme gives the towns places: what each has endorsed."""
    if definition.quota.kind == QuotaKind.NONE or not definition.quota.towns:
        return {}
    endorsed = endorsed_by_town(edition)
    codes = dict(Unit.objects.filter(pk__in=endorsed).values_list("pk", "code"))
    return {codes[town]: count for town, count in endorsed.items()}
