"""docs/flows/ is what the flows are."""

from pathlib import Path

import pytest

from services.workflow.management.commands.flows import drawings

FOLDER = Path(__file__).parents[4] / "docs" / "flows"
KINDS = ("clearance", "countersign", "scoring", "vote", "finding")


@pytest.mark.parametrize("name", [f"{mode}.{kind}" for mode in KINDS for kind in ("bpmn", "svg")])
def test_a_drawing_is_the_one_in_the_docs(name: str) -> None:
    assert (FOLDER / name).read_text(encoding="utf-8") == drawings()[name]


def test_no_flow_is_left_out() -> None:
    assert {path.name for path in FOLDER.iterdir() if path.name != "README.md"} == set(drawings())
