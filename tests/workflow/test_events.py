"""docs/schemas says what workflow tells, no more and no less."""

import re
from pathlib import Path

import pytest

from services.workflow.commands.access import end_login
from services.workflow.models import Declaration, Honour, Notice, Objection, Programme, Rectification
from services.workflow.models.lifecycle.steps import edges
from tests.contract import SCHEMAS, event_faults
from tests.workflow import contract
from tests.workflow.cast import District
from tests.workflow.databases import at_the_cast, built, d, transactional_db

__all__ = ["at_the_cast", "built", "d", "transactional_db"]
KINDS = (Declaration, Honour, Notice, Objection, Programme, Rectification)
COMMANDS = Path(__file__).parents[2] / "services" / "workflow" / "commands"


def of_steps(name):
    """What a kind's schema lets be told within, as (source, target, step) of each step."""
    schema = SCHEMAS[f"{name}.json"]
    steps = schema["oneOf"][-1]["oneOf"] if name == "notice" else schema["oneOf"]
    return {
        one["properties"]["type"]["const"]: (
            set(one["properties"]["data"]["properties"]["source"].get("enum", [""])),
            set(one["properties"]["data"]["properties"]["target"]["enum"]),
        )
        for one in steps
    }


@pytest.mark.parametrize("kind", KINDS)
def test_the_schema_of_a_kind_has_the_steps_of_its_machine(kind):
    told = of_steps(kind.KIND)
    steps: dict[str, tuple[set[str], set[str]]] = {}
    for source, target, step in edges(kind):
        sources, targets = steps.setdefault(f"{kind.KIND}.{step}", (set(), set()))
        sources.add(source)
        targets.add(target)

    assert told.pop(f"{kind.KIND}.create")[0] == {""}
    assert told == steps


def test_every_signal_of_a_command_has_its_schema():
    told = set()
    for path in COMMANDS.glob("*.py"):
        told |= set(re.findall(r'(?:tell|announce|Told)\([^()]*?"([a-z_]+\.[a-z_]+)"', path.read_text()))
    steps = {f"{kind.KIND}.json" for kind in KINDS}
    listed = set()
    for name, schema in SCHEMAS.items():
        if name not in steps:
            listed |= set(schema.get("properties", {}).get("type", {}).get("enum", []))

    assert listed == told


def test_all_that_the_cast_went_through_keeps_to_the_schemas(d: District):
    frames = contract.frames_since(0)

    assert [fault for frame in frames for fault in event_faults(frame)] == []
    told = {frame["type"].partition(".")[0] for frame in frames}
    assert {"declaration", "honour", "notice", "programme", "round_task"} <= told


def test_the_end_of_a_log_in_keeps_to_its_schema(d: District):
    before = contract.last_event()

    end_login("s" * 64, by=d.people["office"])

    assert [frame["type"] for frame in contract.frames_since(before)] == ["session.ended"]
    assert contract.faults_since(before) == []


@pytest.mark.parametrize(
    "change",
    [
        {"type": "declaration.leap"},
        {"seq": None},
        {"case": None},
        {"topic": "public:notice"},
        {"topic": "everybody"},
        {"more": 1},
        {"data": {"source": "draft", "target": "named", "leg": 0, "step": "submit", "version": 2}},
        {"at": "2026-03-02T09:15:00.250000+08:00"},
    ],
)
def test_a_schema_refuses_what_is_not_so(change):
    data = {"source": "draft", "target": "preliminary_review", "leg": 1, "step": "submit", "version": 2}
    good = {
        "t": "event", "c": "6b-1-4.90211.7", "case": 41, "seq": 2, "type": "declaration.submit",
        "topic": "unit:7", "at": "2026-03-02T01:15:00.250000Z", "data": data,
    }  # fmt: skip

    assert event_faults(good) == []
    assert event_faults(good | change) != []
