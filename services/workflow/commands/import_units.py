"""Units out of a workbook: all of them or none, and the same workbook twice changes nothing."""

from collections.abc import Sequence
from dataclasses import asdict
from uuid import UUID

from django.db import connection

from services.workflow.commands.signals import Told, tell_many
from services.workflow.commands.transaction import Answer, Transaction, run
from services.workflow.domain.actor import Actor
from services.workflow.domain.faults import in_order
from services.workflow.domain.refused import Refused
from services.workflow.domain.spelling import spelled
from services.workflow.domain.stages import Role, UnitKind
from services.workflow.domain.unit_rows import UnitRow, from_the_top, unit_faults
from services.workflow.models import Unit
from services.workflow.queries.registered import known_units

PINYIN_MOST = 200
BATCH = 1000
# One statement for all: a CASE for each row, as bulk_update writes it, takes a minute for 5,000 rows.
CHANGE = """
UPDATE workflow_unit AS u SET name = c.name, pinyin = c.pinyin, category = c.category,
  parent_id = c.parent_id, town_id = c.town_id, district_id = c.district_id
FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::text[], %s::bigint[], %s::bigint[], %s::bigint[])
  AS c (id, name, pinyin, category, parent_id, town_id, district_id) WHERE u.id = c.id
"""
CHANGING = ("pk", "name", "pinyin", "category", "parent_id", "town_id", "district_id")


def import_units(rows: Sequence[UnitRow], *, by: Actor, key: UUID | None, dry_run: bool = False) -> Answer:
    """Make the units that do not exist and change those that differ, by code; none is deleted.

    A dry run says what would happen and writes nothing.
    Returns {"created", "changed", "same", "dry_run"}. Refused: workbook.faulty with all faults, step.not_yours.
    """
    request = {"rows": [asdict(row) for row in rows], "dry_run": dry_run}
    return run(lambda tx: _import(tx, rows, dry_run), name="import_units", by=by, key=key, request=request)


def _import(tx: Transaction, rows: Sequence[UnitRow], dry_run: bool) -> Answer:
    if not (tx.by.is_system or tx.by.role == Role.SYSTEM_ADMIN):
        raise Refused("step.not_yours", step="import_units")
    # Those who write cases refer to units meanwhile; only another import has to wait.
    units = {unit.code: unit for unit in Unit.objects.select_for_update(no_key=True).order_by("pk")}
    if faults := unit_faults(rows, known_units()):
        raise Refused("workbook.faulty", faults=in_order(faults))
    before = {code: _kept(unit) for code, unit in units.items()}
    created = _made(rows, units, dry_run=dry_run)
    before |= {unit.code: _kept(unit) for unit in created}
    _place(list(units.values()), units)
    changed = [unit for code, unit in units.items() if _kept(unit) != before[code]]
    if not dry_run:
        _write(changed)
        old = [unit for unit in changed if unit.code not in {made.code for made in created}]
        tell_many(tx, [Told("unit.changed", [f"unit:{unit.pk}"], None, {}) for unit in old])
    touched = len(
        {row.code for row in rows} & {unit.code for unit in changed} - {unit.code for unit in created}
    )
    counts = {"created": len(created), "changed": touched, "same": len(rows) - len(created) - touched}
    return {**counts, "dry_run": dry_run}


def _kept(unit: Unit) -> tuple[object, ...]:
    return unit.name, unit.category, unit.parent_id, unit.town_id, unit.district_id


def _made(rows: Sequence[UnitRow], units: dict[str, Unit], *, dry_run: bool) -> list[Unit]:
    """Put what the rows say into the units, new ones among them; those above are made before those under them."""
    created: list[Unit] = []
    for layer in from_the_top(rows):
        new = []
        for row in layer:
            unit = units.get(row.code)
            if unit is None:
                unit = units[row.code] = Unit(code=row.code, kind=str(row.kind))
                new.append(unit)
            if unit.name != row.name:
                unit.pinyin = spelled(row.name)[:PINYIN_MOST]
            unit.name, unit.category = row.name, row.category
            unit.parent = units[row.parent] if row.parent else None
        _place(new, units)
        for unit in new:  # a town is its own town, which it can only be once it is there
            unit.town = None if unit.town is unit else unit.town
            unit.district = None if unit.district is unit else unit.district
        if not dry_run:
            Unit.objects.bulk_create(new, batch_size=BATCH)
        created += new
    return created


def _write(changed: Sequence[Unit]) -> None:
    columns = [[getattr(unit, name) for unit in changed] for name in CHANGING]
    with connection.cursor() as cursor:
        cursor.execute(CHANGE, columns)


def _place(those: Sequence[Unit], units: dict[str, Unit]) -> None:
    """Town and district of each unit anew, from the units above it."""
    by_id = {unit.pk: unit for unit in units.values() if unit.pk}
    placed: dict[str, tuple[Unit | None, Unit | None]] = {}

    def place(unit: Unit) -> tuple[Unit | None, Unit | None]:
        if unit.code not in placed:
            above = by_id.get(unit.parent_id) if unit.parent_id else unit.parent
            town, district = place(above) if above else (None, None)
            town = unit if unit.kind == UnitKind.TOWN else town
            district = unit if unit.kind == UnitKind.DISTRICT else district
            placed[unit.code] = town, district
        return placed[unit.code]

    for unit in those:
        unit.town, unit.district = place(unit)
