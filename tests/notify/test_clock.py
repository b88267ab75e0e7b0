import time

import pytest

from services.notify.clock import DatabaseClock


def test_the_database_s_time_goes_on_between_two_readings():
    clock = DatabaseClock()
    asked = time.monotonic()

    clock.measured(5000.0, asked=asked, answered=asked + 0.5)

    assert clock.now() == pytest.approx(5000.0 + (time.monotonic() - asked - 0.25), abs=0.05)


def test_it_is_unknown_before_the_first_reading():
    assert not DatabaseClock().known
