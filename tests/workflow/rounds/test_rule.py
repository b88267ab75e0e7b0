from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.workflow.domain.programme import Leg
from services.workflow.domain.programme_rules import (
    Body,
    ClearanceRule,
    CountersignRule,
    Electorate,
    Majority,
    Silence,
    VoteRule,
)
from services.workflow.domain.refused import Refused
from services.workflow.domain.stages import Mode, Role, Stage
from services.workflow.rounds.rule import Closes, RoundRule, Standing

SHARES = st.fractions(min_value=0, max_value=1, max_denominator=9)
RULES = st.builds(
    RoundRule,
    closes=st.sampled_from(Closes),
    silence=st.sampled_from(Silence),
    countersign=st.builds(CountersignRule, share=SHARES, count=st.none() | st.integers(1, 9)),
    vote=st.builds(
        VoteRule,
        quorum=SHARES,
        passes=st.sampled_from(Majority),
        of=st.sampled_from(Electorate),
        secret=st.booleans(),
    ),
)


@given(RULES)
def test_a_rule_is_read_as_it_was_stored(rule: RoundRule) -> None:
    assert RoundRule.read(rule.stored()) == rule


def test_nothing_stored_means_the_defaults() -> None:
    assert RoundRule.read({}) == RoundRule(
        Closes.ALL_ANSWERED, Silence.ESCALATE, CountersignRule(Fraction(1)), VoteRule(Fraction(2, 3))
    )


@pytest.mark.parametrize(
    "stored",
    [
        {"closes": "at_once"},
        {"silence": "consent"},
        {"countersign": {"share": "most"}},
        {"countersign": {"share": "1/0"}},
        {"vote": {"passes": "acclamation"}},
        {"vote": "majority"},
    ],
)
def test_an_unreadable_rule_is_refused(stored: dict[str, object]) -> None:
    with pytest.raises(Refused, match=r"round\.rule_unreadable"):
        RoundRule.read(stored)


def test_the_rule_of_a_leg() -> None:
    leg = Leg(
        key="clearance",
        name="clearance",
        stage=Stage.ELIGIBILITY,
        mode=Mode.CLEARANCE,
        body=Body(Role.OFFICE, "OFFICE"),
        clearance=ClearanceRule(Silence.DEEMED_NONE),
    )

    assert RoundRule.of(leg) == RoundRule(silence=Silence.DEEMED_NONE)
    assert RoundRule.of(leg, closes=Closes.ORGANISER).closes == Closes.ORGANISER


def test_a_standing_is_counted_from_verdicts() -> None:
    verdicts = ["agree", "", "disagree", "agree", "recused", "answered"]

    assert Standing.of(verdicts) == Standing(asked=6, answered=5, agreed=2, disagreed=1, recused=1)


@pytest.mark.parametrize(
    ("closes", "verdicts", "ends"),
    [
        (Closes.ALL_ANSWERED, ["agree", "agree", "agree"], True),
        (Closes.ALL_ANSWERED, ["disagree", "disagree", "disagree"], True),
        (Closes.ALL_ANSWERED, ["agree", "agree", ""], False),
        (Closes.ALL_ANSWERED, ["disagree", "", ""], False),
        (Closes.ALL_ANSWERED, [], False),
        (Closes.DECIDED, ["agree", "agree", ""], True),
        (Closes.DECIDED, ["agree", "disagree", ""], False),
        (Closes.DECIDED, ["disagree", "disagree", ""], False),
        (Closes.DECIDED, ["disagree", "disagree", "disagree"], True),
        (Closes.ORGANISER, ["agree", "agree", "agree"], False),
    ],
)
def test_when_a_round_ends_by_itself(closes: Closes, verdicts: list[str], ends: bool) -> None:
    rule = RoundRule(closes, countersign=CountersignRule(count=2))

    assert rule.ends(Standing.of(verdicts)) is ends


@given(RULES.filter(lambda rule: rule.closes != Closes.ORGANISER), st.integers(1, 9), st.integers(0, 9))
def test_disagreement_alone_never_ends_a_round(rule: RoundRule, missing: int, disagreed: int) -> None:
    verdicts = ["disagree"] * disagreed + [""] * missing

    assert rule.ends(Standing.of(verdicts)) is False


@pytest.mark.parametrize(
    ("mode", "silence", "verdicts", "overdue", "code"),
    [
        (Mode.CLEARANCE, Silence.DEEMED_NONE, ["answered", ""], True, None),
        (Mode.CLEARANCE, Silence.DEEMED_NONE, ["answered", ""], False, "round.unanswered"),
        (Mode.CLEARANCE, Silence.ESCALATE, ["answered", ""], True, "round.unanswered"),
        (Mode.CLEARANCE, Silence.REMIND, ["answered", ""], True, "round.unanswered"),
        (Mode.CLEARANCE, Silence.REMIND, ["answered", "answered"], False, None),
        (Mode.SCORING, Silence.DEEMED_NONE, ["answered", ""], True, "round.unanswered"),
        (Mode.COUNTERSIGN, Silence.ESCALATE, ["agree", "agree", ""], False, None),
        (Mode.COUNTERSIGN, Silence.DEEMED_NONE, ["agree", "disagree", ""], True, "round.unanswered"),
        (Mode.VOTE, Silence.ESCALATE, ["answered", "answered", ""], False, None),
        (Mode.VOTE, Silence.ESCALATE, ["answered", "", ""], True, "round.not_quorate"),
        (Mode.VOTE, Silence.ESCALATE, ["answered", "answered", "recused", "", ""], True, "round.not_quorate"),
        (Mode.VOTE, Silence.ESCALATE, ["answered", "answered", "recused", ""], True, None),
    ],
)
def test_what_the_organiser_may_close(
    mode: Mode, silence: Silence, verdicts: list[str], overdue: bool, code: str | None
) -> None:
    rule = RoundRule(silence=silence, countersign=CountersignRule(count=2))

    try:
        rule.require_closable(mode, Standing.of(verdicts), overdue=overdue)
        refused = None
    except Refused as error:
        refused = error.code

    assert refused == code
