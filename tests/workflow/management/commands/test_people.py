"""manage.py people: the same as for units, and no administrator with two of the three powers."""

from pathlib import Path

from services.workflow.documents.register_sheets import people_workbook
from services.workflow.domain.person_rows import PersonRow
from services.workflow.domain.stages import Role
from services.workflow.models import Office
from tests.workflow.management.commands.test_units import run

NEW = PersonRow(3, "shen", "沈知行", "songxi", Role.TOWN)


def take(folder: Path, *rows: PersonRow) -> tuple[int, list[str]]:
    file = folder / "people.xlsx"
    file.write_bytes(people_workbook(rows))
    return run("import", file, command="people")


def test_people_come_in_with_their_offices(d, tmp_path: Path) -> None:
    assert take(tmp_path, NEW) == (0, ["新建 1 人、任职 1 项，离任 0 项，0 行已相同。"])
    assert Office.objects.filter(member__username="shen", until__isnull=True).count() == 1


def test_two_powers_in_one_hand_are_refused(d, tmp_path: Path) -> None:
    code, lines = take(
        tmp_path, NEW, PersonRow(4, "audit-admin", "audit-admin", "administration", Role.SECURITY_ADMIN)
    )

    assert (code, lines[0]) == (1, "表格第 4 行 · role · 系统、安全、审计三员分设：一人不得兼任其中两员。")
    assert not Office.objects.filter(member__username="shen").exists()


def test_the_export_is_an_import_that_changes_nothing(d, tmp_path: Path) -> None:
    file = tmp_path / "out.xlsx"

    assert run("export", file, command="people") == (0, [])
    code, (line,) = run("import", file, "--lang", "en", command="people")
    assert (code, line[:40]) == (0, "0 people and 0 offices made, 0 offices e")
