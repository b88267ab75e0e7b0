"""Clearance and joint review: answered line by line, checked, then filed."""

import pytest

from services.workflow.domain.refused import Refused
from services.workflow.models import Finding, SlateLine, Veto
from services.workflow.wording.refusals import refusal_text
from tests.workflow import cast
from tests.workflow.web.desk import Desk, hidden, summary, words


@pytest.fixture
def line(d):
    return SlateLine.objects.get(case=d.cases["in_round"], open=True)


@pytest.fixture
def address(d, line):
    return f"/tasks/{task_of(d, line, 'dep-police').pk}"


def task_of(d, line, who):
    round_ = line.slate.rounds.get()
    return next(t for t in cast.tasks_of(round_.pk) if t.participant_unit_id == d.people[who].unit_id)


def veto(line, **changes):
    fields = {"c": "veto", "b": "公函 1 号", "g": "public_security", "d": "2026-01-15"}
    return {f"{name}-{line.pk}": value for name, value in {**fields, **changes}.items()}


def test_answers_are_checked_and_then_filed(line, address):
    desk = Desk("dep-police")
    checked = desk.send(address, **{f"c-{line.pk}": "no_objection"})
    filed = desk.post(address, **hidden(checked), **{f"c-{line.pk}": "no_objection"}, sure="1")

    assert (checked.status_code, filed.status_code) == (200, 302)
    assert f'name="c-{line.pk}" value="no_objection"' in checked.text
    assert "提交后不能修改" in words(checked) and "停办" not in words(checked)
    assert list(Finding.objects.filter(case=line.case_id).values_list("verdict", flat=True)) == [
        "no_objection"
    ]


def test_changing_an_answer_keeps_what_was_typed(line, address):
    desk = Desk("dep-police")
    given = {f"c-{line.pk}": "objection", f"w-{line.pk}": "有火情一起"}

    again = desk.send(address, **given, change="1")

    assert again.status_code == 200
    assert 'value="有火情一起"' in again.text


def test_what_is_not_answered_is_named_at_its_row(line, address):
    answer = Desk("dep-police").send(address)

    assert answer.status_code == 422
    assert len(summary(answer)) == 1
    assert f'href="#c-{line.pk}"' in answer.text


def test_an_objection_needs_words(line, address):
    answer = Desk("dep-police").send(address, **{f"c-{line.pk}": "objection"})

    assert (answer.status_code, len(summary(answer))) == (422, 1)


def test_whoever_checks_a_veto_is_told_what_it_stops(line, address):
    checked = Desk("dep-police").send(address, **veto(line))

    assert "提交后本件即停办" in words(checked)


def test_a_veto_opens_with_its_ground_document_and_day(line, address):
    desk = Desk("dep-police")
    desk.post(address, **hidden(desk.get(address)), **veto(line), sure="1")

    raised = Veto.objects.get(case_id=line.case_id)
    assert (raised.ground, raised.basis, str(raised.event_on)) == (
        "public_security",
        "公函 1 号",
        "2026-01-15",
    )


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"b": ""}, Refused("field.missing", field="basis")),
        ({"d": "2024-01-01"}, Refused("veto.event_too_old", months=12)),
        ({"d": "2026-12-01"}, Refused("veto.event_in_future")),
        ({"d": "昨天"}, Refused("field.not_a_date", field="event_on")),
        ({"g": "family_planning"}, Refused("veto.not_your_ground", ground="family_planning")),
    ],
)
def test_a_veto_that_is_not_allowed_is_said_beside_its_line(line, address, changes, refusal):
    desk = Desk("dep-police")
    answer = desk.post(address, **hidden(desk.get(address)), **veto(line, **changes), sure="1")

    assert answer.status_code == 422
    assert refusal_text(refusal) in words(answer)
    assert not Veto.objects.filter(case_id=line.case_id).exists()


def test_a_department_without_a_ground_sees_no_veto(d, line):
    round_id = cast.table(d, [d.cases["joint_review"]])
    task = next(t for t in cast.tasks_of(round_id) if t.participant_role == "leading_group")

    assert 'value="veto"' not in Desk("leading-group").get(f"/tasks/{task.pk}").text


def test_a_joint_review_is_agreed_to(d):
    round_id = cast.table(d, [d.cases["joint_review"]])
    task = next(t for t in cast.tasks_of(round_id) if t.participant_role == "leading_group")
    own = SlateLine.objects.get(case=d.cases["joint_review"], open=True)
    desk = Desk("leading-group")

    filed = desk.send(f"/tasks/{task.pk}", **{f"c-{own.pk}": "agree"}, sure="1")

    assert (filed.status_code, Finding.objects.get(task=task).verdict) == (302, "agree")


def test_a_colleague_who_was_first_is_shown(d, line, address):
    desk = Desk("dep-police")
    drawn = hidden(desk.get(address))
    cast.decide(task_of(d, line, "dep-police").pk, "no_objection", d.people["dep-police"])

    answer = desk.post(address, **drawn, **{f"c-{line.pk}": "objection", f"w-{line.pk}": "有"}, sure="1")

    assert answer.status_code == 409
    assert 'class="overtaken"' in answer.text
    assert 'form="grid"' not in answer.text


@pytest.mark.parametrize(
    "who", ["dep-health", "office", "songxi", "in_round", "north-police", "investigator"]
)
def test_a_task_is_its_participants_alone(who, address):
    assert Desk(who).get(address).status_code == 404


def test_who_is_asked_may_ask_one_body_more_until_they_answer(d, line, address):
    desk, link = Desk("dep-police"), f'href="{address}/add"'
    before, page = desk.get(address).text, words(desk.get(f"{address}/add"))
    body = f"{d.units['office']}:office"
    asked = desk.send(f"{address}/add", body=body, reason="请牵头单位一并研究")
    cast.decide(task_of(d, line, "dep-police").pk, "no_objection", d.people["dep-police"])

    assert link in before and link not in desk.get(address).text
    assert "office" in page and "dep-health" not in page
    assert (asked.headers["Location"], desk.get(f"{address}/add").status_code) == (address, 302)
    assert any(t.participant_unit_id == d.units["office"] for t in cast.tasks_of(line.slate.rounds.get().pk))
