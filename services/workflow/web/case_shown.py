"""A declaration's case as everyone who may see it sees it: where it is, what it scored, how it went."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy

from services.workflow.domain.actor import Actor
from services.workflow.domain.facts import DeclarationFacts
from services.workflow.domain.scoring import plain
from services.workflow.domain.stages import ENDED, ROUND_MODES, Stage
from services.workflow.models import Declaration, Member
from services.workflow.queries.case_course import Course
from services.workflow.queries.history import Entry
from services.workflow.queries.own_check import checks_itself
from services.workflow.queries.rights import DISTRICT_WIDE
from services.workflow.web.deadlines import Today
from services.workflow.web.declaration_shown import body_of
from services.workflow.web.shown import long_date
from services.workflow.wording.addresses import page_of
from services.workflow.wording.labels import mode_label, role_label, stage_label, verdict_label
from services.workflow.wording.steps import step_label

Row = dict[str, Any]
# The five stages that a document of the State names; the machine's stages behind each.
STAGES: tuple[tuple[Promise, tuple[Stage, ...]], ...] = (
    (pgettext_lazy("stage of five", "Declaration"), (Stage.DRAFT, Stage.RETURNED)),
    (pgettext_lazy("stage of five", "Eligibility"), (Stage.PRELIMINARY_REVIEW, Stage.ELIGIBILITY)),
    (pgettext_lazy("stage of five", "Evaluation"), (Stage.EVALUATION,)),
    (pgettext_lazy("stage of five", "Public notice"), (Stage.NOTICE,)),
    (pgettext_lazy("stage of five", "Naming"), (Stage.NAMING, Stage.NAMED)),
)
TONES = {
    "return": "back",
    "take_back": "back",
    "withdraw": "bad",
    "decline": "bad",
    "pass_over": "bad",
    "disqualify": "bad",
    "rescore": "back",
    "raise_veto": "bad",
    "hold": "warn",
    "lift_veto": "done",
    "confer": "done",
}


def head(case: Declaration) -> Row:
    """Title, number and stage of a case, as its page and its acts begin."""
    words = [_("Receipt number %(number)s") % {"number": case.number}] if case.number else []
    if case.filed_at:
        words.append(_("filed %(date)s") % {"date": long_date(case.filed_at)})
    if case.rank:
        words.append(_("rank %(n)d of the town") % {"n": case.rank})
    return {
        "title": case.unit.name,
        "number_words": "　".join(words),
        "stage": str(case.stage),
        "stage_label": stage_label(case.stage),
    }


def crumbs(case: Declaration) -> list[Row]:
    town = case.unit.town
    return [
        {"words": _("My work"), "address": "/"},
        {"words": case.edition.name, "address": page_of("edition", case.edition_id)},
        *([{"words": town.name}] if town else []),
    ]


def stepper(
    case: Declaration, history: Sequence[Entry], today: Today, course: Course | None = None
) -> list[Row]:
    """The five stages: when the past ones ended, whose the present one is."""
    if case.stage in ENDED:
        last = history[-1].source if history else str(Stage.DRAFT)
        now = _stage_index(last) if case.stage != Stage.NAMED else len(STAGES)
    else:
        now = _stage_index(str(case.stage))
    rows = []
    for index, (name, stages) in enumerate(STAGES):
        left = _left(history, {str(stage) for stage in stages}) if index < now else None
        state = (
            "past" if index < now else "ahead" if index > now else "ended" if case.stage in ENDED else "now"
        )
        row: Row = {"name": str(name), "state": state, "date": left.at if left else None}
        if left:
            row |= {"verb": step_label("declaration", left.step), "body": left.unit}
        if state == "now":
            row |= _present(case, today, course)
        if state == "ended":
            row |= {"date": history[-1].at, "verb": stage_label(case.stage), "body": history[-1].unit}
        rows.append(row)
    return rows


def _stage_index(stage: str) -> int:
    return next((n for n, (_name, stages) in enumerate(STAGES) if stage in stages), 0)


def _left(history: Sequence[Entry], stages: set[str]) -> Entry | None:
    """The last step that took the case out of these stages and onward."""
    onward = [e for e in history if e.source in stages and e.target not in stages and e.step != "return"]
    return onward[-1] if onward else None


def _present(case: Declaration, today: Today, course: Course | None) -> Row:
    facts: DeclarationFacts = case.facts
    leg = facts.definition.legs[case.leg or 0]
    if case.waiting_role == "round":
        body = _("with the bodies asked: %(mode)s") % {"mode": mode_label(leg.mode)}
    elif case.waiting_unit is not None:
        words = {"unit": case.waiting_unit.name, "role": role_label(case.waiting_role)}
        body = _("now with %(unit)s (%(role)s)") % words
    else:
        body = ""
    due = today.of(case) if case.due_at or case.paused_days else None
    running = [line.notice for line in course.notices if line.notice.status == "released"] if course else []
    if due is None and running and case.stage == Stage.NOTICE:
        due = today.until(running[-1].ends_at, provisional=running[-1].due_provisional)
    return {"body": body, "note": leg.name, "due": due}


def timeline(case: Declaration, history: Sequence[Entry], today: Today) -> list[Row]:
    """What happened, newest first, with the working days that each act was waited for."""
    before = {later.seq: earlier.at for earlier, later in pairwise(history)}
    return [
        {
            "act": _act(case, entry),
            "at": entry.at,
            "who": who_words(entry.actor_name or role_label("system"), entry.for_name),
            "office": entry.unit,
            "opinion": entry.reason or "",
            "waited": today.waited(before[entry.seq], entry.at) if entry.seq in before else None,
            "tone": TONES.get(entry.step, ""),
            "icon": "ban" if entry.step == "raise_veto" else "",
        }
        for entry in reversed(history)
    ]


def who_words(name: str, for_name: str) -> str:
    """Who acted; a deputy says on whose behalf."""
    return _("%(name)s on behalf of %(other)s") % {"name": name, "other": for_name} if for_name else name


def _act(case: Declaration, entry: Entry) -> str:
    """What was done; of several rounds in one stage, which."""
    legs = case.facts.definition.legs
    if entry.step == "clear" and entry.leg:
        return _("%(leg)s carried") % {"leg": legs[entry.leg - 1].name}
    return step_label("declaration", entry.step)


def vetoes_shown(case: Declaration, course: Course) -> list[Row]:
    names = {ground.code: ground.name for ground in case.facts.definition.veto_grounds}
    return [
        {
            "ground": names.get(veto.ground, veto.ground),
            "department": veto.raised_by.unit.name,
            "basis": veto.basis,
            "happened_on": veto.event_on,
            "lifted": veto.lifted_at is not None,
        }
        for veto in course.vetoes
    ]


def checks(case: Declaration, course: Course, changed: Sequence[str]) -> list[Row]:
    """What somebody who decides looks at first."""
    rows: list[Row] = [_veto_check(case, course)]
    if changed:
        rows.append({"term": _("Changed since the return"), "words": "、".join(changed)})
    rows += [_line_check(case, line) for line in course.lines]
    rows += [
        {
            "term": _("Public notice"),
            "words": line.notice.number or line.notice.title,
            "link": {"address": f"/notices/{line.notice_id}", "words": pgettext("a link", "See")},
        }
        for line in course.notices
        if line.notice.number
    ]
    files = _("%(n)d files") % {"n": course.evidence}
    look = {"address": reverse("files", args=[case.pk]), "words": _("One by one")}
    rows.append({"term": _("Evidence"), "words": files, "link": look if course.evidence else None})
    return rows


def in_charge(member: Member | None) -> list[Row]:
    """The applicant of record, as one of the facts."""
    return [{"term": _("Applicant of record"), "words": member.name}] if member else []


def _veto_check(case: Declaration, course: Course) -> Row:
    term = step_label("declaration", "raise_veto")
    opened = sum(veto.lifted_at is None for veto in course.vetoes)
    if opened:
        return {"term": term, "state": "vetoed", "label": _("%(n)d open") % {"n": opened}}
    lifted = len(course.vetoes)
    words = _("none open, %(n)d lifted") % {"n": lifted} if lifted else _("none raised")
    return {"term": term, "state": "done", "label": words}


def _line_check(case: Declaration, line: Any) -> Row:
    leg = case.facts.definition.legs[line.slate.leg]
    words = _("slate %(n)s") % {"n": line.slate.number}
    if line.struck_at:
        return {
            "term": leg.name,
            "state": "struck",
            "label": f"{words}，{step_label('declaration', line.struck_reason)}",
        }
    if line.open:
        return {"term": leg.name, "state": "under_way", "label": words}
    passed = line.outcome == "carried"
    outcome = (
        pgettext("a line of a slate", "carried") if passed else pgettext("a line of a slate", "not carried")
    )
    return {"term": leg.name, "state": "done" if passed else "to_correct", "label": f"{words}，{outcome}"}


def vote_shown(course: Course, by: Actor) -> Row | None:
    """The counts of the last closed vote, for bodies of the district; who voted how is told to nobody here."""
    if not course.ballots or by.role not in DISTRICT_WIDE:
        return None
    slate, counts = max(course.ballots.items())
    words = "，".join(f"{verdict_label(choice)} {counts[choice]}" for choice in sorted(counts))
    number = next(line.slate.number for line in course.lines if line.slate_id == slate)
    return {"words": words, "note": _("slate %(n)s") % {"n": number}}


def own_check_facts(case: Declaration, by: Actor) -> list[Row]:
    """What is signed with the act, where the body has filled in a sheet of its own."""
    own = case.facts.own
    if own is None or not checks_itself(case, by):
        return []
    mark = case.facts.definition.legs[case.leg or 0].pass_mark
    points = _("%(points)s of %(full)s") % {
        "points": plain(own.points),
        "full": plain(case.facts.definition.standard.total),
    }
    if mark is not None:
        points = _("%(points)s, mark %(mark)s") % {"points": points, "mark": plain(mark)}
    return [
        {"term": _("Own check"), "words": points},
        {"term": _("Signed by"), "words": f"{by.unit_name} {by.name}"},
    ]


def receiver(case: Declaration, leg_index: int) -> str:
    """Who has the case at a leg: the body that decides it, or the office that puts it before several."""
    leg = case.facts.definition.legs[leg_index]
    unit = case.facts.definition.host.unit if leg.mode in ROUND_MODES else leg.body.unit
    return body_of(case, unit, case.facts.definition)
