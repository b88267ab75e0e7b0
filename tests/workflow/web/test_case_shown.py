"""A case in words: where it is, what it scored, how it went."""

from typing import Any

import pytest

from services.workflow.models import Declaration
from services.workflow.queries.case_course import course_of
from services.workflow.queries.case_page import one_case
from services.workflow.queries.history import history_of
from services.workflow.web import case_shown as shown
from services.workflow.web.deadlines import today
from tests.workflow import cast


def row_of(d, code) -> Any:
    return one_case(d.people["office"], Declaration, d.cases[code], "unit__town", "edition", "waiting_unit")


@pytest.mark.parametrize(
    ("code", "states"),
    [
        ("preliminary", "past now ahead ahead ahead"),
        ("returned", "now ahead ahead ahead ahead"),
        ("confirmation", "past now ahead ahead ahead"),
        ("vote", "past past now ahead ahead"),
        ("listed", "past past past now ahead"),
        ("held", "past past past past past"),
    ],
)
def test_the_stepper_tells_past_present_and_ahead(d, code, states):
    row = row_of(d, code)

    assert " ".join(step["state"] for step in shown.stepper(row, history_of(row), today())) == states


def test_the_present_stage_tells_whose_it_is_and_by_when(d):
    row = row_of(d, "preliminary")

    now = shown.stepper(row, history_of(row), today())[1]

    assert (now["body"], now["note"]) == ("现由songxi社区（街镇审核员）办理", "街镇初评")
    assert now["due"].days_left == 10


def test_a_case_in_public_notice_shows_its_last_day(d):
    row = row_of(d, "listed")

    now = shown.stepper(row, history_of(row), today(), course_of(row))[3]

    assert (now["state"], now["due"].on.isoformat()) == ("now", "2026-03-09")


def test_votes_are_counted_for_the_district_and_not_for_the_unit(d):
    course = course_of(d.case("listed"))

    told, untold = (shown.vote_shown(course, d.people[who]) for who in ("office", "listed"))

    assert (told["words"] if told else "", untold) == ("赞成 3", None)


def test_an_ended_case_stops_where_it_ended(d):
    cast.take("declaration", d.cases["confirmation"], "decline", d.people["committee1"], reason="不符")
    row = row_of(d, "confirmation")

    steps = shown.stepper(row, history_of(row), today())

    assert [(step["state"], step.get("verb", "")) for step in steps][1] == ("ended", "不予通过")


def test_the_timeline_is_newest_first_and_counts_what_was_waited(d):
    row = row_of(d, "returned")

    entries = shown.timeline(row, history_of(row), today())

    assert [(e["act"], e["waited"], e["tone"]) for e in entries] == [
        ("退回补正", 0, "back"),
        ("提交申报", 0, ""),
        ("新建", None, ""),
    ]
    assert (entries[0]["office"], entries[0]["opinion"]) == ("songxi社区", "缺材料")
