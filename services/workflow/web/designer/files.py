"""A draft as files: its TOML out and in, its standard as a workbook out and in, its drawings."""

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from services.workflow.commands.drafts import begin_draft, save_draft
from services.workflow.documents.cells import Table
from services.workflow.documents.route_diagram import route_svg
from services.workflow.documents.sheet_rows import table_of
from services.workflow.documents.spreadsheets import rows_in
from services.workflow.documents.standard_template import standard_workbook
from services.workflow.domain.definition_codec import to_dict
from services.workflow.domain.definition_file import values_of
from services.workflow.domain.faults import Fault
from services.workflow.domain.refused import Refused
from services.workflow.domain.standard_rows import StandardRow, taken_over
from services.workflow.domain.toml_text import definition_text, toml_text
from services.workflow.models import ProgrammeDraft
from services.workflow.queries.drafts import check, one_draft
from services.workflow.rounds.drawing import bpmn
from services.workflow.rounds.flows import FLOWS
from services.workflow.web.acting import actor
from services.workflow.web.designer.pages import crumbs
from services.workflow.web.pages import done
from services.workflow.web.posted import key_of
from services.workflow.web.returned import not_taken
from services.workflow.web.workbooks import XLSX, download

FILE_MOST = 2_000_000


@require_GET
def draft_toml(request: HttpRequest, draft_id: int) -> HttpResponse:
    """The file of a draft; where it cannot be read as a programme yet, what it holds all the same."""
    draft = one_draft(draft_id, actor(request))
    checked = check(draft.definition)
    unread = any(fault.code in {"programme.wrong_type", "programme.unknown_key"} for fault in checked.faults)
    missing = any(fault.code == "programme.missing_key" for fault in checked.faults)
    text = toml_text(draft.definition) if unread or missing else definition_text(checked.definition)
    return download(text, f"{draft.definition.get('code') or 'programme'}.toml", "application/toml")


@require_GET
def draft_svg(request: HttpRequest, draft_id: int) -> HttpResponse:
    draft = one_draft(draft_id, actor(request))
    drawing = route_svg(check(draft.definition).definition)
    return download(drawing, f"{draft.definition.get('code') or 'programme'}.svg", "image/svg+xml")


@require_GET
def round_bpmn(request: HttpRequest, mode: str) -> HttpResponse:
    """How bodies decide together at a leg of this mode, in BPMN 2.0."""
    flow = next((flow for one, flow in FLOWS.items() if str(one) == mode), None)
    if flow is None:
        raise Refused("request.not_found")
    return download(bpmn(flow), f"{mode}.bpmn", "application/xml")


def _text(request: HttpRequest) -> str:
    file = request.FILES.get("file")
    if file is None:
        raise Refused("file.empty")
    if (file.size or 0) > FILE_MOST:
        raise Refused("request.too_large", kibibytes=FILE_MOST // 1000)
    try:
        return str(file.read(), "utf-8")
    except UnicodeDecodeError:
        fault = Fault(None, "", "programme.not_utf8")
        raise Refused("programme.faulty", faults=(fault,)) from None


@require_POST
def draft_from_file(request: HttpRequest) -> HttpResponse:
    """Begin a programme with what a TOML file says; what is wrong in it, the check tells."""
    try:
        told = begin_draft(values=values_of(_text(request)), by=actor(request), key=key_of(request))
    except Refused as refusal:
        title, back = _("Import a programme file"), reverse("draft_new")
        return not_taken(request, refusal, crumbs=crumbs(), title=title, back=back)
    return done(request, reverse("draft", args=[told["draft"]]), _("The file is taken over as a draft."))


def draft_workbook(request: HttpRequest, draft_id: int) -> HttpResponse:
    """The workbook of a standard: its template or what the draft says (GET), taken over into the draft (POST)."""
    draft = one_draft(draft_id, actor(request))
    definition = check(draft.definition).definition
    if request.method != "POST":
        rows = tuple(
            StandardRow(0, indicator.code, indicator.name, indicator.points or 0, criterion)  # type: ignore[arg-type]  # 0 is exact
            for indicator, criterion in definition.standard.lines
        )
        name = f"{draft.definition.get('code') or 'programme'}-standard.xlsx"
        return download(standard_workbook(definition, rows), name, XLSX)
    table: Table = []
    try:
        table = _table(request)
        _take_over(request, draft, definition, table)
    except Refused as refusal:
        back = reverse("draft_part", args=[draft_id, "standard"])
        title = _("Import the standard from a workbook")
        return not_taken(request, refusal, crumbs=crumbs(), title=title, back=back, table=table)
    address = reverse("draft_part", args=[draft_id, "standard"])
    return done(request, address, _("The workbook is taken over into the standard."))


def _table(request: HttpRequest) -> Table:
    file = request.FILES.get("file")
    if file is None:
        raise Refused("file.empty")
    return table_of(file.read())


def _take_over(request: HttpRequest, draft: ProgrammeDraft, definition: Any, table: Table) -> None:
    """All rows or none."""
    sheet = rows_in(table)
    if sheet.faults:
        raise Refused("programme.faulty", faults=sheet.faults)
    standard = taken_over(definition.standard, sheet.rows)
    values = to_dict(replace(definition, standard=standard))["standard"]
    save_draft(
        draft.pk, {"standard": values}, revision=draft.revision, by=actor(request), key=key_of(request)
    )
