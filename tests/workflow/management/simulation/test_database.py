"""A database of its own, and never one that somebody uses."""

import pytest
from django.db import connection

from services.workflow.management.simulation.database import NotEmpty, check_empty, of_its_own
from services.workflow.models import Unit


def test_what_holds_units_is_refused_and_left_as_it_is(run):
    before = Unit.objects.count()

    with pytest.raises(NotEmpty):
        check_empty()
    name = connection.settings_dict["NAME"]
    with pytest.raises(NotEmpty), of_its_own(name):
        raise AssertionError

    assert (connection.settings_dict["NAME"], Unit.objects.count()) == (name, before)
