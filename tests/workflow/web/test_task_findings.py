"""Pages of a joint finding: the investigator asks, a body answers, both see how far it has come."""

import re

import pytest

from services.workflow.commands.objections import lodge
from services.workflow.domain.refused import Refused
from services.workflow.models import JointFinding, Objection, Office, Round, RoundTask
from services.workflow.wording.refusals import refusal_text
from tests.workflow import cast
from tests.workflow.web.desk import Desk, summary, words

TEXT = "楼道里有人长期占道经营"


@pytest.fixture
def number(d):
    cast.department(d, "dep-fire")
    objection = lodge(d.notice, {**cast.OBJECTION, "text": TEXT, "unit": 1})["objection"]
    cast.take("objection", objection, "receive", d.people["office"])
    investigator = d.people["investigator"].member_id
    cast.take("objection", objection, "assign", d.people["office"], investigator=investigator)
    return objection


def ask(d, number, **given):
    fields = {"bodies": d.units["dep-fire"], "question": "是否占用消防通道", "working_days": "5", **given}
    return Desk("investigator").send(f"/objections/{number}/consult", **fields)


def task():
    return RoundTask.objects.get(process=Round.objects.latest("pk"), flow_task_type="HUMAN")


def test_only_departments_that_judged_nothing_are_offered(d, number):
    page = Desk("investigator").get(f"/objections/{number}/consult")

    offered = re.findall(r'name="bodies" value="(\d+)"', page.text)
    assert {int(one) for one in offered} == {d.units["dep-fire"]}


def test_the_investigator_asks_and_reads_how_far_it_has_come(d, number):
    answer = ask(d, number)
    page = Desk("investigator").get(f"/objections/{number}")
    slate = task().process.slate_id
    following = Desk("investigator").get(f"/slates/{slate}")

    assert answer["Location"] == f"/objections/{number}"
    assert ("是否占用消防通道" in words(page), f"/slates/{slate}" in page.text) == (True, True)
    assert "dep-fire局 未反馈" in words(following)
    assert f"/slates/{slate}/cancel" in following.text


def test_asking_nobody_is_said_at_the_field(d, number):
    answer = Desk("investigator").send(f"/objections/{number}/consult", question="何事", working_days="5")

    assert answer.status_code == 422
    assert summary(answer) == [refusal_text(Refused("field.missing", field="bodies"))]


def test_a_number_in_the_question_is_said_at_it(d, number):
    answer = ask(d, number, question="联系人 13800138000")

    assert (answer.status_code, summary(answer)) == (
        422,
        [refusal_text(Refused("objection.question_personal"))],
    )


def test_a_body_files_what_it_found(d, number):
    ask(d, number)
    desk, page = Desk("dep-fire"), f"/tasks/{task().pk}"
    shown = desk.get(page)
    silent = desk.send(page, reason="通道已被占用")
    answer = desk.send(page, verdict="founded", reason="通道已被占用")

    assert ("是否占用消防通道" in words(shown), TEXT in shown.text) == (True, False)
    assert (silent.status_code, summary(silent)) == (
        422,
        [refusal_text(Refused("field.missing", field="verdict"))],
    )
    assert (answer.status_code, answer["Location"]) == (302, page)
    assert JointFinding.objects.get().text == "通道已被占用"
    assert "反映属实 通道已被占用" in words(desk.get(page))
    assert "反映属实 通道已被占用" in words(Desk("investigator").get(f"/objections/{number}"))


def test_whoever_comes_second_reads_who_was_first(d, number):
    ask(d, number)
    desk, page = Desk("dep-fire"), f"/tasks/{task().pk}"
    second = Desk("dep-fire")
    drawn = second.get(page)
    desk.send(page, verdict="founded", reason="属实")

    answer = second.post(
        page, verdict="unfounded", reason="不实", version=drawn.context["version"], key=drawn.context["key"]
    )

    assert (answer.status_code, JointFinding.objects.get().text) == (409, "属实")


def test_the_inbox_of_the_body_names_unit_and_kind(d, number):
    ask(d, number)
    unit = Objection.objects.get(pk=number).declaration.unit.name

    assert f"{unit}・会同核查" in words(Desk("dep-fire").get("/"))
    assert f"{unit}・会同核查" not in words(Desk("dep-police").get("/"))


@pytest.mark.parametrize(
    ("act", "given"), [("cancel", {"reason": "不再需要"}), ("remind", {"text": "请尽快"})]
)
def test_the_acts_of_the_one_who_asks(d, number, act, given):
    ask(d, number)
    slate = task().process.slate_id

    answer = Desk("investigator").send(f"/slates/{slate}/{act}", **given)

    assert (answer.status_code, answer["Location"]) == (302, f"/slates/{slate}")
    assert Desk("dep-fire").get(f"/slates/{slate}").status_code == 404
    assert Desk("investigator2").get(f"/slates/{slate}").status_code == 404


def test_the_question_is_closed_once_it_is_due(d, number):
    ask(d, number)
    slate = task().process.slate_id
    early = Desk("investigator").send(f"/slates/{slate}/close")
    cast.set_clock(cast.NOW.replace(day=20))
    closed = Desk("investigator").send(f"/slates/{slate}/close")

    assert (early.status_code, closed.status_code) == (422, 302)
    assert "消防" not in words(Desk("office").get(f"/objections/{number}"))
    assert Desk("dep-fire").get(f"/tasks/{RoundTask.objects.latest('pk').pk}").status_code in {200, 404}


def test_where_nobody_may_be_asked_the_page_says_so(d, number):
    Office.objects.filter(unit=d.units["dep-fire"]).update(until=cast.NOW)

    page = Desk("investigator").get(f"/objections/{number}/consult")

    assert "没有可选的单位或人员。" in words(page)
