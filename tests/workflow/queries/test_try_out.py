"""A specimen runs through every outcome in memory, by the machine; no database is asked."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from services.workflow.domain.programme import Definition, Track
from services.workflow.domain.programme_rules import (
    ANY_DAY,
    Category,
    CompositionRule,
    NegativeRule,
    Outside,
    Quota,
    QuotaKind,
    Window,
)
from services.workflow.domain.stages import Mode, Stage, UnitKind
from services.workflow.domain.standard import Indicator
from services.workflow.queries.try_out import FAVOURABLE, TriedStep, tried_out
from tests.workflow.cast import DEFINITION as WENMING
from tests.workflow.domain.samples import DEFINITION
from tests.workflow.domain.test_sound_route import SOUND

LIMITED = replace(
    SOUND,
    ladder=("district",),
    negative_list=(NegativeRule("fine", "罚款", "dep-org"),),
    quota=Quota(QuotaKind.MAXIMUM, 5),
    composition=(CompositionRule("社区", number=3),),
    legs=(SOUND.legs[0], replace(SOUND.legs[1], own_check=True, pass_mark=Decimal(80)), *SOUND.legs[2:]),
)
TRIED = tried_out(LIMITED)


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
        ("decision", "higher_rank_waits", "decide", "edition.higher_rank_waits"),
        ("decision", "over_composed", "decide", "edition.over_composed"),
        ("declare", "ladder_unmet", "submit", "declaration.ladder_unmet"),
        ("declare", "negative_list", "submit", "declaration.negative_list"),
        ("preliminary", "own_not_scored", "endorse", "leg.not_scored"),
        ("preliminary", "own_below_mark", "endorse", "leg.below_mark"),
        ("notice", "notice_running", "close_notice", "notice.still_open"),
        ("naming", "objection_open", "confer", "objection.open"),
    ],
)
def test_each_adverse_situation_is_refused_by_its_rule(
    leg: str, situation: str, step: str, refusal: str
) -> None:
    assert tried(leg, situation, step)[1] == refusal


def test_acting_outside_a_window_is_refused_where_the_programme_says_so() -> None:
    window = Window("03-01", "04-30", Outside.REFUSE)
    bound = tried_out(replace(SOUND, evaluating=window, naming=window))
    open_ = tried_out(replace(SOUND, evaluating=replace(window, outside=Outside.WARN), naming=ANY_DAY))

    def outside(result: Any) -> set[tuple[str, str]]:
        found = [s for s in result.steps if s.situation == "outside_window" and s.leg != "declare"]
        return {(s.leg, s.refusal) for s in found if s.step in {"decide", "confer"}}

    assert outside(open_) == set()
    assert outside(bound) == {
        ("decision", "edition.outside_evaluating"), ("naming", "edition.outside_naming"),
    }  # fmt: skip
    assert bound.unnamed == ()


def test_a_veto_opens_the_way_to_disqualification() -> None:
    assert tried("decision", "vetoed", "disqualify") == ("committee@committee", "disqualified")


def test_a_case_that_is_not_drawn_passes_the_spot_check_by() -> None:
    check = replace(SOUND.legs[1], key="check", body=SOUND.host, sample_percent=10)
    sampled = replace(SOUND, legs=(*SOUND.legs[:2], check, *SOUND.legs[2:]))

    led = {
        s.situation: s.to for s in tried_out(sampled).steps if (s.leg, s.step) == ("preliminary", "endorse")
    }

    assert led[FAVOURABLE] == "preliminary_review/check"
    assert led["not_drawn"] == "evaluation/assessment"


def test_open_gaps_are_filled_for_the_trial() -> None:
    gap = Indicator("3", "", gap=True)
    standard = replace(SOUND.standard, indicators=(gap,))

    assert tried_out(replace(SOUND, standard=standard)).unnamed == ()


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
