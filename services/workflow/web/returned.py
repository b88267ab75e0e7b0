"""A file that was not taken over: every fault in words, and a workbook back with its faulty rows marked."""

import base64
from typing import Any

from django.http import HttpRequest, HttpResponse

from services.workflow.documents.cells import Table
from services.workflow.documents.writing import returned
from services.workflow.domain.faults import Place
from services.workflow.domain.refused import Refused
from services.workflow.web.pages import Context, show
from services.workflow.web.workbooks import XLSX
from services.workflow.wording.faults import fault_line
from services.workflow.wording.refusals import refusal_text

LINES_MOST = 100


def not_taken(
    request: HttpRequest,
    refusal: Refused,
    *,
    crumbs: list[Context],
    title: str,
    back: str,
    table: Table | None = None,
) -> HttpResponse:
    """Every fault with its line or row and column; `table` is the workbook as it was sent."""
    faults: Any = refusal.params.get("faults")
    told = isinstance(faults, tuple)
    lines = [fault_line(fault) for fault in faults] if told else [refusal_text(refusal)]
    of_workbook = told and any(fault.place is Place.WORKBOOK for fault in faults)
    context = {
        "crumbs": crumbs,
        "title": title,
        "lines": lines[:LINES_MOST],
        "more": max(0, len(lines) - LINES_MOST),
        "of_workbook": of_workbook,
        "returned": _address(returned(table, faults)) if table and of_workbook else "",
        "back": back,
    }
    return show(request, "designer/not_taken.html", context, status=422)


def _address(content: bytes) -> str:
    """The workbook within the page itself: nothing of it is kept here."""
    return f"data:{XLSX};base64,{base64.b64encode(content).decode()}"
