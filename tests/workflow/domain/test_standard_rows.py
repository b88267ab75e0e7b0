"""Rows that fill the gaps of a standard, and those that may not."""

from dataclasses import replace
from decimal import Decimal

from services.workflow.domain.faults import Fault, Place
from services.workflow.domain.standard import Criterion, Indicator
from services.workflow.domain.standard_rows import StandardRow, filled_in
from tests.workflow.domain.samples import DEFINITION, STANDARD

ONE = STANDARD.indicators[0]
GAP = Indicator("2", "", gap=True, source="000")
WITH_GAP = replace(DEFINITION, standard=replace(STANDARD, indicators=(ONE, GAP)))


def row(number: int, code: str, points: int, name: str = "环境", indicator_points: int = 40) -> StandardRow:
    criterion = Criterion(code, "示例", Decimal(points), "dep-urban", example=True)
    return StandardRow(number, code[0], name, Decimal(indicator_points), criterion)


FIRST, SECOND = row(5, "2.1", 30), row(6, "2.2", 10)


def test_rows_fill_a_gap_and_mark_it_as_example() -> None:
    definition, rows_at, faults = filled_in(WITH_GAP, [FIRST, SECOND])

    criteria = (FIRST.criterion, SECOND.criterion)
    assert definition.indicators == (
        ONE,
        Indicator("2", "环境", Decimal(40), criteria, gap=False, source="000", example=True),
    )
    assert (definition.gaps, faults) == ((), ())
    assert rows_at == {
        ("standard", "indicators", 1): 5,
        ("standard", "indicators", 1, "criteria", 0): 5,
        ("standard", "indicators", 1, "criteria", 1): 6,
    }


def test_a_gap_that_no_row_fills_stays_a_gap() -> None:
    definition, rows_at, faults = filled_in(WITH_GAP, [])

    assert (definition, rows_at, faults) == (WITH_GAP, {}, ())


def test_what_the_document_gives_is_not_overwritten() -> None:
    definition, _, faults = filled_in(WITH_GAP, [row(9, "1.1", 40)])

    assert definition == WITH_GAP
    assert faults == (Fault(9, "indicator", "standard.not_a_gap", {"indicator": "1"}, Place.WORKBOOK),)


def test_a_row_of_an_indicator_that_the_programme_does_not_have_is_a_fault() -> None:
    _, _, faults = filled_in(WITH_GAP, [row(9, "7.1", 40)])

    fault = Fault(9, "indicator", "standard.unknown_indicator", {"indicator": "7"}, Place.WORKBOOK)
    assert faults == (fault,)


def test_rows_of_one_indicator_must_agree_on_its_name_and_points() -> None:
    _, _, faults = filled_in(WITH_GAP, [FIRST, row(6, "2.2", 10, "绿化", 41)])

    assert [(fault.line, fault.key, fault.code) for fault in faults] == [
        (6, "indicator_name", "standard.rows_disagree"),
        (6, "indicator_points", "standard.rows_disagree"),
    ]
