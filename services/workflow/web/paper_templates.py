"""The templates of papers: which is used, how it looks filled in, putting another in its place, going back."""

from pathlib import Path
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from services.workflow.commands.paper_templates import check_package, drop_template, put_template
from services.workflow.documents.editable import (
    DOCX_TYPE,
    NAMES,
    Template,
    Whose,
    editable,
    faults_of,
    template_of,
)
from services.workflow.documents.papers import Paper
from services.workflow.documents.specimens import SPECIMENS
from services.workflow.domain.refused import Refused
from services.workflow.domain.stages import Role
from services.workflow.queries.paper_templates import changes, last_number, newest
from services.workflow.web.acting import actor
from services.workflow.web.forms import choice, put, summary
from services.workflow.web.pages import Context, done, new_key, show
from services.workflow.web.posted import key_of, number_of
from services.workflow.web.workbooks import download

ADDRESS = "/administration/templates"
READERS = (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN)
LABELS: dict[str, Any] = {
    "resolution": pgettext_lazy("paper", "Naming decision"),
    "rectification": pgettext_lazy("paper", "Order to put right"),
    "revocation": pgettext_lazy("paper", "Decision to revoke"),
    "notice": pgettext_lazy("paper", "Public notice"),
    "minutes": pgettext_lazy("paper", "Minutes"),
    "certificate": pgettext_lazy("paper", "Certificate"),
    "plaque": pgettext_lazy("paper", "Plaque"),
}
SOURCES: dict[Whose, Any] = {
    Whose.UPLOADED: pgettext_lazy("template", "Uploaded"),
    Whose.FOLDER: pgettext_lazy("template", "From the site's folder"),
    Whose.SHIPPED: pgettext_lazy("template", "The product's own"),
}
PAPERS: dict[str, Paper] = {Path(NAMES[type(paper)]).stem: paper for paper in SPECIMENS}


class TemplateForm(forms.Form):
    """A paper and the file to be used for it."""

    paper = choice(pgettext_lazy("paper", "Document"), list(LABELS.items()))
    file = forms.FileField(
        label=gettext_lazy("Template (DOCX)"),
        help_text=gettext_lazy(
            "Best made from the one in use: download it, change it in Word or WPS, save it as DOCX."
        ),
        widget=forms.FileInput({"class": "input", "accept": ".docx"}),
    )


def paper_templates(request: HttpRequest) -> HttpResponse:
    """The page; posted to it: act=put with a file, or act=drop."""
    _reader(request)
    if request.method != "POST":
        return _shown(request, TemplateForm())
    if request.POST.get("act") == "drop":
        name = _known(request.POST.get("paper", ""))
        drop_template(name, seen=_seen(request), by=actor(request), key=key_of(request))
        return done(
            request, ADDRESS, _("The earlier template is used again: %(paper)s.") % {"paper": LABELS[name]}
        )
    form = TemplateForm(request.POST, request.FILES)
    return _put(request, form) if form.is_valid() else _shown(request, form, status=422)


def template_file(request: HttpRequest, name: str) -> HttpResponse:
    """The template in use, to be changed."""
    _reader(request)
    return download(template_of(type(PAPERS[_known(name)])).content, f"{name}.docx", DOCX_TYPE)


def specimen(request: HttpRequest, name: str) -> HttpResponse:
    """The template in use, filled in with an example."""
    _reader(request)
    return download(editable(PAPERS[_known(name)]), f"{name}-specimen.docx", DOCX_TYPE)


def _put(request: HttpRequest, form: TemplateForm) -> HttpResponse:
    """Tried on an example before it is used for anything real."""
    name, file = form.cleaned_data["paper"], form.cleaned_data["file"]
    try:
        content = file.read()
        check_package(content, file.name)
        template = Template(NAMES[type(PAPERS[name])], content, Whose.UPLOADED)
        if faults := faults_of(PAPERS[name], template=template):
            raise Refused("template.faulty", reason="；".join(faults))
        put_template(name, content, file.name, seen=_seen(request), by=actor(request), key=key_of(request))
    except Refused as refusal:
        if refusal.code.partition(".")[0] not in {"file", "template"}:
            raise
        put(form, refusal, field="file")
        return _shown(request, form, status=409 if refusal.code == "template.overtaken" else 422)
    return done(request, ADDRESS, _("The template is used from now on: %(paper)s.") % {"paper": LABELS[name]})


def _reader(request: HttpRequest) -> None:
    if actor(request).role not in READERS:
        raise Refused("step.not_yours", step="put_template")


def _known(name: str) -> str:
    if name not in PAPERS:
        raise Http404
    return name


def _seen(request: HttpRequest) -> int:
    """The last change that the page showed."""
    number = number_of(request.POST.get("seen", ""))
    if number is None:
        raise Refused("request.version_malformed")
    return number


def _shown(request: HttpRequest, form: TemplateForm, *, status: int = 200) -> HttpResponse:
    context: Context = {
        "rows": [_row(name) for name in LABELS],
        "changes": [
            {
                "paper": LABELS[one.name],
                "words": one.filename or _("back to the template before"),
                "sha256": one.sha256,
                "at": one.at,
                "by": one.by,
            }
            for one in changes()
        ],
        "may_change": actor(request).role == Role.SYSTEM_ADMIN,
        "form": form,
        "errors": summary(form) if form.is_bound else [],
        "seen": last_number(),
        "key": new_key(),
    }
    return show(request, "paper_templates.html", context, status=status)


def _row(name: str) -> Context:
    """One paper: what is used for it, since when, and whether it can be filled in."""
    change, paper = newest(name), PAPERS[name]
    uploaded = change is not None and bool(change.sha256)
    try:
        template = template_of(type(paper))
    except Refused:  # the file is gone from the store; the page is where that is put right
        return {"name": name, "label": LABELS[name], "gone": True, "own": uploaded}
    return {
        "name": name,
        "label": LABELS[name],
        "source": SOURCES[template.whose],
        "change": change if uploaded else None,
        "own": uploaded,
    }
