"""A department scores its own criteria for the whole slate: marks it gives, and figures that its points follow from."""

from decimal import Decimal
from itertools import groupby
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from services.workflow.commands.measuring_many import Reading, measure_many
from services.workflow.domain.refused import Refused
from services.workflow.domain.rule_points import is_computed
from services.workflow.domain.standard import RuleKind
from services.workflow.models import SlateLine
from services.workflow.queries.task_page import TaskPage, is_not_applicable, task_page
from services.workflow.web import task_cells as c
from services.workflow.web.acting import actor
from services.workflow.web.deadlines import today
from services.workflow.web.figures import box_name, parts_of, sent_figures
from services.workflow.web.forms import Error
from services.workflow.web.pages import Context, show
from services.workflow.web.task_frame import file_answer, frame, refused_page, row_of
from services.workflow.web.templatetags.laurel import points as points_text
from services.workflow.wording.refusals import refusal_text
from services.workflow.wording.rules import rule_sentence

ERRORS_MOST = 20
Faults = dict[c.Key, Refused]


def scores(request: HttpRequest, page: TaskPage, following: Context) -> HttpResponse:
    if request.method != "POST":
        sheet = c.kept_sheet(page)
        return show(request, "grid_score.html", {**following, **_context(request, page, sheet, {})})
    sheet = c.sent_sheet(page, request.POST)
    faults = c.faults_in(page, sheet, page.asked)
    errors = [*_fault_errors(page, faults), *_unsourced(page, sheet)]
    if request.POST.get("save") and not errors:
        return _save(request, page, sheet, following)
    if not request.POST.get("save"):
        errors += _missing(page, sheet)
    context = {**following, **_context(request, page, sheet, faults)}
    if errors:
        context["errors"] = errors[:ERRORS_MOST]
        return show(request, "grid_score.html", context, status=422)
    outcome = file_answer(request, page, _findings(page, sheet))
    return (
        refused_page(request, page, "grid_score.html", context, outcome)
        if isinstance(outcome, Refused)
        else outcome
    )


def _save(request: HttpRequest, page: TaskPage, sheet: c.Sheet, following: Context) -> HttpResponse:
    """Enter the figures alone; the marks stay as they were typed."""
    readings = [
        Reading(line.case_id, criterion.code, measure, _said(sheet, criterion.code, parts))
        for line in page.asked
        for criterion in c.asked_of(page, line)
        for measure, parts in c.changes_in(page, line, criterion, sheet).items()
    ]
    answer = measure_many(readings, by=actor(request), key=uuid4())
    fresh = task_page(page.task.pk, actor(request))
    context = {**following, **_context(request, fresh, sheet, {})}
    if answer["refused"]:
        told = [refusal_text(Refused(one["code"], **one["params"])) for one in answer["refused"]]
        context["errors"] = [Error("", words) for words in dict.fromkeys(told)][:ERRORS_MOST]
        return show(request, "grid_score.html", context, status=422)
    n = answer["figures"]
    words = ngettext("%(n)d figure is entered", "%(n)d figures are entered", n) % {"n": n}
    messages.success(request, words if n else _("No figure has changed."))
    return show(request, "grid_score.html", context)


def _said(sheet: c.Sheet, code: str, parts: dict[str, str]) -> dict[str, str]:
    return {**parts, "source": sheet.source(code), **({"on": sheet.on} if sheet.on else {})}


def reckon(request: HttpRequest, page: TaskPage) -> JsonResponse:
    """What the figures of one cell come to, while they are typed."""
    case = next((line for line in page.asked if str(line.pk) == request.GET.get("line")), None)
    code = request.GET.get("criterion", "")
    criterion = next((one for one in page.criteria if one.code == code and is_computed(one)), None)
    if case is None or criterion is None or not page.is_asked(case, code):
        raise Refused("score.unknown_criterion", criterion=code[:12])
    typed = sent_figures(str(case.pk), criterion, request.GET)
    if typed.not_applicable:
        return JsonResponse({"points": "n/a", "shown": _("n/a")})
    try:
        points = c.points_of_cell(page, case, criterion, c.Sheet({}, {(case.pk, code): typed}))
    except Refused as refusal:
        return JsonResponse({"points": "", "shown": "", "words": refusal_text(refusal)})
    return JsonResponse({"points": "" if points is None else str(points), "shown": points_text(points)})


def _findings(page: TaskPage, sheet: c.Sheet) -> list[dict[str, Any]]:
    found = []
    for line in page.asked:
        for criterion in c.asked_of(page, line):
            finding: dict[str, Any] = {"case": line.case_id, "criterion": criterion.code}
            if not is_computed(criterion):
                finding["points"] = _sent(sheet.marks[line.pk, criterion.code])
            elif sheet.typed(line, criterion.code).not_applicable:
                finding["points"] = "n/a"
            elif figures := c.changes_in(page, line, criterion, sheet):
                finding |= {"figures": figures, **_said(sheet, criterion.code, {})}
            found.append(finding)
    return found


def _sent(text: str) -> str:
    return "n/a" if is_not_applicable(text) else text.strip()


def _fault_errors(page: TaskPage, faults: Faults) -> list[Error]:
    lines = {line.pk: line for line in page.asked}
    return [
        Error(_target(page, lines[pk], code), f"{lines[pk].case.unit.name}：{refusal_text(refusal)}")
        for (pk, code), refusal in faults.items()
    ]


def _target(page: TaskPage, line: SlateLine, code: str) -> str:
    """The first field of a cell."""
    criterion = next(one for one in page.criteria if one.code == code)
    if not is_computed(criterion):
        return c.cell_name(line, code)
    measure = criterion.measures[0]
    return box_name(str(line.pk), criterion, measure, parts_of(measure)[0])


def _unsourced(page: TaskPage, sheet: c.Sheet) -> list[Error]:
    """Criteria with figures to enter and no word on where they come from."""
    errors = []
    for criterion in page.criteria:
        entered = any(c.changes_in(page, line, criterion, sheet) for line in page.asked)
        if entered and not sheet.source(criterion.code):
            words = _("Say where the figures of %(code)s come from") % {"code": criterion.code}
            errors.append(Error(f"src-{criterion.code}", words))
    return errors


def _missing(page: TaskPage, sheet: c.Sheet) -> list[Error]:
    """Units with criteria not scored; each leads to the first of its empty cells."""
    errors = []
    for line in page.asked:
        empty = [one.code for one in c.asked_of(page, line) if _is_empty(page, line, one, sheet)]
        if empty:
            words = ngettext(
                "%(unit)s: %(n)d criterion is not scored yet",
                "%(unit)s: %(n)d criteria are not scored yet",
                len(empty),
            )
            errors.append(
                Error(_target(page, line, empty[0]), words % {"unit": line.case.unit.name, "n": len(empty)})
            )
    return errors


def _is_empty(page: TaskPage, line: SlateLine, criterion: Any, sheet: c.Sheet) -> bool:
    if not is_computed(criterion):
        return not sheet.marks.get((line.pk, criterion.code), "").strip()
    if criterion.rule is RuleKind.IMPORTED or sheet.typed(line, criterion.code).not_applicable:
        return False
    try:
        return c.points_of_cell(page, line, criterion, sheet) is None
    except Refused:
        return False  # told as a fault already


def _context(request: HttpRequest, page: TaskPage, sheet: c.Sheet, faults: Faults) -> Context:
    flag = page.definition.pass_mark * 100 / page.definition.standard.total
    rows = [_row(page, line, sheet, faults, flag) for line in page.lines]
    for number, row in enumerate(rows, start=1):
        row["number"] = number
    names = {i.name for i, criterion in page.definition.standard.lines if criterion in page.criteria}
    complete = sum(1 for row in rows if row["state"] == "scored")
    heading = "、".join(sorted(names)) if len(names) == 1 else _("Scores by %(unit)s")
    measured = [one for one in page.criteria if is_computed(one)]
    entered = [one for one in measured if one.rule is not RuleKind.IMPORTED]
    return {
        **frame(page, heading % {"unit": actor(request).unit_name} if "%" in heading else heading),
        "criteria": [
            {"code": one.code, "name": one.name, "maximum": one.points, "due_on": one.due_on}
            for one in page.criteria
        ],
        "flag_below": f"{flag.normalize():f}",
        "towns": _towns(rows),
        "answered": complete,
        "complete": complete,
        "errors": [],
        "rules": [
            {
                "code": one.code,
                "name": one.name,
                "words": rule_sentence(one),
                "source": sheet.sources.get(one.code, ""),
                "entered": one in entered,
            }
            for one in measured
        ],
        "has_figures": bool(entered),
        "source_of_all": sheet.sources.get("", ""),
        "on": sheet.on or today().date.isoformat(),
        "each_member": page.leg.scoring.each_member if page.leg.scoring else False,
        "reckon_address": f"/tasks/{page.task.pk}/points",
        "workbook_address": f"/tasks/{page.task.pk}/figures",
    }


def _towns(rows: list[Context]) -> list[Context]:
    towns = []
    for name, group in groupby(rows, key=lambda row: row["town"]):
        own = list(group)
        asked = [row for row in own if not row["struck"]]
        scored = sum(1 for row in asked if row["state"] == "scored")
        towns.append({"name": name, "rows": own, "scored": scored, "total": len(asked)})
    return towns


def _row(page: TaskPage, line: SlateLine, sheet: c.Sheet, faults: Faults, flag: Decimal) -> Context:
    cells, column = [], 0
    for criterion in page.criteria:
        wrong = (line.pk, criterion.code) in faults
        cells.append(c.cell(page, line, criterion, sheet, column=column, wrong=wrong))
        column += c.width(criterion)
    total = sum((cell.points for cell in cells if cell.points is not None), Decimal(0))
    maximum = sum((cell.maximum for cell in cells), Decimal(0))
    asked = [cell for cell in cells if not cell.shown.get("unasked")]
    given = sum(1 for cell in asked if cell.given)
    return {
        **row_of(line),
        "cells": [cell.shown for cell in cells],
        "subtotal": total if given else None,
        "maximum": maximum,
        "short": bool(given) and total * 100 < maximum * flag,
        "state": "scored" if given == len(asked) else "scoring" if given else "not_begun",
        "error": "；".join(refusal_text(r) for (pk, _code), r in faults.items() if pk == line.pk),
    }
