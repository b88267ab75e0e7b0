from dataclasses import replace
from decimal import Decimal

import pytest

from services.workflow.domain.programme_rules import ScoreMark
from services.workflow.domain.review_rules import fallen_below, objected_too_often
from tests.workflow.cast import DEFINITION

RULE = replace(
    DEFINITION.supervision,
    review_objections=2,
    review_scores=(ScoreMark("meili-003", Decimal(80)), ScoreMark("hexie-002", Decimal(60))),
)


@pytest.mark.parametrize(
    ("scores", "why"),
    [
        ({}, ""),
        ({"other": Decimal(1)}, ""),
        ({"meili-003": Decimal("80.00")}, ""),
        ({"meili-003": Decimal("79.99")}, "meili-003: 79.99 < 80"),
        ({"meili-003": Decimal(90), "hexie-002": Decimal(59)}, "hexie-002: 59 < 60"),
    ],
)
def test_a_score_below_its_mark(scores: dict[str, Decimal], why: str) -> None:
    assert fallen_below(RULE, scores) == why
    assert fallen_below(DEFINITION.supervision, scores) == ""


@pytest.mark.parametrize(("sustained", "why"), [(0, ""), (1, ""), (2, "2 >= 2"), (3, "3 >= 2")])
def test_sustained_objections_from_the_number_on(sustained: int, why: str) -> None:
    assert objected_too_often(RULE, sustained) == why
    assert objected_too_often(DEFINITION.supervision, sustained) == ""
