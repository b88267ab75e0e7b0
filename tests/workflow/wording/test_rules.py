"""Every kind of rule says in words what gives how many points."""

from decimal import Decimal

import pytest

from services.workflow.domain.standard import Bound, Criterion, FigureKind, Measure, RuleKind, Tier
from services.workflow.wording.rules import rule_sentence

RATE = Measure("rate", "走访率", FigureKind.RATIO, "%", Decimal(95))
CASES = Measure("cases", "逾期件数", FigureKind.COUNT, "件", Decimal(2), Bound.AT_MOST)
YES = Measure("yes", "已建立", FigureKind.YES_NO)
TIERS = (Tier(Decimal(80), Decimal(14)), Tier(Decimal(60), Decimal(8)))


@pytest.mark.parametrize(
    ("rule", "measures", "more", "sentence"),
    [
        (RuleKind.JUDGED, (), {}, "评定给分，0～20 分"),
        (RuleKind.RATIO, (RATE,), {}, "走访率不少于 95%，得 20 分，否则不得分"),
        (
            RuleKind.ALL_OR_NOTHING,
            (RATE, CASES),
            {},
            "走访率不少于 95%，且逾期件数不超过 2件，得 20 分，否则不得分",
        ),
        (RuleKind.YES_NO, (YES,), {}, "是得 20 分，否不得分"),
        (RuleKind.PROPORTIONAL, (RATE,), {}, "达到 95% 得 20 分，不足的按比例给分"),
        (
            RuleKind.DEDUCTION,
            (CASES,),
            {"per_miss": Decimal("2.5")},
            "满分 20 分，每发生一次扣 2.5 分，扣完为止",
        ),
        (RuleKind.TIERS, (RATE,), {"tiers": TIERS}, "60% 起得 8 分；80% 起得 14 分"),
        (RuleKind.ZERO_TOLERANCE, (CASES,), {}, "未发生得 20 分，发生即不得分"),
        (RuleKind.IMPORTED, (), {"programme": "hexie-002"}, "按在项目 hexie-002 中的得分折算"),
    ],
)
def test_a_rule_is_told_in_words(rule, measures, more, sentence):
    criterion = Criterion("1.1", "走访", Decimal(20), rule=rule, measures=measures, **more)

    assert rule_sentence(criterion) == sentence


def test_every_rule_has_its_sentence():
    sentences = {rule_sentence(Criterion("1", "", Decimal(1), rule=rule, tiers=TIERS)) for rule in RuleKind}

    assert all(sentences)
