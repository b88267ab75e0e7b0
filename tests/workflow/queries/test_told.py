"""The matter of an event, as its reader may see it; or not at all."""

from uuid import uuid4

import pytest

from services.workflow.commands.objections import lodge
from services.workflow.models import Member, RoundTask
from services.workflow.queries.told import Subject, actors_of_member
from services.workflow.queries.told import subject_of as asked_of
from tests.workflow import cast
from tests.workflow.cast import OBJECTION


def subject_of(told, actors) -> Subject:
    """The matter, where there must be one."""
    found = asked_of(told, actors)
    assert found is not None
    return found


def event(case, kind=None, **more):
    return {"type": "declaration.endorse", "case": case, "kind": kind, "data": {}, **more}


def test_a_declaration_is_told_by_unit_edition_leg_and_deadline(d):
    found = subject_of(event(d.cases["preliminary"], "declaration"), [d.people["songxi"]])

    row = d.case("preliminary")
    assert (found.kind, found.number, found.unit, found.leg_name) == (
        "declaration", row.pk, "preliminary社区", "街镇初评",
    )  # fmt: skip
    assert (found.place, found.due_at, found.edition) == ("preliminary_review", row.due_at, row.edition.name)


@pytest.mark.parametrize("who", ["guihua", "guiyuan", "north-office", "system-admin"])
def test_who_may_not_see_the_case_is_told_nothing_of_it(d, who):
    assert asked_of(event(d.cases["preliminary"], "declaration"), [d.people[who]]) is None


def test_one_of_several_offices_suffices(d):
    actors = [d.people["guihua"], d.people["office"]]

    assert subject_of(event(d.cases["preliminary"]), actors).kind == "declaration"


def test_of_an_objection_neither_receipt_nor_objector_is_known(d):
    number = lodge(d.notice, {**OBJECTION, "declaration": d.cases["listed"]})["objection"]

    found = subject_of(event(number, "objection"), [d.people["office"]])

    assert (found.kind, found.number, found.unit) == ("objection", number, "listed社区")
    assert "张三" not in str(found) and "2026-" not in str(found)
    assert asked_of(event(number, "objection"), [d.people["listed"], d.people["songxi"]]) is None


def test_a_round_is_told_by_ones_own_task_and_to_the_office_by_its_slate(d):
    round_id = cast.table(d, [d.cases["clearance"]])
    told = {**event(None), "type": "round_task.opened", "data": {"round": round_id}}

    asked = subject_of(told, [d.people["dep-police"]])
    organiser = subject_of(told, [d.people["office"]])
    outsider = asked_of(told, [d.people["dep-org"]])

    assert (asked.kind, organiser.kind, outsider) == ("round_task", "slate", None)
    assert asked.leg_name == organiser.leg_name == "部门审查"


def test_a_late_task_is_told_to_who_still_has_it(d):
    round_id = cast.table(d, [d.cases["clearance"]])
    task = cast.tasks_of(round_id)[0]
    who = cast.asked(d, task)
    told = {
        **event(None),
        "type": "due.passed",
        "data": {"kind": "task", "at": str(task.due_at and task.due_at.isoformat())},
    }

    before = subject_of(told, [who])
    mine = RoundTask.objects.filter(participant_unit=who.unit_id, participant_role=who.role, status="NEW")
    for number in list(mine.values_list("pk", flat=True)):
        cast.decide(number, "no_objection", who, key=uuid4())

    assert (before.kind, before.due_at, before.mode) == ("round_task", task.due_at, "clearance")
    assert asked_of(told, [who]) is None


def test_a_closed_account_acts_in_no_office(d):
    member = d.people["songxi"].member_id
    assert len(actors_of_member(member)) == 1

    Member.objects.filter(pk=member).update(is_active=False)
    assert actors_of_member(member) == []
