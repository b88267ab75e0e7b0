"""A department reports an incident on its page; the title that the unit holds goes under review."""

import datetime as dt
from dataclasses import replace

import pytest

from services.workflow.commands.programmes import publish_version
from services.workflow.domain.actor import SYSTEM
from services.workflow.domain.programme_rules import NegativeRule
from services.workflow.models import Incident, ReReview
from tests.workflow.cast import DEFINITION
from tests.workflow.web.desk import Desk, words

PAGE = "/supervision/incidents"
LISTED = replace(DEFINITION, negative_list=(NegativeRule("fire", "重大火灾", "dep-police"),))
GIVEN = {"unit": "held", "kind": "fire", "happened_on": "2026-03-01", "basis": "消防〔2026〕3号"}


@pytest.fixture
def listed(d):
    publish_version(LISTED, by=SYSTEM, key=None)
    return d


def test_an_incident_is_reported_and_listed(listed):
    desk = Desk("dep-police")

    answer = desk.send(PAGE, **GIVEN)

    assert answer.status_code == 302
    row = Incident.objects.get()
    assert (row.unit.code, row.kind, row.happened_on, row.basis) == (
        "held", "fire", dt.date(2026, 3, 1), "消防〔2026〕3号",
    )  # fmt: skip
    assert "重大火灾" in words(desk.get(PAGE))


@pytest.mark.parametrize(
    ("given", "status"),
    [({"happened_on": "2026-03-03"}, 422), ({"unit": "没有这个单位"}, 422), ({"basis": ""}, 422)],
)
def test_what_cannot_be_is_said_and_nothing_is_kept(listed, given, status):
    answer = Desk("dep-police").send(PAGE, **{**GIVEN, **given})

    assert answer.status_code in {status, 404} and not Incident.objects.exists()


@pytest.mark.parametrize("who", ["office", "songxi", "held"])
def test_only_departments_report(listed, who):
    assert Desk(who).get(PAGE).status_code in {403, 422}


def test_an_entry_the_title_was_not_earned_under_opens_no_review(listed):
    Desk("dep-police").send(PAGE, **GIVEN)

    assert not ReReview.objects.exists()
