"""Loading a year: all or nothing, dates counted again, everyone told, and one of eight wins."""

import datetime as dt
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction

from services.workflow.commands.calendar_loading import load_calendar
from services.workflow.commands.steps import take_step
from services.workflow.domain.calendar import end_of_day, last_day
from services.workflow.models import (
    CalendarDay,
    CalendarLoading,
    CalendarShift,
    CalendarYear,
    Due,
    LedgerEntry,
    Notice,
    Rectification,
    RoundTask,
    Signal,
)
from tests.races import at_once, codes
from tests.workflow import contract
from tests.workflow.cast import District, set_clock
from tests.workflow.commands.refusing import refusal
from tests.workflow.domain.test_calendar_rows import YEAR

DOCUMENT = "国办发明电〔2026〕7号"
DECEMBER = dt.datetime(2026, 12, 29, 1, tzinfo=dt.UTC)


def load(d: District, **how: Any) -> Any:
    given = {"by": d.people["system-admin"], "key": None, **how}
    return load_calendar(2027, DOCUMENT, YEAR, **given)


def endorse(d: District) -> Any:
    """A case whose next leg falls due on the fifth working day after 29 December, in the year to come."""
    set_clock(DECEMBER)
    take_step("declaration", d.cases["preliminary"], "endorse", by=d.people["songxi"], key=None)
    return d.case("preliminary")


def test_a_provisional_date_is_counted_again_without_a_new_version(d: District) -> None:
    case = endorse(d)
    assert (last_day(case.due_at), case.due_provisional) == (dt.date(2027, 1, 5), True)

    answer = load(d)

    moved = d.case("preliminary")
    assert answer["moved"] == [{"before": "2027-01-05", "after": "2027-01-06", "provisional": False, "n": 1}]
    assert (last_day(moved.due_at), moved.due_provisional, moved.version) == (
        dt.date(2027, 1, 6), False, case.version,
    )  # fmt: skip
    due = Due.objects.get(case_id=case.pk, kind="leg", cancelled_at=None, fired_at=None)
    assert (due.at, due.provisional) == (moved.due_at, False)
    reminder = Due.objects.get(case_id=case.pk, kind="reminder", cancelled_at=None, fired_at=None)
    assert (reminder.inputs["due"], reminder.provisional) == (moved.due_at.isoformat(), False)


def test_the_record_names_each_date_and_the_people_are_told(d: District) -> None:
    case = endorse(d)
    before = contract.last_event()

    load(d)

    loading = CalendarLoading.objects.get()
    assert (loading.year, loading.document, loading.by_id) == (
        2027,
        DOCUMENT,
        d.people["system-admin"].office,
    )
    shift = CalendarShift.objects.get()
    assert (shift.case_id, shift.before, shift.after) == (case.pk, case.due_at, d.case("preliminary").due_at)
    signal = Signal.objects.get(type="due.moved")
    assert signal.case_id == case.pk and f"unit:{case.unit_id}" in signal.topics
    assert contract.faults_since(before) == []


def test_the_end_of_a_running_notice_moves_by_a_step_of_its_own(d: District) -> None:
    notice = Notice.objects.get(pk=d.notice)
    set_clock(DECEMBER)
    fields = {"working_days": 60}
    while not notice.due_provisional:
        take_step(
            "notice", notice.pk, "extend", by=d.people["office"], key=None, reason="延长", fields=fields
        )
        notice = Notice.objects.get(pk=d.notice)
    before = contract.last_event()

    load(d)

    moved = Notice.objects.get(pk=d.notice)
    last = LedgerEntry.objects.filter(case_id=d.notice).order_by("-seq").first()
    assert last is not None and (last.step, last.seq, last.reason.text) == (
        "recount", notice.version + 1, f"{DOCUMENT}（2027）",
    )  # fmt: skip
    assert moved.ends_on and notice.ends_on and moved.ends_on > notice.ends_on and not moved.due_provisional
    due = Due.objects.get(case_id=d.notice, kind="notice_end", cancelled_at=None, fired_at=None)
    assert (due.at, moved.due_at) == (moved.ends_at, moved.ends_at)
    assert contract.faults_since(before) == []


def test_tasks_of_a_round_move_with_their_round(d: District) -> None:
    set_clock(DECEMBER)
    task = RoundTask.objects.filter(status="NEW", due_at__isnull=False).order_by("pk")[0]
    late = end_of_day(dt.date(2027, 1, 5))
    Due.objects.filter(task=task, kind="task").update(at=late, provisional=True)
    RoundTask.objects.filter(pk=task.pk).update(due_at=late, due_provisional=True)

    load(d)

    task.refresh_from_db()
    assert task.due_at is not None
    assert (last_day(task.due_at), task.due_provisional) == (dt.date(2027, 1, 6), False)
    assert Signal.objects.filter(type="due.moved", body__round=task.process_id).count() == 1


def test_a_deadline_past_the_calendar_is_provisional_and_moves(d: District) -> None:
    set_clock(dt.datetime(2026, 12, 1, 1, tzinfo=dt.UTC))
    office = d.people["office"]
    take_step("honour", d.honour.pk, "open_rereview", by=office, key=None)
    given = {"points_text": "办公用房"}
    take_step("honour", d.honour.pk, "order_rectification", by=office, key=None, reason="下滑", fields=given)
    mending = Rectification.objects.get()
    assert mending.due_provisional

    load(d)

    moved = Rectification.objects.get()
    assert moved.due_at == end_of_day(moved.deadline_on)
    assert moved.deadline_on > mending.deadline_on and moved.version == mending.version


def test_a_dry_run_writes_nothing(d: District) -> None:
    endorse(d)

    answer = load(d, dry_run=True)

    assert (len(answer["changes"]), len(answer["moved"]), answer["dry_run"]) == (19, 1, True)
    assert not CalendarYear.objects.filter(year=2027).exists() and not CalendarLoading.objects.exists()
    assert d.case("preliminary").due_provisional


@pytest.mark.parametrize("who", ["office", "security-admin", "songxi"])
def test_only_the_system_administrator_loads(d: District, who: str) -> None:
    assert refusal(load, d, by=d.people[who]) == "step.not_yours"


@pytest.mark.parametrize("year", [2025, 2028])
def test_a_year_is_not_left_out_and_the_past_stays(d: District, year: int) -> None:
    found = refusal(load_calendar, year, DOCUMENT, YEAR, by=d.people["system-admin"], key=None)

    assert found == "calendar.year_not_next"


def test_faulty_rows_leave_the_calendar_as_it_was(d: District) -> None:
    before = CalendarDay.objects.count()

    assert refusal(load_calendar, 2026, DOCUMENT, YEAR, by=d.people["system-admin"], key=None) == (
        "workbook.faulty"
    )
    assert CalendarDay.objects.count() == before


def test_a_date_counted_by_an_older_calendar_is_not_kept(d: District) -> None:
    load(d)
    at = end_of_day(dt.date(2027, 1, 5))

    with pytest.raises(DatabaseError, match="was loaded meanwhile"), transaction.atomic():
        Due.objects.create(kind="leg", case_id=d.cases["preliminary"], version=99, at=at, provisional=True)


@pytest.mark.parametrize(
    ("table", "other"), [(CalendarLoading, {"year": 2000}), (CalendarShift, {"kind": "x"})]
)
def test_the_record_is_never_changed(d: District, table: Any, other: dict[str, Any]) -> None:
    endorse(d)
    load(d)

    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        table.objects.update(**other)


def test_of_eight_who_saw_the_same_one_loads(committed: District, scale: Callable[[int, int], int]) -> None:
    rounds, found = scale(20, 200), []

    for _ in range(rounds):
        seen = load(committed, dry_run=True)["seen"]
        acts = [lambda seen=seen: load(committed, seen=seen, key=uuid4()) for _ in range(8)]
        found.append(codes(at_once(*acts)))

    assert found == [["calendar.overtaken"] * 7 + ["done"]] * rounds
    assert CalendarLoading.objects.count() == rounds
