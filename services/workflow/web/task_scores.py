"""A department scores its own criteria for the whole slate."""

from decimal import Decimal
from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from services.workflow.domain.refused import Refused
from services.workflow.domain.scoring import parse_points
from services.workflow.models import SlateLine
from services.workflow.queries.task_page import TaskPage, faults_of, is_not_applicable
from services.workflow.web.acting import actor
from services.workflow.web.forms import Error
from services.workflow.web.pages import Context, show
from services.workflow.web.task_frame import file_answer, frame, refused_page, row_of
from services.workflow.wording.refusals import refusal_text

ERRORS_MOST = 20
Typed = dict[tuple[int, str], str]
Faults = dict[tuple[int, str], Refused]


def scores(request: HttpRequest, page: TaskPage, following: Context) -> HttpResponse:
    if request.method != "POST":
        return show(request, "grid_score.html", {**following, **_context(request, page, _kept(page), {})})
    typed = {
        (line.pk, criterion.code): request.POST.get(cell_name(line, criterion.code), "")
        for line in page.asked
        for criterion in page.criteria
    }
    faults = faults_of(page, typed, page.asked)
    context = {**following, **_context(request, page, typed, faults)}
    missing = _missing(page, typed)
    if faults or missing:
        context["errors"] = [*_fault_errors(page, faults), *missing][:ERRORS_MOST]
        return show(request, "grid_score.html", context, status=422)
    outcome = file_answer(request, page, _findings(page, typed))
    return (
        refused_page(request, page, "grid_score.html", context, outcome)
        if isinstance(outcome, Refused)
        else outcome
    )


def cell_name(line: SlateLine, code: str) -> str:
    return f"s-{line.pk}-{code}"


def _kept(page: TaskPage) -> Typed:
    shown = {"n/a": _("n/a")}
    return {
        (line.pk, code): shown.get(text, text)
        for line in page.lines
        for code, text in page.said.get(line.case_id, {}).items()
    }


def _findings(page: TaskPage, typed: Typed) -> list[dict[str, Any]]:
    return [
        {"case": line.case_id, "criterion": c.code, "points": _sent(typed[line.pk, c.code])}
        for line in page.asked
        for c in page.criteria
    ]


def _sent(text: str) -> str:
    return "n/a" if is_not_applicable(text) else text.strip()


def _fault_errors(page: TaskPage, faults: Faults) -> list[Error]:
    lines = {line.pk: line for line in page.asked}
    return [
        Error(cell_name(lines[pk], code), f"{lines[pk].case.unit.name}：{refusal_text(refusal)}")
        for (pk, code), refusal in faults.items()
    ]


def _missing(page: TaskPage, typed: Typed) -> list[Error]:
    """Units with criteria not scored; each leads to the first of its empty cells."""
    errors = []
    for line in page.asked:
        empty = [c.code for c in page.criteria if not typed.get((line.pk, c.code), "").strip()]
        if empty:
            words = ngettext(
                "%(unit)s: %(n)d criterion is not scored yet",
                "%(unit)s: %(n)d criteria are not scored yet",
                len(empty),
            )
            errors.append(
                Error(cell_name(line, empty[0]), words % {"unit": line.case.unit.name, "n": len(empty)})
            )
    return errors


def _context(request: HttpRequest, page: TaskPage, typed: Typed, faults: Faults) -> Context:
    flag = page.definition.pass_mark * 100 / page.definition.standard.total
    rows = [_row(page, line, typed, faults, flag) for line in page.lines]
    for number, row in enumerate(rows, start=1):
        row["number"] = number
    names = {i.name for i, c in page.definition.standard.lines if c in page.criteria}
    complete = sum(1 for row in rows if row["state"] == "scored")
    heading = "、".join(sorted(names)) if len(names) == 1 else _("Scores by %(unit)s")
    return {
        **frame(page, heading % {"unit": actor(request).unit_name} if "%" in heading else heading),
        "criteria": [{"code": c.code, "name": c.name, "maximum": c.points} for c in page.criteria],
        "flag_below": f"{flag.normalize():f}",
        "towns": _towns(rows),
        "answered": complete,
        "complete": complete,
        "errors": [],
    }


def _towns(rows: list[Context]) -> list[Context]:
    towns = []
    for name, group in groupby(rows, key=lambda row: row["town"]):
        own = list(group)
        asked = [row for row in own if not row["struck"]]
        scored = sum(1 for row in asked if row["state"] == "scored")
        towns.append({"name": name, "rows": own, "scored": scored, "total": len(asked)})
    return towns


def _row(page: TaskPage, line: SlateLine, typed: Typed, faults: Faults, flag: Decimal) -> Context:
    cells, total, maximum, given = [], Decimal(0), Decimal(0), 0
    for col, criterion in enumerate(page.criteria):
        text = typed.get((line.pk, criterion.code), "")
        wrong = (line.pk, criterion.code) in faults
        name = cell_name(line, criterion.code)
        cells.append(
            {
                "col": col,
                "code": criterion.code,
                "name": name,
                "value": text,
                "wrong": wrong,
                "maximum": criterion.points,
            }
        )
        if not text.strip() or wrong:
            continue
        given += 1
        if not is_not_applicable(text):
            total += parse_points(text, criterion, decimals=page.definition.standard.decimals)
            maximum += criterion.points
    whole = given == len(page.criteria)
    return {
        **row_of(line),
        "cells": cells,
        "subtotal": total if given else None,
        "maximum": maximum,
        "short": bool(given) and total * 100 < maximum * flag,
        "state": "scored" if whole else "scoring" if given else "not_begun",
        "error": "；".join(refusal_text(r) for (pk, _code), r in faults.items() if pk == line.pk),
    }
