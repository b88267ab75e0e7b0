"""A joint finding by HTTP: the investigator asks, a body answers, nobody else reads it."""

import pytest

from services.workflow.commands.objections import lodge
from services.workflow.models import Objection, RoundTask
from tests.workflow import cast
from tests.workflow.api.client import Api, code_of


@pytest.fixture
def number(d):
    cast.department(d, "dep-fire")
    objection = lodge(d.notice, {**cast.OBJECTION, "unit": 1})["objection"]
    cast.take("objection", objection, "receive", d.people["office"])
    investigator = d.people["investigator"].member_id
    cast.take("objection", objection, "assign", d.people["office"], investigator=investigator)
    return objection


@pytest.fixture
def task(d, number):
    given = {"bodies": [d.units["dep-fire"]], "question": "是否属实"}
    made = Api("investigator").post(
        f"objections/{number}/steps/consult",
        {"version": Objection.objects.get(pk=number).version, "fields": given},
    )
    assert made.status_code == 200, made.text
    return RoundTask.objects.get(participant_unit=d.units["dep-fire"])


def test_a_body_is_told_the_unit_the_notice_and_the_question(d, number, task):
    told = Api("dep-fire").get(f"tasks/{task.pk}").json()

    unit = Objection.objects.get(pk=number).declaration.unit.name
    assert (told["mode"], told["unit"], told["notice"], told["question"], told["finding"]) == (
        "finding", unit, d.notice, "是否属实", ""
    )  # fmt: skip
    assert told["verdicts"] == ["founded", "partly_founded", "unfounded", "undetermined"]


def test_what_it_found_is_read_by_the_investigator(number, task):
    by_body = Api("dep-fire").post(
        f"tasks/{task.pk}/decision", {"verdict": "founded", "reason": "属实", "version": 1}
    )
    detail = Api("investigator").get(f"rounds/{task.process_id}").json()
    objection = Api("investigator").get(f"objections/{number}").json()

    assert (by_body.status_code, by_body.json()["round_open"]) == (200, False)
    assert [(one["verdict"], one["note"]) for one in detail["findings"]] == [("founded", "属实")]
    assert [one["question"] for one in objection["consultations"]] == ["是否属实"]


@pytest.mark.parametrize("who", ["dep-fire", "office", "committee1", "investigator2", "dep-police"])
def test_nobody_else_reads_the_round(number, task, who):
    api = Api(who)

    assert code_of(api.get(f"rounds/{task.process_id}")) == (404, "round.unknown")
    assert code_of(api.get(f"slates/{task.process.slate_id}")) == (404, "slate.not_found")
    told = api.get(f"objections/{number}")
    assert told.status_code == 404 or told.json()["consultations"] == []
