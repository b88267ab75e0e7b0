"""People and offices out of a workbook: all of them or none, and the same workbook twice changes nothing."""

from collections.abc import Sequence
from dataclasses import asdict
from uuid import UUID

from django.contrib.auth.hashers import make_password

from services.workflow.commands.signals import tell
from services.workflow.commands.transaction import Answer, Transaction, run
from services.workflow.domain.actor import Actor
from services.workflow.domain.faults import in_order
from services.workflow.domain.person_rows import PersonRow, person_faults
from services.workflow.domain.refused import Refused
from services.workflow.domain.stages import Role
from services.workflow.models import Member, Office, Unit
from services.workflow.queries.registered import offices_held

BATCH = 1000
Seat = tuple[str, str, str]  # user name, unit's code, role


def import_people(rows: Sequence[PersonRow], *, by: Actor, key: UUID | None, dry_run: bool = False) -> Answer:
    """Make log-ins that do not exist, give and end offices; nothing is deleted, and no password is set or changed.

    Nobody gets two of the three administrators' powers, and nobody changes their own offices.
    Returns {"created", "renamed", "given", "ended", "same", "dry_run"}: people made and renamed, offices given and
    ended, rows that change nothing. Refused: workbook.faulty with all faults, step.not_yours.
    """
    request = {"rows": [asdict(row) for row in rows], "dry_run": dry_run}
    return run(lambda tx: _import(tx, rows, dry_run), name="import_people", by=by, key=key, request=request)


def _import(tx: Transaction, rows: Sequence[PersonRow], dry_run: bool) -> Answer:
    if not (tx.by.is_system or tx.by.role == Role.SECURITY_ADMIN):
        raise Refused("step.not_yours", step="import_people")
    # One import at a time: what was checked of the three powers still holds when it is written.
    names = [row.username for row in rows]
    locked = Member.objects.select_for_update(no_key=True).filter(username__in=names).order_by("pk")
    members = {member.username: member for member in locked}
    units = dict(Unit.objects.values_list("code", "pk"))
    held = offices_held()
    own = Member.objects.filter(pk=tx.by.member_id).first() if tx.by.member_id else None
    importer = own.username if own else ""
    if faults := person_faults(rows, units.keys(), held, importer=importer):
        raise Refused("workbook.faulty", faults=in_order(faults))
    new = {row.username: row.name for row in rows if row.username not in members}
    renamed = {
        r.username: r.name for r in rows if r.username in members and members[r.username].name != r.name
    }
    given, ended = _seats(rows, held)
    if not dry_run:
        _write_members(members, new, renamed)
        _write_offices(tx, members, units, given, ended)
    moved = {(name, unit, role) for name, unit, role in (*given, *ended)}
    same = sum(_is_same(row, new, renamed, moved) for row in rows)
    counts = {"created": len(new), "renamed": len(renamed), "given": len(given), "ended": len(ended)}
    return {**counts, "same": same, "dry_run": dry_run}


def _seats(
    rows: Sequence[PersonRow], held: dict[str, frozenset[tuple[str, str]]]
) -> tuple[list[Seat], list[Seat]]:
    """Offices to give and offices to end."""
    given: list[Seat] = []
    ended: list[Seat] = []
    for row in rows:
        if row.role:
            holds = (row.unit, str(row.role)) in held.get(row.username, ())
            if holds == row.ended:
                (ended if row.ended else given).append((row.username, row.unit, str(row.role)))
    return given, ended


def _is_same(row: PersonRow, new: dict[str, str], renamed: dict[str, str], moved: set[Seat]) -> bool:
    known = row.username not in new and row.username not in renamed
    return known and (row.username, row.unit, str(row.role)) not in moved


def _write_members(members: dict[str, Member], new: dict[str, str], renamed: dict[str, str]) -> None:
    unusable = make_password(None)
    made = [Member(username=username, name=name, password=unusable) for username, name in new.items()]
    for member in Member.objects.bulk_create(made, batch_size=BATCH):
        members[member.username] = member
    for username, name in renamed.items():
        members[username].name = name
    Member.objects.bulk_update([members[username] for username in renamed], ["name"], batch_size=BATCH)


def _write_offices(
    tx: Transaction, members: dict[str, Member], units: dict[str, int], given: list[Seat], ended: list[Seat]
) -> None:
    """Give and end offices; whoever was logged in before hears that their rights have changed."""
    Office.objects.bulk_create(
        [
            Office(member=members[name], unit_id=units[unit], role=role, name=members[name].name, since=tx.at)
            for name, unit, role in given
        ],
        batch_size=BATCH,
    )
    for name, unit, role in ended:
        open_ = Office.objects.filter(
            member=members[name], unit_id=units[unit], role=role, until__isnull=True
        )
        open_.update(until=tx.at)
    topics = sorted({f"user:{members[name].pk}" for name, _, _ in (*given, *ended)})
    for begin in range(0, len(topics), BATCH):
        tell(tx, "rights.changed", topics[begin : begin + BATCH])
