"""Public notices: the list, the notice, and the objection to one of its units; nobody logs in here."""

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from services.workflow.commands.allowance import take_one
from services.workflow.commands.objections import lodge
from services.workflow.documents.making import notice_pdf
from services.workflow.domain.calendar import shanghai_date
from services.workflow.domain.refused import Refused
from services.workflow.models import Notice, Objection
from services.workflow.queries.notice_page import lines_of, period_of
from services.workflow.queries.public_notices import (
    notices_page,
    objection_by,
    public_file,
    public_notice,
    taken_down,
    unit_as_shown,
)
from services.workflow.queries.register import withheld_notices
from services.workflow.web.deadlines import today
from services.workflow.web.forms import Error, choice, line, put, summary, text
from services.workflow.web.notice_lines import wanted
from services.workflow.web.notice_shown import public_context, result_words
from services.workflow.web.pages import Context, new_key
from services.workflow.web.posted import key_of
from services.workflow.web.public_pages import FRESH, file_answer, for_everybody, paint, verified
from services.workflow.web.step_page import name_missing, offer
from services.workflow.wording.labels import objector_label, status_label
from services.workflow.wording.statuses import status_of

OBJECTIONS_AN_HOUR = 20
WITHHELD = 30
GONE = 410
KINDS = ("person", "unit", "tip")
SECRETS = (
    gettext_lazy(
        "Name and contact are sealed; the investigator alone may open them, and every look is recorded."
    ),
    gettext_lazy("The unit, its town and the departments learn neither who objects nor what is written."),
    gettext_lazy("The office and the committee read the facts, not the name."),
)


@for_everybody
def notices(request: HttpRequest) -> HttpResponse:
    """Notices that run, then the earlier ones."""
    on = today()
    page = notices_page(request.GET.get("before", ""), on.date)
    context = {
        "notices": [_entry(notice, on) for notice in page.notices],
        "next_address": f"?before={page.next}" if page.next else "",
        "previous_address": "/notices" if request.GET.get("before") else "",
        "withheld": _withheld(request),
    }
    return paint(request, "public/notices.html", context)


def _withheld(request: HttpRequest) -> list[Notice]:
    """Notices without the public, below the first page of the others."""
    if request.GET.get("before"):
        return []
    return list(withheld_notices().order_by("-opened_on", "-pk")[:WITHHELD])


def _entry(notice: Notice, on: Any) -> Context:
    running = notice.status == "released" and notice.ends_on is not None and on.date <= notice.ends_on
    return {
        "address": f"/notices/{notice.pk}",
        "title": notice.title,
        "number": notice.number,
        "issuer": notice.signer,
        "opened_on": notice.opened_on,
        "ends_on": notice.ends_on,
        "open": running,
        "due": on.until(notice.ends_at),
        "result_words": _("Closed") if notice.status == "closed" else result_words(notice, ()),
    }


@for_everybody
def notice(request: HttpRequest, notice_id: int) -> HttpResponse:
    """The page a resident knows: list, period, how to object, signature."""
    gone = taken_down(notice_id)
    if gone is not None:
        return _gone(request, gone)
    found = public_notice(notice_id)
    context = public_context(found, lines_of(found), period_of(found), part=wanted(request))
    live = {"live_topics": f"public:notice:{found.pk}", "fragment_address": f"/notices/{found.pk}/standing"}
    template = "public/notice_print.html" if "print" in request.GET else "public/notice.html"
    return paint(request, template, {**context, **live, **verified(f"notices/{found.pk}")})


def _gone(request: HttpRequest, found: Notice) -> HttpResponse:
    """A notice that was taken down: that there was one, and where its proof lies; neither its words nor its list."""
    context = {
        "notice": {
            "number": found.number,
            "issuer": found.signer,
            "opened_on": found.opened_on,
            "ends_on": found.ends_on,
            "taken_down_on": shanghai_date(found.since) if found.since else None,
        },
        "proof_address": f"/api/v1/public/notices/{found.pk}/proof",
    }
    return paint(request, "public/notice_gone.html", context, status=GONE)


@for_everybody
def standing(request: HttpRequest, notice_id: int) -> HttpResponse:
    """Whether a notice still runs, fetched alone after a push."""
    found = public_notice(notice_id)
    context = public_context(found, lines_of(found), period_of(found))
    part = paint(request, "parts/notice_standing.html", {**context, "fragment_address": request.path})
    part["Cache-Control"] = FRESH
    return part


@for_everybody
def notice_file(request: HttpRequest, notice_id: int) -> HttpResponse:
    """The notice on paper, with the code that leads back to its page."""
    content = notice_pdf(public_notice(notice_id))
    headers = {"Content-Disposition": f'inline; filename="notice-{notice_id}.pdf"'}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


@for_everybody
def notice_part(request: HttpRequest, notice_id: int, position: int) -> HttpResponse:
    """A file of a notice, as the public gets it: downloaded, never shown as a page of this site."""
    return file_answer(public_file(notice_id, position))


@login_not_required
def notice_moved(request: HttpRequest, notice_id: int) -> HttpResponse:
    """The address printed on older papers."""
    return HttpResponseRedirect(f"/notices/{notice_id}")


class ObjectionForm(forms.Form):
    """What a resident fills in; the command says what is missing."""

    unit = forms.ChoiceField(label=gettext_lazy("Which unit"), widget=forms.Select({"class": "select"}))
    kind = choice(gettext_lazy("Who objects"), [(kind, objector_label(kind)) for kind in KINDS])
    name = line(
        gettext_lazy("Name, or name of the unit"),
        hint=gettext_lazy("Leave empty for an anonymous tip; a tip gets no personal reply."),
        autocomplete="name",
        maxlength="60",
    )
    contact = line(
        gettext_lazy("How we can reach you"),
        hint=gettext_lazy("Telephone or e-mail; needed where a person objects by real name."),
        autocomplete="tel",
        maxlength="120",
    )
    text = text(
        gettext_lazy("Facts and grounds"),
        hint=gettext_lazy("What happened, when and where, and what shows it. 2000 characters at most."),
        rows="8",
    )

    def __init__(self, *args: Any, units: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        signs = self.data.get("kind", "")
        self.fields["name"].required = signs != "tip"
        self.fields["contact"].required = signs not in {"tip", "unit"}
        name_missing(self)
        offer(self, "unit", [("", _("Choose the unit")), *units])
        offer(self, "kind", [(kind, objector_label(kind)) for kind in KINDS])


def objection_form(found: Notice, data: Any = None) -> ObjectionForm:
    units = [
        (str(one.position), f"{one.position}. {one.unit_name}（{one.town_name}）") for one in lines_of(found)
    ]
    return ObjectionForm(data, units=units)


@login_not_required
@never_cache
def objection(request: HttpRequest, notice_id: int) -> HttpResponse:
    """The objection form, on a page of its own: here alone a cookie is set, against forged forms."""
    found = public_notice(notice_id)
    form = objection_form(found, request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST" and not form.is_valid():
        status = 422
    elif request.method == "POST":
        try:
            take_one(
                "objection",
                request.META.get("REMOTE_ADDR", ""),
                most=OBJECTIONS_AN_HOUR,
                refusal="objection.too_many",
            )
            given = {name: request.POST.get(name, "") for name in form.fields}
            answer = lodge(found.pk, {**given, "channel": "web"}, key=key_of(request))
            return HttpResponseRedirect(f"/objections/receipts/{answer['receipt']}?new=1")
        except Refused as refusal:
            put(form, refusal, field="unit" if refusal.code == "objection.unit_not_listed" else None)
            status = status_of(refusal.code)
    context = {
        "notice": {"title": found.title, "address": f"/notices/{found.pk}", "ends_on": found.ends_on},
        "form": form,
        "key": new_key(),
        "errors": summary(form) if form.is_bound else [],
        "secrets": SECRETS,
        "open": found.status == "released",
    }
    return paint(request, "public/object.html", context, status=status)


@login_not_required
@never_cache
def receipt(request: HttpRequest, number: str) -> HttpResponse:
    """How far an objection has come; whoever has the number may ask, and learns no name."""
    found = objection_by(number)
    if found is None:
        raise Refused("objection.not_found")
    context = {"objection": _told(found), "next": _next(found), "is_new": "new" in request.GET}
    return paint(request, "public/objection_receipt.html", context)


class FollowForm(forms.Form):
    number = line(gettext_lazy("Receipt number"), hint=gettext_lazy("For example 2026-8KX4M2PQ7T"))


@login_not_required
@never_cache
def follow_up(request: HttpRequest) -> HttpResponse:
    """Asking by the receipt number."""
    form = FollowForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        found = objection_by(form.cleaned_data["number"])
        if found is not None:
            return HttpResponseRedirect(f"/objections/receipts/{found.receipt}")
        put(form, Refused("objection.not_found"), field="number")
    errors: list[Error] = summary(form) if form.is_bound else []
    status = 404 if errors else 200
    return paint(request, "public/objection_receipt.html", {"form": form, "errors": errors}, status=status)


def _told(found: Objection) -> Context:
    status = str(found.status)
    public = status if status == "replied" else "lodged" if status == "lodged" else "received"
    words = ""
    if status == "replied":
        words = f"{status_label('objection', found.outcome)}。{found.reply}"
    return {
        "number": found.receipt,
        "status": public,
        "status_label": _("replied to") if status == "replied" else status_label("objection", public),
        "received_at": found.lodged_at,
        "unit": unit_as_shown(found),
        "result_words": words,
    }


def _next(found: Objection) -> list[dict[str, str]]:
    if found.status == "replied":
        return [{"words": _("The matter is concluded. Whoever disagrees may turn to the office.")}]
    return [
        {"words": _("The office takes it up within two working days.")},
        {"words": _("An investigator who judged nothing in the case looks into it.")},
        {"words": _("Until then the unit is held; the rest of the list goes on.")},
        {"words": _("The reply can be read here, by the receipt number.")},
    ]
