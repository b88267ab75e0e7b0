"""Rows that fill the gaps of a standard, and those that may not."""

from dataclasses import replace
from decimal import Decimal

from services.workflow.domain.faults import Fault, Place
from services.workflow.domain.programme import Track
from services.workflow.domain.stages import UnitKind
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


NAMED = Criterion("2.1", "绿化率", requirement="不低于三成。", source="003")
OPEN = Indicator("2", "环境", None, (NAMED,), gap=True, source="003")
WITH_OPEN_LINE = replace(DEFINITION, standard=replace(STANDARD, indicators=(ONE, OPEN)))


def test_a_row_says_what_a_line_of_the_document_is_worth_and_nothing_else() -> None:
    given = Criterion("2.1", "另一个名字", Decimal(30), "dep-urban", requirement="另一句话", example=True)
    rows = [StandardRow(5, "2", "环境", Decimal(40), given), row(6, "2.2", 10)]

    definition, rows_at, faults = filled_in(WITH_OPEN_LINE, rows)

    line = replace(NAMED, points=Decimal(30), scorer="dep-urban", example=True)
    assert definition.indicators[1] == replace(
        OPEN, points=Decimal(40), criteria=(line, rows[1].criterion), gap=False, example=True
    )
    assert faults == ()
    assert rows_at[("standard", "indicators", 1, "criteria", 0)] == 5
    assert rows_at[("standard", "indicators", 1, "criteria", 1)] == 6


def test_rows_must_call_an_indicator_as_the_document_does() -> None:
    _, _, faults = filled_in(WITH_OPEN_LINE, [row(5, "2.1", 40, "卫生")])

    assert [(fault.line, fault.key, fault.code) for fault in faults] == [
        (5, "indicator_name", "standard.rows_disagree")
    ]


def test_rows_of_a_track_fill_the_standard_of_that_track() -> None:
    track = Track("town", "街镇", (UnitKind.TOWN,), standard=WITH_GAP.standard)
    definition = replace(DEFINITION, tracks=(track,))

    filled, rows_at, faults = filled_in(
        definition, [replace(FIRST, track="town", indicator_points=Decimal(30))]
    )

    assert definition.gaps == ("town/2",)
    assert (filled.gaps, faults) == ((), ())
    assert filled.standard == STANDARD
    assert rows_at[("tracks", 0, "standard", "indicators", 1, "criteria", 0)] == 5


def test_a_row_of_a_track_without_a_standard_is_a_fault() -> None:
    _, _, faults = filled_in(DEFINITION, [replace(FIRST, track="town")])

    assert faults == (Fault(5, "track", "standard.unknown_track", {"track": "town"}, Place.WORKBOOK),)
