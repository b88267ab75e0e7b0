"""The table of a definition tried out, in words."""

from dataclasses import replace

from django.utils.translation import override

from services.workflow.domain.programme import Track
from services.workflow.domain.programme_rules import Category
from services.workflow.domain.stages import UnitKind
from services.workflow.queries.try_out import TriedStep, tried_out
from services.workflow.wording.try_out import SITUATIONS, tried_line
from tests.workflow.domain.samples import DEFINITION
from tests.workflow.domain.test_sound_route import SOUND

VARIED = replace(
    DEFINITION, tracks=(Track("person", "个人", (UnitKind.PERSON,)),), categories=(Category("old", "老社区"),)
)
STEP = TriedStep(
    "person", "old", "preliminary", "preliminary_review", "vetoed", "endorse", "town@subject.town"
)


def test_a_row_says_where_when_what_who_and_what_came_of_it() -> None:
    refused = replace(STEP, refusal="declaration.vetoed")
    taken = replace(STEP, track="", category="", situation="favourable", to="evaluation/assessment")

    with override("zh-hans"):
        lines = [
            tried_line(step, VARIED) for step in (refused, taken, replace(taken, to="named", actor="system"))
        ]

    assert lines[0].startswith("个人 | 老社区 | 街镇初评(初评) | 一票否决未解除 | ")
    assert lines[0].endswith("[declaration.vetoed]")
    assert lines[1].endswith(" | → 部门评议(组织评选)")
    assert lines[2].split(" | ")[-2:] == ["系统", "→ 已命名"]


def test_every_situation_that_is_tried_has_words() -> None:
    met = {step.situation for step in tried_out(SOUND).steps}

    assert met <= set(SITUATIONS)
