import tomllib
from pathlib import Path

import pytest

from services.workflow.domain.blocks import Block, blocks_of, routes_of
from services.workflow.domain.definition_file import check_values
from services.workflow.domain.stages import Stage
from services.workflow.web.funnel_words import funnel_label

PROGRAMMES = Path(__file__).parents[3] / "services/workflow/programmes"


def labels(code: str) -> list[str]:
    values = tomllib.loads((PROGRAMMES / code / "programme.toml").read_text(encoding="utf-8"))
    blocks = [*blocks_of(routes_of(check_values(values)[0])), Block(Stage.NAMED, 0, ())]
    return [funnel_label(block, before) for block, before in zip(blocks, [None, *blocks], strict=False)]


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("wenming-000", ["申报", "街镇上报", "资格确认", "进入公示", "公示通过", "命名"]),
        ("wenming-001", ["申报", "通过审定", "命名"]),
        ("hexie-002", ["申报", "街镇上报", "通过领导小组审定", "命名"]),
        ("meili-003", ["申报", "街镇上报", "进入公示", "公示通过", "命名"]),
        ("dangjian-004", ["申报", "通过街道审定", "命名"]),
        (
            "zuimei-005",
            ["申报", "进入街镇公示", "通过街镇公示", "资格确认", "进入区级公示", "通过区级公示", "命名"],
        ),
    ],
)
def test_each_programme_is_told_by_its_own_route(code: str, told: list[str]) -> None:
    assert labels(code) == told
