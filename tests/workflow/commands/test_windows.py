"""Deciding, tabling and naming outside the period that the programme sets, by each of its rules."""

import datetime as dt
from typing import Any

import pytest

from services.workflow.domain.programme_rules import Outside, Window
from services.workflow.models import Edition
from tests.workflow import cast
from tests.workflow.cast import District, take
from tests.workflow.commands.refusing import refusal

OPENS, CLOSES = dt.date(2026, 3, 10), dt.date(2026, 3, 20)  # the cast stands on 2 March
TOLD = {"code": "edition.outside_evaluating", "opens_on": "2026-03-10", "closes_on": "2026-03-20"}


def bound(d: District, outside: Outside) -> None:
    """The edition's evaluation and naming lie within these days, whatever the programme proposed for a year."""
    cast.rule(d, evaluating=Window("03-10", "09-30", outside), naming=Window("11-01", "12-31", outside))
    Edition.objects.filter(pk=d.edition).update(
        evaluation_opens_on=OPENS, evaluation_closes_on=CLOSES, naming_opens_on=OPENS, naming_closes_on=CLOSES
    )


def decide(d: District, reason: str = "") -> dict[str, Any]:
    return take("declaration", d.cases["decision"], "decide", d.people["committee1"], reason=reason)


def confer(d: District, reason: str = "") -> dict[str, Any]:
    return take("declaration", d.cases["naming"], "confer", d.people["office"], reason=reason)


def test_a_warning_goes_with_the_act_that_is_taken(d: District) -> None:
    bound(d, Outside.WARN)

    told, named = decide(d), confer(d)

    assert (told["place"], told["warnings"]) == ("notice", [{**TOLD, "rule": "warn"}])
    assert (named["place"], named["warnings"][0]["code"]) == ("named", "edition.outside_naming")


@pytest.mark.parametrize("act", [decide, confer])
def test_a_reason_is_asked_for_and_lets_the_act_be_taken(d: District, act: Any) -> None:
    bound(d, Outside.REASON)

    without = refusal(act, d)

    assert without == "edition.outside_without_reason"
    assert act(d, "会议推迟")["warnings"][0]["rule"] == "reason"


@pytest.mark.parametrize(("act", "code"), [(decide, "evaluating"), (confer, "naming")])
def test_what_is_refused_is_refused_with_a_reason_too(d: District, act: Any, code: str) -> None:
    bound(d, Outside.REFUSE)

    assert refusal(act, d, "会议推迟") == f"edition.outside_{code}"


def test_no_slate_goes_before_the_bodies_outside_a_window_that_refuses(d: District) -> None:
    bound(d, Outside.REFUSE)

    assert refusal(cast.table, d, [d.cases["assessment"]]) == "edition.outside_evaluating"
    assert cast.table(d, [d.cases["clearance"]]) > 0


@pytest.mark.parametrize("outside", [Outside.WARN, Outside.REASON])
def test_a_slate_is_tabled_where_acting_is_allowed_at_all(d: District, outside: Outside) -> None:
    bound(d, outside)

    assert cast.table(d, [d.cases["assessment"]]) > 0


@pytest.mark.parametrize("day", [OPENS, CLOSES])
def test_both_days_of_a_window_belong_to_it(d: District, day: dt.date) -> None:
    bound(d, Outside.REFUSE)
    cast.set_clock(dt.datetime.combine(day, dt.time(1), dt.UTC))

    assert "warnings" not in decide(d)
    assert "warnings" not in confer(d)
