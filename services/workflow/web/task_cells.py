"""The cells of a score grid: a mark to type, figures it follows from, a score from elsewhere, or nothing asked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from services.workflow.domain.refused import Refused
from services.workflow.domain.rule_points import is_computed
from services.workflow.domain.scoring import parse_points, plain
from services.workflow.domain.standard import Criterion, FigureKind, RuleKind
from services.workflow.models import SlateLine
from services.workflow.queries.task_page import TaskPage, faults_of, is_not_applicable
from services.workflow.web.figures import (
    NOT_APPLICABLE,
    Typed,
    boxes,
    changed,
    imported_points,
    kept_figures,
    points_from,
    sent_figures,
)
from services.workflow.web.pages import Context

Key = tuple[int, str]
NOTHING = Typed({})


@dataclass(frozen=True)
class Sheet:
    """What stands in the grid: marks as text, figures by their fields, and where the figures come from."""

    marks: Mapping[Key, str]
    figures: Mapping[Key, Typed]
    sources: Mapping[str, str] = field(default_factory=dict)  # by criterion; "" for all of them
    on: str = ""

    def typed(self, line: SlateLine, code: str) -> Typed:
        """The figures of one cell; a struck line has none."""
        return self.figures.get((line.pk, code), NOTHING)

    def source(self, code: str) -> str:
        return self.sources.get(code, "").strip() or self.sources.get("", "").strip()


def cell_name(line: SlateLine, code: str) -> str:
    return f"s-{line.pk}-{code}"


def asked_of(page: TaskPage, line: SlateLine) -> list[Criterion]:
    """The criteria that hold for the unit of one line, in the order of the columns."""
    return [criterion for criterion in page.criteria if page.is_asked(line, criterion.code)]


def kept_sheet(page: TaskPage) -> Sheet:
    """The grid as it was left: own marks, and the figures that count now."""
    marks, figures = {}, {}
    for line in page.lines:
        said = page.said.get(line.case_id, {})
        for criterion in asked_of(page, line):
            text = said.get(criterion.code, "")
            if is_computed(criterion):
                kept = page.measured(line.case_id, criterion.code)
                figures[line.pk, criterion.code] = kept_figures(
                    criterion, kept, not_applicable=is_not_applicable(text)
                )
            else:
                marks[line.pk, criterion.code] = _("n/a") if is_not_applicable(text) else text
    return Sheet(marks, figures, _kept_sources(page))


def _kept_sources(page: TaskPage) -> dict[str, str]:
    """The source of a column where all of its figures have the same."""
    found: dict[str, str] = {}
    for criterion in page.criteria:
        sources = {
            one.source
            for line in page.lines
            for one in page.measured(line.case_id, criterion.code).values()
            if criterion.rule is not RuleKind.IMPORTED
        }
        if len(sources) == 1:
            found[criterion.code] = sources.pop()
    return found


def sent_sheet(page: TaskPage, sent: QueryDict) -> Sheet:
    """The grid as it was sent, for the lines that are asked."""
    marks, figures = {}, {}
    for line in page.asked:
        for criterion in asked_of(page, line):
            if is_computed(criterion):
                figures[line.pk, criterion.code] = sent_figures(str(line.pk), criterion, sent)
            else:
                marks[line.pk, criterion.code] = sent.get(cell_name(line, criterion.code), "")
    sources = {c.code: sent.get(f"src-{c.code}", "") for c in page.criteria if is_computed(c)}
    return Sheet(marks, figures, {**sources, "": sent.get("src", "")}, sent.get("on", ""))


def points_of_cell(page: TaskPage, line: SlateLine, criterion: Criterion, sheet: Sheet) -> Decimal | None:
    """What a computed cell comes to; None while a figure is missing. Refused: measure.*, field.*."""
    decimals = page.definition.standard.decimals
    if criterion.rule is RuleKind.IMPORTED:
        return imported_points(criterion, page.measured(line.case_id, criterion.code), decimals=decimals)
    return points_from(criterion, sheet.typed(line, criterion.code), decimals=decimals)


def faults_in(page: TaskPage, sheet: Sheet, lines: Sequence[SlateLine]) -> dict[Key, Refused]:
    """{(line, criterion): refusal} of everything typed that cannot be so; what is empty is no fault."""
    faults = faults_of(page, sheet.marks, lines)
    for line in lines:
        for criterion in asked_of(page, line):
            if not is_computed(criterion) or sheet.typed(line, criterion.code).not_applicable:
                continue
            try:
                points_of_cell(page, line, criterion, sheet)
            except Refused as refusal:
                faults[line.pk, criterion.code] = refusal
    return faults


def changes_in(page: TaskPage, line: SlateLine, criterion: Criterion, sheet: Sheet) -> dict[str, Any]:
    """The figures of a cell that are to be entered, each {part: text}."""
    typed = sheet.typed(line, criterion.code)
    if typed.not_applicable or not is_computed(criterion):
        return {}
    return changed(typed, criterion, page.measured(line.case_id, criterion.code))


@dataclass(frozen=True)
class Cell:
    """One cell as it is drawn, with what it adds to the row."""

    shown: Context
    given: bool = False  # a mark stands in it, or is not asked for
    points: Decimal | None = None
    maximum: Decimal = Decimal(0)


def cell(
    page: TaskPage, line: SlateLine, criterion: Criterion, sheet: Sheet, *, column: int, wrong: bool
) -> Cell:
    """One cell; `column` counts the fields of the row, so that the arrows find the same field of the next."""
    shown: Context = {
        "code": criterion.code,
        "label": f"{criterion.code} {criterion.name}",
        "maximum": criterion.points,
        "wrong": wrong,
        "col": column,
    }
    if not page.is_asked(line, criterion.code):
        return Cell({**shown, "unasked": True}, given=True)
    if criterion.rule is RuleKind.IMPORTED:
        return _settled(shown, points_of_cell(page, line, criterion, sheet), criterion, imported=True)
    if is_computed(criterion):
        typed = sheet.typed(line, criterion.code)
        points = None if wrong or typed.not_applicable else points_of_cell(page, line, criterion, sheet)
        drawn = boxes(str(line.pk), criterion, typed, may_skip=True)
        many = len(criterion.measures) > 1
        shown |= {"groups": _groups(criterion, drawn, column, many=many), "na": typed.not_applicable}
        return _settled(shown, points, criterion, not_applicable=typed.not_applicable)
    text = sheet.marks.get((line.pk, criterion.code), "")
    shown |= {"name": cell_name(line, criterion.code), "value": text}
    if not text.strip() or wrong:
        return Cell(shown)
    if is_not_applicable(text):
        return Cell(shown, given=True)
    points = parse_points(text, criterion, decimals=page.definition.standard.decimals)
    return Cell(shown, True, points, criterion.points)


def _settled(
    shown: Context,
    points: Decimal | None,
    criterion: Criterion,
    *,
    not_applicable: bool = False,
    imported: bool = False,
) -> Cell:
    """A cell whose points nobody types."""
    state = NOT_APPLICABLE if not_applicable else "" if points is None else plain(points)
    drawn = {**shown, "output": True, "imported": imported, "points": points, "state": state}
    if points is None:
        return Cell(drawn, given=not_applicable or imported)
    return Cell(drawn, True, points, criterion.points)


def _groups(criterion: Criterion, drawn: Sequence[Any], column: int, *, many: bool) -> list[Context]:
    """The fields of a cell by their figure, each with its column in the grid."""
    numbered = list(enumerate(drawn, start=column))
    return [
        {
            "name": measure.name if many else "",
            "ratio": measure.kind is FigureKind.RATIO,
            "unit": "" if measure.kind is FigureKind.RATIO else measure.unit,
            "boxes": [{"box": box, "col": at} for at, box in numbered if box.measure == measure.code],
        }
        for measure in criterion.measures
    ]


def width(criterion: Criterion) -> int:
    """How many fields a column has."""
    if not is_computed(criterion):
        return 1
    return sum(2 if measure.kind is FigureKind.RATIO else 1 for measure in criterion.measures)
