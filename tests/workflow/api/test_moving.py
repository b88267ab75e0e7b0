"""The preview of moving a case by HTTP."""

from dataclasses import replace
from decimal import Decimal

from services.workflow.commands.programmes import publish_version
from services.workflow.domain.actor import SYSTEM
from tests.workflow.api.client import Api
from tests.workflow.cast import DEFINITION


def test_the_preview_tells_each_newer_version_and_the_step_moves(d):
    publish_version(replace(DEFINITION, pass_mark=Decimal(85)), by=SYSTEM, key=None)
    publish_version(replace(DEFINITION, legs=(DEFINITION.legs[0], *DEFINITION.legs[2:])), by=SYSTEM, key=None)
    api, path = Api("office"), f"declarations/{d.cases['preliminary']}"

    told = api.get(f"{path}/versions").json()
    moved = api.post(f"{path}/steps/change_version", {"to": 2, "reason": "按新办法"})
    after = api.get(f"{path}/versions").json()

    assert told["definition_version"] == 1
    assert told["newer"][0] == {
        "number": 2,
        "changes": [{"path": ["pass_mark"], "change": "changed", "before": "90", "after": "85"}],
        "against": [],
    }
    assert told["newer"][1]["against"][0]["code"] == "version.leg_missing"
    assert (moved.status_code, after["definition_version"], [one["number"] for one in after["newer"]]) == (
        200, 2, [3],
    )  # fmt: skip
