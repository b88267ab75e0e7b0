"""When the term of a title ends: counted from its naming, and anew from each day it was retained."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from services.workflow.commands import due, honours
from services.workflow.commands.programmes import publish_version
from services.workflow.domain.actor import SYSTEM
from services.workflow.domain.calendar import start_of_day
from services.workflow.models import Due, Honour, Rectification
from services.workflow.queries.facts import gather
from tests.workflow import cast
from tests.workflow.cast import NOW, District, take

FULL = {"1.1": "40", "1.2": "20", "2.1": "30", "2.2": "10"}
REVIEWED = start_of_day(dt.date(2028, 2, 10))


@pytest.fixture
def three_years(d: District) -> District:
    """The title was earned under a programme with a term of three years, and is re-reviewed every two."""
    rule = replace(cast.DEFINITION.supervision, term_years=3)
    version = publish_version(replace(cast.DEFINITION, supervision=rule), by=SYSTEM, key=None)["version"]
    Honour.objects.filter(pk=d.honour.pk).update(earned_under_id=version)
    cast.set_clock(REVIEWED)
    due.fire_due()
    assert d.honour.status == "under_review"
    return d


def ends(d: District) -> Any:
    rows: list[Any] = [d.honour]
    gather(rows, at=NOW)
    return rows[0].facts.term_ends_on


def open_due(d: District) -> list[tuple[str, dt.datetime]]:
    rows = Due.objects.filter(case_id=d.honour.pk, fired_at=None, cancelled_at=None).exclude(kind="reminder")
    return [(row.kind, row.at) for row in rows]


def step(d: District, name: str, **fields: Any) -> None:
    take("honour", d.honour.pk, name, d.people["office"], reason="说明", **fields)


def test_a_term_begins_with_the_naming(three_years: District) -> None:
    assert ends(three_years) == dt.date(2029, 2, 10)


def test_a_title_that_is_retained_begins_a_new_term_and_its_next_rereview_comes_first(
    three_years: District,
) -> None:
    d = three_years
    honours.score_rereview(d.honour.pk, FULL, by=d.people["office"], key=None)

    step(d, "retain")

    assert ends(d) == dt.date(2031, 2, 10)
    assert open_due(d) == [("rereview", start_of_day(dt.date(2030, 2, 10)))]


def test_what_was_put_right_begins_a_new_term_too(three_years: District) -> None:
    d = three_years
    step(d, "order_rectification", points_text="一条")
    case = Rectification.objects.get(honour=d.honour.pk).pk
    take("rectification", case, "plan", d.people["held"], plan="计划")
    take("rectification", case, "report", d.people["held"], report="报告")

    take("rectification", case, "accept", d.people["office2"], reason="合格")

    assert ends(d) == dt.date(2031, 2, 10)
    assert open_due(d) == [("rereview", start_of_day(dt.date(2030, 2, 10)))]


def test_a_title_that_is_only_warned_lapses_with_the_old_term(three_years: District) -> None:
    d = three_years

    step(d, "warn")

    assert ends(d) == dt.date(2029, 2, 10)
    assert open_due(d) == [("term_end", start_of_day(dt.date(2029, 2, 10)))]
    cast.set_clock(start_of_day(dt.date(2029, 2, 10)))
    due.fire_due()
    assert d.honour.status == "lapsed"
