import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from services.workflow.domain.calendar import end_of_day
from services.workflow.models import Declaration, RoundTask
from services.workflow.queries.inbox import count_waiting, waiting_for
from tests.workflow import cast
from tests.workflow.cast import VETO, District, take


def seen(d: District, who: str) -> list[tuple[str, int]]:
    return [(item.kind, item.id) for item in waiting_for(d.people[who]).items]


def test_what_waits_for_one_office_is_in_its_inbox(d: District) -> None:
    item, *_ = waiting_for(d.people["songxi"], with_steps=True).items

    assert (item.kind, item.id, item.version, item.unit, item.place, item.leg, item.steps) == (
        "declaration", d.cases["preliminary"], 2, "preliminary社区", "preliminary_review", 1,
        ("decline", "endorse", "return"),
    )  # fmt: skip
    assert (item.programme, item.edition, item.due_at) == (
        "示例社区创建", "示例社区 2026年度", end_of_day(dt.date(2026, 3, 16)),
    )  # fmt: skip
    assert item.leg_name == "街镇初评"
    assert (item.working_days_left, item.overdue, item.paused, item.since) == (10, False, False, item.since)


@pytest.mark.parametrize(
    ("who", "codes"),
    [
        ("songxi", ["preliminary"]),
        ("guihua", []),
        ("committee1", ["confirmation", "decision"]),
        ("returned", ["returned"]),
        ("begun2", ["begun"]),
        ("north-office", []),
        ("north-town", []),
        ("system-admin", []),
        ("investigator", []),
        ("dep-org", []),
    ],
)
def test_everybody_finds_their_own_work_and_nobody_elses(d: District, who: str, codes: list[str]) -> None:
    assert sorted(seen(d, who)) == sorted(("declaration", d.cases[code]) for code in codes)


def test_a_departments_work_is_its_task_and_not_the_cases_on_the_slate(d: District) -> None:
    task = RoundTask.objects.get(participant_unit=d.units["dep-police"], status="NEW")

    assert (seen(d, "dep-police"), seen(d, "north-police")) == ([("round_task", task.pk)], [])


def test_a_members_vote_is_in_their_inbox_alone(d: District) -> None:
    tasks = cast.tasks_of(cast.table(d, [d.cases["vote"]]))

    found = {who: [i for k, i in seen(d, who) if k == "round_task"] for who in ("committee1", "committee2")}

    own = {task.assignee_id: task.pk for task in tasks}
    assert found == {who: [own[d.people[who].member_id]] for who in found}


def test_a_case_assigned_to_a_colleague_is_theirs(d: District) -> None:
    Declaration.objects.filter(pk=d.cases["preliminary"]).update(assignee=d.people["songxi2"].member_id)

    assert (seen(d, "songxi"), seen(d, "songxi2")) == ([], [("declaration", d.cases["preliminary"])])


def test_a_late_case_says_by_how_much(d: District) -> None:
    cast.set_clock(end_of_day(dt.date(2026, 3, 17)) + dt.timedelta(hours=9))

    item = waiting_for(d.people["songxi"]).items[0]

    assert (item.working_days_left, item.overdue) == (-2, True)


def test_a_paused_case_says_so(d: District) -> None:
    take("declaration", d.cases["preliminary"], "raise_veto", d.people["dep-police"], reason="案件", **VETO)

    items = {item.id: item for item in waiting_for(d.people["committee1"]).items}

    assert (items[d.cases["preliminary"]].paused, items[d.cases["preliminary"]].due_at) == (True, None)


def copies(d: District, count: int) -> list[int]:
    """So many cases more that wait for the town, some of them due at one moment and some without a due day."""
    source = Declaration.objects.filter(pk=d.cases["preliminary"]).values().get()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO workflow_unit (code, name, kind, category, pinyin, town_id, district_id, parent_id)"
            " SELECT 'more-' || n, 'more', 'community', '', '', town_id, district_id, parent_id"
            " FROM workflow_unit, generate_series(1, %s) n WHERE id = %s RETURNING id",
            [count, source["unit_id"]],
        )
        units = [unit for (unit,) in cursor.fetchall()]
    made = []
    for n, unit in enumerate(units):
        due = None if n % 4 == 3 else end_of_day(dt.date(2026, 3, 16 + n % 3))
        parts = {k: v for k, v in source.items() if k not in {"id", "last_xid", "unit_id", "due_at"}}
        made.append(Declaration.objects.create(**parts, unit_id=unit, due_at=due).pk)
    return made


def pages(d: District, who: str, limit: int) -> list[list[tuple[str, int]]]:
    found, after = [], None
    while True:
        page = waiting_for(d.people[who], after=after, limit=limit)
        found.append([(item.kind, item.id) for item in page.items])
        after = page.next
        if after is None:
            return found


@pytest.mark.parametrize("limit", [1, 2, 3, 7, 50])
def test_the_pages_together_hold_everything_once_in_one_order(d: District, limit: int) -> None:
    expected = {("declaration", pk) for pk in [*copies(d, 11), d.cases["preliminary"]]}

    found = pages(d, "songxi", limit)

    items = [item for page in found for item in page]
    assert (set(items), len(items)) == (expected, len(expected))
    assert items == [item for page in pages(d, "songxi", 100) for item in page]
    assert {len(page) for page in found[:-1]} <= {limit}


def test_work_of_two_kinds_with_one_number_and_one_due_day_is_lost_on_no_page(d: District) -> None:
    """Cases and round tasks are numbered apart; both can be number 7 and due on the same day."""
    task = RoundTask.objects.get(participant_unit=d.units["dep-police"], status="NEW")
    twin = Declaration.objects.filter(pk=d.cases["preliminary"]).values().get()
    parts = {k: v for k, v in twin.items() if k not in {"id", "last_xid", "unit_id"}}
    waiting = {"waiting_role": "department", "waiting_unit_id": d.units["dep-police"], "due_at": task.due_at}
    Declaration.objects.create(**{**parts, **waiting}, id=task.pk, unit_id=d.units["idle"])

    found = [item for page in pages(d, "dep-police", 1) for item in page]

    assert sorted(found) == [("declaration", task.pk), ("round_task", task.pk)]


@pytest.mark.parametrize("with_steps", [False, True])
def test_the_number_of_statements_does_not_grow_with_the_work(d: District, with_steps: bool) -> None:
    counted = []

    for more in (0, 2, 9):
        copies_of(d, more)
        with CaptureQueriesContext(connection) as queries:
            waiting_for(d.people["songxi"], with_steps=with_steps)
        counted.append(len(queries))

    assert len(set(counted)) == 1
    assert counted[0] <= (30 if with_steps else 8)


def copies_of(d: District, count: int) -> None:
    for number in copies(d, count) if count else []:
        Declaration.objects.filter(pk=number).update(rank=1)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE workflow_unit SET code = code || '-' || id WHERE name = 'more' AND code ~ '^more-[0-9]+$'"
        )


def test_the_count_is_what_the_pages_hold(d: District) -> None:
    copies(d, 5)

    assert [count_waiting(d.people[who]) for who in ("songxi", "guihua", "north-office")] == [6, 0, 0]


def test_the_buttons_are_those_that_the_command_would_take(d: District) -> None:
    found: dict[str, Any] = {
        who: {item.id: item.steps for item in waiting_for(d.people[who], with_steps=True).items}
        for who in ("committee1", "office", "dep-police", "begun")
    }

    assert found["committee1"] == {
        d.cases["confirmation"]: ("confirm", "decline", "return"),
        d.cases["decision"]: ("decide", "pass_over", "return"),
    }
    assert found["office"][d.cases["naming"]] == ("confer",)
    assert found["begun"] == {d.cases["begun"]: ("hand_over", "withdraw")}
    assert list(found["dep-police"].values()) == [("decide",)]
