"""The workbook that gaps are filled in with."""

from dataclasses import replace
from decimal import Decimal

from django.utils.translation import override

from services.workflow.documents.cells import first_sheet
from services.workflow.documents.spreadsheets import COLUMNS, standard_rows
from services.workflow.documents.standard_template import standard_workbook
from services.workflow.domain.programme import Track
from services.workflow.domain.stages import UnitKind
from services.workflow.domain.standard import Criterion, Indicator
from services.workflow.domain.standard_rows import StandardRow
from tests.workflow.domain.samples import DEFINITION, STANDARD

ROW = StandardRow(
    3, "2", "环境", Decimal(16), Criterion("2.1", "绿化", Decimal("4.25"), "dep-urban", example=True)
)


def cells(content: bytes) -> list[list[str]]:
    return first_sheet(content, most_rows=99)


def test_rows_written_are_the_rows_read() -> None:
    sheet = standard_rows(standard_workbook(DEFINITION, [ROW]))

    assert (sheet.rows, sheet.faults) == ((ROW,), ())


def test_without_rows_each_open_indicator_has_a_row_to_begin_with() -> None:
    gaps = (Indicator("3", "", gap=True), Indicator("4", "", gap=True))
    definition = replace(DEFINITION, standard=replace(STANDARD, indicators=(*STANDARD.indicators, *gaps)))

    table = cells(standard_workbook(definition))

    assert table[1] == list(COLUMNS)
    assert [row[0] for row in table[2:]] == ["3", "4"]


def test_lines_that_a_document_names_stand_there_already_and_lack_only_points() -> None:
    named = Criterion("3.1", "直选率", scorer="dep-org", requirement="全部直选。")
    gap = Indicator("3", "自治", None, (named,), gap=True)
    track = Track("town", "街镇", (UnitKind.TOWN,), standard=replace(STANDARD, indicators=(gap,)))
    definition = replace(DEFINITION, tracks=(track,))

    (row,) = cells(standard_workbook(definition))[2:]

    told = {code: cell for code, cell in zip(COLUMNS, row, strict=False) if cell}
    assert told == {
        "indicator": "3",
        "indicator_name": "自治",
        "criterion": "3.1",
        "name": "直选率",
        "scorer": "dep-org",
        "rule": "judged",
        "method": "papers",
        "requirement": "全部直选。",
        "word_limit": "500",
        "track": "town",
    }


def test_headings_are_in_the_language_in_use() -> None:
    with override("zh-hans"):
        chinese = cells(standard_workbook(DEFINITION, [ROW]))[0]
    with override("en"):
        english = cells(standard_workbook(DEFINITION, [ROW]))[0]

    assert chinese[:3] == ["项号", "项名称", "项分值"]
    assert english[:3] == ["Indicator code", "Indicator", "Points of the indicator"]


def test_the_same_content_makes_the_same_file() -> None:
    assert standard_workbook(DEFINITION, [ROW]) == standard_workbook(DEFINITION, [ROW])
