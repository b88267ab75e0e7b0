from xml.etree import ElementTree

import pytest

from services.workflow.domain.stages import Mode
from services.workflow.rounds.answering import answer
from services.workflow.rounds.drawing import bpmn, svg
from services.workflow.rounds.flows import FLOWS
from tests.workflow.rounds.conftest import AT, Cast, tasks_of

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
SVG = "{http://www.w3.org/2000/svg}"
SHARED = {
    "start": "startEvent",
    "ask": "parallelGateway",
    "opinion": "userTask",
    "closing": "receiveTask",
    "gather": "complexGateway",
    "record": "scriptTask",
    "end": "endEvent",
}
CLEARANCE = SHARED | {"silence": "exclusiveGateway", "deem": "scriptTask"}


@pytest.mark.parametrize("mode", list(FLOWS))
def test_a_flow_is_exported_as_bpmn(mode: Mode) -> None:
    process = ElementTree.fromstring(bpmn(FLOWS[mode])).find(f"{BPMN}process")

    assert process is not None
    elements = {
        node.attrib["id"].removeprefix("id_node_"): node.tag.removeprefix(BPMN)
        for node in process
        if node.tag != f"{BPMN}sequenceFlow"
    }
    assert elements == (CLEARANCE if mode == Mode.CLEARANCE else SHARED)
    ends = {
        flow.attrib[end] for flow in process.iter(f"{BPMN}sequenceFlow") for end in ("sourceRef", "targetRef")
    }
    assert ends == {f"id_node_{name}" for name in elements}


def test_each_flow_is_drawn_under_its_own_name() -> None:
    processes = [ElementTree.fromstring(bpmn(flow)).find(f"{BPMN}process") for flow in FLOWS.values()]

    names = [process.attrib["name"] for process in processes if process is not None]
    assert len(set(names)) == len({p.attrib["id"] for p in processes if p is not None}) == 5
    assert all(names)


@pytest.mark.parametrize("mode", list(FLOWS))
def test_a_flow_is_drawn_without_colours(mode: Mode) -> None:
    groups = list(ElementTree.fromstring(svg(FLOWS[mode])).iter(f"{SVG}g"))

    assert {group.attrib["id"] for group in groups} == set(CLEARANCE if mode == Mode.CLEARANCE else SHARED)
    assert not [group for group in groups if "class" in group.attrib]


def test_a_round_colours_its_flow(cast: Cast) -> None:
    round_ = cast.round(Mode.SCORING)
    answer(tasks_of(round_)[0].pk, verdict="answered", office_id=cast.offices[0].pk, at=AT)

    groups = ElementTree.fromstring(svg(FLOWS[Mode.SCORING], round_)).iter(f"{SVG}g")

    assert {group.attrib["id"]: group.attrib.get("class") for group in groups} == {
        "start": "done",
        "ask": "done",
        "opinion": "done",
        "closing": "new",
        "gather": "started",
        "record": None,
        "end": None,
    }
