"""Harm done on purpose is told by the check of the invariants."""

import pytest
from django.db import connection

from services.workflow.management.simulation.counting import count
from services.workflow.management.simulation.harm import HARMS, NothingToHarm, do_harm
from services.workflow.management.simulation.running import FIRST_YEAR
from services.workflow.queries.invariants import Violation, names


@pytest.mark.parametrize("kind", HARMS)
def test_each_kind_of_harm_is_told(run, kind):
    case = do_harm(kind)

    violated = count(range(FIRST_YEAR, FIRST_YEAR + 1)).violated
    assert {one.code for one in violated} >= HARMS[kind].breaks
    assert case in {one.about for one in violated}


def test_a_lost_entry_is_told_of_the_one_case_and_the_trigger_of_its_kind(run):
    case = do_harm("entry")

    violated = count(range(FIRST_YEAR, FIRST_YEAR + 1)).violated
    assert [one.about for one in violated if one.code == "ledger_row"] == [case]
    assert Violation("trigger_missing", 0, "honour") in violated


def test_where_nothing_can_be_harmed_it_is_said(run):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE due SET fired_at = NULL")

    with pytest.raises(NothingToHarm):
        do_harm("due")


def test_what_is_broken_is_an_invariant():
    assert frozenset().union(*(harm.breaks for harm in HARMS.values())) <= set(names())
