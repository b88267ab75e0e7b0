"""Who an edition may be made up of."""

from fractions import Fraction

import pytest

from services.workflow.domain.composition import Makeup, breached
from services.workflow.domain.programme_rules import CompositionRule
from services.workflow.domain.stages import UnitKind

CADRES = CompositionRule("两委成员", categories=("cadre",), share=Fraction(1, 5))
PERSONS = CompositionRule("个人", kinds=(UnitKind.PERSON,), number=3)
CADRE, WORKER, GROUP = ("person", "cadre"), ("person", "worker"), ("community", "")


@pytest.mark.parametrize(
    ("counts", "subject", "broken"),
    [
        ({}, CADRE, ()),  # of one to four nobody at all could be a cadre
        ({GROUP: 2, CADRE: 1}, CADRE, ()),
        ({GROUP: 3, CADRE: 1}, CADRE, (CADRES,)),  # 2 of 5
        ({GROUP: 8, CADRE: 1}, CADRE, ()),  # 2 of 10
        ({GROUP: 7, CADRE: 1}, CADRE, (CADRES,)),  # 2 of 9
        ({GROUP: 3, CADRE: 2}, WORKER, ()),  # a rule that does not concern the subject is not asked
        ({WORKER: 3}, WORKER, (PERSONS,)),
        ({WORKER: 2}, WORKER, ()),
        ({WORKER: 2, CADRE: 1}, CADRE, (CADRES, PERSONS)[1:]),
        ({WORKER: 3, CADRE: 1}, CADRE, (CADRES, PERSONS)),
        ({WORKER: 3}, GROUP, ()),
    ],
)
def test_a_rule_is_broken_by_the_one_beyond_it(
    counts: dict[Makeup, int], subject: Makeup, broken: tuple[CompositionRule, ...]
) -> None:
    assert breached((CADRES, PERSONS), counts, subject) == broken


def test_a_rule_without_kinds_and_categories_counts_everybody() -> None:
    everyone = CompositionRule("全部", number=2)

    assert breached((everyone,), {GROUP: 1, CADRE: 1}, WORKER) == (everyone,)
