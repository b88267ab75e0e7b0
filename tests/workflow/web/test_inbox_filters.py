"""Narrowing the inbox by its address."""

import datetime as dt

import pytest

from services.workflow.domain.calendar import Calendar
from services.workflow.queries.inbox_narrowing import EVERYTHING, Narrowing
from services.workflow.web.deadlines import Today
from services.workflow.web.inbox_filters import narrowing, shown

FRIDAY = dt.datetime(2026, 3, 6, 1, tzinfo=dt.UTC)
TODAY = Today(FRIDAY, Calendar(frozenset(), frozenset(), dt.date(2026, 12, 31)))


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, EVERYTHING),
        ({"edition": "3", "town": "x", "kind": "honour"}, Narrowing(edition=3, kind="honour")),
        ({"kind": "nonsense", "q": "  听泉 "}, Narrowing(words="听泉")),
        ({"programme": "7", "stage": "evaluation"}, Narrowing(programme=7, stage="evaluation")),
        ({"stage": "draft", "group": "town"}, EVERYTHING),
        ({"due": "late"}, Narrowing(due_before=FRIDAY)),
        ({"due": "soon"}, Narrowing(due_from=FRIDAY, due_before=dt.datetime(2026, 3, 10, 16, tzinfo=dt.UTC))),
    ],
)
def test_an_address_is_read_and_what_cannot_be_read_narrows_nothing(asked, found):
    assert narrowing(asked, TODAY) == found


@pytest.mark.parametrize(
    ("who", "names"), [("office", ["kind", "town", "stage", "group"]), ("songxi", ["group"]), ("idle", [])]
)
def test_a_choice_is_offered_where_there_is_something_to_choose(d, who, names):
    offered = shown({}, d.people[who], TODAY, EVERYTHING)["filters"]

    assert [one["name"] for one in offered] == names


def test_a_count_is_pressed_and_released_and_keeps_the_rest(d):
    pressed = shown({"q": "听", "due": "late"}, d.people["songxi"], TODAY, EVERYTHING)

    assert pressed["late_address"] == "/?q=%E5%90%AC"
    assert pressed["soon_address"] == "/?q=%E5%90%AC&due=soon"
