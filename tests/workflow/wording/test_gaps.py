"""Gaps in words, with both numbers where something falls short."""

from decimal import Decimal

import pytest
from django.utils.translation import override

from services.workflow.domain.gaps import Gap
from services.workflow.domain.standard import Bound
from services.workflow.wording.gaps import GAPS, gap_sentence

CARDS = Gap("1.1", "answer.threshold_unmet", False, Decimal(95), Decimal("93.20"), "联系卡发放率", "%")
LONG = Gap("4.1", "answer.statement_too_long", True, Decimal(500), Decimal(536))
PHOTO = Gap("3.2", "answer.evidence_missing", True, Decimal(2), Decimal(1), wanted=("照片", "台账"))


@pytest.mark.parametrize(
    ("gap", "chinese", "english"),
    [
        (
            CARDS,
            "联系卡发放率 93.2%，要求 95% 以上",
            "联系卡发放率: at least 95% needed, 93.2% declared",
        ),
        (LONG, "说明 536 字，上限 500 字", "The statement has 536 characters; the limit is 500"),
        (PHOTO, "缺 1 份佐证：照片、台账", "Evidence missing, 1 of 2: 照片、台账"),
        (Gap("2.1", "answer.missing"), "尚未填写", "Not filled in yet"),
    ],
)
def test_a_gap_is_said_in_both_languages(gap: Gap, chinese: str, english: str) -> None:
    with override("zh-hans"):
        assert gap_sentence(gap) == chinese
    with override("en"):
        assert gap_sentence(gap) == english


def test_what_may_not_be_exceeded_is_said_the_other_way_round() -> None:
    gap = Gap("5.1", "answer.threshold_unmet", True, Decimal(3), Decimal(4), "发案", "起", Bound.AT_MOST)

    with override("zh-hans"):
        assert gap_sentence(gap) == "发案 4起，要求不超过 3起"


@pytest.mark.parametrize("code", GAPS)
def test_every_gap_has_a_chinese_sentence(code: str) -> None:
    with override("en"):
        english = gap_sentence(Gap("1.1", code))
    with override("zh-hans"):
        assert gap_sentence(Gap("1.1", code)) != english
