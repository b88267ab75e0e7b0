"""What speaks against people and offices out of a workbook."""

from dataclasses import replace

import pytest

from services.workflow.domain.person_rows import PersonRow, person_faults
from services.workflow.domain.stages import Role

UNITS = {"songxi", "administration"}
HELD = {"situ": frozenset({("administration", "system_admin")})}
ROW = PersonRow(3, "shen", "沈知行", "songxi", Role.TOWN)
SECURITY = PersonRow(3, "situ", "司徒审", "administration", Role.SECURITY_ADMIN)


def faults_of(*rows: PersonRow, importer: str = "") -> list[tuple[int | None, str, str]]:
    return [(f.line, f.key, f.code) for f in person_faults(rows, UNITS, HELD, importer=importer)]


def test_several_offices_and_a_login_without_any_are_sound() -> None:
    other = replace(ROW, row=4, unit="administration", role=Role.DEPARTMENT)

    assert faults_of(ROW, other, PersonRow(5, "lin", "林载阳")) == []


@pytest.mark.parametrize(
    ("row", "key", "code"),
    [
        (replace(ROW, row=4, username="沈"), "username", "workbook.bad_username"),
        (replace(ROW, row=4), "username", "workbook.duplicate"),
        (replace(ROW, row=4, name="沈之行", role=Role.DEPARTMENT), "name", "workbook.names_differ"),
        (replace(ROW, row=4, unit="guihua"), "unit", "workbook.unknown_unit"),
        (replace(ROW, row=4, unit=""), "unit", "workbook.missing_value"),
        (replace(ROW, row=4, role=None), "role", "workbook.missing_value"),
    ],
)
def test_each_fault_is_said_by_row_and_column(row: PersonRow, key: str, code: str) -> None:
    assert faults_of(ROW, row) == [(4, key, code)]


def test_nobody_gets_two_of_the_three_administrators_powers() -> None:
    assert faults_of(SECURITY) == [(3, "role", "workbook.powers_apart")]
    both = [
        replace(SECURITY, username="fang", name="方"),
        PersonRow(4, "fang", "方", "songxi", Role.AUDIT_ADMIN),
    ]
    assert faults_of(*both) == [(3, "role", "workbook.powers_apart"), (4, "role", "workbook.powers_apart")]


def test_one_power_may_be_taken_away_while_another_is_given() -> None:
    ended = PersonRow(4, "situ", "司徒审", "administration", Role.SYSTEM_ADMIN, ended=True)

    assert faults_of(SECURITY, ended) == []


def test_nobody_gives_themselves_an_office() -> None:
    assert faults_of(ROW, importer="shen") == [(3, "username", "workbook.own_office")]
    assert faults_of(PersonRow(3, "shen", "沈知行"), importer="shen") == []
