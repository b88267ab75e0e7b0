"""Programmes: published versions, and editions that run them."""

from datetime import datetime
from uuid import UUID

from services.workflow.commands.admission import newest, reopen_where_changed
from services.workflow.commands.advance import found
from services.workflow.commands.transaction import Answer, Transaction, run
from services.workflow.domain.access import is_host
from services.workflow.domain.actor import Actor
from services.workflow.domain.admission import is_inside_cycle
from services.workflow.domain.definition_codec import content_hash, to_dict
from services.workflow.domain.programme import Definition
from services.workflow.domain.refused import Refused
from services.workflow.domain.stages import ProgrammeStatus, UnitKind
from services.workflow.domain.windows import edition_periods
from services.workflow.models import Edition, Programme, ProgrammeVersion, Unit
from services.workflow.queries.definitions import definition_of, unit_ids
from services.workflow.queries.soundness import proved


def publish_version(definition: Definition, *, by: Actor, key: UUID | None) -> Answer:
    """Freeze a definition as the programme's next version; the same content keeps the version it has.

    A version that changes what admission was asked for asks for it again; its name and host hold for the programme
    from then on. Returns {"programme", "version", "number", "hash", "reopened"}, the last naming the parts that did.
    Refused: unit.not_found for a body that does not exist, programme.withdrawn, programme.unsound (with every flaw).
    """
    digest = content_hash(definition)
    return run(
        lambda tx: publish(tx, definition, digest), name="publish_version", by=by, key=key, request=digest
    )


def publish(tx: Transaction, definition: Definition, digest: str) -> Answer:
    """The same within a transaction that is open."""
    units = unit_ids(definition)
    named = {body.unit for body in definition.bodies() if not body.is_relative}
    if missing := sorted(named - units.keys()):
        raise Refused("unit.not_found", unit=missing[0])
    programme = Programme.objects.select_for_update(of=("self",)).filter(code=definition.code).first()
    if programme is None:
        programme = _programme(tx, definition, units)
    elif programme.status == ProgrammeStatus.WITHDRAWN:
        raise Refused("programme.withdrawn")
    same = ProgrammeVersion.objects.filter(programme=programme, content_hash=digest).first()
    if same is None:
        _prove(definition)
        number = ProgrammeVersion.objects.filter(programme=programme).count() + 1
        same = ProgrammeVersion.objects.create(
            programme=programme,
            number=number,
            definition=to_dict(definition),
            content_hash=digest,
            published_at=tx.at,
            published_by_id=tx.by.office_id,
        )
        Programme.objects.filter(pk=programme.pk).update(
            name=definition.name,
            host_id=units[definition.host.unit],
            office_unit_id=units[definition.host.unit],
            office_role=str(definition.host.role),
        )
    reopened = reopen_where_changed(tx, programme, same)
    return {
        "programme": programme.pk,
        "version": same.pk,
        "number": same.number,
        "hash": digest,
        "reopened": list(reopened),
    }


def _prove(definition: Definition) -> None:
    """The proof that `programme check` asks, over the organisation as it is: what could not be run is not published.

    A gap is no flaw; it bars opening an edition.
    """
    flaws = proved(definition).flaws
    if flaws:
        told = [{"code": flaw.code, "track": flaw.track, "way": flaw.way, **flaw.params} for flaw in flaws]
        raise Refused("programme.unsound", flaws=told)


def _programme(tx: Transaction, definition: Definition, units: dict[str, int]) -> Programme:
    scope = Unit.objects.filter(code=definition.scope).first()
    district = (scope.district_id or scope.pk) if scope else None
    groups = Unit.objects.filter(kind=str(UnitKind.LEADING_GROUP), district=district, town__isnull=True)
    admitting = groups.order_by("pk").first()
    if scope is None or admitting is None:
        raise Refused("unit.not_found", unit=definition.scope)
    host = units[definition.host.unit]
    programme = Programme(
        code=definition.code,
        name=definition.name,
        host_id=host,
        office_unit_id=host,
        office_role=str(definition.host.role),
        admitting_unit=admitting,
        district_id=district,
        town_id=scope.town_id,
    )
    found(tx, [programme])
    return programme


def open_edition(
    programme_id: int, *, year: int, opens_at: datetime, closes_at: datetime, by: Actor, key: UUID | None
) -> Answer:
    """Open the yearly run of an admitted programme on its newest version; declarations are filed in the window.

    Moments are UTC. Returns {"edition", "name"}. Refused: programme.not_admitted, edition.standard_has_gaps (with the
    indicators), edition.exists, edition.inside_cycle, edition.window_empty, step.not_yours.
    """
    request = {"programme": programme_id, "year": year, "opens": opens_at, "closes": closes_at}
    return run(
        lambda tx: _open_edition(tx, programme_id, year, opens_at, closes_at),
        name="open_edition",
        by=by,
        key=key,
        request=request,
    )


def _open_edition(
    tx: Transaction, programme_id: int, year: int, opens_at: datetime, closes_at: datetime
) -> Answer:
    programme = Programme.objects.filter(pk=programme_id).first()
    if programme is None:
        raise Refused("case.not_found", case=programme_id)
    if not is_host(programme, tx.by):
        raise Refused("step.not_yours", step="open_edition")
    if programme.status != ProgrammeStatus.ADMITTED:
        raise Refused("programme.not_admitted")
    version = newest(programme.pk)
    definition = definition_of(version.pk)
    if definition.gaps:
        raise Refused("edition.standard_has_gaps", gaps=", ".join(definition.gaps))
    if opens_at >= closes_at:
        raise Refused("edition.window_empty")
    if Edition.objects.filter(programme=programme, year=year).exists():
        raise Refused("edition.exists", year=year)
    for earlier in programme.editions.values_list("year", flat=True):
        if is_inside_cycle(definition, year, earlier):
            raise Refused("edition.inside_cycle", earlier=earlier, months=definition.cycle_months)
    periods = edition_periods(definition, year)
    edition = Edition.objects.create(
        programme=programme,
        definition_version=version,
        district_id=programme.district_id or programme.host_id,
        year=year,
        name=f"{definition.title} {year}年度",
        opens_at=opens_at,
        closes_at=closes_at,
        evaluation_opens_on=periods.evaluating.opens,
        evaluation_closes_on=periods.evaluating.closes,
        naming_opens_on=periods.naming.opens,
        naming_closes_on=periods.naming.closes,
    )
    return {"edition": edition.pk, "name": edition.name}
