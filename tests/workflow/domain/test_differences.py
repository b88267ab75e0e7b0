"""What differs between two versions."""

from dataclasses import replace
from decimal import Decimal

from services.workflow.domain.differences import Change, Difference, differences
from services.workflow.domain.programme_rules import Category, Quota, QuotaKind
from services.workflow.domain.standard import Criterion
from tests.workflow.domain.samples import DEFINITION, STANDARD, with_criterion


def test_a_version_does_not_differ_from_itself() -> None:
    assert differences(DEFINITION, DEFINITION) == ()


def test_values_are_told_before_and_after() -> None:
    after = replace(
        DEFINITION, summary="一句话", pass_mark=Decimal("85.00"), quota=Quota(QuotaKind.MAXIMUM, 20)
    )

    assert differences(DEFINITION, after) == (
        Difference(("pass_mark",), Change.CHANGED, "90", "85"),
        Difference(("summary",), Change.ADDED, "", "一句话"),
        Difference(("quota", "kind"), Change.CHANGED, "none", "maximum"),
        Difference(("quota", "number"), Change.ADDED, "", "20"),
    )


def test_a_criterion_put_in_between_leaves_the_others_alone() -> None:
    first = STANDARD.indicators[0]
    more = (first.criteria[0], Criterion("1.9", "新增", Decimal(5), "dep-org"), *first.criteria[1:])
    indicators = (replace(first, criteria=more), *STANDARD.indicators[1:])
    after = replace(DEFINITION, standard=replace(STANDARD, indicators=indicators))

    assert differences(DEFINITION, after) == (
        Difference(
            ("standard", "indicators", "1", "criteria", "1.9"), Change.ADDED, "", "新增（5）"
        ),
    )  # fmt: skip
    assert differences(after, DEFINITION)[0].change is Change.REMOVED


def test_a_changed_criterion_is_named_by_its_code() -> None:
    (found,) = differences(DEFINITION, with_criterion("1.2", points=Decimal(18)))

    assert (found.key, found.before, found.after) == ("standard.indicators.1.criteria.1.2.points", "20", "18")


def test_legs_in_another_order_are_moved_and_not_changed() -> None:
    legs = DEFINITION.legs
    after = replace(DEFINITION, legs=(legs[0], legs[2], legs[1], *legs[3:]))

    assert differences(DEFINITION, after) == (
        Difference(
            ("legs",), Change.MOVED, "declare、preliminary、assessment、notice、naming",
            "declare、assessment、preliminary、notice、naming",
        ),
    )  # fmt: skip


def test_a_list_that_was_empty_gains_its_entries_one_by_one() -> None:
    after = replace(DEFINITION, categories=(Category("old", "老社区"), Category("new", "新社区")))

    assert [(one.key, one.after) for one in differences(DEFINITION, after)] == [
        ("categories.old", "老社区"),
        ("categories.new", "新社区"),
    ]
