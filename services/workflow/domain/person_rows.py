"""People and their offices out of a workbook: one office a row, and what speaks against it."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from services.workflow.domain.faults import Fault, Place
from services.workflow.domain.stages import Role

USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,59}")
# System, security and audit are three powers (三员): nobody holds two of them.
ADMINISTRATORS = frozenset({str(Role.SYSTEM_ADMIN), str(Role.SECURITY_ADMIN), str(Role.AUDIT_ADMIN)})

Held = tuple[str, str]  # unit's code, role


@dataclass(frozen=True)
class PersonRow:
    """One office of one person, or the log-in alone where `role` is empty; `ended` takes the office away."""

    row: int
    username: str
    name: str
    unit: str = ""
    role: Role | None = None
    ended: bool = False


def person_faults(
    rows: Sequence[PersonRow],
    units: Collection[str],
    held: Mapping[str, frozenset[Held]],
    *,
    importer: str = "",
) -> tuple[Fault, ...]:
    """Everything that speaks against these offices; `held` are those held now, by user name."""
    first: dict[tuple[str, str, str], int] = {}
    names: dict[str, PersonRow] = {}
    faults: list[Fault] = []
    for row in rows:
        if not USERNAME.fullmatch(row.username):
            faults.append(_fault(row, "username", "workbook.bad_username", given=row.username[:40]))
        names.setdefault(row.username, row)
        if names[row.username].name != row.name:
            faults.append(_fault(row, "name", "workbook.names_differ", first=names[row.username].row))
        key = (row.username, row.unit, str(row.role))
        if key in first:
            faults.append(_fault(row, "username", "workbook.duplicate", given=row.username, first=first[key]))
        first.setdefault(key, row.row)
        faults.extend(_office_faults(row, units, importer))
    return (*faults, *_three_powers(rows, held))


def _office_faults(row: PersonRow, units: Collection[str], importer: str) -> Iterator[Fault]:
    if bool(row.unit) != bool(row.role):
        yield _fault(row, "role" if row.unit else "unit", "workbook.missing_value")
    elif row.unit and row.unit not in units:
        yield _fault(row, "unit", "workbook.unknown_unit", given=row.unit[:40])
    if row.role and row.username == importer:
        yield _fault(row, "username", "workbook.own_office")


def _three_powers(rows: Sequence[PersonRow], held: Mapping[str, frozenset[Held]]) -> Iterator[Fault]:
    """A row that would put a second of the three powers into one hand."""
    after = {row.username: set(held.get(row.username, ())) for row in rows}
    for row in rows:
        if row.role:
            change = after[row.username].discard if row.ended else after[row.username].add
            change((row.unit, str(row.role)))
    for row in rows:
        powers = {role for _, role in after[row.username]} & ADMINISTRATORS
        if row.role in powers and not row.ended and len(powers) > 1:
            yield _fault(row, "role", "workbook.powers_apart")


def _fault(row: PersonRow, key: str, code: str, **params: object) -> Fault:
    return Fault(row.row, key, code, params, Place.WORKBOOK)
