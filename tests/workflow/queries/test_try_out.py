"""A specimen runs through every outcome in memory, by the machine; no database is asked."""

from dataclasses import replace
from typing import Any

import pytest

from services.workflow.domain.programme import Definition, Track
from services.workflow.domain.programme_rules import Category
from services.workflow.domain.stages import Mode, Stage, UnitKind
from services.workflow.queries.try_out import FAVOURABLE, TriedStep, tried_out
from tests.workflow.cast import DEFINITION as WENMING
from tests.workflow.domain.samples import DEFINITION
from tests.workflow.domain.test_sound_route import SOUND

TRIED = tried_out(SOUND)


def tried(leg: str, situation: str, step: str) -> tuple[str, str]:
    """(who, where it led or why it was refused)."""
    found = [s for s in TRIED.steps if (s.leg, s.situation, s.step) == (leg, situation, step)]
    stages = [s for s in found if s.stage != Stage.RETURNED] or found
    return stages[0].actor, stages[0].to or stages[0].refusal


@pytest.mark.parametrize(
    ("leg", "step", "actor", "to"),
    [
        ("declare", "submit", "declarant@subject", "preliminary_review/preliminary"),
        ("preliminary", "endorse", "town@subject.town", "evaluation/assessment"),
        ("preliminary", "return", "town@subject.town", "returned"),
        ("preliminary", "resubmit", "declarant@subject", "preliminary_review/preliminary"),
        ("assessment", "assess", "system", "evaluation/decision"),
        ("decision", "decide", "office@office", "notice/notice"),
        ("decision", "pass_over", "office@office", "not_selected"),
        ("notice", "close_notice", "system", "naming/naming"),
        ("naming", "confer", "office@office", "named"),
    ],
)
def test_each_step_leads_where_the_route_says(leg: str, step: str, actor: str, to: str) -> None:
    assert tried(leg, FAVOURABLE, step) == (actor, to)


@pytest.mark.parametrize(
    ("leg", "situation", "step", "refusal"),
    [
        ("declare", "incomplete", "submit", "declaration.incomplete"),
        ("declare", "outside_window", "submit", "declaration.window_closed"),
        ("preliminary", "vetoed", "endorse", "declaration.vetoed"),
        ("assessment", "round_lost", "assess", "round.not_carried"),
        ("assessment", "not_scored", "assess", "score.incomplete"),
        ("decision", "below_mark", "decide", "score.below_pass_mark"),
        ("decision", "quota_used", "decide", "edition.quota_used"),
        ("notice", "notice_running", "close_notice", "notice.still_open"),
        ("naming", "objection_open", "confer", "objection.open"),
    ],
)
def test_each_adverse_situation_is_refused_by_its_rule(
    leg: str, situation: str, step: str, refusal: str
) -> None:
    assert tried(leg, situation, step)[1] == refusal


def test_a_veto_opens_the_way_to_disqualification() -> None:
    assert tried("decision", "vetoed", "disqualify") == ("committee@committee", "disqualified")


def test_cases_end_in_every_way_that_there_is() -> None:
    ends = {Stage.NAMED, Stage.WITHDRAWN, Stage.DECLINED, Stage.NOT_SELECTED, Stage.DISQUALIFIED}

    assert TRIED.ends == {("", ""): frozenset(ends)}
    assert TRIED.unnamed == ()


def test_the_reference_programme_runs_to_its_end(django_assert_num_queries: Any, db: None) -> None:
    with django_assert_num_queries(0):
        result = tried_out(WENMING)

    assert result.unnamed == ()


def test_a_route_with_a_dead_end_names_nobody() -> None:
    dead = replace(SOUND.legs[1], mode=Mode.VOTE)

    result = tried_out(replace(SOUND, legs=(SOUND.legs[0], dead, *SOUND.legs[2:])))

    assert result.unnamed == (("", ""),)


def test_every_track_and_category_is_tried() -> None:
    short = Track("person", "个人", (UnitKind.PERSON,), legs=(SOUND.legs[0], SOUND.legs[-1]))
    definition: Definition = replace(
        DEFINITION,
        subject_kinds=(UnitKind.COMMUNITY, UnitKind.PERSON),
        tracks=(short,),
        categories=(Category("old", "老"), Category("new", "新")),
    )

    result = tried_out(definition)

    assert list(result.ends) == [("", "old"), ("", "new"), ("person", "old"), ("person", "new")]
    assert TriedStep(
        "person", "new", "declare", "draft", FAVOURABLE, "submit", "declarant@subject", "naming/naming"
    ) in (result.steps)
