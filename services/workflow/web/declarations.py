"""A unit's declaration: begin it, fill it in, check it, file it."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from services.workflow.commands.steps import take_step
from services.workflow.domain.refused import Refused
from services.workflow.domain.stages import Stage
from services.workflow.models import Declaration
from services.workflow.queries.declaration_page import Sheet, last_return, sheet_of
from services.workflow.queries.rights import visible_to
from services.workflow.web.acting import actor
from services.workflow.web.corrections import corrections_shown
from services.workflow.web.deadlines import today
from services.workflow.web.declaration_shown import (
    about,
    answers_shown,
    gap_list,
    return_shown,
    section_address,
    task_list,
)
from services.workflow.web.forms import put, summary
from services.workflow.web.newer import overtaken_case
from services.workflow.web.pages import follow, new_key, show
from services.workflow.web.posted import key_of, version_of
from services.workflow.wording.statuses import status_of


class PromiseForm(forms.Form):
    promise = forms.BooleanField(
        label=gettext_lazy("What is filled in is true, and our unit answers for it"),
        widget=forms.CheckboxInput({"class": "tick-box"}),
        error_messages={"required": gettext_lazy("Tick this before you file")},
    )


def declaration(request: HttpRequest, declaration_id: int) -> HttpResponse:
    """The task list of the standard, with what is still missing."""
    live = follow(request, f"case:{declaration_id}")
    sheet = sheet_of(declaration_id, actor(request))
    returned = last_return(declaration_id) if sheet.declaration.stage == Stage.RETURNED else None
    told = return_shown(returned)
    if told is not None:
        told["asked"] = corrections_shown(sheet.declaration, lambda code: _section_of(sheet, code))
    return show(request, "declaration.html", {**task_list(sheet, today()), **live, "return_": told})


def _section_of(sheet: Sheet, code: str) -> str:
    """The page on which a part of the standard is corrected: the criterion's own, or an indicator's first."""
    lines = [line for line in sheet.lines if code in {line.criterion.code, line.indicator.code}]
    return section_address(sheet, lines[0]) if lines else ""


def check_answers(request: HttpRequest, declaration_id: int) -> HttpResponse:
    """Everything at one glance, then the filing."""
    sheet = sheet_of(declaration_id, actor(request))
    if not sheet.may_edit:
        raise Refused("declaration.not_editable", stage=str(sheet.declaration.stage))
    form = PromiseForm(request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return _check_page(request, sheet, form)
    if not form.is_valid():
        return _check_page(request, sheet, form, status=422)
    try:
        _file(request, sheet)
    except Refused as refusal:
        return _not_filed(request, declaration_id, form, refusal)
    return HttpResponseRedirect(reverse("receipt", args=[declaration_id]))


def _file(request: HttpRequest, sheet: Sheet) -> None:
    step = "resubmit" if sheet.declaration.stage == Stage.RETURNED else "submit"
    take_step(
        "declaration",
        sheet.declaration.pk,
        step,
        by=actor(request),
        key=key_of(request),
        version=version_of(request),
        revision=version_of(request, "revision"),
    )


def _not_filed(
    request: HttpRequest, declaration_id: int, form: PromiseForm, refusal: Refused
) -> HttpResponse:
    sheet = sheet_of(declaration_id, actor(request))
    if not sheet.may_edit:
        raise refusal
    newer = None
    if refusal.code == "overtaken":
        newer = overtaken_case(declaration_id, "declaration", form_id="file", saved=sheet)
    else:
        put(form, refusal)
    return _check_page(request, sheet, form, status=status_of(refusal.code), overtaken=newer)


def _check_page(
    request: HttpRequest, sheet: Sheet, form: PromiseForm, *, status: int = 200, overtaken: Any = None
) -> HttpResponse:
    context = {
        **about(sheet),
        "indicators": answers_shown(sheet),
        "own_total": sheet.total.points,
        "full_points": sheet.definition.standard.total,
        "pass_mark": sheet.definition.pass_mark,
        "gaps": gap_list(sheet) if sheet.blocking else [],
        "form": form,
        "errors": summary(form) if form.is_bound else [],
        "version": sheet.declaration.version,
        "revision": sheet.declaration.revision,
        "key": request.POST.get("key") or new_key(),
        "overtaken": overtaken,
        "due_words": _due_words(sheet),
    }
    return show(request, "check_answers.html", context, status=status)


def _due_words(sheet: Sheet) -> str:
    days = sheet.definition.legs[sheet.declaration.return_leg or 1].due_days
    return _("It is decided there within %(n)s working days.") % {"n": days} if days else ""


def receipt(request: HttpRequest, declaration_id: int) -> HttpResponse:
    """Filed: the number, and what happens next."""
    rows = visible_to(actor(request), Declaration).filter(filed_at__isnull=False)
    if not rows.filter(pk=declaration_id).exists():
        raise Refused("case.not_found", case=declaration_id)
    sheet = sheet_of(declaration_id, actor(request))
    filed = sheet.declaration
    later = sheet.definition.legs[filed.leg + 1 :] if filed.leg else ()
    words = [{"words": leg.name} for leg in (sheet.definition.legs[filed.leg or 0], *later)]
    context = {
        **about(sheet),
        "filed_at": filed.filed_at,
        "due": today().of(filed),
        "next": words,
        "case_address": reverse("case", args=[declaration_id]),
    }
    return show(request, "receipt.html", context)
