"""One line of `make bench`: a figure of ours, its peer's, and whether the goal is met."""

import json
import statistics
from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Row:
    """`ok` is None where a figure is only shown: it has no goal."""

    bench: str
    ours: float
    unit: str
    peer: float | None = None
    goal: str = ""
    ok: bool | None = None
    settings: dict[str, object] = field(default_factory=dict)

    @property
    def ratio(self) -> float | None:
        return None if not self.peer else self.ours / self.peer

    def line(self) -> str:
        """The row as one JSON object."""
        return json.dumps(
            {
                "bench": self.bench,
                "ours": rounded(self.ours),
                "peer": rounded(self.peer),
                "ratio": rounded(self.ratio),
                "unit": self.unit,
                "goal": self.goal,
                "ok": self.ok,
                "settings": self.settings,
            },
            ensure_ascii=False,
        )


def at_most(bench: str, ours: float, most: float, unit: str, **settings: object) -> Row:
    """A row whose figure may not exceed a bound."""
    return Row(bench, ours, unit, goal=f"≤ {most:g} {unit}", ok=ours <= most, settings=settings)


def at_least(bench: str, ours: float, least: float, unit: str, **settings: object) -> Row:
    """A row whose figure may not fall below a bound."""
    return Row(bench, ours, unit, goal=f"≥ {least:g} {unit}", ok=ours >= least, settings=settings)


def beside(
    bench: str, ours: float, peer: float, unit: str, *, most: float | None, by: str, **settings: object
) -> Row:
    """A row whose quotient ours / peer may not exceed `most`; None: it is only shown. `by` names the peer."""
    settings = {"peer": by, **settings}
    if most is None:
        return Row(bench, ours, unit, peer=peer, settings=settings)
    return Row(bench, ours, unit, peer, f"≤ {most:g} × {by}", ours <= most * peer, settings)


def percentile(values: Sequence[float], share: int) -> float:
    """The value that `share` per cent of them do not exceed."""
    if len(values) < 2:
        return values[0]
    return statistics.quantiles(values, n=100, method="inclusive")[share - 1]


def rounded(value: float | None) -> float | None:
    """Four figures that count."""
    return None if value is None else float(f"{value:.4g}")
