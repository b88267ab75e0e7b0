"""Points, totals, verdicts: the numbers of the rules by hand, their laws by property."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.workflow.domain.figures import Figure
from services.workflow.domain.moderating import moderated
from services.workflow.domain.programme_rules import VetoGround
from services.workflow.domain.refused import Refused
from services.workflow.domain.scoring import (
    NOT_APPLICABLE,
    Mark,
    MethodPart,
    Score,
    ScoreTotal,
    TraceLine,
    Verdict,
    combined,
    judge,
    parse_points,
    plain,
    total,
)
from services.workflow.domain.standard import (
    Criterion,
    Indicator,
    Method,
    MethodWeight,
    Rounding,
    Scale,
    Standard,
)
from tests.workflow.domain.samples import STANDARD, full_marks

FOUR = Criterion("2.1", "网格", Decimal(4), "dep-civil")
PASS_MARK = Decimal(90)
ZERO, HUNDRED = Decimal(0), Decimal(100)
VETO = VetoGround("public_security", "社会治安", "dep-police")


def refusal(text: str, criterion: Criterion = FOUR) -> tuple[str, dict[str, object]]:
    with pytest.raises(Refused) as refused:
        parse_points(text, criterion)
    return refused.value.code, refused.value.params


def test_a_total_says_what_it_was_made_of() -> None:
    scores = {
        "1.1": Score(Decimal("36.50"), "dep-org", "现场核查"),
        "1.2": Score(Decimal(20), "dep-org"),
        "2.1": Score(NOT_APPLICABLE, "dep-urban"),
    }

    result = total(STANDARD, scores)

    assert result == ScoreTotal(
        points=Decimal("80.71"),  # 56.5 of 70, on 100
        raw=Decimal("56.50"),
        applicable=Decimal(70),
        bonus=Decimal(0),
        missing=("2.2",),
        below_floor=(),
        trace=(
            TraceLine("1", "1.1", Decimal(40), Decimal("36.50"), "dep-org", "现场核查", False),
            TraceLine("1", "1.2", Decimal(20), Decimal(20), "dep-org", "", False),
            TraceLine("2", "2.1", Decimal(30), NOT_APPLICABLE, "dep-urban", "", False),
            TraceLine("2", "2.2", Decimal(10), None, "", "", False),
        ),
    )


def test_not_scored_is_not_zero() -> None:
    scores = full_marks()
    not_scored = total(STANDARD, {**scores, "2.2": Score(None)})
    zero = total(STANDARD, {**scores, "2.2": Score(Decimal(0))})

    assert (not_scored.points, not_scored.missing, not_scored.complete) == (PASS_MARK, ("2.2",), False)
    assert (zero.points, zero.missing, zero.complete) == (PASS_MARK, (), True)
    assert not judge(not_scored, vetoes=[], pass_mark=PASS_MARK).passed
    assert judge(zero, vetoes=[], pass_mark=PASS_MARK).passed


@pytest.mark.parametrize(("given_points", "passed"), [("30.00", True), ("29.99", False)])
def test_the_pass_mark_is_inclusive(given_points: str, passed: bool) -> None:
    scores = {**full_marks(), "1.1": Score(Decimal(given_points))}

    verdict = judge(total(STANDARD, scores), vetoes=[], pass_mark=PASS_MARK)

    assert verdict == Verdict(Decimal(given_points) + 60, passed, PASS_MARK)


def test_a_veto_outweighs_any_score() -> None:
    verdict = judge(total(STANDARD, full_marks()), vetoes=[VETO], pass_mark=PASS_MARK)

    assert verdict == Verdict(Decimal(100), False, PASS_MARK, vetoes=("public_security",))


def test_an_incomplete_total_never_passes_and_says_what_is_missing() -> None:
    verdict = judge(total(STANDARD, {}), vetoes=[], pass_mark=Decimal(0))

    assert verdict == Verdict(Decimal(0), False, Decimal(0), missing=("1.1", "1.2", "2.1", "2.2"))


def test_a_standard_of_which_nothing_applies_never_passes() -> None:
    nothing = {criterion.code: Score(NOT_APPLICABLE) for criterion in STANDARD.criteria}

    result = total(STANDARD, nothing)

    assert (result.points, result.complete) == (ZERO, False)
    assert not judge(result, vetoes=[], pass_mark=Decimal(0)).passed


def test_a_floor_holds_whatever_the_total_and_shrinks_with_what_applies() -> None:
    first, second = STANDARD.indicators
    standard = replace(STANDARD, indicators=(first, replace(second, floor=Decimal(32))))
    low = {**full_marks(), "2.2": Score(Decimal("1.99"))}
    at_floor = {**full_marks(), "2.2": Score(Decimal(2))}
    half_applies = {**full_marks(), "2.1": Score(NOT_APPLICABLE), "2.2": Score(Decimal(8))}

    below = [total(standard, scores).below_floor for scores in (low, at_floor, half_applies)]

    assert below == [("2",), (), ()]
    assert not judge(total(standard, low), vetoes=[], pass_mark=PASS_MARK).passed


def test_a_bonus_is_capped_and_never_missing() -> None:
    extra = Indicator("3", "加分", Decimal(6), (Criterion("3.1", "特色", Decimal(6), "office"),), bonus=True)
    standard = replace(STANDARD, indicators=(*STANDARD.indicators, extra), bonus_cap=Decimal(5))

    without = total(standard, full_marks())
    capped = total(standard, full_marks(standard))

    assert (without.points, without.bonus, without.missing) == (HUNDRED, ZERO, ())
    assert (capped.points, capped.bonus, capped.raw) == (Decimal(105), Decimal(5), HUNDRED)


@pytest.mark.parametrize(
    ("rounding", "points"),
    [(Rounding.HALF_UP, "0.13"), (Rounding.HALF_EVEN, "0.12"), (Rounding.DOWN, "0.12")],
)
def test_a_total_is_rounded_by_the_rule_of_the_standard(rounding: Rounding, points: str) -> None:
    criteria = (Criterion("1.1", "甲", Decimal(80), "a"), Criterion("1.2", "乙", Decimal(20), "a"))
    standard = Standard(Decimal(100), (Indicator("1", "项", Decimal(100), criteria),), rounding=rounding)

    result = total(standard, {"1.1": Score(Decimal("0.10")), "1.2": Score(NOT_APPLICABLE)})

    assert str(result.points) == points


def test_scores_that_belong_nowhere_or_exceed_their_bounds_are_refused() -> None:
    codes = []
    for score in ({"9.9": Score(Decimal(1))}, {"2.2": Score(Decimal("10.01"))}, {"2.2": Score(Decimal(-1))}):
        with pytest.raises(Refused) as refused:
            total(STANDARD, score)
        codes.append(refused.value.code)

    assert codes == ["score.unknown_criterion", "score.above_maximum", "score.below_zero"]


def test_departments_scores_join_to_one_set() -> None:
    organisation = {"1.1": Score(Decimal(30), "dep-org"), "1.2": Score(Decimal(20), "dep-org")}
    urban = {"2.1": Score(Decimal(30), "dep-urban")}

    assert combined(organisation, urban) == combined(urban, organisation) == {**organisation, **urban}


def test_one_criterion_scored_by_two_bodies_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        combined({"1.1": Score(Decimal(30), "dep-org")}, {"1.1": Score(Decimal(30), "dep-urban")})

    assert (refused.value.code, refused.value.params) == ("score.scored_twice", {"criterion": "1.1"})


MAXIMA = st.lists(st.decimals("0.01", 20, places=2), min_size=1, max_size=12)


@st.composite
def scored_standards(draw: st.DrawFn) -> tuple[Standard, dict[str, Score]]:
    """A standard of one to twelve criteria, some of them bonus, with any marks on them; some weigh methods."""
    maxima, bonuses = draw(MAXIMA), draw(st.lists(st.decimals("0.01", 5, places=2), max_size=3))
    criteria = tuple(
        Criterion(f"1.{n}", "条", points, "d", method=draw(st.sampled_from(Method)))
        for n, points in enumerate(maxima)
    )
    extra = tuple(Criterion(f"2.{n}", "加分", points, "d") for n, points in enumerate(bonuses))
    standard = Standard(
        sum(maxima, Decimal(0)),
        (Indicator("1", "项", None, criteria), Indicator("2", "加分", None, extra, bonus=True)),
        bonus_cap=draw(st.decimals(0, 5, places=2)),
        rounding=draw(st.sampled_from(Rounding)),
        method_weights=draw(st.sampled_from([(), tuple(weights_for(sum(maxima, Decimal(0))))])),
    )
    marks = {c.code: draw(marks_up_to(c.points)) for c in standard.criteria}
    return standard, {code: Score(mark) for code, mark in marks.items()}


def weights_for(points: Decimal) -> Iterator[MethodWeight]:
    """A weight for each method; together the declared total."""
    *first, last = Method
    yield from (MethodWeight(method, points / 8) for method in first)
    yield MethodWeight(last, points / 2)


def marks_up_to(maximum: Decimal) -> st.SearchStrategy[Mark]:
    return st.one_of(st.none(), st.just(NOT_APPLICABLE), st.decimals(0, maximum, places=2))


@given(scored_standards())
def test_a_total_never_exceeds_its_cap(scored: tuple[Standard, dict[str, Score]]) -> None:
    standard, scores = scored

    result = total(standard, scores)

    assert 0 <= result.points <= standard.total + standard.bonus_cap
    assert result.raw <= result.applicable <= standard.total


@given(scored_standards(), st.randoms())
def test_the_order_of_scores_never_matters(scored: tuple[Standard, dict[str, Score]], random: Random) -> None:
    standard, scores = scored
    shuffled = dict(random.sample(list(scores.items()), len(scores)))

    assert total(standard, shuffled) == total(standard, scores)


@given(scored_standards(), st.decimals("0.01", 20, places=2))
def test_one_more_criterion_that_does_not_apply_changes_nothing(
    scored: tuple[Standard, dict[str, Score]], points: Decimal
) -> None:
    standard, scores = scored
    first, second = standard.indicators
    more = replace(first, criteria=(*first.criteria, Criterion("1.x", "不适用", points, "d")))
    longer = replace(standard, indicators=(more, second))

    result = total(longer, {**scores, "1.x": Score(NOT_APPLICABLE)})

    assert result.points == total(standard, scores).points


@given(scored_standards())
def test_a_total_can_be_added_up_again_from_its_trace(scored: tuple[Standard, dict[str, Score]]) -> None:
    standard, scores = scored

    result = total(standard, scores)

    points = [line.points for line in result.trace if isinstance(line.points, Decimal) and not line.bonus]
    assert sum(points, Decimal(0)) == result.raw
    assert [line.criterion for line in result.trace] == [criterion.code for criterion in standard.criteria]


WEIGHED = Standard(
    HUNDRED,
    (
        Indicator(
            "1",
            "项",
            HUNDRED,
            (
                Criterion("1.1", "资料", Decimal(30), "d", method=Method.PAPERS),
                Criterion("1.2", "现场", Decimal(50), "d", method=Method.ON_SITE),
                Criterion("1.3", "问卷", Decimal(20), "d", method=Method.SURVEY),
            ),
        ),
    ),
    method_weights=(
        MethodWeight(Method.PAPERS, Decimal(20)),
        MethodWeight(Method.ON_SITE, Decimal(50)),
        MethodWeight(Method.SURVEY, Decimal(30)),
    ),
)


def test_each_method_adds_its_weight_and_the_total_says_so() -> None:
    marks = {"1.1": Decimal(15), "1.2": Decimal(40), "1.3": Decimal(20)}

    result = total(WEIGHED, {code: Score(points) for code, points in marks.items()})

    assert (result.points, result.raw) == (Decimal("80.00"), Decimal(75))
    assert result.methods == (
        MethodPart(Method.PAPERS, Decimal(20), Decimal(15), Decimal(30)),
        MethodPart(Method.ON_SITE, Decimal(50), Decimal(40), Decimal(50)),
        MethodPart(Method.SURVEY, Decimal(30), Decimal(20), Decimal(20)),
    )


def test_a_method_with_nothing_applicable_leaves_both_sides() -> None:
    scores = {
        "1.1": Score(Decimal(30)),
        "1.2": Score(Decimal(40)),
        "1.3": Score(NOT_APPLICABLE),
    }

    result = total(WEIGHED, scores)

    assert result.points == Decimal("85.71")  # (20 + 50 x 40/50) of 70, on 100
    assert [part.method for part in result.methods] == [Method.PAPERS, Method.ON_SITE]


MET = Standard(
    Decimal(3),
    (
        Indicator(
            "1", "目标", Decimal(3), tuple(Criterion(f"1.{n}", "条", Decimal(1), "d") for n in range(3))
        ),
    ),
    decimals=0,
    rounding=Rounding.DOWN,
    scale=Scale.MET,
)


@pytest.mark.parametrize(
    ("marks", "points"),
    [((1, 1, 1), "3"), ((1, 0, 1), "2"), ((1, None, 1), "2"), ((1, NOT_APPLICABLE, 0), "1")],
)
def test_targets_are_counted_and_never_rounded_up(marks: tuple[int | Mark, ...], points: str) -> None:
    given_marks = [Decimal(mark) if isinstance(mark, int) else mark for mark in marks]

    result = total(MET, {f"1.{n}": Score(mark) for n, mark in enumerate(given_marks)})

    assert str(result.points) == points


def test_a_target_is_met_or_not() -> None:
    with pytest.raises(Refused) as refused:
        total(MET, {"1.0": Score(Decimal("0.5"))})

    assert (refused.value.code, refused.value.params) == ("score.met_or_not", {"criterion": "1.0"})


def test_means_that_do_not_end_are_rounded_as_if_they_were_exact() -> None:
    third = moderated([Decimal(0), Decimal(0), Decimal("0.005")], drop_outliers=False)
    standard = replace(MET, scale=Scale.POINTS, decimals=2, rounding=Rounding.HALF_UP)

    result = total(standard, {f"1.{n}": Score(third) for n in range(3)})

    assert result.points == Decimal("0.01")


def test_a_line_of_the_trace_keeps_figures_and_single_marks() -> None:
    figures = (("visited", Figure(value=Decimal(3))),)
    marks = (Score(Decimal(1), "甲"), Score(Decimal(0), "乙"))

    result = total(MET, {"1.0": Score(Decimal("0.5"), "评审组", "现场", figures, marks)})

    assert (result.trace[0].figures, result.trace[0].marks) == (figures, marks)


def test_plain_numbers_have_no_exponent_and_no_zeros_at_their_end() -> None:
    numbers = [Decimal(text) for text in ("5.00", "1E+2", "0.50", "100", "0.000")]

    assert list(map(plain, numbers)) == ["5", "100", "0.5", "100", "0"]
