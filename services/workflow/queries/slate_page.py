"""Slates as the office sees them: who could stand on one, and what has been said of each line."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, Sum

from services.workflow.domain.actor import Actor
from services.workflow.domain.programme import Definition, Leg
from services.workflow.domain.programme_rules import Body
from services.workflow.domain.ranking import Place
from services.workflow.domain.refused import Refused
from services.workflow.domain.route import organiser_of
from services.workflow.domain.stages import REVIEWING, ROUND_MODES, Mode, Stage
from services.workflow.models import (
    Ballot,
    Declaration,
    Edition,
    Finding,
    Round,
    RoundTask,
    Score,
    Slate,
    SlateLine,
    Veto,
)
from services.workflow.models.round import HUMAN
from services.workflow.queries.definitions import definition_of, track_definition
from services.workflow.queries.places import tracks_of
from services.workflow.queries.ranking import ranking_of
from services.workflow.queries.rights import visible_to
from services.workflow.queries.slates import counted


@dataclass(frozen=True)
class Candidate:
    """A declaration at a leg; `barred` says by code why it cannot be ticked, `outvoted` that a round failed."""

    case: int
    version: int
    unit: str
    town: str
    rank: int | None
    points: Decimal | None
    barred: str
    outvoted: bool
    place: int | None = None


@dataclass(frozen=True)
class LegOpen:
    """A leg of one track with the number of declarations that wait at it for this actor."""

    track: str
    index: int
    leg: Leg
    waiting: int


def edition_of_office(edition_id: int, actor: Actor, step: str) -> Edition:
    """An edition that this actor hosts, or on whose route it leads a round or issues a notice.

    Refused: edition.not_found, step.not_yours.
    """
    edition = Edition.objects.select_related("programme", "district").filter(pk=edition_id).first()
    if edition is None:
        raise Refused("edition.not_found", edition=edition_id)
    if not any(_leads(body, actor) for body in _leaders(edition)):
        raise Refused("step.not_yours", step=step)
    return edition


def _leaders(edition: Edition) -> set[Body]:
    """The host, and whoever puts cases on lists at some leg of some track."""
    bodies = {definition_of(edition.definition_version_id).host}
    for definition in tracks_of(edition).values():
        listing = (leg for leg in definition.legs if leg.mode in ROUND_MODES or leg.mode is Mode.NOTICE)
        bodies |= {organiser_of(definition, leg) for leg in listing}
    return bodies


def _leads(body: Body, actor: Actor) -> bool:
    """Whether an actor may be this body; a body relative to the subject is so for some subjects only."""
    return str(body.role) == actor.role and (body.is_relative or body.unit == actor.unit_code)


def _own(actor: Actor) -> Q:
    """Cases that wait for this actor to put them on a list."""
    return Q(waiting_role=actor.role, waiting_unit=actor.unit_id)


def legs_open(edition: Edition, actor: Actor, *modes: str) -> list[LegOpen]:
    """The legs of these modes that this actor leads, in the order of each track's route, with what waits at each."""
    rows = Declaration.objects.filter(_own(actor), edition=edition).values("track", "leg")
    waiting = {(row["track"], row["leg"]): row["n"] for row in rows.annotate(n=Count("pk"))}
    return [
        LegOpen(track, index, leg, waiting.get((track, index), 0))
        for track, definition in tracks_of(edition).items()
        for index, leg in enumerate(definition.legs)
        if leg.mode in (modes or ROUND_MODES) and _leads(organiser_of(definition, leg), actor)
    ]


def candidates(edition: Edition, leg: LegOpen, actor: Actor) -> list[Candidate]:
    """Declarations at one leg that stand on no open slate, those of one town together and by their rank."""
    vetoed = Veto.objects.filter(case_id=OuterRef("pk"), lifted_at__isnull=True)
    failed = SlateLine.objects.filter(case=OuterRef("pk"), slate__leg=leg.index, outcome="not_carried")
    rows = (
        visible_to(actor, Declaration)
        .filter(
            # A vetoed case waits for whoever decides; it stands here barred, with the reason.
            _own(actor) | Q(pk__in=Veto.objects.filter(lifted_at__isnull=True).values("case_id")),
            edition=edition,
            track=leg.track,
            leg=leg.index,
            stage__in=map(str, REVIEWING),
        )
        .exclude(waiting_role__in=["", "round"])
        .annotate(vetoed=Exists(vetoed), outvoted=Exists(failed))
        .select_related("unit", "town")
        .order_by("town_id", "rank", "pk")
    )
    places = ranking_of(edition, leg.track).places if leg.leg.stage == Stage.EVALUATION else {}
    return [
        Candidate(
            row.pk,
            row.version,
            row.unit.name,
            row.town.name if row.town else "",
            row.rank,
            row.result_points,
            barred="declaration.vetoed" if row.vetoed else "",
            outvoted=row.outvoted,
            place=places[row.pk].place if row.pk in places else None,
        )
        for row in rows
    ]


def moved_on(seen: Mapping[int, int]) -> list[Any]:
    """Declarations that are no longer at the version that was seen: {case: version}."""
    rows = Declaration.objects.filter(pk__in=seen).select_related("unit")
    return [row for row in rows if row.version != seen[row.pk]]


@dataclass(frozen=True)
class SlatePage:
    """A slate with its last round; `said` is {case: {task: (verdict, note) | points}}."""

    slate: Slate
    definition: Definition
    leg: Leg
    round: Round
    tasks: tuple[RoundTask, ...]
    lines: tuple[SlateLine, ...]
    said: Mapping[int, Mapping[int, Any]]
    places: Mapping[int, Place]


def slate_page(slate_id: int, actor: Actor) -> SlatePage:
    """A slate for the office that tabled it, or for a body that has answered or whose round is over.

    Nobody reads what others said before they have answered themselves. Refused: slate.not_found.
    """
    slate = (
        Slate.objects.select_related(
            "edition__programme", "tabled_by__unit", "tabled_by__member", "objection__declaration__unit"
        )
        .filter(pk=slate_id)
        .first()
    )
    round_ = Round.objects.filter(slate=slate_id).order_by("-pk").first()
    if slate is None or round_ is None:
        raise Refused("slate.not_found", slate=slate_id)
    tasks = tuple(
        RoundTask.objects.filter(process=round_, flow_task_type=HUMAN)
        .select_related("participant_unit", "assignee", "decided_by__member")
        .order_by("pk")
    )
    if slate.objection_id:
        allowed = visible_to(actor, Slate).filter(pk=slate_id).exists()
    else:
        allowed = _may_read(slate, round_, tasks, actor)
    if not allowed:
        raise Refused("slate.not_found", slate=slate_id)
    definition = track_definition(slate.edition.definition_version_id, slate.track)
    lines = SlateLine.objects.filter(slate=slate).select_related("case__unit__town").order_by("position")
    leg = definition.legs[slate.leg]
    # While scores are being given a round is blind: places are told once it is over, and on later slates.
    ranked = leg.stage == Stage.EVALUATION and (leg.mode != Mode.SCORING or not round_.is_open)
    places = ranking_of(slate.edition, slate.track).places if ranked else {}
    return SlatePage(slate, definition, leg, round_, tasks, tuple(lines), said_in(round_), places)


def _may_read(slate: Slate, round_: Round, tasks: tuple[RoundTask, ...], actor: Actor) -> bool:
    if (actor.role, actor.unit_id) == (slate.tabled_by.role, slate.tabled_by.unit_id):
        return True
    own = [t for t in tasks if (t.participant_role, t.participant_unit_id) == (actor.role, actor.unit_id)]
    own = [t for t in own if t.assignee_id in {None, actor.member_id}]
    # Of a secret vote nothing is to be read before its end, and its members count it.
    nothing_said = bool((round_.rule.get("vote") or {}).get("secret"))
    return any(not task.is_open for task in own) or bool(own and (nothing_said or not round_.is_open))


def said_in(round_: Round) -> dict[int, dict[int, Any]]:
    """What was said of each line: {case: {task: (verdict, note)}}, in scoring {case: {task: points}}."""
    said: dict[int, dict[int, Any]] = {}
    if round_.mode == Mode.SCORING:
        sums = (
            Score.objects.filter(task__process=round_)
            .values("case_id", "task_id")
            .annotate(sum=Sum("points"))
        )
        for row in sums:
            said.setdefault(row["case_id"], {})[row["task_id"]] = row["sum"]
        return said
    rows: Any = (
        counted(Ballot.objects.filter(task__process=round_)).values_list(
            "case_id", "task_id", "choice", "reason"
        )
        if round_.mode == Mode.VOTE
        else Finding.objects.filter(task__process=round_).values_list("case_id", "task_id", "verdict", "note")
    )
    for case, task, verdict, note in rows:
        said.setdefault(case, {})[task] = (verdict, note)
    return said
