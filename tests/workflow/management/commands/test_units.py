"""manage.py units: template, export, dry run, import, and the workbook that comes back."""

import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from services.workflow.documents.register_sheets import units_workbook
from services.workflow.documents.sheet_rows import table_of
from services.workflow.domain.stages import UnitKind
from services.workflow.domain.unit_rows import UnitRow
from services.workflow.models import Unit


def run(*arguments: object, command: str = "units") -> tuple[int, list[str]]:
    """The exit code and every line printed, whichever way."""
    out = io.StringIO()
    code = 0
    try:
        call_command(command, *map(str, arguments), stdout=out, stderr=out, no_color=True)
    except SystemExit as ended:
        code = int(str(ended.code))
    return code, out.getvalue().splitlines()


def sheet(folder: Path, parent: str) -> Path:
    file = folder / "units.xlsx"
    file.write_bytes(units_workbook([UnitRow(3, "hexi", "河西街道", UnitKind.TOWN, parent)]))
    return file


def test_an_import_is_tried_done_and_done_again(d, tmp_path: Path) -> None:
    file = sheet(tmp_path, "yunling")

    assert run("import", file, "--dry-run") == (0, ["将新建 1 个，将变更 0 个，0 个已相同。未写入。"])
    assert run("import", file) == (0, ["新建 1 个，变更 0 个，0 个已相同。"])
    assert run("import", file, "--lang", "en") == (0, ["0 made, 0 changed, 1 already so."])


def test_faults_are_printed_and_stand_in_the_returned_workbook(d, tmp_path: Path) -> None:
    file = sheet(tmp_path, "nowhere")

    code, lines = run("import", file)

    returned = tmp_path / "units-returned.xlsx"
    assert (code, lines) == (
        1,
        ["表格第 3 行 · parent · 系统和本表中都没有单位“nowhere”。", f"已标出错误单元格的表格：{returned}"],
    )
    assert table_of(returned.read_bytes())[2][-1] == "parent: 系统和本表中都没有单位“nowhere”。"
    assert not Unit.objects.filter(code="hexi").exists()


def test_the_export_is_an_import_that_changes_nothing(d, tmp_path: Path) -> None:
    file = tmp_path / "out.xlsx"

    assert run("export", file) == (0, [])
    assert run("import", file, "--lang", "en") == (
        0,
        [f"0 made, 0 changed, {Unit.objects.count()} already so."],
    )


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"none\.xlsx"):
        run("import", tmp_path / "none.xlsx")
