"""One criterion a page: answer it, save it as it is typed, add and remove its evidence."""

from typing import Any
from urllib.parse import quote

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from services.workflow.commands import declare
from services.workflow.commands.files import FILE_MOST, KINDS, MEGABYTE
from services.workflow.domain.refused import Refused
from services.workflow.models import Evidence
from services.workflow.queries.declaration_page import Line, Sheet, file_of, sheet_of
from services.workflow.queries.stored import path_of
from services.workflow.web.acting import actor
from services.workflow.web.declaration_shown import about, section_address
from services.workflow.web.forms import Error, put, summary
from services.workflow.web.pages import new_key, show
from services.workflow.web.posted import key_of, version_of
from services.workflow.web.section_form import kept, section_form, values_of
from services.workflow.web.shown import clock_time
from services.workflow.wording.refusals import refusal_text
from services.workflow.wording.statuses import status_of

PREVIEWED = ("image/jpeg", "image/png")


def section(request: HttpRequest, declaration_id: int, code: str) -> HttpResponse:
    """The form of one criterion."""
    sheet = sheet_of(declaration_id, actor(request))
    line = sheet.line(code)
    if request.method != "POST":
        return _page(request, sheet, line, section_form(line))
    try:
        _save(request, sheet, line, key=key_of(request))
    except Refused as refusal:
        return _not_saved(request, declaration_id, code, refusal)
    after = sheet.neighbours(code)[1]
    address = section_address(sheet, after) if after else reverse("declaration", args=[declaration_id])
    return HttpResponseRedirect(address)


@require_POST
def autosave(request: HttpRequest, declaration_id: int, code: str) -> HttpResponse:
    """The same save while somebody types; says the time, or what is wrong in the field's own words."""
    sheet = sheet_of(declaration_id, actor(request))
    try:
        saved = _save(request, sheet, sheet.line(code), key=None)
    except Refused as refusal:
        told = {"code": refusal.code, "words": refusal_text(refusal), "field": _field(refusal)}
        return JsonResponse(told, status=status_of(refusal.code))
    at = clock_time(saved["saved_at"], seconds=True)
    return JsonResponse({"version": saved["answers"][code], "saved_at": at})


def _save(request: HttpRequest, sheet: Sheet, line: Line, *, key: Any) -> dict[str, Any]:
    values = {**values_of(line.criterion, request.POST), "revision": version_of(request)}
    return declare.save_answers(
        sheet.declaration.pk, {line.criterion.code: values}, by=actor(request), key=key
    )


def _field(refusal: Refused) -> str:
    """The form's field that a refusal speaks of."""
    if refusal.code.startswith("score."):
        return "points"
    named = str(refusal.params.get("field", ""))
    return named.replace("figures.", "f-").replace(".", "-") if named.startswith("figures.") else named


def _not_saved(request: HttpRequest, declaration_id: int, code: str, refusal: Refused) -> HttpResponse:
    sheet = sheet_of(declaration_id, actor(request))
    line = sheet.line(code)
    form = section_form(line, request.POST)
    newer = None
    if refusal.code == "overtaken":
        newer = _overtaken(line, request.POST)
    else:
        put(form, refusal, field=_field(refusal))
    return _page(request, sheet, line, form, status=status_of(refusal.code), overtaken=newer)


def _overtaken(line: Line, sent: Any) -> dict[str, Any]:
    """Both versions side by side, field by field."""
    assert line.answer is not None, "a newer revision has a row"
    newest, form = kept(line), section_form(line)
    rows = [
        {"label": field.label, "typed": sent.get(name, ""), "newer": newest.get(name, "")}
        for name, field in form.fields.items()
        if name != "not_applicable" and str(sent.get(name, "")) != str(newest.get(name, ""))
    ]
    who = line.answer.saved_by.name
    return {"who": who, "at": line.answer.saved_at, "rows": rows, "form_id": "section", "use_newer": "?"}


def _page(
    request: HttpRequest,
    sheet: Sheet,
    line: Line,
    form: forms.Form,
    *,
    status: int = 200,
    overtaken: Any = None,
    file_errors: list[Error] | None = None,
) -> HttpResponse:
    criterion = line.criterion
    here = [sheet.declaration.pk, criterion.code]
    before, after = sheet.neighbours(criterion.code)
    context = {
        **about(sheet),
        "criterion": _criterion(line),
        "form": form,
        "version": line.answer.revision if line.answer else 0,
        "key": new_key(),
        "errors": [*(summary(form) if form.is_bound else []), *(file_errors or [])],
        "overtaken": overtaken,
        "autosave_address": reverse("autosave", args=here),
        "upload_address": reverse("upload", args=here),
        "allowed_words": allowed_words(),
        "saved_at": line.answer.saved_at if line.answer else None,
        "files": [file_row(file) for file in line.files],
        "previous": _neighbour(sheet, before),
        "next": _neighbour(sheet, after),
        "list_address": reverse("declaration", args=[sheet.declaration.pk]),
        "may_edit": sheet.may_edit,
    }
    return show(request, "section.html", context, status=status)


def _criterion(line: Line) -> dict[str, Any]:
    criterion, wanted = line.criterion, "、".join(line.criterion.evidence)
    return {
        "code": criterion.code,
        "name": criterion.name,
        "text": criterion.requirement or criterion.name,
        "maximum": criterion.points,
        "example": criterion.example or line.indicator.example,
        "source_words": _("From document %(source)s") % {"source": criterion.source}
        if criterion.source
        else "",
        "evidence_wanted": _("Wanted: %(what)s") % {"what": wanted} if wanted else "",
    }


def _neighbour(sheet: Sheet, line: Line | None) -> dict[str, str] | None:
    return {"address": section_address(sheet, line), "words": line.criterion.code} if line else None


def file_row(file: Evidence) -> dict[str, Any]:
    address = reverse("evidence", args=[file.pk])
    return {
        "id": file.pk,
        "name": file.name,
        "size_words": size_words(file.size),
        "digest": file.sha256,
        "address": address,
        "preview_address": address if file.media_type in PREVIEWED else "",
        "remove_address": reverse("remove_evidence", args=[file.pk]),
        "at": file.added_at,
    }


def size_words(size: int) -> str:
    return f"{size / MEGABYTE:.1f} MB" if size >= MEGABYTE else f"{max(1, size // 1024)} KB"


def allowed_words() -> str:
    endings = "、".join(ending for kind in KINDS.values() for ending in kind)
    return _("%(kinds)s; each at most %(mb)s MB") % {"kinds": endings, "mb": FILE_MOST // MEGABYTE}


@require_POST
def upload(request: HttpRequest, declaration_id: int, code: str) -> HttpResponse:
    """Files for a criterion; the header carries the words for a script, the page for everybody else."""
    try:
        files = request.FILES.getlist("files")
        if not files:
            raise Refused("file.empty")
        for file in files:
            declare.add_evidence(
                declaration_id, code, name=file.name or "", content=file.read(), by=actor(request)
            )
    except Refused as refusal:
        words = refusal_text(refusal)
        sheet = sheet_of(declaration_id, actor(request))
        line = sheet.line(code)
        errors = [Error("files", words)]
        answer = _page(
            request, sheet, line, section_form(line), status=status_of(refusal.code), file_errors=errors
        )
        answer["X-Refused-Words"] = quote(words)
        return answer
    return HttpResponseRedirect(reverse("section", args=[declaration_id, code]))


@require_POST
def remove_evidence(request: HttpRequest, evidence_id: int) -> HttpResponse:
    file = file_of(evidence_id, actor(request))
    declare.remove_evidence(evidence_id, by=actor(request))
    return HttpResponseRedirect(reverse("section", args=[file.declaration_id, file.criterion]))


@require_GET
def evidence(request: HttpRequest, evidence_id: int) -> HttpResponse:
    """The file itself, for those who may see its declaration; only pictures are shown in the browser."""
    file = file_of(evidence_id, actor(request))
    path = path_of(file.sha256)
    if not path.exists():
        raise Refused("file.missing")
    answer = HttpResponse(path.read_bytes(), content_type=file.media_type)
    shown = file.media_type in PREVIEWED
    answer["Content-Disposition"] = content_disposition_header(not shown, file.name) or "attachment"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer
