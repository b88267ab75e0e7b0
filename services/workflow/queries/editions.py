"""Editions as an office sees them: what it may read, how many units, what it may begin."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q

from services.workflow.domain.actor import Actor
from services.workflow.domain.programme import Definition
from services.workflow.domain.refused import Refused
from services.workflow.domain.stages import OPEN, ProgrammeStatus, Role
from services.workflow.models import Declaration, Edition, Programme, ProgrammeVersion, Unit
from services.workflow.queries.clock import now
from services.workflow.queries.definitions import definition_for, definition_of
from services.workflow.queries.rights import visible_to
from services.workflow.queries.units import codes_above


@dataclass(frozen=True)
class EditionRow:
    """An edition with the units in it that this actor sees. `own` is the unit's own declaration, if it has one."""

    edition: Edition
    units: int
    under_way: int
    own: Declaration | None
    may_begin: bool


def editions_for(actor: Actor) -> list[EditionRow]:
    """Editions of the actor's district and city, newest first, in a number of statements that does not grow."""
    editions = list(
        visible_to(actor, Edition).select_related("programme", "definition_version").order_by("-year", "-pk")
    )
    counts = _counts(actor, editions)
    own = _own(actor, editions)
    beginnable = _beginnable(actor, editions, own)
    return [
        EditionRow(edition, *counts.get(edition.pk, (0, 0)), own.get(edition.pk), edition.pk in beginnable)
        for edition in editions
    ]


def _counts(actor: Actor, editions: Sequence[Edition]) -> dict[int, tuple[int, int]]:
    rows = visible_to(actor, Declaration).filter(edition__in=editions).values("edition_id")
    under_way = Count("pk", filter=Q(stage__in=[str(stage) for stage in OPEN]))
    return {
        row["edition_id"]: (row["units"], row["open"])
        for row in rows.annotate(units=Count("pk"), open=under_way)
    }


def _own(actor: Actor, editions: Sequence[Edition]) -> dict[int, Declaration]:
    if actor.role != Role.DECLARANT:
        return {}
    rows = Declaration.objects.filter(unit=actor.unit_id, edition__in=editions).order_by("pk")
    return {row.edition_id: row for row in rows}


def _beginnable(actor: Actor, editions: Sequence[Edition], own: dict[int, Declaration]) -> set[int]:
    """Where this unit could begin: the window is open, it is of the right kind, and nothing of its own is there."""
    if actor.role != Role.DECLARANT:
        return set()
    moment, kind = now(), Unit.objects.values_list("kind", flat=True).get(pk=actor.unit_id or 0)
    scopes = codes_above(actor.unit_id or 0)
    held = {pk for pk, row in own.items() if row.stage in OPEN or row.stage == "named"}
    return {
        edition.pk
        for edition in editions
        if edition.opens_at <= moment < edition.closes_at
        and edition.pk not in held
        and kind in definition_of(edition.definition_version_id).subject_kinds
        and definition_of(edition.definition_version_id).scope in scopes
    }


def edition_for(edition_id: int, actor: Actor) -> Edition:
    """An edition of the actor's district. Refused: edition.not_found."""
    rows = visible_to(actor, Edition).select_related("programme__host", "district")
    edition: Edition | None = rows.filter(pk=edition_id).first()
    if edition is None:
        raise Refused("edition.not_found", edition=edition_id)
    return edition


def programmes_to_open(actor: Actor) -> list[Programme]:
    """Admitted programmes that this body hosts."""
    rows = Programme.objects.filter(
        host=actor.unit_id, office_role=actor.role, status=str(ProgrammeStatus.ADMITTED)
    )
    return list(rows.order_by("name"))


def newest_version(programme_id: int) -> ProgrammeVersion:
    """The version that an edition opened now would run on."""
    return ProgrammeVersion.objects.filter(programme=programme_id).order_by("-number")[0]


def definition_begun_by(edition: Edition, actor: Actor) -> Definition:
    """What would hold for a declaration that this actor's unit begins."""
    unit = Unit.objects.get(pk=actor.unit_id or 0)
    return definition_for(edition.definition_version_id, unit.kind, unit.category)
