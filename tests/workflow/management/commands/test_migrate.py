"""Migrating draws the models of the past without their machines."""

from django.core.management import get_commands
from django.db import models
from django.db.migrations.state import ModelState, StateApps
from django.db.models.signals import class_prepared
from django_fsm import FSMField

from services.workflow.management.commands.migrate import nobody_listens

PAST = ModelState("past", "Case", [("id", models.BigAutoField(primary_key=True)), ("stage", FSMField())])


def listening() -> int:
    return len(class_prepared.receivers)


def test_a_model_of_the_past_asks_for_nothing_while_migrating() -> None:
    before = listening()

    with nobody_listens():
        kept = StateApps([], {("past", "case"): PAST})
        within = listening()
    drawn_after = StateApps([], {("past", "case"): PAST})

    assert (within, listening()) == (before, before + 1)
    assert kept.get_model("past", "Case") is not drawn_after.get_model("past", "Case")


def test_the_command_is_the_products_own() -> None:
    assert get_commands()["migrate"] == "services.workflow"
