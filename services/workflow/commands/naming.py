"""Conferring titles: the resolution, its number, and an honour for each unit named."""

from collections.abc import Sequence
from typing import Any

from services.workflow.commands import fields as f
from services.workflow.commands.advance import Move, Outcome, advance, found
from services.workflow.commands.numbering import document_number, next_numbers
from services.workflow.commands.transaction import Transaction
from services.workflow.commands.windows import check_reason
from services.workflow.domain.calendar import shanghai_date, years_after
from services.workflow.domain.levels import level_of
from services.workflow.domain.programme import Definition
from services.workflow.domain.refused import Refused
from services.workflow.domain.stages import LIVE_HONOUR, Mode, UnitKind
from services.workflow.models import Declaration, DocumentFile, Edition, Honour, Unit
from services.workflow.queries.definitions import track_definition, version_of
from services.workflow.queries.units import unit_above


def confer(tx: Transaction, moves: Sequence[Move], reason: str, given: f.Fields) -> Outcome:
    """Name units: declarations move to named, one resolution lists them, each holds an honour from now on.

    The register number is gap-free per programme and year. The next re-review falls due after the programme's cycle.
    Each track of an edition has a resolution of its own; it tells no more of a person than name and place.
    """
    held, programmes = _titles_held(moves)

    def once(row: Any) -> None:
        check_reason(row, reason)
        title = (programmes[row.edition_id], row.unit_id)
        if title in held:
            raise Refused("declaration.title_held")
        held.add(title)

    outcome = advance(tx, Declaration, moves, "confer", reason=reason, adjust=once)
    editions = Edition.objects.select_related("programme", "district").in_bulk(
        {row.edition_id for row in outcome.moved}
    )
    together: dict[tuple[int, str, int], list[Any]] = {}
    for row in outcome.moved:
        version = version_of(row, editions[row.edition_id])
        together.setdefault((row.edition_id, row.track, version), []).append(row)
    for (edition_id, track, version), rows in together.items():
        _name(tx, editions[edition_id], track_definition(version, track), version, rows)
    return outcome


def _titles_held(moves: Sequence[Move]) -> tuple[set[tuple[int, int]], dict[int, int]]:
    """(programme, unit) of live honours, and {edition: programme}.

    The units are locked, so that two editions name one unit one after the other.
    """
    cases = Declaration.objects.filter(pk__in=[move.case for move in moves]).values("unit_id")
    list(Unit.objects.filter(pk__in=cases).order_by("pk").select_for_update(no_key=True))
    live = Honour.objects.filter(unit__in=cases, status__in=[str(status) for status in LIVE_HONOUR])
    editions = Edition.objects.filter(declarations__in=[move.case for move in moves])
    programmes = dict(editions.values_list("pk", "programme_id"))
    return set(live.values_list("programme_id", "unit_id")), programmes


def _name(tx: Transaction, edition: Edition, definition: Definition, version: int, rows: list[Any]) -> None:
    today = shanghai_date(tx.at)
    units = Unit.objects.select_related("town", "parent").in_bulk([row.unit_id for row in rows])
    resolution = _resolution(tx, edition, definition, [(units[row.unit_id], row) for row in rows])
    numbers = next_numbers(f"honour:{definition.code}", today.year, len(rows))
    found(
        tx,
        [
            Honour(
                programme_id=edition.programme_id,
                edition=edition,
                earned_under_id=version,
                declaration=row,
                unit_id=row.unit_id,
                parent_id=row.parent_id,
                town_id=row.town_id,
                district_id=row.district_id,
                office_unit_id=row.office_unit_id,
                office_role=row.office_role,
                title=definition.title,
                number=f"{definition.code.upper()}-H-{today.year}-{number:04d}",
                points=row.result_points,
                level=_level(definition, row),
                conferred_on=today,
                resolution=resolution,
                next_rereview_on=years_after(today, definition.supervision.rereview_every_years),
            )
            for row, number in zip(rows, numbers, strict=True)
        ],
    )


def _level(definition: Definition, row: Any) -> str:
    level = level_of(definition.levels, row.result_points)
    return level.name if level else ""


def _resolution(
    tx: Transaction, edition: Edition, definition: Definition, named: list[tuple[Unit, Any]]
) -> DocumentFile:
    """What the resolution says; documents/ makes the PDF of it, always the same one."""
    today = shanghai_date(tx.at)
    annex = [
        {
            "unit": unit.name,
            "town": unit_above(unit),
            "points": "" if unit.kind == UnitKind.PERSON else str(row.result_points or ""),
            **({"level": level} if (level := _level(definition, row)) else {}),
        }
        for unit, row in named
    ]
    return DocumentFile.objects.create(
        kind="resolution",
        number=document_number(definition.decision_number_prefix or definition.code, today.year),
        edition=edition,
        paper={
            "edition": edition.name,
            "year": edition.year,
            "title": definition.title,
            "issuers": list(definition.issuers),
            "district": edition.district.name,
            "named": annex,
            "on": today.isoformat(),
            "example": any(c.example for _, c in definition.standard.lines),
            "notice_days": _notice_days(definition),
            "rereview_years": definition.supervision.rereview_every_years,
        },
        made_by_id=tx.by.office_id,
        at=tx.at,
    )


def _notice_days(definition: Definition) -> int | None:
    """How long the last notice before the naming was; None where the route has none."""
    legs = [leg for leg in definition.legs if leg.mode is Mode.NOTICE]
    return definition.notice_rule(legs[-1]).working_days if legs else None
