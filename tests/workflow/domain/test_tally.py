"""Clearances, countersignatures and votes: hand-made examples, then properties over every small committee."""

import datetime as dt
from fractions import Fraction
from itertools import product
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.workflow.domain.programme_rules import CountersignRule, Electorate, Majority, VoteRule
from services.workflow.domain.tally import (
    BallotCast,
    Choice,
    Clearance,
    ClearanceFinding,
    ClearanceOutcome,
    Tally,
    clearance_outcome,
    count,
    countersign_passes,
    tally,
)

NINE = dt.datetime(2026, 4, 1, 1, 0, tzinfo=dt.UTC)
PRESENT = VoteRule(Fraction(2, 3), Majority.MAJORITY, Electorate.PRESENT)


def ballots(*choices: Choice | None) -> list[BallotCast]:
    """One ballot of each member, numbered from 1; None is a member who did not vote."""
    return [BallotCast(n, c, NINE) for n, c in enumerate(choices, start=1) if c is not None]


def test_a_line_nobody_objects_to_is_clear() -> None:
    outcome = clearance_outcome([7], [ClearanceFinding(7, 1, Clearance.NO_OBJECTION)])

    assert outcome == (ClearanceOutcome(7, Clearance.NO_OBJECTION),)


def test_the_heaviest_word_counts_and_names_all_who_spoke() -> None:
    findings = [
        ClearanceFinding(7, 2, Clearance.VETO),
        ClearanceFinding(7, 1, Clearance.OBJECTION),
        ClearanceFinding(8, 1, Clearance.OBJECTION),
        ClearanceFinding(9, 1, Clearance.VETO),
    ]

    outcome = clearance_outcome([8, 7, 6], findings)

    assert outcome == (
        ClearanceOutcome(8, Clearance.OBJECTION, objectors=(1,)),
        ClearanceOutcome(7, Clearance.VETO, objectors=(1,), vetoers=(2,)),
        ClearanceOutcome(6, Clearance.NO_OBJECTION),
    )


@pytest.mark.parametrize(
    ("agreed", "disagreed", "participants", "rule", "passes"),
    [
        (2, 0, 2, CountersignRule(), True),
        (1, 0, 2, CountersignRule(), False),
        (1, 1, 2, CountersignRule(), False),
        (3, 2, 5, CountersignRule(Fraction(3, 5)), True),
        (2, 1, 5, CountersignRule(Fraction(3, 5)), False),
        (3, 1, 5, CountersignRule(Fraction(1, 2)), True),
        (2, 1, 5, CountersignRule(Fraction(1, 2)), False),
        (2, 6, 8, CountersignRule(count=2), True),
        (1, 0, 8, CountersignRule(count=2), False),
        (0, 0, 3, CountersignRule(Fraction(0)), False),
    ],
)
def test_countersigning(
    agreed: int, disagreed: int, participants: int, rule: CountersignRule, passes: bool
) -> None:
    assert countersign_passes(agreed, disagreed, participants, rule) is passes


def test_a_vote_in_full() -> None:
    cast = ballots(
        Choice.FOR, Choice.AGAINST, Choice.FOR, Choice.ABSTAIN, Choice.FOR, Choice.RECUSED, None, None
    )

    result = tally(cast, range(1, 9), [7], PRESENT)

    assert result == Tally(
        for_=3,
        against=1,
        abstain=1,
        recused=2,
        entitled=6,
        present=5,
        quorum=4,
        needed=3,
        quorate=True,
        carried=True,
    )


def test_the_first_against_ends_nothing() -> None:
    result = tally(ballots(Choice.AGAINST, Choice.FOR, Choice.FOR), [1, 2, 3], [], PRESENT)

    assert (result.against, result.carried) == (1, True)


def test_the_latest_ballot_of_a_member_counts_whatever_the_order_of_reading() -> None:
    later = BallotCast(1, Choice.AGAINST, NINE + dt.timedelta(minutes=1))

    result = tally([later, *ballots(Choice.FOR)], [1], [], PRESENT)

    assert (result.for_, result.against, result.carried) == (0, 1, False)


def test_a_ballot_of_somebody_who_is_no_member_does_not_count() -> None:
    result = tally(ballots(Choice.FOR, Choice.FOR, Choice.FOR), [1], [], PRESENT)

    assert (result.for_, result.present, result.entitled) == (1, 1, 1)


@pytest.mark.parametrize(
    ("passes", "of", "for_", "against", "abstain", "carried"),
    [
        (Majority.MAJORITY, Electorate.PRESENT, 4, 3, 0, True),
        (Majority.MAJORITY, Electorate.PRESENT, 4, 4, 0, False),
        (Majority.MAJORITY, Electorate.PRESENT, 4, 0, 4, False),
        (Majority.MAJORITY, Electorate.MEMBERS, 5, 1, 0, False),
        (Majority.MAJORITY, Electorate.MEMBERS, 6, 0, 0, True),
        (Majority.TWO_THIRDS, Electorate.PRESENT, 6, 3, 0, True),
        (Majority.TWO_THIRDS, Electorate.PRESENT, 5, 3, 0, False),
        (Majority.TWO_THIRDS, Electorate.MEMBERS, 6, 0, 0, False),
        (Majority.TWO_THIRDS, Electorate.MEMBERS, 7, 0, 0, True),
        (Majority.ALL, Electorate.PRESENT, 7, 0, 0, True),
        (Majority.ALL, Electorate.PRESENT, 7, 0, 1, False),
        (Majority.ALL, Electorate.MEMBERS, 9, 0, 0, False),
        (Majority.ALL, Electorate.MEMBERS, 10, 0, 0, True),
    ],
)
def test_pass_rules_in_a_committee_of_ten(
    passes: Majority, of: Electorate, for_: int, against: int, abstain: int, carried: bool
) -> None:
    rule = VoteRule(Fraction(1, 2), passes, of)

    assert count(for_, against, abstain, entitled=10, recused=0, rule=rule).carried is carried


@pytest.mark.parametrize(("present", "quorate"), [(6, False), (7, True)])
def test_without_a_quorum_nothing_is_carried(present: int, quorate: bool) -> None:
    result = count(present, 0, 0, entitled=10, recused=0, rule=PRESENT)

    assert (result.quorum, result.quorate, result.carried) == (7, quorate, quorate)


@pytest.mark.parametrize("passes", list(Majority))
@pytest.mark.parametrize("of", list(Electorate))
def test_where_everybody_recused_nothing_is_carried(passes: Majority, of: Electorate) -> None:
    result = tally([], [1, 2], [1, 2], VoteRule(Fraction(0), passes, of))

    assert (result.entitled, result.quorate, result.carried) == (0, False, False)


RULES = st.builds(
    VoteRule,
    quorum=st.fractions(min_value=0, max_value=1, max_denominator=6),
    passes=st.sampled_from(Majority),
    of=st.sampled_from(Electorate),
)
CHOICES = st.lists(st.sampled_from([*Choice, None]), max_size=9)


@given(CHOICES, RULES)
def test_everybody_is_counted_once(choices: list[Choice | None], rule: VoteRule) -> None:
    result = tally(ballots(*choices), range(1, len(choices) + 1), [], rule)

    assert result.for_ + result.against + result.abstain == result.present
    assert result.present + result.recused + choices.count(None) == len(choices)
    assert result.entitled + result.recused == len(choices)


@given(CHOICES, RULES, st.randoms(use_true_random=False))
def test_the_order_of_the_ballots_does_not_matter(
    choices: list[Choice | None], rule: VoteRule, random: Random
) -> None:
    cast = ballots(*choices)
    shuffled = list(cast)
    random.shuffle(shuffled)
    members = range(1, len(choices) + 1)

    assert tally(shuffled, members, [], rule) == tally(cast, members, [], rule)


@given(CHOICES, RULES, st.data())
def test_turning_an_against_into_a_for_never_loses(
    choices: list[Choice | None], rule: VoteRule, data: st.DataObject
) -> None:
    members = range(1, len(choices) + 1)
    if Choice.AGAINST not in choices:
        choices = [*choices, Choice.AGAINST]
        members = range(1, len(choices) + 1)
    at = data.draw(st.sampled_from([n for n, c in enumerate(choices) if c == Choice.AGAINST]))
    turned = [*choices[:at], Choice.FOR, *choices[at + 1 :]]

    before, after = (tally(ballots(*c), members, [], rule).carried for c in (choices, turned))

    assert after >= before


@pytest.mark.parametrize("passes", list(Majority))
@pytest.mark.parametrize("of", list(Electorate))
def test_no_share_is_ever_rounded_in_favour(passes: Majority, of: Electorate) -> None:
    least = {
        Majority.MAJORITY: Fraction(1, 2),
        Majority.TWO_THIRDS: Fraction(2, 3),
        Majority.ALL: Fraction(1),
    }
    rule = VoteRule(Fraction(0), passes, of)

    for for_, against, absent in product(range(7), repeat=3):
        result = count(for_, against, 0, entitled=for_ + against + absent, recused=0, rule=rule)
        base = result.present if of == Electorate.PRESENT else result.entitled
        enough = for_ > least[passes] * base if passes == Majority.MAJORITY else for_ >= least[passes] * base

        assert result.carried is (enough and for_ > 0)
