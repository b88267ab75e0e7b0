"""A route in blocks: the legs of one stage that follow each other; what is counted of an edition at a glance."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from services.workflow.domain.programme import Definition, Leg
from services.workflow.domain.programme_rules import Body
from services.workflow.domain.stages import Role, Stage

TOWN = Body(Role.TOWN, "subject.town")


@dataclass(frozen=True)
class Block:
    """One stage on the way, its `nth` time; `legs` are its first and last leg by track.

    `after` is the stage that had to be passed before it, "" for the first one; `leg` and `leg_before` are the names
    of its first leg and of the last one before it; `by_town` tells that the subject's town endorsed before it.
    """

    stage: Stage
    nth: int
    legs: tuple[tuple[str, int, int], ...]
    after: str = ""
    leg: str = ""
    leg_before: str = ""
    by_town: bool = False
    recurs: bool = False

    @property
    def key(self) -> tuple[Stage, int]:
        return self.stage, self.nth


def blocks_of(routes: dict[str, Sequence[Leg]]) -> tuple[Block, ...]:
    """The blocks of every track's route, each once, in the order of the longest one; drafts are none."""
    found: dict[tuple[Stage, int], Block] = {}
    for track, legs in sorted(routes.items(), key=lambda one: -len(_runs(one[1]))):
        for block in _runs(legs):
            same = found.get(block.key, replace(block, legs=()))
            span = (track, block.legs[0][1], block.legs[0][2])
            found[block.key] = replace(same, legs=(*same.legs, span))
    often = {stage for stage, nth in found if nth}
    return tuple(replace(block, recurs=block.stage in often) for block in found.values())


def routes_of(definition: Definition) -> dict[str, Sequence[Leg]]:
    """{track: its legs}, the programme's own under ""."""
    return {"": definition.legs, **{t.key: t.legs or definition.legs for t in definition.tracks}}


def _runs(legs: Sequence[Leg]) -> list[Block]:
    found: list[Block] = []
    before: list[Leg] = []
    for stage, members in groupby(enumerate(legs), key=lambda one: one[1].stage):
        run = list(members)
        if stage is not Stage.DRAFT:
            nth = sum(block.stage is stage for block in found)
            reviewed = bool(before) and before[-1].stage is not Stage.DRAFT
            found.append(
                Block(
                    Stage(stage),
                    nth,
                    (("", run[0][0], run[-1][0]),),
                    after=str(before[-1].stage) if reviewed else "",
                    leg=run[0][1].name,
                    leg_before=before[-1].name if reviewed else "",
                    by_town=any(leg.body == TOWN and leg.stage is Stage.PRELIMINARY_REVIEW for leg in before),
                )
            )
        before = [leg for _, leg in run]
    return found
