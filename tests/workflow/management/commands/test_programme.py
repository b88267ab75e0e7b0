"""manage.py programme: what it prints, how it ends, and that checking needs no database."""

import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from services.workflow.documents.spreadsheets import standard_rows
from services.workflow.domain.definition_codec import content_hash, definition_from_dict
from services.workflow.domain.definition_file import read
from services.workflow.domain.json_schema import schema_text
from services.workflow.domain.stages import UnitKind
from services.workflow.models import Member, Office, Programme, ProgrammeVersion, Unit
from services.workflow.programmes.examples import FOLDERS
from services.workflow.programmes.examples import WORKBOOK as NAME
from services.workflow.queries.clock import now
from tests.workflow.documents.workbooks import workbook

FILE = FOLDERS / "wenming-000/programme.toml"
WORKBOOK = FILE.with_name(NAME)
TEXT = FILE.read_text(encoding="utf-8")


def run(*arguments: object) -> tuple[int, list[str]]:
    """The exit code and every line printed, whichever way."""
    out = io.StringIO()
    code = 0
    try:
        call_command("programme", *map(str, arguments), stdout=out, stderr=out, no_color=True)
    except SystemExit as ended:
        code = int(str(ended.code))
    return code, out.getvalue().splitlines()


def test_a_sound_file_passes_and_its_gaps_are_listed() -> None:
    assert run("check", FILE) == (
        0,
        ["尚有缺口：第 2、3、4、5、6 项；补齐之前不能开启批次。", "没有错误，可以办理到底。"],
    )


def test_a_file_with_its_workbook_has_no_gap_and_says_what_is_an_example() -> None:
    assert run("check", FILE, "--standard", WORKBOOK, "--lang", "en") == (
        0,
        ["The standard contains rows marked as examples.", "No faults; it can be run to its end."],
    )


def test_every_fault_is_printed_by_line_and_key_and_the_exit_code_is_one(tmp_path: Path) -> None:
    broken = tmp_path / "programme.toml"
    broken.write_text(TEXT.replace("points = 18", "points = 18.01").replace("[supervision]", "[supervisory]"))

    code, lines = run("check", broken, "--lang", "en")

    at = {name: TEXT[: TEXT.index(name)].count("\n") + 1 for name in ("[supervision]", "points = 18")}
    assert code == 1
    assert [line.split(" · ")[:2] for line in lines] == [
        ["Line 1", "supervision"],
        [f"Line {at['[supervision]']}", "supervisory"],
        [f"Line {at['points = 18']}", "standard.indicators[1].points"],
    ]


def test_faults_of_file_and_workbook_come_together(tmp_path: Path) -> None:
    broken, sheet = tmp_path / "programme.toml", tmp_path / "standard.xlsx"
    broken.write_text(TEXT.replace("first_year = 2003", 'first_year = "2003"'))
    columns = ["indicator", "indicator_name", "indicator_points", "criterion", "name", "points", "scorer"]
    sheet.write_bytes(workbook(columns, ["2", "环境", 16, "2.1", "绿化", "四", "dep-urban"]))

    code, lines = run("check", broken, "--standard", sheet)

    assert code == 1
    assert [line.split(" · ")[1:] for line in lines] == [
        ["first_year", "此处应为整数。"],
        ["points", "“四”不是数字。"],
    ]


def test_a_file_in_another_encoding_is_said_with_its_line(tmp_path: Path) -> None:
    other = tmp_path / "programme.toml"
    other.write_bytes('code = "a"\nname = "文明"\n'.encode("gb18030"))

    assert run("check", other) == (1, ["第 2 行 · 文件不是 UTF-8 编码。"])


def test_a_workbook_that_is_none_is_refused(tmp_path: Path) -> None:
    assert run("check", FILE, "--standard", FILE) == (1, ["不是可读的 XLSX 表格。"])


def test_a_file_that_is_not_there_is_said_by_name() -> None:
    with pytest.raises(CommandError, match=r"^/nowhere\.toml: "):
        run("check", "/nowhere.toml")


def test_the_template_is_a_workbook_for_the_gaps(tmp_path: Path) -> None:
    out = tmp_path / "template.xlsx"

    assert run("template", FILE, out) == (0, [])

    sheet = standard_rows(out.read_bytes())
    assert sheet.rows == ()
    assert {fault.line for fault in sheet.faults} == {3, 4, 5, 6, 7}


@pytest.fixture
def units(db: None) -> None:
    """The units that the programme names, in one district."""
    district = Unit.objects.create(code="yunling", name="云岭区", kind=UnitKind.DISTRICT)
    for unit in read(TEXT).units:
        if unit.code != district.code:
            Unit.objects.create(
                code=unit.code, name=unit.name, kind=unit.kind, parent=district, district=district
            )


@pytest.fixture
def people(units: None) -> None:
    """Three people in every seat that the programme asks, as it has to be before a version is published."""
    definition = read(TEXT)
    for body in {body for body in definition.bodies() if not body.is_relative}:
        for n in range(3):
            name = f"{body.unit}-{body.role}-{n}"
            member = Member.objects.create(username=name, name=name, password="!")
            unit = Unit.objects.get(code=body.unit)
            Office.objects.create(member=member, unit=unit, role=str(body.role), name=name, since=now())


@pytest.mark.usefixtures("units")
def test_nothing_is_published_that_nobody_could_run(tmp_path: Path) -> None:
    """The units are there and nobody in them: each flaw is told with the way to it."""
    code, lines = run("load", FILE, "--lang", "en")

    assert (code, ProgrammeVersion.objects.count()) == (1, 0)
    assert lines[1] == "The programme cannot be run as it stands:"
    assert any(line.endswith("nobody holds the role department.") for line in lines[2:])


@pytest.mark.usefixtures("people")
def test_loading_publishes_what_was_checked_and_the_same_content_once() -> None:
    definition = read(TEXT, standard_rows(WORKBOOK.read_bytes()).rows)
    digest = content_hash(definition)

    first = run("load", FILE, "--standard", WORKBOOK)
    second = run("load", FILE, "--standard", WORKBOOK)

    said = [0, ["评分细则中有标为“示例”的条目。", f"已发布为第 1 版，{digest}。"]]
    assert [list(first), list(second)] == [said, said]
    (version,) = ProgrammeVersion.objects.all()
    assert (version.number, version.content_hash) == (1, digest)
    assert definition_from_dict(version.definition) == definition


@pytest.mark.usefixtures("people")
def test_a_changed_file_becomes_the_next_version(tmp_path: Path) -> None:
    changed = tmp_path / "programme.toml"
    changed.write_text(TEXT.replace("pass_mark = 90", "pass_mark = 92"))

    run("load", FILE)
    code, lines = run("load", changed, "--lang", "en")

    assert code == 0 and lines[-1].startswith("Published as version 2, ")
    numbers = ProgrammeVersion.objects.order_by("number").values_list("number", "definition__pass_mark")
    assert list(numbers) == [(1, "90"), (2, "92")]


@pytest.mark.usefixtures("units")
def test_nothing_is_published_from_a_file_with_a_fault(tmp_path: Path) -> None:
    broken = tmp_path / "programme.toml"
    broken.write_text(TEXT.replace("points = 18", "points = 18.01"))

    code, _ = run("load", broken)

    assert (code, Programme.objects.count(), ProgrammeVersion.objects.count()) == (1, 0, 0)


def test_a_file_that_leads_nowhere_is_told_with_the_way_and_the_exit_code_is_one(tmp_path: Path) -> None:
    dead = tmp_path / "programme.toml"
    dead.write_text(
        TEXT.replace('stage = "eligibility"\nmode = "single"', 'stage = "eligibility"\nmode = "vote"')
    )

    code, lines = run("check", dead, "--lang", "en")

    assert code == 1
    assert lines[1] == "The programme cannot be run as it stands:"
    assert lines[2].split(" · ") == [
        " → ".join(
            (
                "自我申报(declare)",
                "街镇初评(preliminary)",
                "部门审查(clearance)",
                "联合审议(joint_review)",
                "审定资格(confirmation)",
            )
        ),
        "No step leads on from a leg with the stage “eligibility” and the mode “vote”.",
    ]


def test_the_bodies_are_looked_for_in_the_organisation(d) -> None:
    Unit.objects.filter(code="dep-health").update(code="dep-gone")

    code, lines = run("check", FILE, "--organisation", "--lang", "en")

    assert code == 1
    assert any(line.endswith("The organisation has no unit “dep-health”.") for line in lines)


def test_a_file_is_tried_out_without_a_database() -> None:
    code, lines = run("try", FILE, "--standard", WORKBOOK)

    assert code == 0
    assert lines[0] == "自我申报(自我申报) | 无不利情形 | 提交申报 | 申报员(subject) | → 街镇初评(初评)"
    assert lines[-1].startswith(f"共 {len(lines) - 1} 行；申报的结局：")


def test_two_files_are_told_apart_by_key(tmp_path: Path) -> None:
    newer = tmp_path / "programme.toml"
    newer.write_text(TEXT.replace("pass_mark = 90", "pass_mark = 85"))

    assert run("difference", FILE, newer) == (0, ["pass_mark · 改动 · 90 → 85"])
    assert run("difference", FILE, FILE, "--lang", "en") == (0, ["No differences."])


def test_the_schema_is_printed_and_nothing_else() -> None:
    out = io.StringIO()

    call_command("programme", "schema", stdout=out)

    assert out.getvalue() == schema_text()
