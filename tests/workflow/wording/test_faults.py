"""Every fault has a sentence, in both languages and with its numbers."""

import re
from pathlib import Path

import pytest
from django.utils.translation import override

import services.workflow
from services.workflow.domain.faults import Fault, Place
from services.workflow.wording.faults import FAULTS, TYPES, fault_line, fault_sentence

ROOM = Path(services.workflow.__file__).parent
SOURCES = [
    *(ROOM / "domain").glob("*_checks.py"),
    *(ROOM / "domain" / f"{name}.py" for name in ("definition_codec", "definition_file")),
    *(ROOM / "domain" / f"{name}.py" for name in ("checking", "standard_sums")),
    *(ROOM / "domain").glob("*_rows.py"),
    *(ROOM / "commands").glob("import_*.py"),
    ROOM / "queries/drafts.py",
    ROOM / "documents/sheet_rows.py",
    ROOM / "documents/calendar_sheets.py",
    ROOM / "documents/spreadsheets.py",
    ROOM / "management/commands/programme.py",
    ROOM / "web/task_workbook.py",
]
CODE = re.compile(r'"((?:programme|standard|workbook|figure|calendar)\.[a-z0-9_]+)"')
NO_FAULTS = {"programme.faulty", "programme.unsound"}
PARAMS = (
    *("reason", "limit", "known", "given", "length", "least", "most", "unit", "role", "stage", "mode", "leg"),
    *("sum", "declared", "difference", "number", "decimals", "rule", "indicator", "track", "first"),
    *("way", "category", "only", "method", "words", "year", "day", "name", "after"),
)
FAULT = Fault(7, "legs[2].due_days", "programme.wrong_type", {"wanted": "number"})


def test_every_code_in_use_has_a_sentence_and_no_sentence_is_left_over() -> None:
    used = {code for source in SOURCES for code in CODE.findall(source.read_text(encoding="utf-8"))}

    warned = {"programme.no_public_notice"}
    assert used - NO_FAULTS | warned == set(FAULTS)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("code", FAULTS)
def test_every_sentence_can_be_filled_in(code: str, language: str) -> None:
    params = {name: f"<{name}>" for name in PARAMS} | {"wanted": "text"}

    with override(language):
        sentence = fault_sentence(Fault(1, "key", code, params))

    assert "%(" not in sentence
    assert bool(re.search("[一-鿿]", sentence)) is (language == "zh-hans")


@pytest.mark.parametrize("wanted", TYPES)
def test_every_type_is_named_in_chinese(wanted: str) -> None:
    fault = Fault(1, "key", "programme.wrong_type", {"wanted": wanted})

    with override("zh-hans"):
        assert fault_sentence(fault).startswith("此处应为")


def test_a_line_says_where_at_which_key_and_what() -> None:
    with override("zh-hans"):
        chinese = fault_line(FAULT)
    with override("en"):
        english = fault_line(FAULT)

    assert chinese == "第 7 行 · legs[2].due_days · 此处应为数字。"
    assert english == "Line 7 · legs[2].due_days · Here must stand a number."


def test_a_row_of_the_workbook_is_not_taken_for_a_line_of_the_file() -> None:
    row = Fault(7, "points", "workbook.missing_value", {}, Place.WORKBOOK)

    with override("zh-hans"):
        assert fault_line(row) == "表格第 7 行 · points · 单元格不能为空。"


def test_a_fault_without_a_line_begins_with_its_key() -> None:
    with override("en"):
        assert (
            fault_line(Fault(None, "pass_mark", "programme.missing_key"))
            == "pass_mark · This key is missing."
        )
