"""House rules that a tool can read off the source."""

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import chain
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
WORKFLOW = ROOT / "services/workflow"
CODE = sorted(
    path
    for path in chain((ROOT / "services").rglob("*.py"), (ROOT / "deploy").rglob("*.py"))
    if "migrations" not in path.parts
)
TESTS = sorted((ROOT / "tests").rglob("*.py"))
FILE_MOST, TEST_FILE_MOST, FUNCTION_MOST = 300, 400, 60
# The writer of places: the step in memory is taken by the machine, the row is written by the statement.
WRITERS = {"commands/advance.py", "commands/writing.py"}
CASES = {"Declaration", "Honour", "Notice", "Objection", "Rectification", "Programme"}
PLACES = {"stage", "status"}
REASONS = ("slow import", "app ready")
CLOCKS = {
    "datetime": {"now", "today", "utcnow"},
    "date": {"today"},
    "timezone": {"now"},
    "time": {"time", "time_ns"},
}
Function = ast.FunctionDef | ast.AsyncFunctionDef
# Where a clock of the process is asked all the same, and why it decides nothing there.
OWN_CLOCKS: dict[str, str] = {}


def name_of(path: Path) -> str:
    return (
        path.relative_to(WORKFLOW).as_posix()
        if WORKFLOW in path.parents
        else path.relative_to(ROOT).as_posix()
    )


@dataclass(frozen=True)
class Seen:
    """What the rules below ask of one file; a thousand files are parsed and walked once for all of them."""

    places: list[int]
    clocks: list[str]
    long: list[str]
    unreasoned: list[int]


@cache
def seen(path: Path) -> Seen:
    text = path.read_text(encoding="utf-8")
    nodes = list(ast.walk(ast.parse(text)))
    functions = [node for node in nodes if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    return Seen(
        places=list(places_written(nodes)),
        clocks=sorted(clocks_asked(nodes)),
        long=[f"{each.lineno} {each.name}" for each in functions if length(each) > FUNCTION_MOST],
        unreasoned=sorted(unreasoned(functions, text.splitlines())),
    )


def walked(line: str) -> list[ast.AST]:
    return list(ast.walk(ast.parse(line)))


def places_written(nodes: Iterable[ast.AST]) -> Iterator[int]:
    """Lines that give a case its place: an attribute that is set, or a keyword of a query's update or of a model."""
    for node in nodes:
        if isinstance(node, ast.Assign | ast.AnnAssign | ast.AugAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            for target in targets:
                if isinstance(target, ast.Attribute) and target.attr in {*PLACES, "leg"}:
                    yield node.lineno
        if (
            isinstance(node, ast.Call)
            and called(node) in {"update", "setattr", "bulk_update", "create", *CASES}
            and writes_case(node)
            and {keyword.arg for keyword in node.keywords} & PLACES
        ):
            yield node.lineno


def called(node: ast.Call) -> str:
    function = node.func
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def writes_case(node: ast.Call) -> bool:
    """Whether a query or a model of a case is meant: rounds and other rows have a status of their own."""
    return bool({n.id for n in ast.walk(node.func) if isinstance(n, ast.Name)} & CASES)


def test_a_place_is_written_in_one_file_only() -> None:
    """The machines set the leg of the row in memory; nothing but the writer sets a stage or a status."""
    machines = {"models/lifecycle/declaration.py", "models/lifecycle/rescoring.py"}
    unsaved = {"queries/specimen.py"}  # a row in memory that a definition is tried out with

    found = {
        name_of(path): lines for path in CODE if WORKFLOW in path.parents and (lines := seen(path).places)
    }

    assert found.keys() <= WRITERS | machines | unsaved, found


@pytest.mark.parametrize(
    "line",
    [
        "case.stage = 'named'",
        "row.status = 'held'",
        "Declaration.objects.filter(pk=1).update(stage='named')",
        "Honour(status='held')",
        "Notice.objects.create(status='released')",
    ],
)
def test_the_scan_sees(line: str) -> None:
    assert list(places_written(walked(line))) == [1]


@pytest.mark.parametrize(
    "line",
    ["Round.objects.update(status='DONE')", "Honour.objects.filter(status='held')", "stage = case.stage"],
)
def test_the_scan_passes_over(line: str) -> None:
    assert list(places_written(walked(line))) == []


@pytest.mark.parametrize(
    ("paths", "most"), [(CODE, FILE_MOST), (TESTS, TEST_FILE_MOST)], ids=["code", "tests"]
)
def test_files_are_short(paths: list[Path], most: int) -> None:
    lengths = {
        path.relative_to(ROOT).as_posix(): len(path.read_text(encoding="utf-8").splitlines())
        for path in paths
    }

    assert {name: length for name, length in lengths.items() if length > most} == {}


def length(function: Function) -> int:
    return (function.end_lineno or function.lineno) - function.lineno + 1


def test_functions_are_short() -> None:
    long = {f"{path.relative_to(ROOT)}:{each}" for path in [*CODE, *TESTS] for each in seen(path).long}

    assert long == set()


def clocks_asked(nodes: Iterable[ast.AST]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            owner = node.func.value
            name = owner.attr if isinstance(owner, ast.Attribute) else getattr(owner, "id", "")
            if node.func.attr in CLOCKS.get(name, ()):
                yield f"{name}.{node.func.attr}"


def test_the_clock_is_asked_of_the_database() -> None:
    found = {
        name_of(path): asked for path in CODE if WORKFLOW in path.parents and (asked := seen(path).clocks)
    }

    assert found.keys() == OWN_CLOCKS.keys(), found


@pytest.mark.parametrize(
    "line", ["datetime.now(UTC)", "dt.datetime.now()", "timezone.now()", "date.today()", "time.time()"]
)
def test_the_scan_hears(line: str) -> None:
    assert list(clocks_asked(walked(line))) != []


def test_an_import_inside_a_function_carries_its_reason() -> None:
    """Counted in workflow, notify and deploy alike: a cycle hidden in a function is a cycle."""
    bare = [f"{path.relative_to(ROOT)}:{line}" for path in CODE for line in seen(path).unreasoned]

    assert bare == []


def unreasoned(functions: Iterable[Function], lines: list[str]) -> set[int]:
    """Lines of imports inside functions that do not say why."""
    inner = {
        node
        for function in functions
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    }
    return {
        node.lineno
        for node in inner
        if not any(reason in "\n".join(lines[node.lineno - 1 : node.end_lineno]) for reason in REASONS)
    }


def test_the_scan_of_imports_wants_a_reason() -> None:
    text = "def f():\n    import json\n    import csv  # slow import\n"
    functions = [node for node in walked(text) if isinstance(node, ast.FunctionDef)]

    assert unreasoned(functions, text.splitlines()) == {2}


# One test file for one source file. These are tried through what calls them; the list may only grow shorter.
TRIED_BY_CALLERS = {
    "domain": "",
    "web/designer": "differences_shown fields parts route_part standard_part",
    "documents": "figure_sheets minutes papers",
    "commands": "bell deciding fields first_admin holding_work incidents leading lines marks measuring_many"
    " papers rectifications refusing sealing signals task_due transaction writing",
    "queries": "bars case_page clock conflicts copied cosigners definitions deliveries drafts due_soon facts"
    " figures having honour_facts honour_page keepsakes moving negative_lists notice_legs notice_page objection_page"
    " own_check paper_votes papers people places preferences public_notices published ranking registered round_notes"
    " side_acts slate_page specimen standings supervision sustained task_page transparency units work_page",
}


def without_tests(room: str) -> set[str]:
    """The modules of a room that have no test file of their own."""
    modules = {path.stem for path in (WORKFLOW / room).glob("*.py")} - {"__init__"}
    tried = {path.stem.removeprefix("test_") for path in (ROOT / "tests/workflow" / room).glob("test_*.py")}
    return modules - tried


@pytest.mark.parametrize("room", TRIED_BY_CALLERS)
def test_a_module_has_a_test_file_of_its_own(room: str) -> None:
    assert without_tests(room) - set(TRIED_BY_CALLERS[room].split()) == set()
