"""The list of what a declaration lacks, in the order of the standard."""

from dataclasses import replace
from decimal import Decimal

from services.workflow.domain.figures import Figure
from services.workflow.domain.gaps import Answer, Gap, blocking, gaps
from services.workflow.domain.standard import Bound, Criterion, Indicator
from tests.workflow.domain.samples import AREA, DEFINITION, STANDARD, with_criterion

CARDS_96 = Figure(numerator=Decimal(96), denominator=Decimal(100))
COMPLETE = {
    "1.1": Answer(Decimal(38), figures={"cards": CARDS_96}),
    "1.2": Answer(Decimal(20), "制度健全", evidence_count=1),
    "2.1": Answer(Decimal(30)),
    "2.2": Answer(Decimal(10), figures={"area": Figure(Decimal(80))}),
}


def cards(numerator: int, denominator: int) -> dict[str, Figure]:
    return {"cards": Figure(None, Decimal(numerator), Decimal(denominator))}


def with_answer(code: str, **changes: object) -> dict[str, Answer]:
    return {**COMPLETE, code: replace(COMPLETE[code], **changes)}  # type: ignore[arg-type]  # any field


def test_a_complete_declaration_has_no_gap() -> None:
    assert gaps(DEFINITION, COMPLETE) == ()


def test_an_empty_declaration_lists_every_criterion() -> None:
    found = gaps(DEFINITION, {})

    assert found == tuple(Gap(code, "answer.missing") for code in ("1.1", "1.2", "2.1", "2.2"))
    assert blocking(found) == found


def test_an_unmet_threshold_is_said_with_both_numbers_and_does_not_block() -> None:
    found = gaps(DEFINITION, with_answer("1.1", figures=cards(932, 1000)))

    assert found == (
        Gap(
            "1.1",
            "answer.threshold_unmet",
            blocks=False,
            needed=Decimal(95),
            declared=Decimal("93.2"),
            measure="联系卡发放率",
            unit="%",
            bound=Bound.AT_LEAST,
        ),
    )
    assert blocking(found) == ()


def test_an_unmet_threshold_blocks_where_it_bars_filing_or_commendation() -> None:
    answers = with_answer("2.2", figures={"area": Figure(Decimal("79.9"))})

    blocks = [
        [gap.blocks for gap in gaps(with_criterion("2.2", **{bar: True}), answers)]
        for bar in ("bars_filing", "bars_commendation")
    ]

    assert blocks == [[True], [True]]


def test_a_figure_that_states_nothing_is_missing_or_impossible() -> None:
    missing = gaps(DEFINITION, with_answer("1.1", figures={"cards": Figure(None, Decimal(9))}))
    impossible = gaps(DEFINITION, with_answer("1.1", figures=cards(9, 0)))

    assert missing == (Gap("1.1", "answer.figure_missing", measure="联系卡发放率", unit="%"),)
    assert impossible == (Gap("1.1", "answer.figure_impossible", measure="联系卡发放率", unit="%"),)


def test_a_statement_may_be_as_long_as_the_limit_and_no_longer() -> None:
    at_limit = gaps(DEFINITION, with_answer("1.2", statement="字" * 500))
    over = gaps(DEFINITION, with_answer("1.2", statement="字" * 536))

    assert at_limit == ()
    assert over == (Gap("1.2", "answer.statement_too_long", needed=Decimal(500), declared=Decimal(536)),)


def test_missing_evidence_is_counted_and_named() -> None:
    found = gaps(DEFINITION, with_answer("1.2", evidence_count=0))

    assert found == (
        Gap("1.2", "answer.evidence_missing", needed=Decimal(1), declared=Decimal(0), wanted=("制度照片",)),
    )


def test_everything_missing_on_one_criterion_is_listed_at_once() -> None:
    definition = with_criterion("1.1", statement_wanted=True, evidence=("名册",))

    found = gaps(definition, {**COMPLETE, "1.1": Answer(figures={"cards": Figure(None, Decimal(9))})})

    assert [gap.code for gap in found] == [
        "answer.points_missing",
        "answer.statement_missing",
        "answer.evidence_missing",
        "answer.figure_missing",
    ]


def test_blanks_and_empty_figures_are_no_answer() -> None:
    blank = Answer(None, " ", figures={"cards": Figure()})

    assert gaps(DEFINITION, {**COMPLETE, "1.1": blank}) == (Gap("1.1", "answer.missing"),)


def test_zero_points_are_an_answer() -> None:
    assert gaps(DEFINITION, with_answer("2.1", points=Decimal(0))) == ()


def test_not_applicable_asks_for_a_reason_and_nothing_else() -> None:
    with_reason = gaps(DEFINITION, {**COMPLETE, "1.1": Answer(not_applicable=True, statement="无党员")})
    without = gaps(DEFINITION, {**COMPLETE, "1.1": Answer(not_applicable=True)})

    assert (with_reason, without) == ((), (Gap("1.1", "answer.reason_missing"),))


def test_a_second_figure_is_asked_for_by_its_code() -> None:
    rooms = replace(AREA, code="rooms", name="活动用房", needed=Decimal(20))
    definition = with_criterion("2.2", measures=(AREA, rooms))

    missing = gaps(definition, COMPLETE)
    given = gaps(
        definition, with_answer("2.2", figures={**COMPLETE["2.2"].figures, "rooms": Figure(Decimal(20))})
    )
    not_asked = gaps(with_criterion("2.2", measures=(AREA, replace(rooms, asked=False))), COMPLETE)

    assert missing == (Gap("2.2", "answer.figure_missing", measure="活动用房", unit="㎡"),)
    assert (given, not_asked) == ((), ())


def test_a_bonus_left_open_is_no_gap_and_one_begun_is_checked() -> None:
    extra = Indicator(
        "3", "加分", None, (Criterion("3.1", "特色", Decimal(2), "office", evidence=("照片",)),), bonus=True
    )
    standard = replace(STANDARD, indicators=(*STANDARD.indicators, extra), bonus_cap=Decimal(2))
    definition = replace(DEFINITION, standard=standard)

    untouched = gaps(definition, COMPLETE)
    begun = gaps(definition, {**COMPLETE, "3.1": Answer(Decimal(2))})

    assert (untouched, [gap.code for gap in begun]) == ((), ["answer.evidence_missing"])
