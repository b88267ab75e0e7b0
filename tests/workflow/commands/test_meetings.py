"""The head of a vote's minutes."""

from typing import Any
from uuid import uuid4

import pytest

from services.workflow.commands.meetings import keep_meeting
from services.workflow.models import Meeting
from tests.workflow import cast
from tests.workflow.cast import District
from tests.workflow.commands.refusing import refusal

HELD = {"held_on": "2026-03-02", "place": "第二会议室", "chair": "许静", "recorder": "罗平"}


def keep(d: District, round_id: int, who: str = "office", version: int | None = None, **more: Any) -> Any:
    return keep_meeting(round_id, {**HELD, **more}, version=version, by=d.people[who], key=uuid4())


def test_the_organiser_fills_in_the_meeting_and_puts_it_right(d: District) -> None:
    round_id = cast.table(d, [d.cases["vote"]])

    first = keep(d, round_id)
    again = keep(d, round_id, version=1, place="第一会议室", remarks="会议强调从严把关。")

    row = Meeting.objects.get(round=round_id)
    assert (first["version"], again["version"]) == (1, 2)
    assert (row.place, row.chair, row.remarks) == ("第一会议室", "许静", "会议强调从严把关。")


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"place": ""}, "field.missing"),
        ({"held_on": "2026-03-03"}, "vote.held_in_future"),
        ({"held_on": "昨天"}, "field.not_a_date"),
        ({"chair": "许" * 51}, "field.too_long"),
        ({"version": 3}, "overtaken"),
        ({"who": "committee1"}, "step.not_yours"),
    ],
)
def test_what_does_not_hold_is_not_kept(d: District, more: Any, code: str) -> None:
    round_id = cast.table(d, [d.cases["vote"]])

    assert refusal(keep, d, round_id, **more) == code
    assert not Meeting.objects.filter(round=round_id).exists()


def test_other_rounds_have_no_meeting(d: District) -> None:
    assert refusal(keep, d, cast.table(d, [d.cases["clearance"]])) == "vote.not_a_vote"
