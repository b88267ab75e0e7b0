"""How many units of an edition came how far, by the blocks of its programme's own route."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Case, Count, IntegerField, Max, Min, OuterRef, Q, Subquery, Value, When

from services.workflow.domain.blocks import Block, blocks_of, routes_of
from services.workflow.domain.programme import Definition
from services.workflow.domain.stages import ENDED, Stage
from services.workflow.models import Declaration, LedgerEntry

NAMED = Block(Stage.NAMED, 0, ())


@dataclass(frozen=True)
class Reached:
    """How many units reached a block ever, how many stand in it now, and how those that left it ended there."""

    block: Block
    units: int
    here: int
    lost: dict[str, int]
    first: datetime | None
    last: datetime | None

    @property
    def stage(self) -> Stage:
        return self.block.stage


def reached(definition: Definition, seen: Any) -> tuple[Reached, ...]:
    """Every block with its counts, the named last; `seen` are the declarations that are counted."""
    blocks = (*blocks_of(routes_of(definition)), NAMED)
    entries = LedgerEntry.objects.filter(kind="declaration", case_id__in=seen.values("pk"))
    if definition.tracks:
        track = Declaration.objects.filter(pk=OuterRef("case_id")).values("track")[:1]
        entries = entries.annotate(track=Subquery(track))
    tracked = bool(definition.tracks)
    came: dict[Any, Any] = {
        row["block"]: row
        for row in entries.exclude(step="return")
        .annotate(block=_block(blocks, "target", tracked=tracked))
        .filter(block__isnull=False)
        .values("block")
        .annotate(units=Count("case_id", distinct=True), first=Min("at"), last=Max("at"))
    }
    here: dict[int | None, int] = {}
    filed = 0
    for block, n, ever in (
        seen.annotate(block=_block(blocks, "stage", tracked=tracked))
        .values_list("block")
        .annotate(
            n=Count("pk"), filed=Count("pk", filter=Q(filed_at__isnull=False) & ~Q(stage=str(Stage.DRAFT)))
        )
    ):
        here[block] = n
        filed += ever
    lost = _lost(entries, blocks, tracked=tracked)
    return tuple(
        Reached(
            block,
            came.get(n, {}).get("units", 0) if n else filed,  # a track may begin further on
            here.get(n, 0),
            lost.get(n, {}),
            came.get(n, {}).get("first"),
            came.get(n, {}).get("last"),
        )
        for n, block in enumerate(blocks)
    )


def _lost(entries: Any, blocks: tuple[Block, ...], *, tracked: bool) -> dict[int, dict[str, int]]:
    """{block: {how it ended there: units}}."""
    ended = [str(stage) for stage in ENDED if stage != Stage.NAMED]
    rows = (
        entries.filter(target__in=ended)
        .exclude(source__in=ended)
        .annotate(block=_block(blocks, "source", tracked=tracked))
        .filter(block__isnull=False)
        .values_list("block", "target")
        .annotate(n=Count("case_id", distinct=True))
    )
    found: dict[int, dict[str, int]] = {}
    for block, target, n in rows:
        found.setdefault(block, {})[target] = n
    return found


def _block(blocks: tuple[Block, ...], stage: str, *, tracked: bool) -> Case:
    """The number of the block that a row lies in, by its stage and leg."""
    return Case(
        *[When(_within(block, stage, tracked=tracked), then=Value(n)) for n, block in enumerate(blocks)],
        default=None,
        output_field=IntegerField(null=True),
    )


def _within(block: Block, stage: str, *, tracked: bool) -> Q:
    here = Q(**{stage: str(block.stage)})
    if not block.recurs:
        return here  # the stage says it all, also where a newer version has other legs
    spans = Q()
    for track, first, last in block.legs:
        span = Q(leg__gte=first, leg__lte=last)
        spans |= span & Q(track=track) if tracked else span
    return here & spans
