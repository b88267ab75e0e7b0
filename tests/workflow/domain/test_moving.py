"""Moving a case to a newer version: what changes for it, and what stands against it."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from services.workflow.domain.moving import effect
from services.workflow.domain.programme import Definition, Leg
from services.workflow.domain.stages import Mode, Stage
from tests.workflow.domain.samples import DEFINITION, OFFICE, with_criterion

GIVEN = {"1.1": Decimal(40), "2.1": Decimal("28.5"), "2.2": None}
LEGS = DEFINITION.legs
NEW = Leg("extra", "加一环", Stage.EVALUATION, Mode.SINGLE, OFFICE, 3)


def route(*legs: Leg) -> Definition:
    return replace(DEFINITION, legs=legs)


def moved(after: Definition, leg: int = 1, asked: tuple[int, ...] = ()) -> tuple[list[str], list[str]]:
    found = effect(DEFINITION, after, leg=leg, asked=asked, given=GIVEN)
    return [one.key for one in found.changes], [one.code for one in found.against]


def test_only_what_concerns_the_case_is_told() -> None:
    after = replace(DEFINITION, name="新名", summary="改过", pass_mark=Decimal(85), title="新称号")

    assert moved(after) == (["title", "pass_mark"], [])


def test_other_days_and_names_stand_in_nobodys_way() -> None:
    after = route(LEGS[0], replace(LEGS[1], due_days=15, name="街道初评"), *LEGS[2:])

    assert moved(after) == (["legs.preliminary.name", "legs.preliminary.due_days"], [])


@pytest.mark.parametrize(
    ("legs", "leg", "asked", "codes"),
    [
        ((LEGS[0], *LEGS[2:]), 1, (), ["version.leg_missing", "version.leg_differs", "version.leg_differs"]),
        ((LEGS[0], NEW, *LEGS[1:]), 1, (), ["version.leg_differs"] * 3),
        ((*LEGS[:4], NEW, LEGS[4]), 1, (), []),
        ((*LEGS[:4], NEW, LEGS[4]), 4, (), ["version.leg_differs"]),
        ((LEGS[0], *LEGS[2:]), 4, (1,), ["version.leg_differs", "version.leg_missing"]),
        (
            (*LEGS[:2], replace(LEGS[2], mode=Mode.VOTE), *LEGS[3:]), 0, (), ["version.leg_differs"],
        ),
    ],
)  # fmt: skip
def test_a_leg_keeps_its_place(legs: Any, leg: int, asked: tuple[int, ...], codes: list[str]) -> None:
    assert moved(route(*legs), leg, asked)[1] == codes


def test_scores_that_were_given_must_still_have_their_place() -> None:
    first, second = DEFINITION.standard.indicators
    fewer = replace(DEFINITION.standard, indicators=(first, replace(second, criteria=second.criteria[1:])))

    assert moved(replace(DEFINITION, standard=fewer))[1] == ["version.score_missing"]
    assert moved(with_criterion("1.1", points=Decimal(39)))[1] == ["score.above_maximum"]
    assert moved(with_criterion("2.2", points=Decimal(1)))[1] == []
