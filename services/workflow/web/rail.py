"""Where the scores stand on the rail against the inclusive pass mark, in per cent of its width."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

LABEL_WIDTH = 11.0
ROWS = 3


@dataclass(frozen=True)
class RailScore:
    """One of the scores that stand side by side; the deciding one is drawn filled."""

    label: str
    points: Decimal
    deciding: bool = False


@dataclass(frozen=True)
class RailPoint:
    score: RailScore
    at: float
    row: int
    anchor: str


@dataclass(frozen=True)
class Rail:
    points: tuple[RailPoint, ...]
    pass_at: float
    passing_width: float
    pass_anchor: str
    low: Decimal
    high: Decimal
    pass_mark: Decimal

    @property
    def flat(self) -> bool:
        """Whether all labels stand in the lowest row."""
        return all(point.row == 0 for point in self.points)


def place(scores: Sequence[RailScore], *, pass_mark: Decimal, high: Decimal) -> Rail:
    """Puts each score on the rail; a label that would touch its neighbour goes one row up."""
    low = lowest(scores, pass_mark=pass_mark, high=high)
    span = (high - low) or Decimal(1)
    ends = [-LABEL_WIDTH] * ROWS
    points = []
    for score in sorted(scores, key=lambda score: score.points):
        at = float((score.points - low) / span * 100)
        row = next((n for n, end in enumerate(ends) if at - end >= LABEL_WIDTH), ROWS - 1)
        ends[row] = at
        points.append(RailPoint(score, round(at, 2), row, anchor(at)))
    at = round(float((pass_mark - low) / span * 100), 2)
    return Rail(tuple(points), at, round(100 - at, 2), anchor(at), low, high, pass_mark)


def lowest(scores: Sequence[RailScore], *, pass_mark: Decimal, high: Decimal) -> Decimal:
    """The left end: a tenth of the maximum below the pass mark, lower where a score lies there."""
    step = high / 10
    least = min([pass_mark - step, *(score.points for score in scores)])
    return max(Decimal(0), (least // step) * step)


def anchor(at: float) -> str:
    return "start" if at < LABEL_WIDTH / 2 else "end" if at > 100 - LABEL_WIDTH / 2 else "middle"
