import pytest

from services.workflow.domain.paper_count import Papers, check_attendance, check_counts, judged, voters
from services.workflow.domain.programme_rules import Electorate, Majority, VoteRule
from services.workflow.domain.refused import Refused

RULE = VoteRule()


def code(act, *args):
    """The code it is refused with; nothing where it holds."""
    try:
        act(*args)
    except Refused as refusal:
        return refusal.code
    return None


def test_everybody_came_or_did_not():
    assert code(check_attendance, [1, 2, 3], {1: True, 2: True, 3: False}, RULE) is None


@pytest.mark.parametrize(
    ("attendance", "refusal"),
    [
        ({1: True, 2: True}, "vote.attendance_incomplete"),
        ({1: True, 2: True, 3: True, 4: True}, "vote.not_entitled"),
        ({1: True, 2: False, 3: False}, "round.not_quorate"),
    ],
)
def test_an_attendance_that_does_not_hold(attendance, refusal):
    assert code(check_attendance, [1, 2, 3], attendance, RULE) == refusal


def test_papers_are_as_many_as_voters():
    counts = {7: Papers(2, 0, 0, 1), 8: Papers(1, 1, 0)}

    assert code(check_counts, [7, 8], counts, [1, 2, 3], {8: {3}}) is None


@pytest.mark.parametrize(
    ("counts", "refusal"),
    [
        ({}, "vote.count_missing"),
        ({7: Papers(3, 0, 0), 9: Papers(3, 0, 0)}, "finding.foreign_case"),
        ({7: Papers(2, 0, 0)}, "vote.count_mismatch"),
        ({7: Papers(3, 1, 0)}, "vote.count_mismatch"),
    ],
)
def test_a_count_that_does_not_add_up(counts, refusal):
    assert code(check_counts, [7], counts, [1, 2, 3], {}) == refusal


def test_who_recused_and_is_absent_takes_no_paper_away():
    assert (voters([1, 2], {3}), voters([1, 2, 3], {3}), voters([1, 2, 3], ())) == (2, 2, 3)


@pytest.mark.parametrize(
    ("papers", "passes", "of", "carried"),
    [
        (Papers(2, 1, 0), Majority.MAJORITY, Electorate.PRESENT, True),
        (Papers(2, 1, 0, 1), Majority.MAJORITY, Electorate.PRESENT, False),
        (Papers(2, 1, 0), Majority.TWO_THIRDS, Electorate.PRESENT, True),
        (Papers(2, 1, 0), Majority.ALL, Electorate.PRESENT, False),
        (Papers(3, 0, 0), Majority.ALL, Electorate.PRESENT, True),
        (Papers(3, 0, 0), Majority.ALL, Electorate.MEMBERS, False),
        (Papers(3, 0, 0), Majority.TWO_THIRDS, Electorate.MEMBERS, True),
    ],
)
def test_a_spoiled_paper_is_present_and_for_nothing(papers, passes, of, carried):
    tally = judged(papers, [1, 2, 3, 4], (), VoteRule(passes=passes, of=of))

    assert (tally.carried, tally.present, tally.spoiled, tally.entitled) == (
        carried,
        papers.cast,
        papers.spoiled,
        4,
    )


def test_the_recused_leave_the_entitled():
    tally = judged(Papers(2, 0, 0), [1, 2, 3], {3, 99}, RULE)

    assert (tally.entitled, tally.recused, tally.quorum, tally.carried) == (2, 1, 2, True)
