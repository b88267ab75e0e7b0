"""Editions as an office sees them: what it may read, how many units, what it may begin."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db.models import Count, Q

from services.workflow.domain.actor import Actor
from services.workflow.domain.programme import Definition
from services.workflow.domain.programme_rules import Category
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


def newest_versions(programmes: Collection[int]) -> dict[int, int]:
    """{programme: the key of its newest version}."""
    rows = ProgrammeVersion.objects.filter(programme__in=programmes).order_by("programme", "-number")
    return dict(rows.distinct("programme").values_list("programme_id", "pk"))


@dataclass(frozen=True)
class Beginning:
    """What a unit's declaration would be held to: by its kind, and by each category it may choose.

    `barred` says by code why it cannot begin; `needed` says that a category has to be named; `ladder` are the
    programmes whose title is asked for first.
    """

    definition: Definition
    track: str
    categories: tuple[tuple[Category, Definition], ...]
    chosen: str
    needed: bool
    parent: str
    ladder: tuple[str, ...]
    barred: str = ""


def beginning(edition: Edition, actor: Actor) -> Beginning:
    """What follows for this actor's unit from beginning a declaration."""
    unit = Unit.objects.select_related("parent").get(pk=actor.unit_id or 0)
    version = edition.definition_version_id
    whole = definition_of(version)
    track = next((each for each in whole.tracks if unit.kind in each.kinds), None)
    standard = (track.standard if track else None) or whole.standard
    codes = {category.code for category in whole.categories}
    chosen = unit.category if unit.category in codes else ""
    asked_apart = any(criterion.categories for criterion in standard.criteria)
    return Beginning(
        definition_for(version, unit.kind, chosen),
        track.name if track else "",
        tuple((each, definition_for(version, unit.kind, each.code)) for each in whole.categories)
        if asked_apart or _counts_categories(whole)
        else (),
        chosen,
        asked_apart,
        unit.parent.name if unit.parent else "",
        tuple(Programme.objects.filter(code__in=whole.ladder).order_by("name").values_list("name", flat=True))
        if whole.ladder
        else (),
        _barred(edition, unit, whole),
    )


def _counts_categories(whole: Definition) -> bool:
    """Whether it matters at the end how many of a category there are."""
    return any(rule.categories for rule in whole.composition)


def _barred(edition: Edition, unit: Unit, whole: Definition) -> str:
    if unit.kind not in whole.subject_kinds or whole.scope not in codes_above(unit.pk):
        return "declaration.not_a_subject"
    return "" if edition.opens_at <= now() < edition.closes_at else "declaration.window_closed"
