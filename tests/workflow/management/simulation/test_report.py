"""The report as a page, and the flow as a picture."""

from xml.etree import ElementTree

from services.workflow.management.simulation.counting import COUNTED, Counted
from services.workflow.management.simulation.harm import HARMS
from services.workflow.management.simulation.picture import picture
from services.workflow.management.simulation.report import HARM_WORDS, WORDS, Run, report
from services.workflow.management.simulation.running import Scenario
from services.workflow.queries.invariants import Violation, names

YEARS = {
    2027: dict.fromkeys((*COUNTED, "late"), 1) | {"declared": 12},
    2028: dict.fromkeys((*COUNTED, "late"), 2),
}
FLOW = {("declaration", "draft", "preliminary_review"): 12, ("honour", "held", "under_review"): 3}
RUN = Run(Scenario(2, 20, 7), "0.1.0", 33.3, {"declaration.banned": 4})


def counted(*violated: Violation) -> Counted:
    return Counted(YEARS, FLOW, 265, 43, 216, violated)


def test_the_page_says_with_what_it_was_made_and_sums_the_years():
    page = report(RUN, counted(), picture="images/simulation.svg")

    assert "`manage.py simulate --years 2 --units 20 --seed 7`" in page
    assert "| 申报 | 12 | 2 | 14 |" in page
    assert "| `declaration.banned` | 4 |" in page
    assert f"共核对 {len(names())} 项，违反 0 项" in page
    assert "(images/simulation.svg)" in page


def test_every_column_that_is_counted_has_its_word():
    assert WORDS.keys() == {*COUNTED, "late"}


def test_every_kind_of_harm_is_told_with_what_it_breaks():
    page = report(RUN, counted())

    assert HARM_WORDS.keys() == HARMS.keys()
    assert f"| `entry` | {HARM_WORDS['entry']} | `ledger_row`, `trigger_missing` |" in page
    assert f"| `due` | {HARM_WORDS['due']} | `due_not_fired` |" in page


def test_a_violation_is_named():
    page = report(RUN, counted(Violation("ledger_row", 5, "seq 3"), Violation("ledger_row", 6, "seq 2")))

    assert "违反 1 项" in page and "- `ledger_row` 5: seq 3\n- `ledger_row` 6: seq 2" in page


def test_the_picture_is_drawn_with_the_ways_that_were_taken():
    root = ElementTree.fromstring(picture(counted(), "两年"))
    space = "{http://www.w3.org/2000/svg}"

    numbers = [each.text for each in root.iter(f"{space}text") if each.get("class") == "n"]
    assert numbers == ["12", "3", "3"]
    words = {each.text for each in root.iter(f"{space}text")}
    assert {"街镇初评", "复评中", "已取消"} <= words
