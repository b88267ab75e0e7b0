"""Leading a round over the API."""

import pytest

from services.workflow.models import Round, RoundNote
from tests.workflow import cast
from tests.workflow.api.client import Api, code_of


@pytest.fixture
def round_id(d):
    return Round.objects.get(slate__lines__case=d.cases["in_round"]).pk


def test_a_round_is_led_from_outside(d, round_id):
    office = Api("office")
    first, second = cast.tasks_of(round_id)

    extended = office.post(f"rounds/{round_id}/extend", {"due_on": "2026-03-20", "reason": "材料多"})
    reminded = office.post(f"rounds/{round_id}/remind")
    added = office.post(
        f"rounds/{round_id}/participants",
        {"unit": d.units["dep-urban"], "role": "department", "reason": "涉及规划"},
    )
    removed = office.post(f"tasks/{added.json()['task']}/remove", {"reason": "无关"})
    cancelled = office.post(f"rounds/{round_id}/cancel", {"reason": "名单有误"})
    late = Api("dep-police").post(f"tasks/{first.pk}/late", {"text": "有异议"})

    statuses = [r.status_code for r in (extended, reminded, added, removed, cancelled, late)]
    assert statuses == [200, 200, 201, 200, 200, 201]
    assert reminded.json()["tasks"] == [first.pk, second.pk]
    assert cancelled.json()["freed"] == [d.cases["in_round"]]
    kinds = [note["kind"] for note in office.get(f"rounds/{round_id}/notes").json()["items"]]
    assert kinds == ["extended", "reminded", "reminded", "added", "removed", "cancelled", "late"]


HIDDEN = (404, "round.unknown")


@pytest.mark.parametrize(
    ("who", "refusal"),
    [("dep-police", (403, "step.not_yours")), ("songxi", HIDDEN), ("north-office", HIDDEN)],
)
def test_others_are_refused(round_id, who, refusal):
    found = {
        code_of(Api(who).post(f"rounds/{round_id}/{act}", {"reason": "x", "due_on": "2026-03-20", "case": 1}))
        for act in ("extend", "cancel", "strike")
    }

    assert found == {refusal}
    assert not RoundNote.objects.filter(round=round_id).exists()


def test_a_line_is_taken_off_once(d, round_id):
    body = {"case": d.cases["in_round"], "reason": "材料待核"}

    told = Api("office").post(f"rounds/{round_id}/strike", body).json()

    assert told["round_open"] is False
    assert code_of(Api("office").post(f"rounds/{round_id}/strike", body)) == (409, "round.closed")


def test_the_flow_is_given_as_svg_and_bpmn(round_id):
    svg, bpmn = (Api("office").get(f"rounds/{round_id}/flow.{kind}") for kind in ("svg", "bpmn"))

    assert (svg["Content-Type"], bpmn["Content-Type"]) == ("image/svg+xml", "application/xml")
    assert b"http://www.omg.org/spec/BPMN/20100524/MODEL" in bpmn.content
    assert code_of(Api("songxi").get(f"rounds/{round_id}/flow.svg")) == (404, "round.unknown")
