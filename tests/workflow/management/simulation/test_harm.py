"""Harm done on purpose is told by the check of the invariants."""

from services.workflow.management.simulation.counting import count
from services.workflow.management.simulation.harm import lose_an_entry
from services.workflow.management.simulation.running import FIRST_YEAR
from services.workflow.queries.invariants import Violation


def test_a_lost_entry_and_the_dropped_trigger_are_told(run):
    case = lose_an_entry()

    violated = count(range(FIRST_YEAR, FIRST_YEAR + 1)).violated
    assert {one.code for one in violated} >= {"ledger_row", "trigger_missing"}
    assert [one.about for one in violated if one.code == "ledger_row"] == [case]
    assert Violation("trigger_missing", 0, "honour") in violated
