"""The collector rests for many rows, and is awake afterwards, whatever happened."""

import gc

import pytest

from services.workflow.commands.collector import MANY, collector_rests


def test_it_rests_for_many_rows_and_not_for_a_few():
    with collector_rests(MANY):
        resting = gc.isenabled()
    with collector_rests(MANY - 1):
        awake = gc.isenabled()

    assert (resting, awake, gc.isenabled()) == (False, True, True)


def test_of_two_at_once_the_last_wakes_it():
    first, second = collector_rests(MANY), collector_rests(MANY)
    first.__enter__()
    second.__enter__()
    first.__exit__(None, None, None)
    assert not gc.isenabled()

    second.__exit__(None, None, None)
    assert gc.isenabled()


def test_a_refusal_wakes_it():
    with pytest.raises(LookupError), collector_rests(MANY):
        raise LookupError

    assert gc.isenabled()


def test_where_it_was_off_it_stays_off():
    gc.disable()
    try:
        with collector_rests(MANY):
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
