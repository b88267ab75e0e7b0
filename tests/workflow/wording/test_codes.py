"""docs/codes.md is what the product says."""

from pathlib import Path

from services.workflow.wording.codes import codes_page
from services.workflow.wording.refusals import SENTENCES

PAGE = Path(__file__).parents[3] / "docs" / "codes.md"


def test_the_page_begins_as_the_command_prints_it():
    ours, mark, _ = PAGE.read_text(encoding="utf-8").partition("\n## The push\n")

    assert (ours, mark) == (codes_page(), "\n## The push\n")


def test_every_code_stands_on_it_once_with_both_languages():
    rows = [line for line in codes_page().splitlines() if line.startswith("| `")]

    assert len(rows) == len(SENTENCES)
    assert "| `login.required` | 401 | 请先登录。 | Please log in first. |" in rows
