"""Workbooks of units and people: what is written is read again, and faults come by row and column."""

import pytest
from django.utils.translation import override

from services.workflow.documents.register_sheets import (
    PERSON_COLUMNS,
    UNIT_COLUMNS,
    people_in,
    people_workbook,
    units_in,
    units_of,
    units_workbook,
)
from services.workflow.documents.sheet_rows import table_of
from services.workflow.domain.person_rows import PersonRow
from services.workflow.domain.refused import Refused
from services.workflow.domain.stages import Role, UnitKind
from services.workflow.domain.unit_rows import UnitRow

UNITS = (
    UnitRow(3, "yunling", "云岭区", UnitKind.DISTRICT),
    UnitRow(4, "songxi", "松溪街道", UnitKind.TOWN, "yunling", "老城"),
)
PEOPLE = (
    PersonRow(3, "shen", "沈知行", "songxi", Role.TOWN),
    PersonRow(4, "lin", "林载阳"),
)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_what_is_written_is_read_again(language: str) -> None:
    with override(language):
        units, people = table_of(units_workbook(UNITS)), table_of(people_workbook(PEOPLE))

    assert units_in(units).rows == UNITS
    assert people_in(people).rows == PEOPLE
    assert units[1] == list(UNIT_COLUMNS)
    assert people[1] == list(PERSON_COLUMNS)


def test_headings_and_choices_are_words() -> None:
    with override("zh-hans"):
        table = table_of(units_workbook(UNITS))

    assert table[0] == ["编码", "名称", "单位类别", "上级单位编码", "类型"]
    assert table[3] == ["songxi", "松溪街道", "town 街镇", "yunling 云岭区", "老城"]


def test_every_fault_of_every_row_is_told() -> None:
    units = units_in([list(UNIT_COLUMNS), ["a", "长" * 81, "village", "", ""], ["b", "", "", "", ""]])
    people = people_in([list(PERSON_COLUMNS), ["", "", "songxi", "chief", "也许"]])

    assert [(f.line, f.key, f.code) for f in units.faults] == [
        (2, "kind", "workbook.unknown_value"),
        (2, "name", "workbook.too_long"),
        (3, "kind", "workbook.missing_value"),
        (3, "name", "workbook.missing_value"),
    ]
    assert units.unread == {"a", "b"}
    assert [(f.key, f.code) for f in people.faults] == [
        ("ended", "workbook.unknown_value"),
        ("name", "workbook.missing_value"),
        ("role", "workbook.unknown_value"),
        ("username", "workbook.missing_value"),
    ]


@pytest.mark.django_db
def test_faults_of_cells_and_of_the_whole_come_at_once() -> None:
    head = list(UNIT_COLUMNS)
    with pytest.raises(Refused) as refused:
        units_of(
            [
                head,
                ["a", "", "town", "yunling", ""],
                ["b", "乙", "community", "a", ""],
                ["c", "丙", "town", "x", ""],
            ]
        )

    faults = refused.value.params["faults"]
    assert isinstance(faults, tuple)
    assert refused.value.code == "workbook.faulty"
    assert [(f.line, f.key, f.code) for f in faults] == [
        (2, "name", "workbook.missing_value"),
        (4, "parent", "workbook.unknown_unit"),
    ]
