"""A vote on paper: the teller's page, the scrutineer's page, and the member's, who reads the slate and may recuse."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from services.workflow.commands import paper_votes
from services.workflow.domain.refused import Refused
from services.workflow.domain.tally import quorum_of
from services.workflow.queries.paper_votes import PaperPage, may_count, paper_page
from services.workflow.queries.slate_page import SlatePage, slate_page
from services.workflow.queries.stored import path_of
from services.workflow.rounds.rule import RoundRule
from services.workflow.web.acting import actor
from services.workflow.web.forms import Error
from services.workflow.web.pages import Context, done, new_key, show
from services.workflow.web.posted import key_of
from services.workflow.web.slate_shown import crumbs, slate_title
from services.workflow.wording.addresses import page_of
from services.workflow.wording.labels import stage_label
from services.workflow.wording.refusals import refusal_text
from services.workflow.wording.statuses import status_of

PAPERS = ("for", "against", "abstain", "spoiled")
SECURE = {"X-Content-Type-Options": "nosniff", "Cache-Control": "private, no-store"}
SANDBOX = "default-src 'none'; sandbox"


def count(request: HttpRequest, slate_id: int) -> HttpResponse:
    """The teller enters who came and what the papers say; the signed sheet goes with it."""
    page, paper = _paper(request, slate_id)
    if request.method != "POST":
        return show(request, "count.html", _context(page, paper))
    typed = request.POST
    attendance, counts = _attendance(paper, typed), _counts(page, typed)
    try:
        version = _version(typed)
        told = paper_votes.enter_count(
            page.round.pk,
            attendance=attendance,
            counts=counts,
            version=version,
            by=actor(request),
            key=key_of(request),
        )
        _attach(request, page, told["version"])
    except Refused as refusal:
        context = _context(page, paper_page(page.round), typed)
        context["errors"] = [Error("", _refused(refusal, page))]
        return show(request, "count.html", context, status=status_of(refusal.code))
    words = _("The count has been entered. Another person confirms it as scrutineer.")
    return done(request, f"/slates/{slate_id}/confirm", words)


def _attach(request: HttpRequest, page: SlatePage, version: int) -> None:
    """The sheet that came with the form; without one the sheet of before stays."""
    file = request.FILES.get("sheet")
    if file is None:
        return
    paper_votes.attach_sheet(
        page.round.pk,
        name=file.name or "",
        content=file.read(),
        version=version,
        by=actor(request),
        key=None,
    )


def confirm(request: HttpRequest, slate_id: int) -> HttpResponse:
    """The scrutineer holds the count against the signed sheet, attendance and recusals, and confirms it."""
    page, paper = _paper(request, slate_id)
    context = {**_context(page, paper), "is_teller": _is_teller(request, paper)}
    if request.method != "POST":
        return show(request, "count_confirm.html", context)
    try:
        told = paper_votes.confirm_count(
            page.round.pk, version=_version(request.POST), by=actor(request), key=key_of(request)
        )
    except Refused as refusal:
        context["errors"] = [Error("", _refused(refusal, page))]
        return show(request, "count_confirm.html", context, status=status_of(refusal.code))
    words = _("The count has been confirmed and the round closed; %(n)d go on.") % {"n": len(told["moved"])}
    return done(request, page_of("slate", slate_id), words)


def sheet(request: HttpRequest, slate_id: int) -> HttpResponse:
    """The signed sheet as it was attached."""
    _page, paper = _paper(request, slate_id)
    if paper.vote is None or not (path := path_of(paper.vote.sheet_sha256)).is_file():
        raise Refused("file.missing")
    response = HttpResponse(path.read_bytes(), content_type=paper.vote.sheet_media_type, headers=SECURE)
    response["Content-Disposition"] = f'attachment; filename="count-{slate_id}{path.suffix}"'
    response["Content-Security-Policy"] = SANDBOX
    return response


def _paper(request: HttpRequest, slate_id: int) -> tuple[SlatePage, PaperPage]:
    """A vote on paper for its organiser and its members, who all may be teller or scrutineer."""
    page = slate_page(slate_id, actor(request))
    if not RoundRule.read(page.round.rule).on_paper:
        raise Refused("vote.not_on_paper")
    paper = paper_page(page.round)
    if not may_count(page.round, paper, actor(request)):
        raise Refused("step.not_yours", step="enter_count")
    return page, paper


def _is_teller(request: HttpRequest, paper: PaperPage) -> bool:
    return paper.vote is not None and paper.vote.teller_id == actor(request).member_id


def _version(typed: Any) -> int | None:
    given = typed.get("version", "")
    return int(given) if given.isascii() and given.isdecimal() and len(given) < 9 else None


def _attendance(paper: PaperPage, typed: Any) -> list[dict[str, Any]]:
    """Who was ticked either way; whoever was not is missing, and the command says so."""
    rows = []
    for task in paper.members:
        came = typed.get(f"m-{task.assignee_id}", "")
        if came in {"yes", "no"}:
            reason = typed.get(f"r-{task.assignee_id}", "")
            rows.append({"member": task.assignee_id, "present": came == "yes", "reason": reason})
    return rows


def _counts(page: SlatePage, typed: Any) -> list[dict[str, Any]]:
    return [
        {"case": line.case_id, **{name: typed.get(f"{name}-{line.case_id}", "") or "0" for name in PAPERS}}
        for line in page.lines
        if line.open
    ]


def _refused(refusal: Refused, page: SlatePage) -> str:
    """A refusal that names a case names its unit here."""
    units = {line.case_id: line.case.unit.name for line in page.lines}
    case = refusal.params.get("case")
    if case in units:
        return refusal_text(Refused(refusal.code, **{**refusal.params, "case": units[case]}))
    return refusal_text(refusal)


def _context(page: SlatePage, paper: PaperPage, typed: Any = None) -> Context:
    vote, rule = paper.vote, RoundRule.read(page.round.rule).vote
    entitled = len(paper.members)
    came = [row for row in paper.attendance.values() if row.present]
    quorum = quorum_of(entitled, rule)
    return {
        "crumbs": crumbs(page.slate.edition, stage_label(page.leg.stage)),
        "title": slate_title(page)["title"],
        "members": [_member(task, paper, typed) for task in paper.members],
        "lines": [_line(line, paper, typed) for line in page.lines if line.struck_at is None],
        "entitled": entitled,
        "present": len(came),
        "quorum": quorum,
        "has_quorum": len(came) >= quorum,
        "vote": vote,
        "version": vote.version if vote else "",
        "key": new_key(),
        "errors": [],
        "read_only": not page.round.is_open,
        "back": page_of("slate", page.slate.pk),
        "sheet_address": f"/slates/{page.slate.pk}/sheet" if vote and vote.sheet_sha256 else "",
        "count_address": f"/slates/{page.slate.pk}/count",
    }


def _member(task: Any, paper: PaperPage, typed: Any) -> Context:
    row = paper.attendance.get(task.assignee_id)
    came = ("yes" if row.present else "no") if row else ""
    return {
        "id": task.assignee_id,
        "name": task.assignee.name if task.assignee else "",
        "came": typed.get(f"m-{task.assignee_id}", "") if typed is not None else came,
        "reason": typed.get(f"r-{task.assignee_id}", "") if typed is not None else row.reason if row else "",
    }


def _line(line: Any, paper: PaperPage, typed: Any) -> Context:
    row = paper.counts.get(line.case_id)
    kept = (row.in_favour, row.against, row.abstain, row.spoiled) if row else ("", "", "", "")
    names = {task.assignee_id: task.assignee.name for task in paper.members if task.assignee}
    cells = [
        {
            "name": f"{name}-{line.case_id}",
            "value": typed.get(f"{name}-{line.case_id}", "") if typed is not None else value,
        }
        for name, value in zip(PAPERS, kept, strict=True)
    ]
    counted = sum(value for value in kept if isinstance(value, int))
    expected = paper.expected(line.case_id)
    return {
        "number": line.position,
        "unit": line.case.unit.name,
        "cells": cells,
        "recused": "、".join(names.get(member, "") for member in paper.recusals.get(line.case_id, {})),
        "counted": counted if row else None,
        "expected": expected,
        "agrees": row is not None and counted == expected,
    }
