import datetime as dt
from dataclasses import FrozenInstanceError, replace
from decimal import Decimal

import pytest

from services.workflow.domain.facts import DeclarationFacts, Facts
from services.workflow.domain.programme_rules import AfterReturn
from services.workflow.domain.scoring import judge, total
from services.workflow.domain.stages import Stage
from tests.workflow.domain.samples import DEFINITION, full_marks

AT = dt.datetime(2026, 3, 2, 1, tzinfo=dt.UTC)
FACTS = DeclarationFacts(now=AT, definition=DEFINITION, bodies={})


def test_facts_are_frozen() -> None:
    with pytest.raises(FrozenInstanceError):
        FACTS.gaps = 1  # type: ignore[misc]  # what is tried


def test_facts_of_nothing_allow_nothing() -> None:
    """What was not gathered must never read as "in favour"."""
    assert (FACTS.within_window, FACTS.round, FACTS.verdict, FACTS.notice) == (False, "", None, "")
    assert (FACTS.acted, Facts(AT).last_step) == ({}, "")


@pytest.mark.parametrize(
    ("leg", "stage"),
    [
        (0, Stage.DRAFT),
        (1, Stage.PRELIMINARY_REVIEW),
        (2, Stage.EVALUATION),
        (4, Stage.NAMING),
        (5, Stage.NAMED),
    ],
)
def test_the_stage_follows_from_the_leg_and_past_the_last_it_is_named(leg: int, stage: Stage) -> None:
    assert FACTS.stage_at(leg) == stage


@pytest.mark.parametrize(("leg", "together"), [(0, False), (1, False), (2, True), (3, False), (4, False)])
def test_a_leg_of_several_bodies_is_a_round_leg(leg: int, together: bool) -> None:
    assert FACTS.in_round_leg(leg) is together


def test_points_are_those_of_the_verdict() -> None:
    verdict = judge(total(DEFINITION.standard, full_marks()), vetoes=(), pass_mark=DEFINITION.pass_mark)
    scored = DeclarationFacts(now=AT, definition=DEFINITION, bodies={}, verdict=verdict)

    assert (FACTS.points, scored.points) == (None, Decimal(100))


@pytest.mark.parametrize(
    ("rule", "leg", "asked", "resumes"),
    [
        (AfterReturn.STRAIGHT_BACK, 0, 2, 2),
        (AfterReturn.THROUGH, 0, 2, 1),
        (AfterReturn.THROUGH, 1, 2, 2),
        (AfterReturn.STRAIGHT_BACK, 2, None, 3),
        (AfterReturn.STRAIGHT_BACK, 2, 2, 3),
    ],
)
def test_a_corrected_case_goes_on_as_the_leg_that_asked_says(
    rule: AfterReturn, leg: int, asked: int | None, resumes: int
) -> None:
    legs = tuple(replace(each, after_return=rule) for each in DEFINITION.legs)
    facts = DeclarationFacts(now=AT, definition=replace(DEFINITION, legs=legs), bodies={})

    assert facts.resumes_at(leg, asked) == resumes


def test_a_correction_passes_by_what_the_draw_passed_by() -> None:
    legs = tuple(replace(each, after_return=AfterReturn.THROUGH) for each in DEFINITION.legs)
    facts = DeclarationFacts(
        now=AT, definition=replace(DEFINITION, legs=legs), bodies={}, skipped=frozenset({1})
    )

    assert (facts.resumes_at(0, 2), facts.may_return_to(2)) == (2, (0,))
