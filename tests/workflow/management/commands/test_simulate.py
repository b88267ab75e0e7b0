"""`manage.py simulate`."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection

from services.workflow.management.simulation import database
from services.workflow.models import Unit


def test_the_database_in_use_is_never_played_in(d):
    before = Unit.objects.count()

    with pytest.raises(CommandError, match="正在使用"):
        call_command("simulate", database=connection.settings_dict["NAME"])

    assert Unit.objects.count() == before


@pytest.mark.parametrize("given", [{"years": 0}, {"units": 0}, {"years": 21}, {"units": 5001}])
def test_a_size_out_of_range_is_refused(d, given):
    with pytest.raises(CommandError, match="超出范围"):
        call_command("simulate", **given)


def test_a_database_that_somebody_uses_is_refused(d, monkeypatch):
    def used(name: str, *, keep: bool) -> None:
        raise database.NotEmpty

    monkeypatch.setattr("services.workflow.management.commands.simulate.of_its_own", used)

    with pytest.raises(CommandError, match="不是空的"):
        call_command("simulate", stderr=StringIO())
