"""A revocation that is decided by vote: the count comes with the decision, and has to carry it."""

from dataclasses import replace
from typing import Any

import pytest

from services.workflow.commands.programmes import publish_version
from services.workflow.domain.actor import SYSTEM
from services.workflow.domain.programme_rules import Majority, VoteRule
from services.workflow.models import DocumentFile, Honour
from tests.workflow import cast
from tests.workflow.cast import District, take
from tests.workflow.commands.refusing import refusal


def proposed(d: District, rule: VoteRule | None) -> None:
    """A revocation waits for the committee, which has three members."""
    supervision = replace(cast.DEFINITION.supervision, revocation_vote=rule)
    version = publish_version(replace(cast.DEFINITION, supervision=supervision), by=SYSTEM, key=None)[
        "version"
    ]
    Honour.objects.filter(pk=d.honour.pk).update(earned_under_id=version)
    take("honour", d.honour.pk, "open_rereview", d.people["office"])
    take("honour", d.honour.pk, "propose_revocation", d.people["office"], reason="滑坡")


def revoke(d: District, **votes: object) -> dict[str, Any]:
    return take("honour", d.honour.pk, "revoke", d.people["committee1"], reason="决定取消", **votes)


def test_a_vote_that_carries_it_stands_in_the_decision(d: District) -> None:
    proposed(d, VoteRule())

    revoke(d, in_favour=2, against="0", abstain=1)

    assert d.honour.status == "revoked"
    assert DocumentFile.objects.get(kind="revocation").paper["vote"] == {
        "body": "committee社区", "entitled": 3, "present": 3, "for": 2, "against": 0, "abstain": 1,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("votes", "code"),
    [
        ({}, "field.not_a_number"),
        ({"in_favour": 1, "against": 1, "abstain": 1}, "honour.vote_not_carried"),
        ({"in_favour": 1, "against": 0, "abstain": 0}, "round.not_quorate"),
        ({"in_favour": 4, "against": 0, "abstain": 0}, "honour.votes_over_members"),
        ({"in_favour": -1, "against": 2, "abstain": 0}, "field.out_of_range"),
        ({"in_favour": 3, "against": "none", "abstain": 0}, "field.not_a_number"),
    ],
)
def test_a_vote_that_does_not_carry_it_leaves_the_title(
    d: District, votes: dict[str, object], code: str
) -> None:
    proposed(d, VoteRule())

    assert refusal(revoke, d, **votes) == code
    assert (d.honour.status, DocumentFile.objects.filter(kind="revocation").count()) == (
        "revocation_proposed", 0,
    )  # fmt: skip


def test_the_programme_says_how_many_votes_carry_it(d: District) -> None:
    proposed(d, VoteRule(passes=Majority.ALL))

    assert refusal(revoke, d, in_favour=2, against=1, abstain=0) == "honour.vote_not_carried"
    assert revoke(d, in_favour=3, against=0, abstain=0)["place"] == "revoked"


def test_where_no_vote_is_asked_for_none_is_kept(d: District) -> None:
    proposed(d, None)

    revoke(d)

    assert DocumentFile.objects.get(kind="revocation").paper["vote"] is None
