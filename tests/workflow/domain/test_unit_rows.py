"""What speaks against units out of a workbook, and the order they are made in."""

from dataclasses import replace

import pytest

from services.workflow.domain.stages import UnitKind
from services.workflow.domain.unit_rows import KnownUnit, UnitRow, from_the_top, unit_faults

KNOWN = {"yunling": KnownUnit("district"), "songxi": KnownUnit("town", "yunling")}
TOWN = UnitRow(3, "guihua", "桂花街道", UnitKind.TOWN, "yunling")
ROW = UnitRow(4, "yuehu", "月湖社区", UnitKind.COMMUNITY, "guihua")


def faults_of(*rows: UnitRow, unread: frozenset[str] = frozenset()) -> list[tuple[int | None, str, str]]:
    return [(fault.line, fault.key, fault.code) for fault in unit_faults(rows, KNOWN, unread=unread)]


def test_a_unit_may_stand_under_one_that_comes_later_in_the_workbook() -> None:
    assert faults_of(ROW, TOWN) == []
    assert [[row.code for row in layer] for layer in from_the_top([ROW, TOWN])] == [["guihua"], ["yuehu"]]


@pytest.mark.parametrize(
    ("row", "key", "code"),
    [
        (replace(ROW, code="月湖"), "code", "workbook.bad_code"),
        (replace(ROW, parent="jinfan"), "parent", "workbook.unknown_unit"),
        (replace(ROW, parent=""), "parent", "workbook.parent_kind"),
        (replace(ROW, parent="yunling"), "parent", "workbook.parent_kind"),
        (replace(ROW, kind=UnitKind.PERSON, parent=""), "parent", "workbook.missing_value"),
        (replace(TOWN, row=4, code="songxi", kind=UnitKind.COMMITTEE), "kind", "workbook.kind_fixed"),
        (replace(ROW, code="guihua", kind=UnitKind.TOWN, parent="yunling"), "code", "workbook.duplicate"),
    ],
)
def test_each_fault_is_said_by_row_and_column(row: UnitRow, key: str, code: str) -> None:
    assert faults_of(TOWN, row) == [(4, key, code)]


def test_units_in_a_circle_are_all_named() -> None:
    one = UnitRow(3, "one", "一组", UnitKind.WORKING_GROUP, "two")
    two = UnitRow(4, "two", "二组", UnitKind.WORKING_GROUP, "one")

    circle = "workbook.parents_in_circle"
    assert faults_of(one, two) == [(3, "parent", circle), (4, "parent", circle)]


def test_a_unit_under_one_whose_own_row_is_faulty_is_not_at_fault() -> None:
    assert faults_of(replace(ROW, parent="jinfan"), unread=frozenset({"jinfan"})) == []
