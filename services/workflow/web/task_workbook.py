"""A scoring body's figures by workbook: out with what is known, in as a whole, or back with its faults marked."""

from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from services.workflow.commands.measuring_many import Reading, measure_many
from services.workflow.documents.figure_sheets import Asked, FigureRow, figure_workbook, figures_in
from services.workflow.documents.sheet_rows import table_of
from services.workflow.domain.faults import Fault, Place
from services.workflow.domain.refused import Refused
from services.workflow.domain.rule_points import is_computed
from services.workflow.domain.standard import RuleKind
from services.workflow.queries.task_page import TaskPage
from services.workflow.web.acting import actor
from services.workflow.web.pages import done
from services.workflow.web.returned import not_taken
from services.workflow.web.task_cells import asked_of
from services.workflow.web.workbooks import XLSX, download
from services.workflow.wording.addresses import page_of
from services.workflow.wording.refusals import refusal_text

# The column that a refusal of one figure is about.
COLUMN_OF = {"measure.in_future": "on", "field.not_a_date": "on"}


def asked_figures(page: TaskPage) -> list[Asked]:
    """Every figure that this body enters, unit by unit."""
    found = []
    for line in page.asked:
        for criterion in asked_of(page, line):
            if not is_computed(criterion) or criterion.rule is RuleKind.IMPORTED:
                continue
            for measure in criterion.measures:
                kept = page.measured(line.case_id, criterion.code).get(measure.code)
                figure = kept.figure if kept else None
                found.append(
                    Asked(
                        (line.case.unit.code, criterion.code, measure.code),
                        line.case.unit.name,
                        criterion.name,
                        measure.name,
                        measure.kind,
                        (figure.value, figure.numerator, figure.denominator)
                        if figure
                        else (None, None, None),
                        kept.source if kept else "",
                        kept.taken_on.isoformat() if kept and kept.taken_on else "",
                    )
                )
    return found


def template(page: TaskPage) -> HttpResponse:
    return download(figure_workbook(asked_figures(page)), f"figures-{page.task.pk}.xlsx", XLSX)


def take_over(request: HttpRequest, page: TaskPage) -> HttpResponse:
    """All rows or none; the faulty ones come back marked in the same workbook."""
    back = page_of("round_task", page.task.pk)
    title = _("Enter the figures by workbook")
    crumbs = [{"words": title, "address": back}]
    table: Any = []
    try:
        if not page.may_answer:
            raise Refused("round.closed")
        file = request.FILES.get("file")
        if file is None:
            raise Refused("file.empty")
        table = table_of(file.read())
        rows, faults = figures_in(table, asked_figures(page))
        if faults:
            raise Refused("workbook.faulty", faults=faults)
        n = _enter(request, page, rows)
    except Refused as refusal:
        return not_taken(request, refusal, crumbs=crumbs, title=title, back=back, table=table)
    return done(request, back, ngettext("%(n)d figure is entered", "%(n)d figures are entered", n) % {"n": n})


def _enter(request: HttpRequest, page: TaskPage, rows: tuple[FigureRow, ...]) -> int:
    cases = {line.case.unit.code: line.case_id for line in page.asked}
    readings = [
        Reading(
            cases[row.target[0]],
            row.target[1],
            row.target[2],
            {**row.parts, "source": row.source, **({"on": row.on} if row.on else {})},
            row.number,
        )
        for row in rows
    ]
    answer = measure_many(readings, by=actor(request), key=uuid4())
    if answer["refused"]:
        faults = tuple(
            Fault(one["row"], _column(one), "figure.refused", {"words": _words(one)}, Place.WORKBOOK)
            for one in answer["refused"]
        )
        raise Refused("workbook.faulty", faults=faults)
    return int(answer["figures"])


def _words(one: dict[str, Any]) -> str:
    return refusal_text(Refused(one["code"], **one["params"]))


def _column(one: dict[str, Any]) -> str:
    field = str(one["params"].get("field", ""))
    return COLUMN_OF.get(one["code"], field if field in {"value", "numerator", "denominator"} else "measure")
