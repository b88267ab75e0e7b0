"""会同核查 of an objection: who is asked, what they say, and what ends it."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from services.workflow.commands import answers, cosigners, organising
from services.workflow.commands.objections import lodge
from services.workflow.commands.steps import take_step
from services.workflow.models import (
    JointFinding,
    LedgerEntry,
    Objection,
    Office,
    Round,
    RoundTask,
    Signal,
    Slate,
)
from services.workflow.models.round import HUMAN
from services.workflow.queries.inbox import waiting_for
from services.workflow.queries.invariants import violations
from services.workflow.queries.joint_findings import consultations_of
from services.workflow.queries.objection_page import objection_page
from services.workflow.queries.rights import actor_of, may_hear, visible_to
from tests.workflow import cast
from tests.workflow.cast import EARLIER, OBJECTION, District, take
from tests.workflow.commands.refusing import refusal

ASKED = "请核实规划用途是否属实"


@pytest.fixture
def case(d: District) -> int:
    """An objection with its investigator; the fire brigade and the bureau of justice judged nothing in the case."""
    for code in ("dep-fire", "dep-law"):
        cast.department(d, code)
    number: int = lodge(d.notice, {**OBJECTION, "declaration": d.cases["listed"]})["objection"]
    take("objection", number, "receive", d.people["office"])
    take("objection", number, "assign", d.people["office"], investigator=d.people["investigator"].member_id)
    return number


def consult(d: District, case: int, *bodies: str, who: str = "investigator", **fields: Any) -> int:
    asked = [d.units[body] for body in bodies or ("dep-fire",)]
    take("objection", case, "consult", d.people[who], bodies=asked, question=ASKED, **fields)
    return Round.objects.latest("pk").pk


def task_of(round_id: int, unit: int) -> RoundTask:
    return RoundTask.objects.get(process=round_id, flow_task_type=HUMAN, participant_unit=unit)


def answer(d: District, round_id: int, body: str = "dep-fire", verdict: str = "founded", **more: Any) -> Any:
    by = more.pop("by", d.people[body])
    task = task_of(round_id, d.units[body])
    return answers.decide_task(task.pk, verdict=verdict, reason="经查属实", by=by, key=uuid4(), **more)


def test_the_bodies_get_a_task_and_the_finding_waits(d: District, case: int) -> None:
    round_id = consult(d, case, working_days="3")

    row = Objection.objects.get(pk=case)
    mine = [item for item in waiting_for(d.people["dep-fire"]).items if item.kind == "round_task"]
    assert [(item.unit, item.detail["mode"], item.working_days_left) for item in mine] == [
        (row.declaration.unit.name, "finding", 3)
    ]
    assert (row.status, row.assignee_id) == ("investigating", d.people["investigator"].member_id)
    assert refusal(take, "objection", case, "find", d.people["investigator"], finding="属实") == (
        "objection.bodies_still_asked"
    )
    assert refusal(consult, d, case) == "objection.bodies_still_asked"
    assert Slate.objects.get(rounds=round_id).lines.count() == 0


def test_when_all_have_answered_the_investigator_goes_on(d: District, case: int) -> None:
    round_id = consult(d, case, "dep-fire", "dep-law")
    version = Objection.objects.get(pk=case).version

    first = answer(d, round_id)
    last = answer(d, round_id, "dep-law", "unfounded")

    entry = LedgerEntry.objects.filter(case_id=case).latest("seq")
    assert (first["round_open"], last["round_open"], last["moved"]) == (True, False, [])
    assert (entry.step, entry.actor_id, entry.seq) == ("hear", None, version + 1)
    told = consultations_of(objection_page(case, d.people["investigator"]), d.people["investigator"])
    assert [(one.question, one.status, [(s.verdict, s.text) for s in one.said]) for one in told] == [
        (ASKED, "done", [("founded", "经查属实"), ("unfounded", "经查属实")])
    ]
    assert take("objection", case, "find", d.people["investigator"], finding="属实")["place"] == "found"
    assert [one for one in violations() if one.code != "due_not_fired"] == []


def test_a_finding_made_before_the_last_answer_was_read_is_stale(d: District, case: int) -> None:
    round_id = consult(d, case)
    version = Objection.objects.get(pk=case).version
    answer(d, round_id)

    from_before = refusal(
        take_step, "objection", case, "find", version=version, fields={"finding": "属实"},
        by=d.people["investigator"], key=uuid4(),
    )  # fmt: skip

    assert from_before == "overtaken"


@pytest.mark.parametrize("body", ["dep-police", "dep-urban", "songxi", "office", "listed", "north"])
def test_who_judged_or_is_no_department_is_not_asked(d: District, case: int, body: str) -> None:
    version = Objection.objects.get(pk=case).version

    assert refusal(consult, d, case, "dep-fire", body) == "objection.body_judged"
    assert (Objection.objects.get(pk=case).version, Slate.objects.filter(objection=case).count()) == (
        version,
        0,
    )


def test_a_body_whose_people_judged_in_another_office_is_not_asked(d: District, case: int) -> None:
    judged = d.people["dep-police"]
    Office.objects.create(
        member_id=judged.member_id or 0,
        unit_id=d.units["dep-fire"],
        role="department",
        name="兼",
        since=EARLIER,
    )

    assert refusal(consult, d, case) == "objection.body_judged"


def test_nobody_who_judged_answers_for_a_body(d: District, case: int) -> None:
    round_id = consult(d, case)
    office = Office.objects.create(
        member_id=d.people["dep-police"].member_id or 0, unit_id=d.units["dep-fire"], role="department", name="兼",
        since=EARLIER,
    )  # fmt: skip

    assert refusal(answer, d, round_id, by=actor_of(office)) == "conflict.acted_before"
    assert JointFinding.objects.count() == 0


@pytest.mark.parametrize("who", ["office", "investigator2", "dep-fire", "committee1"])
def test_nobody_asks_but_the_investigator_in_charge(d: District, case: int, who: str) -> None:
    assert refusal(consult, d, case, who=who) in {"step.not_yours", "case.not_found"}


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"bodies": []}, "field.missing"),
        ({"bodies": "12"}, "field.missing"),
        ({"bodies": ["甲"]}, "field.not_a_number"),
        ({"bodies": [1] * 31}, "field.out_of_range"),
        ({"question": " "}, "field.missing"),
        ({"question": "反映人电话 13800138000"}, "objection.question_personal"),
        ({"working_days": 31}, "field.out_of_range"),
    ],
)
def test_what_is_asked_wrongly_is_refused(d: District, case: int, fields: dict[str, Any], code: str) -> None:
    given = {"bodies": [d.units["dep-fire"]], "question": ASKED, **fields}

    assert refusal(take, "objection", case, "consult", d.people["investigator"], **given) == code


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"verdict": "agree"}, "task.verdict_unknown"),
        ({"verdict": "founded", "reason": " "}, "field.missing"),
    ],
)
def test_an_answer_has_a_verdict_and_words(d: District, case: int, given: dict[str, str], code: str) -> None:
    task = task_of(consult(d, case), d.units["dep-fire"])

    told = {"reason": "属实", **given}

    assert refusal(answers.decide_task, task.pk, **told, by=d.people["dep-fire"], key=uuid4()) == code
    assert JointFinding.objects.count() == 0


def test_before_it_is_due_nobody_is_passed_by_and_after_it_who_is_silent_is_named(
    d: District, case: int
) -> None:
    round_id = consult(d, case, "dep-fire", "dep-law")
    answer(d, round_id)
    by = d.people["investigator"]

    early = refusal(answers.close_round, round_id, by=by, key=uuid4())
    cast.set_clock(cast.NOW.replace(day=20))
    closed = answers.close_round(round_id, by=by, key=uuid4())

    assert (early, closed["moved"]) == ("round.unanswered", [])
    outcome = Round.objects.get(pk=round_id).outcome
    assert outcome is not None
    assert [one["unit"] for one in outcome["silent"]] == [d.units["dep-law"]]
    assert take("objection", case, "find", by, finding="属实")["place"] == "found"


def test_an_opinion_that_comes_late_is_kept_and_moves_nothing(d: District, case: int) -> None:
    round_id = consult(d, case)
    cast.set_clock(cast.NOW.replace(day=20))
    answers.close_round(round_id, by=d.people["investigator"], key=uuid4())
    version = Objection.objects.get(pk=case).version

    late = refusal(answer, d, round_id)
    task = task_of(round_id, d.units["dep-fire"])
    organising.late_opinion(task.pk, text="补充", by=d.people["dep-fire"], key=uuid4())

    assert (late, Objection.objects.get(pk=case).version) == ("round.closed", version)


def test_a_question_taken_back_leaves_the_investigator_free(d: District, case: int) -> None:
    round_id = consult(d, case)

    told = organising.cancel_round(round_id, reason="不再需要", by=d.people["investigator"], key=uuid4())

    assert told == {"round": round_id, "freed": []}
    assert waiting_for(d.people["dep-fire"]).items == ()
    assert consult(d, case) != round_id


def test_a_body_more_is_asked_by_the_investigator_alone(d: District, case: int) -> None:
    round_id = consult(d, case)
    new: Any = {"unit": d.units["dep-law"], "role": "department", "reason": "涉及消防"}

    by_body = refusal(cosigners.add_cosigner, round_id, **new, by=d.people["dep-fire"], key=uuid4())
    judged: Any = {**new, "unit": d.units["dep-police"]}
    by = d.people["investigator"]
    who_judged = refusal(cosigners.add_cosigner, round_id, **judged, by=by, key=uuid4())
    task = cosigners.add_cosigner(round_id, **new, by=by, key=uuid4())["task"]
    answer(d, round_id)
    out = cosigners.remove_cosigner(task, reason="无关", by=by, key=uuid4())

    assert (by_body, who_judged) == ("step.not_yours", "objection.body_judged")
    assert (out["round_open"], LedgerEntry.objects.filter(case_id=case).latest("seq").step) == (False, "hear")


def test_only_the_investigator_follows_the_round(d: District, case: int) -> None:
    round_id = consult(d, case)
    task = task_of(round_id, d.units["dep-fire"]).pk

    def seen(who: str) -> tuple[bool, bool, bool]:
        by = d.people[who]
        return (
            visible_to(by, Slate).filter(objection=case).exists(),
            visible_to(by, Round).filter(pk=round_id).exists(),
            visible_to(by, RoundTask).filter(pk=task).exists(),
        )

    assert seen("investigator") == (True, True, True)
    assert seen("dep-fire") == (False, False, True)
    others = ("investigator2", "office", "committee1", "dep-police", "dep-health", "listed", "songxi")
    assert {seen(who) for who in others} == {(False, False, False)}
    assert not may_hear(d.people["dep-fire"], f"case:{case}")
    assert (
        refusal(answers.close_round, round_id, by=d.people["investigator2"], key=uuid4()) == "step.not_yours"
    )


def test_what_happens_in_it_is_told_to_those_asked_and_the_investigator(d: District, case: int) -> None:
    answer(d, consult(d, case))

    told = Signal.objects.filter(type__startswith="round_task.").order_by("id")
    fire, asker = f"unit:{d.units['dep-fire']}", f"user:{d.people['investigator'].member_id}"
    mine = [(one.type, sorted(one.topics)) for one in told if fire in one.topics and asker in one.topics]
    assert mine == [("round_task.opened", [fire, asker]), ("round_task.done", [fire, asker])]


def test_two_questions_at_once_and_changed_words_are_refused_by_the_database(d: District, case: int) -> None:
    answer(d, consult(d, case))
    consult(d, case)
    slate = Slate.objects.get(objection=case, closed_at__isnull=True)

    slate.pk = None
    with pytest.raises(IntegrityError, match="one_open_question_an_objection"), transaction.atomic():
        slate.save(force_insert=True)
    with (
        pytest.raises(IntegrityError, match="never changed"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE workflow_jointfinding SET text = '改'")
