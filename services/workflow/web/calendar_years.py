"""The working-day calendar: which years are known and from which document; a year is shown before it is taken over."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from services.workflow.commands.calendar_loading import DOCUMENT_LIMIT, load_calendar
from services.workflow.documents.calendar_sheets import (
    calendar_csv,
    calendar_table,
    calendar_workbook,
    days_in,
)
from services.workflow.documents.cells import MOST_MB
from services.workflow.domain.refused import Refused
from services.workflow.domain.stages import Role
from services.workflow.queries.calendar import known_years, loadings
from services.workflow.web.acting import actor
from services.workflow.web.deadlines import today
from services.workflow.web.forms import line, put, summary
from services.workflow.web.pages import Context, done, new_key, show
from services.workflow.web.posted import key_of
from services.workflow.web.returned import not_taken
from services.workflow.web.workbooks import XLSX, download
from services.workflow.wording.registers import DAY_SORTS

ADDRESS = "/administration/calendar"
SHIFTS_MOST = 200
READERS = (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN)


class YearForm(forms.Form):
    """A year, the notice its days rest on, and the file."""

    year = forms.IntegerField(
        label=gettext_lazy("Year"),
        min_value=2000,
        max_value=2200,
        widget=forms.TextInput({"class": "input", "inputmode": "numeric", "autocomplete": "off"}),
    )
    document = line(
        gettext_lazy("Number of the document"),
        hint=gettext_lazy("As on the State Council's notice of the holidays"),
        maxlength=str(DOCUMENT_LIMIT),
    )
    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("A workbook (XLSX) or CSV with days off and make-up working days"),
        widget=forms.FileInput({"class": "input", "accept": ".xlsx,.csv"}),
        required=False,
    )
    rows = forms.CharField(required=False, widget=forms.HiddenInput)
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        file: Any = self.fields["file"]
        file.unmarked = True  # asked for at first; the rows that were shown take its place


def calendar_years(request: HttpRequest) -> HttpResponse:
    by = actor(request)
    if by.role not in READERS:
        raise Refused("step.not_yours", step="load_calendar")
    known = known_years()
    if request.method != "POST":
        following = (known[0].year if known else today().date.year) + 1
        return _shown(request, YearForm(initial={"year": following}))
    form = YearForm(request.POST, request.FILES)
    if not form.is_valid():
        return _shown(request, form, status=422)
    return _loaded(request, form)


def template(request: HttpRequest) -> HttpResponse:
    """The empty workbook."""
    return download(calendar_workbook([]), "calendar.xlsx", XLSX)


def _loaded(request: HttpRequest, form: YearForm) -> HttpResponse:
    """First what would change; taken over by a second click on the rows that were shown."""
    given, table = form.cleaned_data, None
    confirmed = request.POST.get("act") == "load"
    try:
        table = calendar_table(_content(given, confirmed=confirmed))
        rows = days_in(table, given["year"])
        answer = load_calendar(
            given["year"],
            given["document"],
            rows,
            by=actor(request),
            key=key_of(request) if confirmed else None,
            seen=given["seen"] if confirmed else None,
            dry_run=not confirmed,
        )
    except Refused as refusal:
        if refusal.code.startswith("calendar."):
            put(form, refusal, field="year" if refusal.code == "calendar.year_not_next" else None)
            return _shown(request, form, status=409 if refusal.code == "calendar.overtaken" else 422)
        crumbs = [{"words": _("Calendar"), "address": ADDRESS}]
        title = _("Load the calendar of a year")
        return not_taken(request, refusal, crumbs=crumbs, title=title, back=ADDRESS, table=table)
    if confirmed:
        return done(request, ADDRESS, _("The calendar of %(year)s is loaded.") % {"year": answer["year"]})
    kept = {**given, "rows": calendar_csv(rows), "seen": answer["seen"]}
    return _shown(request, YearForm(initial=kept), view=_view(answer, given["document"]))


def _content(given: dict[str, Any], *, confirmed: bool) -> bytes:
    if confirmed:
        return str(given["rows"]).encode()
    file = given["file"]
    if file is None:
        raise Refused("file.empty")
    if (file.size or 0) > MOST_MB * 1024 * 1024:
        raise Refused("workbook.too_large", limit=MOST_MB)
    content: bytes = file.read()
    return content


def _view(answer: dict[str, Any], document: str) -> Context:
    return {
        "year": answer["year"],
        "document": document,
        "changes": [
            {**one, "before": _sort(one["before"]), "after": _sort(one["after"])} for one in answer["changes"]
        ],
        "moved": answer["moved"][:SHIFTS_MOST],
        "more": max(0, len(answer["moved"]) - SHIFTS_MOST),
    }


def _sort(sort: str) -> str:
    words: dict[str, Any] = {str(key): label for key, label in DAY_SORTS.items()}
    return str(words.get(sort) or pgettext("sort of day", "as the weekday says"))


def _shown(
    request: HttpRequest, form: YearForm, *, view: Context | None = None, status: int = 200
) -> HttpResponse:
    context: Context = {
        "years": known_years(),
        "loadings": loadings(),
        "may_load": actor(request).role == Role.SYSTEM_ADMIN,
        "form": form,
        "fields": [form[name] for name in ("year", "document", "file")],
        "view": view,
        "errors": summary(form) if form.is_bound else [],
        "key": new_key(),
    }
    return show(request, "calendar_years.html", context, status=status)
