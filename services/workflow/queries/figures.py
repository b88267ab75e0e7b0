"""Figures that scoring bodies looked up, and scores that are imported from other programmes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from services.workflow.domain.figures import Figure
from services.workflow.domain.programme import Definition
from services.workflow.domain.rule_points import IMPORTED_SCORE, imported_figure
from services.workflow.domain.stages import ENDED
from services.workflow.domain.standard import RuleKind
from services.workflow.models import Declaration, Measurement
from services.workflow.queries.definitions import declaration_definition


@dataclass(frozen=True)
class Measured:
    """The figure that counts, where it comes from, of which day, and who entered it."""

    figure: Figure
    source: str = ""
    taken_on: date | None = None
    by: str = ""


Figures = dict[int, dict[str, dict[str, Measured]]]


def figures_of(case_ids: Iterable[int], tier: str, *, since: datetime | None = None) -> Figures:
    """{case: {criterion: {measure: figure}}} of one tier; of several the one entered last counts."""
    rows = Measurement.objects.filter(case_id__in=list(case_ids), tier=tier).order_by("pk")
    if since is not None:
        rows = rows.filter(at__gte=since)
    found: Figures = {}
    for row in rows.select_related("office__unit"):
        by_measure = found.setdefault(row.case_id, {}).setdefault(row.criterion, {})
        by_measure[row.measure] = Measured(
            Figure(row.value, row.numerator, row.denominator),
            row.source,
            row.taken_on,
            f"{row.office.unit.name} {row.office.name}",
        )
    return found


def imported_for(wanted: Mapping[int, Iterable[str]]) -> dict[tuple[int, str], Measured]:
    """{(unit, programme): what it reached there} of its newest finished declaration; {unit: programme codes} asked.

    Nothing where the unit never came to a score in that programme.
    """
    codes = {code for asked in wanted.values() for code in asked}
    if not codes:
        return {}
    rows = Declaration.objects.filter(
        unit__in=wanted,
        edition__programme__code__in=codes,
        stage__in=[str(stage) for stage in ENDED],
        result_points__isnull=False,
    ).select_related("edition__programme")
    found: dict[tuple[int, str], Measured] = {}
    for row in rows.order_by("edition__year", "pk"):
        total = declaration_definition(row).standard.total
        figure = imported_figure(row.result_points or total * 0, total)
        found[row.unit_id, row.edition.programme.code] = Measured(figure, row.edition.name)
    return found


def imported_figures(unit_id: int, definition: Definition) -> dict[str, dict[str, Measured]]:
    """{criterion: {measure: score}} of the criteria that take over what the unit reached in other programmes."""
    wanted = [c for c in definition.standard.criteria if c.rule is RuleKind.IMPORTED]
    reached = imported_for({unit_id: {c.programme for c in wanted}}) if wanted else {}
    return {
        c.code: {IMPORTED_SCORE.code: reached[unit_id, c.programme]}
        for c in wanted
        if (unit_id, c.programme) in reached
    }
