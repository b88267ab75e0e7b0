"""What the organiser does while a round is open."""

from typing import Any
from uuid import uuid4

import pytest

from services.workflow.commands import organising, slates
from services.workflow.models import Due, Round, RoundNote, RoundTask, Slate, SlateLine
from services.workflow.queries.obstacles import obstacles_of
from tests.workflow import cast
from tests.workflow.cast import District
from tests.workflow.commands.refusing import refusal


def opened(d: District) -> int:
    return cast.table(d, [d.cases["clearance"]])


def extend(d: District, round_id: int, day: str = "2026-03-20", who: str = "office") -> Any:
    return organising.extend_round(round_id, due_on=day, reason="材料多", by=d.people[who], key=uuid4())


def cancel(d: District, round_id: int, who: str = "office", reason: str = "名单有误") -> Any:
    return organising.cancel_round(round_id, reason=reason, by=d.people[who], key=uuid4())


def strike(d: District, round_id: int, code: str = "clearance", who: str = "office") -> Any:
    return organising.strike_line(round_id, d.cases[code], reason="材料待核", by=d.people[who], key=uuid4())


def notes(round_id: int) -> list[tuple[str, str]]:
    return list(RoundNote.objects.filter(round=round_id).order_by("pk").values_list("kind", "text"))


def test_a_later_day_holds_for_the_round_its_tasks_and_what_is_due(d: District) -> None:
    round_id = opened(d)

    answer = extend(d, round_id)

    rows = [task.due_at for task in cast.tasks_of(round_id) if task.due_at is not None]
    due = Due.objects.filter(task__process=round_id, kind="task", cancelled_at=None).values_list("at", "n")
    moments = {at.isoformat() for at in rows} | {at.isoformat() for at, _ in due}
    assert moments == {answer["due_at"]} == {"2026-03-20T16:00:00+00:00"}
    assert [n for _, n in due] == [1, 1]
    assert notes(round_id) == [("extended", "2026-03-20 材料多")]


def test_what_was_due_already_is_due_once_more(d: District) -> None:
    round_id = opened(d)
    Due.objects.filter(task__process=round_id).update(fired_at=cast.NOW)

    extend(d, round_id)

    open_rows = Due.objects.filter(task__process=round_id, fired_at=None, cancelled_at=None)
    assert sorted((row.kind, row.n) for row in open_rows) == [("reminder", 2)] * 2 + [("task", 2)] * 2


@pytest.mark.parametrize(
    ("day", "code"),
    [
        ("2026-03-09", "round.due_not_later"),
        ("2026-01-01", "round.due_not_later"),
        ("soon", "field.not_a_date"),
        ("", "field.missing"),
    ],
)
def test_only_a_later_day_is_taken(d: District, day: str, code: str) -> None:
    round_id = opened(d)

    assert refusal(extend, d, round_id, day) == code
    assert notes(round_id) == []


def test_a_cancelled_round_closes_its_tasks_and_frees_its_lines(d: District) -> None:
    round_id, case = opened(d), d.cases["clearance"]

    answer = cancel(d, round_id)

    round_ = Round.objects.get(pk=round_id)
    tasks = RoundTask.objects.filter(process=round_id, flow_task_type="HUMAN")
    line = SlateLine.objects.get(slate=round_.slate)
    assert answer["freed"] == [case]
    assert (round_.status, round_.outcome) == ("CANCELED", {"cancelled": "名单有误"})
    assert {task.status for task in tasks} == {"CANCELED"}
    assert not Due.objects.filter(task__in=tasks, cancelled_at=None).exists()
    assert (line.open, line.outcome, round_.slate.closed_at) == (False, "cancelled", cast.NOW)
    assert (d.case("clearance").waiting_role, obstacles_of({case: 2})[case].round) == ("office", "cancelled")


def test_a_cancelled_slate_is_tabled_again_as_its_next_version(d: District) -> None:
    round_id = opened(d)
    first = Round.objects.get(pk=round_id).slate
    again = slates.Manner(again=first.pk)

    def table() -> Any:
        return slates.table(
            d.edition, [d.cases["clearance"]], by=d.people["office"], key=uuid4(), manner=again
        )

    while_open = refusal(table)
    cancel(d, round_id)
    second = table()
    cast.answer_round(d, second["round"])

    assert while_open == "slate.already_tabled"
    assert (second["number"], second["version"]) == (first.number, 2)
    assert Slate.objects.filter(edition=d.edition, number=first.number).count() == 2


def test_a_slate_whose_round_came_to_its_end_has_no_next_version(d: District) -> None:
    round_id = opened(d)
    slate = Round.objects.get(pk=round_id).slate
    other = slates.Manner(again=slate.pk)
    case = back(d)

    found = refusal(slates.table, d.edition, [case], by=d.people["office"], key=uuid4(), manner=other)

    assert found == "slate.not_cancelled"


def back(d: District) -> int:
    """The returned case, filed again and endorsed: a second one at clearance."""
    case = d.cases["returned"]
    cast.take("declaration", case, "resubmit", d.people["returned"])
    if d.case("returned").leg == 1:
        cast.take("declaration", case, "endorse", d.people["songxi"])
    return case


def test_a_line_taken_off_leaves_the_rest_going(d: District) -> None:
    case = back(d)
    round_id = cast.table(d, [d.cases["clearance"], case])

    answer = strike(d, round_id)
    cast.answer_round(d, round_id)

    line = SlateLine.objects.get(slate__rounds=round_id, case=d.cases["clearance"])
    assert answer["round_open"]
    assert (line.struck_at, line.struck_reason) == (cast.NOW, "struck")
    assert (d.case("clearance").leg, d.case("clearance").waiting_role) == (2, "office")
    assert d.case("returned").leg == 3
    assert refusal(strike, d, round_id) == "round.closed"


def test_without_any_line_left_the_round_ends(d: District) -> None:
    round_id = opened(d)

    answer = strike(d, round_id)

    assert not answer["round_open"]
    assert Round.objects.get(pk=round_id).status == "CANCELED"
    assert cast.table(d, [d.cases["clearance"]])


def test_a_line_is_taken_off_once(d: District) -> None:
    round_id = cast.table(d, [d.cases["clearance"], back(d)])
    strike(d, round_id)

    assert refusal(strike, d, round_id) == "slate.line_not_open"
    assert refusal(strike, d, round_id, "draft") == "slate.line_not_open"


def test_those_who_have_not_answered_are_reminded_once_a_day(d: District) -> None:
    round_id = opened(d)
    first, second = cast.tasks_of(round_id)
    cast.decide(first.pk, "no_objection", cast.asked(d, first))

    answer = organising.remind(round_id, text="请尽快", by=d.people["office"], key=uuid4())
    again = refusal(organising.remind, round_id, by=d.people["office"], key=uuid4())
    answered = refusal(organising.remind, round_id, tasks=[first.pk], by=d.people["office"], key=uuid4())

    assert answer["tasks"] == [second.pk]
    assert (again, answered) == ("round.reminded_today", "round.nobody_to_remind")
    assert notes(round_id) == [("reminded", "请尽快")]


@pytest.mark.parametrize("who", ["dep-police", "committee1", "songxi", "north-office"])
def test_nobody_but_the_organiser_leads_a_round(d: District, who: str) -> None:
    round_id = opened(d)

    acts: list[Any] = [extend, cancel, strike]
    found = {refusal(act, d, round_id, who=who) for act in acts}
    found.add(refusal(organising.remind, round_id, by=d.people[who], key=uuid4()))

    assert found == {"step.not_yours"}
    assert Round.objects.get(pk=round_id).is_open


def test_what_is_closed_or_unknown_is_not_led(d: District) -> None:
    round_id = opened(d)
    cancel(d, round_id)

    assert [refusal(act, d, round_id) for act in (extend, cancel, strike)] == ["round.closed"] * 3
    assert [refusal(act, d, 999_999) for act in (extend, cancel, strike)] == ["round.unknown"] * 3
    assert refusal(cancel, d, opened(d), reason=" ") == "field.missing"


def test_an_opinion_that_comes_too_late_is_kept_and_moves_nothing(d: District) -> None:
    round_id = opened(d)
    task = cast.tasks_of(round_id)[0]
    by = cast.asked(d, task)

    early = refusal(organising.late_opinion, task.pk, text="有异议", by=by, key=uuid4())
    cancel(d, round_id)
    before = RoundTask.objects.filter(pk=task.pk).values().get()
    kept = organising.late_opinion(task.pk, text="有异议", by=by, key=uuid4())

    row = RoundNote.objects.get(pk=kept["note"])
    stranger = d.people["dep-org"]
    assert early == "task.still_open"
    assert (row.kind, row.text, row.task_id, row.office_id) == ("late", "有异议", task.pk, by.office_id)
    assert RoundTask.objects.filter(pk=task.pk).values().get() == before
    assert refusal(organising.late_opinion, task.pk, text="x", by=stranger, key=uuid4()) == "step.not_yours"
