"""`manage.py simulate`."""

import re
from collections.abc import Iterator
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from pytest_django import DjangoDbBlocker

from services.workflow.management.simulation import database
from services.workflow.models import Unit
from tests.workflow.databases import copy_of


@pytest.fixture
def empty(transactional_db: None, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """A database that nobody uses, with its tables made already."""
    with django_db_blocker.unblock():
        connection.close()
        with copy_of(str(connection.settings_dict["NAME"])) as name:
            yield name


def test_a_database_that_is_harmed_after_the_run_ends_it_with_1_and_the_names_of_what_is_violated(empty):
    """A year of six units is played for it, since only a run that ends can be harmed: some seconds."""
    told, errors = StringIO(), StringIO()

    with pytest.raises(SystemExit) as ended:
        call_command(
            "simulate", "--years=1", "--units=6", f"--database={empty}", "--break", "entry",
            stdout=told, stderr=errors,
        )  # fmt: skip

    assert ended.value.code == 1
    [case] = re.findall(r"--break entry: (\d+)", errors.getvalue())
    assert "2 violated: ledger_row, trigger_missing" in errors.getvalue()
    assert f"- `ledger_row` {case}: " in told.getvalue()
    assert "- `trigger_missing` 0: honour" in told.getvalue()


def test_an_unknown_kind_of_harm_is_refused(d):
    with pytest.raises(CommandError, match="invalid choice: 'luck'"):
        call_command("simulate", "--break", "luck")


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
