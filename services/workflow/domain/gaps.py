"""What a declaration still lacks: every gap is listed before filing, in the order of the standard.

What is missing blocks filing. A threshold that is not met is said with both numbers ("95 % needed, 93.2 %
declared") and blocks only where the criterion bars filing or commendation.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from services.workflow.domain.figures import Figure, amount, shown
from services.workflow.domain.programme import Definition
from services.workflow.domain.standard import Bound, Criterion, Measure


@dataclass(frozen=True)
class Answer:
    """What a unit says on one criterion; `figures` are by the code of their measure."""

    points: Decimal | None = None
    statement: str = ""
    evidence_count: int = 0
    not_applicable: bool = False
    figures: Mapping[str, Figure] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        given = self.statement.strip() or self.evidence_count or self.not_applicable
        return self.points is None and not given and all(f.is_empty for f in self.figures.values())


@dataclass(frozen=True)
class Gap:
    """One thing that is missing or falls short, with the numbers its sentence needs."""

    criterion: str
    code: str
    blocks: bool = True
    needed: Decimal | None = None
    declared: Decimal | None = None
    measure: str = ""  # its name
    unit: str = ""
    bound: Bound = Bound.AT_LEAST
    wanted: tuple[str, ...] = ()  # names of the evidence asked for


def gaps(definition: Definition, answers: Mapping[str, Answer]) -> tuple[Gap, ...]:
    """Everything that stands between these answers and a complete declaration; bonus criteria are never
    missed.
    """
    found: list[Gap] = []
    for indicator, criterion in definition.standard.lines:
        answer = answers.get(criterion.code, Answer())
        if not (indicator.bonus and answer.is_empty):
            found.extend(_of_criterion(criterion, answer))
    return tuple(found)


def blocking(found: tuple[Gap, ...]) -> tuple[Gap, ...]:
    """Those that bar filing."""
    return tuple(gap for gap in found if gap.blocks)


def _of_criterion(criterion: Criterion, answer: Answer) -> Iterator[Gap]:
    code = criterion.code
    if answer.is_empty:
        yield Gap(code, "answer.missing")
        return
    length = len(answer.statement.strip())
    if length > criterion.word_limit:
        limit = Decimal(criterion.word_limit)
        yield Gap(code, "answer.statement_too_long", needed=limit, declared=Decimal(length))
    if answer.not_applicable:
        if not length:
            yield Gap(code, "answer.reason_missing")
        return
    if answer.points is None:
        yield Gap(code, "answer.points_missing")
    if criterion.statement_wanted and not length:
        yield Gap(code, "answer.statement_missing")
    wanted = len(criterion.evidence)
    if answer.evidence_count < wanted:
        counts = Decimal(wanted), Decimal(answer.evidence_count)
        yield Gap(code, "answer.evidence_missing", True, *counts, wanted=criterion.evidence)
    for measure in criterion.measures:
        if measure.asked:
            yield from _of_figure(criterion, measure, answer.figures.get(measure.code, Figure()))


def _of_figure(criterion: Criterion, measure: Measure, figure: Figure) -> Iterator[Gap]:
    stated = amount(measure, figure)
    if stated is None:
        code = "answer.figure_impossible" if figure.is_whole else "answer.figure_missing"
        yield Gap(criterion.code, code, measure=measure.name, unit=measure.unit)
    elif not measure.is_met_by(stated):
        yield Gap(
            criterion.code,
            "answer.threshold_unmet",
            criterion.bars_filing or criterion.bars_commendation,
            measure.needed,
            shown(stated, measure.bound),
            measure.name,
            measure.unit,
            measure.bound,
        )
