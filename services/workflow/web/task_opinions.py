"""Clearance and joint review: one answer a line, exceptions in words, a veto with its ground in place."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.utils.translation import pgettext as p_

from services.workflow.domain.programme_rules import Silence
from services.workflow.domain.refused import Refused
from services.workflow.models import SlateLine
from services.workflow.queries.task_page import TaskPage
from services.workflow.web.acting import actor
from services.workflow.web.forms import Error
from services.workflow.web.pages import Context, show
from services.workflow.web.task_frame import file_answer, frame, refused_page, row_of
from services.workflow.wording.labels import verdict_label
from services.workflow.wording.refusals import field_label, refusal_text

IN_WORDS = ("objection", "veto", "disagree")


@dataclass(frozen=True)
class Said:
    """What was typed on one line."""

    choice: str = ""
    words: str = ""
    basis: str = ""
    ground: str = ""
    happened_on: str = ""


def clearance(request: HttpRequest, page: TaskPage, following: Context) -> HttpResponse:
    return _answer(request, page, following, "grid_clearance.html")


def opinion(request: HttpRequest, page: TaskPage, following: Context) -> HttpResponse:
    return _answer(request, page, following, "opinion.html")


def _answer(request: HttpRequest, page: TaskPage, following: Context, template: str) -> HttpResponse:
    if request.method != "POST":
        return show(request, template, {**following, **_context(request, page, _kept(page), {})})
    said = {line.pk: _typed(request, line) for line in page.asked}
    wrong = {line.pk: words for line in page.asked if (words := _lacking(said[line.pk]))}
    context = {**following, **_context(request, page, said, wrong)}
    if wrong or "change" in request.POST:
        return show(request, template, context, status=422 if wrong else 200)
    if "sure" not in request.POST:
        vetoing = any(one.choice == "veto" for one in said.values())
        checked = {**context, "rows": _to_check(page, said), "vetoing": vetoing}
        return show(request, "task_check.html", checked)
    outcome = file_answer(request, page, [_finding(line, said[line.pk]) for line in page.asked])
    if isinstance(outcome, Refused):
        return refused_page(
            request, page, template, _at_row(context, page, said, outcome), outcome, _both(page, said)
        )
    return outcome


def _typed(request: HttpRequest, line: SlateLine) -> Said:
    sent = request.POST
    names = ("c", "w", "b", "g", "d")
    return Said(*(sent.get(f"{name}-{line.pk}", "").strip() for name in names))


def _kept(page: TaskPage) -> dict[int, Said]:
    return {line.pk: Said(*page.said.get(line.case_id, ("", ""))) for line in page.lines}


def _lacking(said: Said) -> str:
    """What a line still needs before it can be checked, in words."""
    if not said.choice:
        return _("Not answered yet")
    if said.choice == "veto":
        for name, given in (("basis", said.basis), ("event_on", said.happened_on)):
            if not given:
                return refusal_text(Refused("field.missing", field=name))
    elif said.choice in IN_WORDS and not said.words:
        return _("Say in words what stands against it")
    return ""


def _finding(line: SlateLine, said: Said) -> dict[str, Any]:
    note = said.words or (said.basis if said.choice == "veto" else "")
    finding = {"case": line.case_id, "verdict": said.choice, "note": note}
    if said.choice == "veto":
        finding |= {"ground": said.ground, "basis": said.basis, "event_on": said.happened_on}
    return finding


def _context(request: HttpRequest, page: TaskPage, said: dict[int, Said], wrong: dict[int, str]) -> Context:
    by = actor(request)
    heading = (
        _("Clearance by %(unit)s")
        if page.grounds or page.mode == "clearance"
        else _("Joint review by %(unit)s")
    )
    rows = [{**row_of(line), **_row(page, line, said.get(line.pk, Said()), wrong)} for line in page.lines]
    return {
        **frame(page, heading % {"unit": by.unit_name}),
        "rows": rows,
        "grounds": [{"code": ground.code, "name": ground.name} for ground in page.grounds],
        "veto_words": _(
            "Once filed, the unit's case stands still, its town and the office are told; only your department"
            " can lift it, with reasons."
        ),
        "silence_words": _silence(page),
        "counts": _counts(page, said),
        "open": sum(1 for line in page.asked if not said.get(line.pk, Said()).choice),
        "errors": [
            Error(f"c-{row['line_id']}", f"{row['unit']}：{row['wrong']}") for row in rows if row["wrong"]
        ],
    }


def _row(page: TaskPage, line: SlateLine, said: Said, wrong: dict[int, str]) -> Context:
    months = next((g.look_back_months for g in page.grounds if g.code == said.ground), None)
    months = months or next((g.look_back_months for g in page.grounds), 12)
    return {
        "choice": said.choice,
        "words": said.words,
        "basis": said.basis,
        "ground": said.ground,
        "happened_on": said.happened_on,
        "lookback_words": _("Within the last %(n)d months") % {"n": months},
        "lookback_tone": "none",
        "wrong": wrong.get(line.pk, ""),
        "fact": _("Rank in its town %(n)d") % {"n": line.case.rank} if line.case.rank else "",
    }


def _counts(page: TaskPage, said: dict[int, Said]) -> list[Context]:
    choices = [said.get(line.pk, Said()).choice for line in page.asked]
    kinds = ("no_objection", "objection", "veto") if page.mode == "clearance" else ("agree", "disagree")
    counts = [{"choice": kind, "label": verdict_label(kind), "n": choices.count(kind)} for kind in kinds]
    return [*counts, {"choice": "", "label": _("Not answered"), "n": choices.count("")}]


def _silence(page: TaskPage) -> str:
    """What a missing answer means is the programme's rule, and stands under the table."""
    rule = page.leg.clearance
    if rule is None:
        return ""
    if rule.silence == Silence.DEEMED_NONE:
        return _("Where nothing is answered by the deadline, it counts as no objection.")
    if rule.silence == Silence.REMIND:
        return _(
            "Where nothing is answered by the deadline, the department is reminded; silence is no consent."
        )
    words = ngettext(
        "Where nothing is answered by the deadline, it is reported to the office after %(n)d more working day;"
        " silence is no consent.",
        "Where nothing is answered by the deadline, it is reported to the office after %(n)d more working days;"
        " silence is no consent.",
        rule.grace_days,
    )
    return words % {"n": rule.grace_days}


def _to_check(page: TaskPage, said: dict[int, Said]) -> list[Context]:
    """The answers as they will be filed, exceptions first."""
    rows = []
    for line in page.asked:
        one = said[line.pk]
        facts = [one.words]
        if one.choice == "veto":
            ground = next((g.name for g in page.grounds if g.code == one.ground), one.ground)
            facts = [
                ground,
                f"{field_label('basis')} {one.basis}",
                f"{field_label('event_on')} {one.happened_on}",
            ]
        rows.append(
            {
                **row_of(line),
                "verdict": verdict_label(one.choice),
                "choice": one.choice,
                "pressing": one.choice in IN_WORDS,
                "words": p_("between facts", "; ").join(fact for fact in facts if fact),
                "fields": {
                    "c": one.choice,
                    "w": one.words,
                    "b": one.basis,
                    "g": one.ground,
                    "d": one.happened_on,
                },
            }
        )
    return sorted(rows, key=lambda row: not row["pressing"])


def _at_row(context: Context, page: TaskPage, said: dict[int, Said], refusal: Refused) -> Context:
    """A refusal that speaks of one line is put beside it, too."""
    vetoes = [line for line in page.asked if said[line.pk].choice == "veto"]
    named = refusal.params.get("case")
    line = next((one for one in page.asked if one.case_id == named), None)
    if line is None and len(vetoes) == 1 and refusal.code.partition(".")[0] in {"veto", "field"}:
        line = vetoes[0]
    if line is not None:
        for row in context["rows"]:
            if row["line_id"] == line.pk:
                row["wrong"] = refusal_text(refusal)
    return context


def _both(page: TaskPage, said: dict[int, Said]) -> list[Context]:
    """What was typed beside what a colleague has filed."""
    kept = {line.pk: page.said.get(line.case_id, ("", ""))[0] for line in page.asked}
    return [
        {
            "label": line.case.unit.name,
            "typed": verdict_label(said[line.pk].choice),
            "newer": verdict_label(kept[line.pk]),
        }
        for line in page.asked
        if said[line.pk].choice != kept[line.pk]
    ]
