from collections.abc import Callable
from functools import partial

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from services.workflow.domain.refused import Refused
from services.workflow.domain.stages import Mode
from services.workflow.models import Round, RoundTask
from services.workflow.rounds.answering import answer
from services.workflow.rounds.closing import cancel, concluded
from tests.workflow.rounds.conftest import AT, HOUR, Cast, at_once, outcome_of, tasks_of

SCORING = Mode.SCORING


def answer_all(cast: Cast, round_: Round, *verdicts: str) -> list[RoundTask]:
    """One answer of each participant in turn, an hour apart."""
    return [
        answer(task.pk, verdict=verdict, office_id=office.pk, at=AT + n * HOUR)
        for n, (task, office, verdict) in enumerate(
            zip(tasks_of(round_), cast.offices, verdicts, strict=False), 1
        )
    ]


def test_an_answer_is_kept_with_who_when_and_what(cast: Cast) -> None:
    round_ = cast.round()

    answer_all(cast, round_, "answered")

    task, *others = tasks_of(round_)
    kept = (task.status, task.verdict, task.decided_by_id, task.decided_at, task.version)
    assert kept == ("DONE", "answered", cast.offices[0].pk, AT + HOUR, 2)
    assert {(other.status, other.verdict, other.version) for other in others} == {("NEW", "", 1)}
    assert not concluded(round_.pk)


def test_the_last_answer_closes_the_round_and_records_what_happened(cast: Cast) -> None:
    round_ = cast.round(SCORING)

    *earlier, last = answer_all(cast, round_, *["answered"] * 8)

    assert [task.process.is_open for task in earlier] == [True] * 7
    assert not last.process.is_open
    round_.refresh_from_db()
    assert (round_.status, round_.closed_at, concluded(round_.pk)) == ("DONE", AT + 8 * HOUR, True)
    assert round_.outcome == {
        "closed_by_organiser": False,
        "asked": 8,
        "answered": 8,
        "verdicts": {"answered": 8},
        "silent": [],
    }


def test_nothing_of_a_closed_round_is_left_open(cast: Cast) -> None:
    round_ = cast.round(SCORING)

    answer_all(cast, round_, *["answered"] * 8)

    assert {task.status for task in round_.task_set.all()} == {"DONE", "CANCELED"}
    assert [t.flow_task.name for t in round_.task_set.filter(status="CANCELED")] == ["closing"]


def test_the_first_disagree_ends_nothing(cast: Cast) -> None:
    round_ = cast.round(Mode.COUNTERSIGN, {"closes": "decided", "countersign": {"share": "1"}})

    (first,) = answer_all(cast, round_, "disagree")

    assert first.process.is_open
    assert [task.status for task in tasks_of(round_)] == ["DONE", *["NEW"] * 7]


def test_all_must_agree_unless_the_rule_says_otherwise(cast: Cast) -> None:
    round_ = cast.round(Mode.COUNTERSIGN)

    *_, last = answer_all(cast, round_, "disagree", *["agree"] * 7)

    assert last.process.outcome == {
        "closed_by_organiser": False,
        "asked": 8,
        "answered": 8,
        "verdicts": {"disagree": 1, "agree": 7},
        "silent": [],
        "needed": 8,
        "passes": False,
    }


def test_enough_signatures_end_a_round_that_may_end_early(cast: Cast) -> None:
    round_ = cast.round(Mode.COUNTERSIGN, {"closes": "decided", "countersign": {"count": 2}})

    *earlier, _last = answer_all(cast, round_, "agree", "disagree", "agree")

    assert [task.process.is_open for task in earlier] == [True, True]
    assert outcome_of(round_)["passes"] is True
    assert [task.status for task in tasks_of(round_)] == [*["DONE"] * 3, *["CANCELED"] * 5]


def test_a_vote_that_may_be_changed_waits_for_its_organiser(cast: Cast) -> None:
    round_ = cast.round(Mode.VOTE, {"closes": "organiser"})

    *_, last = answer_all(cast, round_, *["answered"] * 8)

    assert last.process.is_open


def test_a_vote_records_who_was_present(cast: Cast) -> None:
    round_ = cast.round(Mode.VOTE)

    *_, _last = answer_all(cast, round_, *["answered"] * 6, *["recused"] * 2)

    outcome = outcome_of(round_)
    recorded = {key: outcome[key] for key in ("present", "quorum", "quorate")}
    assert recorded == {"present": 6, "quorum": 4, "quorate": True}


def test_a_second_answer_is_overtaken_and_changes_nothing(cast: Cast) -> None:
    round_ = cast.round()
    (first,) = answer_all(cast, round_, "answered")

    with pytest.raises(Refused) as refused:
        answer(first.pk, verdict="answered", office_id=cast.offices[1].pk, at=AT + 2 * HOUR)

    told = {"verdict": "answered", "office": cast.offices[0].pk, "at": AT + HOUR}
    assert (refused.value.code, refused.value.params) == ("task.overtaken", told)
    assert RoundTask.objects.get(pk=first.pk).decided_by_id == cast.offices[0].pk


def test_a_stale_version_is_overtaken(cast: Cast) -> None:
    task = tasks_of(cast.round())[0]

    with pytest.raises(Refused, match=r"task\.overtaken"):
        answer(task.pk, verdict="answered", office_id=cast.offices[0].pk, at=AT, version=0)


def test_a_late_answer_moves_nothing(cast: Cast) -> None:
    round_ = cast.round()
    task = tasks_of(round_)[0]
    cancel(round_, reason="tabled in error", at=AT)

    with pytest.raises(Refused, match=r"round\.closed"):
        answer(task.pk, verdict="answered", office_id=cast.offices[0].pk, at=AT)

    assert RoundTask.objects.get(pk=task.pk).status == "CANCELED"


@pytest.mark.parametrize(
    ("mode", "verdict"),
    [(Mode.CLEARANCE, ""), (Mode.COUNTERSIGN, "answered"), (Mode.SCORING, "agree"), (Mode.VOTE, "for")],
)
def test_a_verdict_of_another_kind_of_round_is_refused(cast: Cast, mode: Mode, verdict: str) -> None:
    task = tasks_of(cast.round(mode))[0]

    with pytest.raises(Refused, match=r"task\.verdict_unknown"):
        answer(task.pk, verdict=verdict, office_id=cast.offices[0].pk, at=AT)

    assert RoundTask.objects.get(pk=task.pk).status == "NEW"


def test_only_a_participants_task_can_be_answered(cast: Cast) -> None:
    closing = cast.round().task_set.get(status="NEW", flow_task_type="FUNCTION")

    with pytest.raises(Refused, match=r"task\.unknown"):
        answer(closing.pk, verdict="answered", office_id=cast.offices[0].pk, at=AT)


def test_an_answer_costs_the_same_however_many_were_asked(cast: Cast) -> None:
    counts = []
    for asked in (3, 8):
        round_ = cast.round(participants=cast.participants[:asked])
        first, second = tasks_of(round_)[:2]
        answer(first.pk, verdict="answered", office_id=cast.offices[0].pk, at=AT)
        with CaptureQueriesContext(connection) as queries:
            answer(second.pk, verdict="answered", office_id=cast.offices[1].pk, at=AT)
        counts.append(len(queries))

    # 7 statements, and viewflow's savepoint opened and released.
    assert counts == [9, 9]


def test_of_eight_who_answer_one_task_one_wins(
    committed_cast: Cast, scale: Callable[[int, int], int]
) -> None:
    office = committed_cast.offices[0].pk
    for _ in range(scale(20, 200)):
        task = tasks_of(committed_cast.round(participants=committed_cast.participants[:2]))[0].pk

        results = at_once(*[partial(answer, task, verdict="answered", office_id=office, at=AT)] * 8)

        assert results == ["done", *["task.overtaken"] * 7]


def test_eight_who_answer_their_own_tasks_close_the_round_once(
    committed_cast: Cast, scale: Callable[[int, int], int]
) -> None:
    office = committed_cast.offices[0].pk
    for _ in range(scale(5, 50)):
        round_ = committed_cast.round()

        results = at_once(
            *(
                partial(answer, task.pk, verdict="answered", office_id=office, at=AT)
                for task in tasks_of(round_)
            )
        )

        assert results == ["done"] * 8
        assert concluded(round_.pk)
        assert [t.flow_task.name for t in round_.task_set.filter(flow_task_type="END")] == ["end"]
