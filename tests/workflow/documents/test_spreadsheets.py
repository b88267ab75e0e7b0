"""Rows of a standard out of a workbook, and every fault by row and column."""

from decimal import Decimal

import pytest

from services.workflow.documents.spreadsheets import (
    COLUMNS,
    WANTED,
    StandardSheet,
    cells_of,
    rows_in,
    standard_rows,
)
from services.workflow.domain.faults import Fault, Place
from services.workflow.domain.refused import Refused
from services.workflow.domain.standard import Bound, Criterion, FigureKind, Measure, Method, RuleKind, Tier
from services.workflow.domain.standard_rows import StandardRow
from tests.workflow.documents.workbooks import workbook

HEAD = ["项号", "项名称", "项分值", "条号", "条名称", "分值", "评分单位"]
ROW = ["2", "环境", "16", "2.1", "绿化", "4", "dep-urban"]


def read(*rows: list[str]) -> StandardSheet:
    return rows_in([HEAD, list(WANTED), *rows])


def faults_of(column: str, text: str) -> list[tuple[int | None, str, str]]:
    """The faults of one sound row with one cell changed."""
    cells = dict(zip(WANTED, ROW, strict=True)) | {column: text}
    sheet = rows_in([list(cells), list(cells.values())])
    assert bool(sheet.faults) != bool(sheet.rows)
    return [(fault.line, fault.key, fault.code) for fault in sheet.faults]


def refusal(content: bytes) -> str:
    with pytest.raises(Refused) as refused:
        standard_rows(content)
    return refused.value.code


def test_a_row_needs_no_more_than_the_first_columns() -> None:
    assert read(ROW) == StandardSheet(
        (StandardRow(3, "2", "环境", Decimal(16), Criterion("2.1", "绿化", Decimal(4), "dep-urban")),)
    )


def test_every_column_is_read() -> None:
    measure = Measure("figure", "绿化率", FigureKind.RATIO, "%", Decimal("35.5"), Bound.AT_MOST)
    criterion = Criterion(
        code="2.1",
        name="绿化",
        points=Decimal("4.25"),
        scorer="dep-urban",
        rule=RuleKind.DEDUCTION,
        per_miss=Decimal("0.5"),
        measures=(measure,),
        method=Method.ON_SITE,
        requirement="示例",
        evidence=("照片", "台账"),
        word_limit=300,
        bars_commendation=True,
        example=True,
    )
    row = StandardRow(2, "2", "环境", Decimal("16.5"), criterion)

    texts = ["" if cell is None else str(cell) for cell in cells_of(row)]

    assert rows_in([list(COLUMNS), texts]) == StandardSheet((row,))


def test_several_figures_and_tiers_stand_one_a_line() -> None:
    measures = (
        Measure("figure", "最小网格户数", FigureKind.VALUE, "户", Decimal(300)),
        Measure("figure2", "最大网格户数", FigureKind.COUNT, "户", Decimal("500.5"), Bound.AT_MOST),
        Measure("figure3", "是否公布", FigureKind.YES_NO),
    )
    criterion = Criterion(
        code="2.1",
        name="网格",
        points=Decimal(4),
        scorer="dep-civil",
        rule=RuleKind.TIERS,
        tiers=(Tier(Decimal(60), Decimal("1.5")), Tier(Decimal(80), Decimal(4))),
        measures=measures,
        categories=("old", "new"),
        due_on="12-31",
        programme="hexie-002",
    )
    row = StandardRow(2, "2", "环境", Decimal(16), criterion, "town")

    texts = ["" if cell is None else str(cell) for cell in cells_of(row)]

    assert rows_in([list(COLUMNS), texts]) == StandardSheet((row,))


def test_points_that_are_open_stay_empty() -> None:
    cells = dict(
        zip(COLUMNS, cells_of(StandardRow(0, "2", "", Decimal(0), Criterion("2.1", "绿化"))), strict=True)
    )

    assert (cells["indicator_points"], cells["points"], cells["name"]) == ("", "", "绿化")


def test_numbers_are_exact_whether_typed_as_number_or_as_text() -> None:
    sheet = standard_rows(workbook(WANTED, ["2", "环境", 16.1, 2.1, "绿化", "３．７５", "dep-urban"]))

    (row,) = sheet.rows
    assert (row.indicator_points, row.criterion.code, row.criterion.points) == (
        Decimal("16.1"),
        "2.1",
        Decimal("3.75"),
    )


def test_columns_may_stand_in_any_order_and_strange_ones_are_passed_over() -> None:
    columns = ["备注", *reversed(WANTED)]
    cells = ["随便", *reversed(ROW)]

    assert rows_in([columns, cells]).rows[0].criterion.name == "绿化"


def test_a_choice_may_be_followed_by_its_words() -> None:
    columns = [*WANTED, "rule", "method"]
    cells = [*ROW[:-1], "dep-urban 区城管局", "yes_no 是否", "survey 民意调查"]

    criterion = rows_in([columns, cells]).rows[0].criterion
    assert (criterion.scorer, criterion.rule, criterion.method) == (
        "dep-urban",
        RuleKind.YES_NO,
        Method.SURVEY,
    )


def test_empty_rows_are_passed_over_and_rows_keep_their_number() -> None:
    sheet = read([""] * 7, ROW, [" "] * 7, ROW)

    assert [row.row for row in sheet.rows] == [4, 6]


@pytest.mark.parametrize(
    ("column", "text", "code"),
    [
        *((column, "", "workbook.missing_value") for column in WANTED),
        ("points", "四分", "workbook.not_a_number"),
        ("tiers", "六十 = 8", "workbook.not_a_number"),
        ("points", "1e3", "workbook.not_a_number"),
        ("points", "-1", None),
        ("indicator_points", "NaN", "workbook.not_a_number"),
        ("rule", "guess", "workbook.unknown_value"),
        ("method", "电话", "workbook.unknown_value"),
        ("word_limit", "many", "workbook.not_whole"),
        ("word_limit", "99.5", "workbook.not_whole"),
        ("bars_commendation", "也许", "workbook.unknown_value"),
        ("bars_commendation", "是", None),
    ],
)
def test_each_fault_is_said_by_row_and_column(column: str, text: str, code: str | None) -> None:
    assert faults_of(column, text) == ([(2, column, code)] if code else [])


def test_a_threshold_without_a_figure_is_a_fault() -> None:
    cells = dict(zip(WANTED, ROW, strict=True)) | {"needed": "95"}

    sheet = rows_in([list(cells), list(cells.values())])

    assert sheet.faults == (Fault(2, "figure", "workbook.missing_value", {}, Place.WORKBOOK),)


def test_every_fault_of_every_row_is_listed_and_sound_rows_are_kept() -> None:
    sheet = read(
        ["", "环境", "x", "2.1", "绿化", "4", "dep-urban"],
        ROW,
        ["2", "", "16", "2.2", "卫生", "", "dep-urban"],
    )

    assert [row.row for row in sheet.rows] == [4]
    assert [(fault.line, fault.key, fault.code) for fault in sheet.faults] == [
        (3, "indicator", "workbook.missing_value"),
        (3, "indicator_points", "workbook.not_a_number"),
        (5, "indicator_name", "workbook.missing_value"),
        (5, "points", "workbook.missing_value"),
    ]


def test_what_cannot_be_read_at_all_is_refused_by_name() -> None:
    assert refusal(b"not a workbook") == "workbook.unreadable"
    assert refusal(workbook(HEAD, ROW)) == "workbook.no_header"
    assert refusal(workbook(*[["a"]] * 5_011)) == "workbook.too_many_rows"
    assert refusal(b"PK" + b"0" * (6 * 1024 * 1024)) == "workbook.too_large"
