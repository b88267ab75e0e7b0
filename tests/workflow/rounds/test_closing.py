from collections.abc import Callable, Mapping
from functools import partial

import pytest
from django.db import transaction

from services.workflow.domain.actor import SYSTEM
from services.workflow.domain.refused import Refused
from services.workflow.domain.stages import ROUND_MODES, Mode
from services.workflow.models import Round
from services.workflow.rounds.answering import answer
from services.workflow.rounds.closing import cancel, conclude, concluded, standing
from services.workflow.rounds.rule import Standing
from tests.workflow.rounds.conftest import AT, DUE_AT, HOUR, Cast, at_once, outcome_of, tasks_of

DEEMED_NONE = {"silence": "deemed_none"}


def answered(cast: Cast, mode: Mode, rule: Mapping[str, object], *verdicts: str) -> Round:
    round_ = cast.round(mode, rule)
    for task, office, verdict in zip(tasks_of(round_), cast.offices, verdicts, strict=False):
        answer(task.pk, verdict=verdict, office_id=office.pk, at=AT)
    return round_


@pytest.mark.parametrize("mode", ROUND_MODES)
def test_cancelling_a_round_closes_its_tasks(cast: Cast, mode: Mode) -> None:
    done = "agree" if mode == Mode.COUNTERSIGN else "answered"
    round_ = answered(cast, mode, {}, done)

    cancel(round_, reason="tabled in error", at=AT + HOUR)

    round_.refresh_from_db()
    assert (round_.status, round_.closed_at) == ("CANCELED", AT + HOUR)
    assert round_.outcome == {"cancelled": "tabled in error"}
    assert [(t.status, t.version) for t in tasks_of(round_)] == [("DONE", 2), *[("CANCELED", 2)] * 7]
    assert not round_.task_set.exclude(status__in=["DONE", "CANCELED"]).exists()
    assert not concluded(round_.pk)


def test_a_cancelled_slate_can_go_round_again(cast: Cast) -> None:
    slate = cast.slate()
    cancel(cast.round(slate=slate), reason="a department was missing", at=AT)

    assert cast.round(slate=slate).is_open


def test_a_closed_round_is_not_closed_again(cast: Cast) -> None:
    round_ = cast.round()
    cancel(round_, reason="tabled in error", at=AT)

    for act in (
        lambda: cancel(round_, reason="again", at=AT),
        lambda: conclude(round_, at=DUE_AT, by=cast.by),
    ):
        with pytest.raises(Refused, match=r"round\.closed"):
            act()

    assert Round.objects.get(pk=round_.pk).outcome == {"cancelled": "tabled in error"}


def test_silence_is_deemed_no_objection_once_it_is_due(cast: Cast) -> None:
    round_ = answered(cast, Mode.CLEARANCE, DEEMED_NONE, *["answered"] * 6)

    closed = conclude(round_, at=DUE_AT, by=SYSTEM)

    assert closed.closed_at == DUE_AT
    assert outcome_of(closed) == {
        "closed_by_organiser": True,
        "asked": 8,
        "answered": 6,
        "verdicts": {"answered": 6},
        "silent": [
            {"unit": office.unit_id, "role": "department", "member": None} for office in cast.offices[6:]
        ],
        "silence": "deemed_none",
    }
    assert [task.status for task in tasks_of(round_)] == [*["DONE"] * 6, *["CANCELED"] * 2]
    assert concluded(round_.pk)


def test_a_clearance_that_nobody_answered_can_be_closed_when_due(cast: Cast) -> None:
    round_ = answered(cast, Mode.CLEARANCE, DEEMED_NONE)

    closed = conclude(round_, at=DUE_AT, by=cast.by)

    assert (closed.status, outcome_of(closed)["answered"], outcome_of(closed)["verdicts"]) == ("DONE", 0, {})


@pytest.mark.parametrize(
    ("mode", "rule", "verdicts", "code"),
    [
        (Mode.CLEARANCE, {}, ["answered"] * 7, "round.unanswered"),
        (Mode.SCORING, {}, ["answered"] * 7, "round.unanswered"),
        (Mode.COUNTERSIGN, {}, ["agree"] * 7, "round.unanswered"),
        (Mode.VOTE, {}, ["answered"] * 5, "round.not_quorate"),
    ],
)
def test_a_round_that_needs_more_answers_is_not_closed(
    cast: Cast, mode: Mode, rule: Mapping[str, object], verdicts: list[str], code: str
) -> None:
    round_ = answered(cast, mode, rule, *verdicts)

    with pytest.raises(Refused) as refused:
        conclude(round_, at=DUE_AT, by=cast.by)

    assert refused.value.code == code
    assert Round.objects.get(pk=round_.pk).is_open


def test_silence_means_nothing_before_it_is_due(cast: Cast) -> None:
    round_ = answered(cast, Mode.CLEARANCE, DEEMED_NONE, *["answered"] * 7)

    with pytest.raises(Refused, match=r"round\.unanswered"):
        conclude(round_, at=DUE_AT - HOUR, by=cast.by)


def test_a_vote_with_its_quorum_is_closed_without_the_absent(cast: Cast) -> None:
    round_ = answered(cast, Mode.VOTE, {}, *["answered"] * 6)

    closed = conclude(round_, at=AT + HOUR, by=cast.by)

    outcome = outcome_of(closed)
    recorded = {key: outcome[key] for key in ("present", "quorum", "quorate")}
    assert recorded == {"present": 6, "quorum": 6, "quorate": True}


def test_enough_signatures_let_the_organiser_close(cast: Cast) -> None:
    rule = {"countersign": {"share": "1/2"}}
    round_ = answered(cast, Mode.COUNTERSIGN, rule, "disagree", *["agree"] * 4)

    conclude(round_, at=AT + HOUR, by=cast.by)

    assert outcome_of(round_)["passes"] is True


def test_the_standing_of_an_open_round(cast: Cast) -> None:
    round_ = answered(cast, Mode.COUNTERSIGN, {}, "agree", "disagree", "agree")

    assert standing(round_) == Standing(asked=8, answered=3, agreed=2, disagreed=1)


def test_an_answer_that_meets_the_closing_comes_first_or_is_refused(
    committed_cast: Cast, scale: Callable[[int, int], int]
) -> None:
    cast = committed_cast
    for _ in range(scale(20, 200)):
        with transaction.atomic():
            round_ = answered(cast, Mode.VOTE, {}, *["answered"] * 6)
        late = tasks_of(round_)[7]

        results = at_once(
            partial(conclude, round_, at=AT + HOUR, by=cast.by),
            partial(answer, late.pk, verdict="answered", office_id=cast.offices[7].pk, at=AT),
        )

        late.refresh_from_db()
        assert (results, late.status, outcome_of(round_)["answered"]) in [
            (["done", "done"], "DONE", 7),
            (["done", "round.closed"], "CANCELED", 6),
        ]
