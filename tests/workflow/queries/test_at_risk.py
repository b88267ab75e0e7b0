"""Titles at risk, each with what speaks against it."""

import datetime as dt
from decimal import Decimal

import pytest

from services.workflow.models import Honour, Incident
from services.workflow.queries.at_risk import Risk, at_risk
from tests.workflow import cast
from tests.workflow.cast import NOW, VETO

TODAY = NOW.date()


def risks(d, who="office"):
    return {one.honour.pk: one.risks for one in at_risk(d.people[who], TODAY)}


def incident(d, on):
    unit, by = d.units["held"], d.people["dep-police"].office_id
    Incident.objects.create(unit_id=unit, kind="fire", happened_on=on, basis="函", reported_by_id=by, at=NOW)


def test_a_title_that_nothing_speaks_against_is_not_there(d):
    assert risks(d) == {}


@pytest.mark.parametrize(("points", "found"), [("91.99", True), ("92.00", False)])
def test_a_score_close_to_the_mark(d, points, found):
    Honour.objects.update(points=Decimal(points))

    assert risks(d) == ({d.honour.pk: (Risk("close", Decimal(points)),)} if found else {})


@pytest.mark.parametrize(("on", "found"), [(TODAY, True), (TODAY - dt.timedelta(days=365), False)])
def test_an_incident_within_a_year(d, on, found):
    incident(d, on)

    assert risks(d) == ({d.honour.pk: (Risk("incident", Decimal(1)),)} if found else {})


def test_an_open_veto_on_a_declaration_of_its_unit(d):
    honour = d.honour.pk
    cast.take(
        "declaration", d.cases["preliminary"], "raise_veto", d.people["dep-police"], reason="函告", **VETO
    )
    Honour.objects.filter(pk=honour).update(unit_id=d.units["preliminary"])

    assert risks(d) == {honour: (Risk("veto", Decimal(1)),)}


def test_strangers_see_none(d):
    incident(d, TODAY)

    assert (risks(d, "north-office"), risks(d, "idle")) == ({}, {})


def test_a_warned_title_has_its_card_instead(d):
    incident(d, TODAY)
    cast.take("honour", d.honour.pk, "open_rereview", d.people["office"])
    cast.take("honour", d.honour.pk, "warn", d.people["office"], reason="警告")

    assert risks(d) == {}
