"""The public register of honours: who holds what, since when, and its history; open data beside it."""

import csv
import io
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from services.workflow.documents.making import pdf_of
from services.workflow.domain.refused import Refused
from services.workflow.domain.stages import HonourStatus, UnitKind
from services.workflow.models import DocumentFile, Honour
from services.workflow.queries.clock import now
from services.workflow.queries.definitions import definition_of
from services.workflow.queries.history import Entry, history_of
from services.workflow.queries.honour_page import last_review_of
from services.workflow.queries.notice_page import notice_by_code
from services.workflow.queries.papers import papers_about, public_paper
from services.workflow.queries.register import register as honours_in
from services.workflow.queries.units import unit_above
from services.workflow.web.pages import Context
from services.workflow.web.public_pages import absolute, for_everybody, paint, verified
from services.workflow.web.shown import long_date
from services.workflow.wording.labels import status_label
from services.workflow.wording.registers import HONOUR_COLUMNS

PAGE = 50
COLUMNS = tuple(HONOUR_COLUMNS)
FORMULA_SIGNS = ("=", "+", "-", "@", "\t")


@for_everybody
def register(request: HttpRequest) -> HttpResponse:
    """Search by the name of a community or town, in Chinese or pinyin; a code of verification leads to its notice."""
    search, status = request.GET.get("q", ""), request.GET.get("status", "")
    if (found := notice_by_code(search)) is not None:
        return HttpResponseRedirect(f"/notices/{found.pk}")
    start = _start(request)
    rows = list(_sorted(honours_in(q=search, status=status))[start : start + PAGE + 1])
    context = {
        "search": search,
        "filters": [_filter(status)],
        "honours": [_row(honour) for honour in rows[:PAGE]],
        "total_words": "",
        "previous_address": _page(request, max(start - PAGE, 0)) if start else None,
        "next_address": _page(request, start + PAGE) if len(rows) > PAGE else None,
        "updated_at": now().replace(second=0, microsecond=0),
    }
    return paint(request, "public/register.html", context)


def _start(request: HttpRequest) -> int:
    given = request.GET.get("from", "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 6 else 0


def _page(request: HttpRequest, start: int) -> str:
    asked = request.GET.copy()
    asked["from"] = str(start)
    return f"?{asked.urlencode()}"


def _sorted(rows: QuerySet[Honour]) -> QuerySet[Honour]:
    return rows.order_by("town__pinyin", "unit__pinyin", "pk")


def _filter(status: str) -> Context:
    options = [{"value": "", "label": _("All states")}]
    options += [{"value": str(one), "label": status_label("honour", one)} for one in HonourStatus]
    return {"name": "status", "label": _("State"), "value": status, "options": options}


def _row(honour: Honour) -> Context:
    return {
        "address": f"/register/{honour.number}",
        "unit": honour.unit.name,
        "town": unit_above(honour.unit),
        "title": f"{honour.title} {honour.level}".strip(),
        "status": honour.status,
        "status_label": status_label("honour", honour.status),
        "since": honour.conferred_on,
        "next_rereview": honour.next_rereview_on if _is_live(honour) else None,
    }


def _is_live(honour: Honour) -> bool:
    return honour.status in {"held", "warned", "under_review", "rectifying"}


def honour_by(number: str) -> Honour:
    found = honours_in().select_related("edition__district").filter(number__iexact=number.strip()).first()
    if found is None:
        raise Refused("honour.not_found")
    return found


@for_everybody
def honour(request: HttpRequest, number: str) -> HttpResponse:
    """One entry of the register with its history, newest first, and the code that is on its plaque."""
    row = honour_by(number)
    papers = papers_about(row.pk, row.resolution_id)
    town = unit_above(row.unit)
    context = {
        "crumbs": [
            {"words": _("Register of honours"), "address": "/register"},
            *([{"words": town, "address": f"/register?q={town}"}] if town else []),
            {"words": row.unit.name},
        ],
        "honour": {
            "title": f"{row.title} {row.level}".strip(),
            "holder": f"{town}{row.unit.name}",
            "status": row.status,
            "status_label": status_label("honour", row.status),
            "conferred_on": row.conferred_on,
            "last_rereview_words": _last_review(row),
            "next_rereview": row.next_rereview_on if _is_live(row) else None,
            "level": row.edition.district.name,
            "number": row.number,
            "basis": _paper(papers.get("resolution")),
        },
        "page_address": absolute(f"/register/{row.number}"),
        "entries": [*_ahead(row), *_entries(history_of(row), row, papers)],
        "json_address": f"/register/{row.number}.json",
        "updated_at": row.since,
        **verified(f"honours/{row.number}"),
    }
    return paint(request, "public/honour.html", context)


def _paper(paper: DocumentFile | None) -> Context:
    return {"words": paper.number, "address": f"/decisions/{paper.pk}"} if paper else {}


def _last_review(row: Honour) -> str:
    review = last_review_of(row)
    if review is None or review.closed_at is None:
        return ""
    outcomes = {
        "retain": _("passed"),
        "warn": _("warning"),
        "order_rectification": _("rectification by a deadline"),
        "propose_revocation": _("revocation proposed"),
    }
    return f"{long_date(review.closed_at)} {outcomes.get(review.outcome, '')}"


def _ahead(row: Honour) -> list[Context]:
    if not _is_live(row) or row.next_rereview_on is None or row.status == "under_review":
        return []
    years = definition_of(row.earned_under_id).supervision.rereview_every_years
    cycle = ngettext(
        "Every %(n)d year in principle; it opens by itself on the day.",
        "Every %(n)d years in principle; it opens by itself on the day.",
        years,
    ) % {"n": years}
    return [
        {
            "act": _("Next re-review"),
            "month": row.next_rereview_on,
            "opinion": cycle,
            "tone": "ahead",
            "icon": "clock",
        }
    ]


def _entries(history: list[Entry], row: Honour, papers: dict[str, DocumentFile]) -> list[Context]:
    """What the public reads: the act, the day, and the reason of a warning or a revocation; nobody's name."""
    words = {
        "create": (_("Named"), "award", ""),
        "open_rereview": (_("Re-review opened"), "arrow-repeat", ""),
        "retain": (_("Title retained"), "check-lg", "done"),
        "warn": (_("Warning"), "exclamation-lg", "warn"),
        "order_rectification": (_("Rectification by a deadline"), "wrench-adjustable", "mend"),
        "propose_revocation": (_("Revocation proposed"), "x-lg", "bad"),
        "revoke": (_("Title revoked"), "x-lg", "bad"),
        "lapse": (_("Title lapsed"), "archive", ""),
        "relinquish": (_("Title given up"), "archive", ""),
    }
    shown = []
    for entry in reversed(history):
        if entry.step not in words:
            continue
        act, icon, tone = words[entry.step]
        paper = papers.get({"create": "resolution", "revoke": "revocation"}.get(entry.step, ""))
        opinion = entry.reason or "" if entry.step in {"warn", "order_rectification", "revoke"} else ""
        if row.unit.kind == UnitKind.PERSON:
            opinion = ""  # of a person nothing is public but the title, the name and the place
        elif entry.step == "create" and row.points is not None:
            opinion = _("Evaluated with %(points)s points") % {"points": row.points}
        shown.append(
            {
                "act": act,
                "on": entry.at,
                "opinion": opinion,
                "tone": tone,
                "icon": icon,
                "document": _paper(paper),
            }
        )
    return shown


def _told(row: Honour) -> dict[str, Any]:
    told = {name: getattr(row, name) for name in COLUMNS if name not in {"unit", "town", "status"}}
    return {
        **told,
        "unit": row.unit.name,
        "town": unit_above(row.unit),
        "status": str(row.status),
    }


def _file_name(ending: str) -> dict[str, str]:
    stamp = now().strftime("%Y%m%d-%H%M")
    return {"Content-Disposition": f'attachment; filename="register-{stamp}.{ending}"'}


@for_everybody
def honour_json(request: HttpRequest, number: str) -> HttpResponse:
    return JsonResponse(
        {**_told(honour_by(number)), "demo": settings.DEMO}, json_dumps_params={"ensure_ascii": False}
    )


@for_everybody
def register_json(request: HttpRequest) -> HttpResponse:
    rows = [_told(row) for row in _sorted(honours_in())]
    told = {"demo": settings.DEMO, "of": absolute("/register"), "honours": rows}
    return JsonResponse(told, json_dumps_params={"ensure_ascii": False})


@for_everybody
def register_csv(request: HttpRequest) -> HttpResponse:
    """For spreadsheets: a mark of the encoding in front, and no cell that one of them would calculate."""
    sheet = io.StringIO()
    writer = csv.writer(sheet)
    writer.writerow([*COLUMNS, "demo"])
    for row in _sorted(honours_in()):
        writer.writerow([*_cells(_told(row)), "demo" if settings.DEMO else ""])
    return HttpResponse(
        "\ufeff" + sheet.getvalue(), content_type="text/csv; charset=utf-8", headers=_file_name("csv")
    )


def _cells(told: dict[str, Any]) -> Iterator[str]:
    for name in COLUMNS:
        text = "" if told[name] is None else str(told[name])
        yield f"'{text}" if text.startswith(FORMULA_SIGNS) else text


@for_everybody
def register_atom(request: HttpRequest) -> HttpResponse:
    """What changed last in the register, for feed readers: a title conferred, warned, revoked."""
    feed = Atom1Feed(_("Register of honours"), absolute("/register"), "", feed_url=absolute("/register.atom"))
    for row in honours_in().order_by("-since", "-pk")[:PAGE]:
        address = absolute(f"/register/{row.number}")
        words = (f"{row.unit.name} {row.title}", address, status_label("honour", row.status))
        feed.add_item(*words, unique_id=address, updateddate=row.since)
    return HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")


@for_everybody
def data(request: HttpRequest) -> HttpResponse:
    """What can be fetched by machines, and under which addresses."""
    states = [(str(status), status_label("honour", status)) for status in HonourStatus]
    return paint(request, "public/data.html", {"columns": HONOUR_COLUMNS.items(), "states": states})


@for_everybody
def paper(request: HttpRequest, document_id: int) -> HttpResponse:
    """A decision as PDF; decisions are made to be read by everybody."""
    found = public_paper(document_id)
    headers = {"Content-Disposition": f'inline; filename="decision-{document_id}.pdf"'}
    return HttpResponse(pdf_of(found), content_type="application/pdf", headers=headers)
