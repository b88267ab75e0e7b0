from dataclasses import replace
from typing import Any

from services.workflow.domain.blocks import Block, blocks_of, routes_of
from services.workflow.domain.programme import Track
from services.workflow.domain.programme_rules import Body
from services.workflow.domain.stages import Role, Stage, UnitKind
from tests.workflow.cast import DEFINITION, ROUTE


def keys(found: tuple[Block, ...]) -> list[tuple[str, int]]:
    return [(str(block.stage), block.nth) for block in found]


def legs(*stages: Stage, body: Body | None = None) -> Any:
    first = ROUTE[0]
    return tuple(
        replace(first, key=f"{n}", name=f"第{n}步", stage=stage, body=body or first.body)
        for n, stage in enumerate(stages)
    )


def test_the_reference_route_has_a_block_for_each_of_its_stages() -> None:
    found = blocks_of({"": ROUTE})

    assert keys(found) == [
        ("preliminary_review", 0), ("eligibility", 0), ("evaluation", 0), ("notice", 0), ("naming", 0),
    ]  # fmt: skip
    assert [block.after for block in found] == [
        "",
        "preliminary_review",
        "eligibility",
        "evaluation",
        "notice",
    ]
    assert [block.by_town for block in found] == [False, True, False, False, False]
    assert found[2].legs == (("", 5, 7),)


def test_a_stage_that_comes_again_is_a_block_of_its_own_and_told_by_its_leg() -> None:
    found = blocks_of(
        {"": legs(Stage.DRAFT, Stage.NOTICE, Stage.EVALUATION, Stage.EVALUATION, Stage.NOTICE, Stage.NAMING)}
    )

    assert keys(found) == [("notice", 0), ("evaluation", 0), ("notice", 1), ("naming", 0)]
    assert [block.recurs for block in found] == [True, False, True, False]
    assert [(block.leg, block.leg_before) for block in found[2:]] == [("第4步", "第3步"), ("第5步", "第4步")]


def test_tracks_share_the_blocks_that_they_have_in_common() -> None:
    town = Body(Role.TOWN, "subject.town")
    whole = legs(Stage.DRAFT, Stage.PRELIMINARY_REVIEW, Stage.EVALUATION, Stage.NAMING, body=town)
    short = legs(Stage.DRAFT, Stage.EVALUATION, Stage.NAMING)

    found = blocks_of({"town": short, "": whole})

    assert keys(found) == [("preliminary_review", 0), ("evaluation", 0), ("naming", 0)]
    assert found[1].legs == (("", 2, 2), ("town", 1, 1)) and found[1].by_town


def test_a_track_without_legs_of_its_own_goes_the_programmes_way() -> None:
    track = Track("person", "个人", (UnitKind.PERSON,))

    assert routes_of(replace(DEFINITION, tracks=(track,))) == {"": DEFINITION.legs, "person": DEFINITION.legs}
