"""Public notices: drawn up, released by a second person, extended, suspended, closed, taken down."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from services.workflow.commands import fields as f
from services.workflow.commands.advance import Move, Outcome, advance, found
from services.workflow.commands.numbering import document_number
from services.workflow.commands.transaction import Answer, Transaction, run
from services.workflow.domain.access import is_organiser
from services.workflow.domain.actor import SYSTEM, Actor, Seat
from services.workflow.domain.calendar import Calendar, DueDate, end_of_day, notice_ends, shanghai_date
from services.workflow.domain.definition_checks import SHOWN_MOST
from services.workflow.domain.masking import masked_name, masked_text
from services.workflow.domain.programme import Leg
from services.workflow.domain.programme_rules import NoticeRule, PersonNames
from services.workflow.domain.refused import Refused
from services.workflow.domain.stages import Mode, NoticeSubject, Stage, UnitKind
from services.workflow.models import Declaration, Edition, Notice, NoticeLine, Unit
from services.workflow.queries.calendar import calendar_from
from services.workflow.queries.definitions import definition_of
from services.workflow.queries.facts import gather
from services.workflow.queries.units import unit_above

OPEN_NOTICE = ("draft", "prepared", "released", "suspended")
TITLE_LIMIT = 120
TEXT_LIMIT = 4000
EXTENSION_MOST = 60


def draw_up(
    edition_id: int, case_ids: Sequence[int], *, title: str, text: str, by: Actor, key: UUID | None
) -> Answer:
    """Draw up a notice of declarations that wait for it; their entries are frozen as they stand now.

    A route may hold several: each is issued by the body of its leg, and lists the cases of that leg alone.
    Returns {"notice", "version", "lines"}. Refused: notice.empty, notice.case_not_ready, notice.already_listed,
    notice.mixed_legs, step.not_yours, field.*.
    """
    request = {"edition": edition_id, "cases": sorted(case_ids), "title": title, "text": text}
    return run(
        lambda tx: _draw_up(tx, edition_id, case_ids, title, text),
        name="draw_up",
        by=by,
        key=key,
        request=request,
    )


def _draw_up(tx: Transaction, edition_id: int, case_ids: Sequence[int], title: str, text: str) -> Answer:
    edition = Edition.objects.filter(pk=edition_id).first()
    if edition is None:
        raise Refused("edition.not_found", edition=edition_id)
    if not case_ids:
        raise Refused("notice.empty")
    cases = list(
        Declaration.objects.select_for_update(of=("self",))
        .select_related("unit__town", "unit__parent")
        .filter(pk__in=case_ids, edition=edition)
        .order_by("town_id", "rank", "pk")
    )
    leg = _common_leg(tx, cases, case_ids)
    rule = cases[0].facts.definition.notice_rule(leg)
    office = Unit.objects.get(pk=tx.by.unit_id or 0)
    notice = Notice(
        edition=edition,
        leg_key=leg.key,
        district_id=edition.district_id,
        town_id=office.town_id,
        office_unit=office,
        office_role=tx.by.role,
        title=f.text({"title": title}, "title", limit=TITLE_LIMIT),
        text=f.text({"text": text}, "text", limit=TEXT_LIMIT),
        signer=office.name,
        working_days=rule.working_days,
        opening_day_counts=rule.opening_day_counts,
        shown_days=rule.shown_days,
    )
    found(tx, [notice])
    NoticeLine.objects.bulk_create(
        NoticeLine(
            notice=notice,
            declaration=case,
            position=position,
            unit_name=public_name(case.unit, rule),
            town_name=masked_text(unit_above(case.unit)),
            # Of a person nothing is public but name and place.
            points=None if case.unit.kind == UnitKind.PERSON else case.result_points,
        )
        for position, case in enumerate(cases, start=1)
    )
    Declaration.objects.filter(pk__in=case_ids).update(waiting_role="", waiting_unit=None)
    return {"notice": notice.pk, "version": notice.version, "lines": len(cases)}


def public_name(unit: Unit, rule: NoticeRule) -> str:
    """A unit by its name, less what must not be public; a person as the programme's rule has it."""
    if unit.kind == UnitKind.PERSON and rule.person_names is PersonNames.MASKED:
        return masked_name(unit.name)
    return masked_text(unit.name)


def _common_leg(tx: Transaction, cases: Sequence[Any], wanted: Sequence[int]) -> Leg:
    """The notice leg at which all these cases wait for this actor's notice, under one rule of notice."""
    if len(cases) != len(set(wanted)):
        raise Refused("case.not_found")
    gather(cases, at=tx.at)
    for case in cases:
        waits = case.stage == Stage.NOTICE and case.facts.mode(case.leg) == Mode.NOTICE
        if not (issuer_of(case).is_held_by(tx.by) if waits else is_organiser(case, tx.by)):
            raise Refused("step.not_yours", step="draw_up")
        if not waits:
            raise Refused("notice.case_not_ready", case=case.pk)
        if case.facts.open_vetoes:
            raise Refused("declaration.vetoed", case=case.pk)
        if case.facts.notice in OPEN_NOTICE:
            raise Refused("notice.already_listed", case=case.pk)
    legs: list[tuple[Leg, Any]] = [(case.facts.legs[case.leg], case.facts.definition) for case in cases]
    if len({(leg.key, definition.notice_rule(leg)) for leg, definition in legs}) != 1:
        raise Refused("notice.mixed_legs")
    return legs[0][0]


def issuer_of(case: Any) -> Seat:
    """Whose notice the case waits for: the body of its leg."""
    leg = case.facts.legs[case.leg]
    return Seat(str(leg.body.role), case.facts.bodies.get(case.leg))


def amend(tx: Transaction, moves: Sequence[Move], reason: str, given: f.Fields) -> Outcome:
    """Other words above the list, or the same with what must not be public masked. Fields: title, text."""
    title = f.text(given, "title", limit=TITLE_LIMIT)
    text = f.text(given, "text", limit=TEXT_LIMIT)
    outcome = advance(tx, Notice, moves, "amend", reason=reason)
    Notice.objects.filter(pk__in=[row.pk for row in outcome.moved]).update(title=title, text=text)
    return outcome


def prepare(tx: Transaction, moves: Sequence[Move], reason: str, given: f.Fields) -> Outcome:
    """The person who drew it up hands it to a second one; who prepared is kept on the row."""

    def sign(row: Any) -> None:
        row.prepared_by_id = tx.by.office_id
        row.waiting_role = ""  # so that the place is taken anew and the wait begins again

    return advance(tx, Notice, moves, "prepare", reason=reason, adjust=sign)


def release(tx: Transaction, moves: Sequence[Move], reason: str, given: f.Fields) -> Outcome:
    """Publish: the number, the day of publication and the last day by the programme's rule of counting.

    A provisional end (past the known calendar) needs a reason. Fields: shown_days, how long it stays up after its
    close; empty: for good, not given: as the programme has it. Refused: notice.provisional_needs_reason, field.*.
    """
    shown = {"shown_days": _shown_days(given)} if "shown_days" in given else {}
    return _let_out(tx, moves, "release", reason, **shown)


def _shown_days(given: f.Fields) -> int | None:
    """Days after its close until it is taken down by itself; none where it stays with its result."""
    said = given["shown_days"]
    if said is None or (isinstance(said, str) and not said.strip()):
        return None
    return f.whole(given, "shown_days", least=1, most=SHOWN_MOST)


def withhold(tx: Transaction, moves: Sequence[Move], reason: str, given: f.Fields) -> Outcome:
    """Let it run without the public: number, period and reason are public, its words and its list are not."""
    return _let_out(tx, moves, "withhold", reason, withheld=True, withheld_reason=masked_text(reason))


def _let_out(tx: Transaction, moves: Sequence[Move], step: str, reason: str, **settled: Any) -> Outcome:
    """Publish with what whoever releases it settled for the row itself."""
    today = shanghai_date(tx.at)
    calendar = calendar_from(today.year)

    def publish(row: Any) -> None:
        due = _end(row, today, calendar)
        if due.provisional and not reason:
            raise Refused("notice.provisional_needs_reason", ends_on=due.date.isoformat())
        row.released_by_id = tx.by.office_id
        row.released_at = row.released_at or tx.at
        row.opened_on = row.opened_on or today
        row.ends_on, row.ends_at = due.date, end_of_day(due.date)
        if not row.number:
            row.number = document_number(_prefix(row), today.year)
        for name, value in settled.items():
            setattr(row, name, value)
        row.facts = replace(row.facts, end_is_provisional=due.provisional)

    outcome = advance(tx, Notice, moves, step, reason=reason, adjust=publish)
    for notice in outcome.moved:
        if notice.subject == NoticeSubject.CANDIDATES:
            advance(replace(tx, by=SYSTEM), Declaration, _lines(notice), "open_notice")
    return outcome


def _prefix(row: Any) -> str:
    """The series of the notice's number: the host's own, or the name of the other body that issues it."""
    definition = definition_of(row.edition.definition_version_id)
    if row.office_unit_id == row.edition.programme.host_id:
        return definition.notice_number_prefix or definition.code
    return str(row.office_unit.name)


def _end(row: Any, today: date, calendar: Calendar) -> DueDate:
    """The last day from a release on: the whole period at first, what was left of it after a suspension."""
    if row.opened_on is None:
        return notice_ends(
            today, row.working_days, opening_day_counts=row.opening_day_counts, calendar=calendar
        )
    left = calendar.working_days_between(shanghai_date(row.since), row.ends_on)
    return calendar.add_working_days(today, max(left, 0), start_counts=False)


def extend(tx: Transaction, moves: Sequence[Move], reason: str, given: f.Fields) -> Outcome:
    """Add working days to the end of a running notice."""
    days = f.whole(given, "working_days", least=1, most=EXTENSION_MOST)

    def lengthen(row: Any) -> None:
        calendar = calendar_from(row.ends_on.year)
        due = calendar.add_working_days(row.ends_on, days, start_counts=False)
        row.ends_on, row.ends_at = due.date, end_of_day(due.date)
        row.facts = replace(row.facts, end_is_provisional=due.provisional)

    return advance(tx, Notice, moves, "extend", reason=reason, adjust=lengthen)


def close(tx: Transaction, moves: Sequence[Move], reason: str, given: f.Fields) -> Outcome:
    """After its last day: units with nothing open against them go on along the route, the others stay held."""
    outcome = advance(tx, Notice, moves, "close", reason=reason)
    for notice in outcome.moved:
        if notice.subject != NoticeSubject.CANDIDATES:
            continue
        passed = advance(replace(tx, by=SYSTEM), Declaration, _lines(notice), "close_notice")
        gone_on = {row.pk for row in passed.moved}
        lines = list(NoticeLine.objects.filter(notice=notice))
        for line in lines:
            line.result = "passed" if line.declaration_id in gone_on else "held"
        NoticeLine.objects.bulk_update(lines, ["result"])
    return outcome


def _lines(notice: Notice) -> list[Move]:
    """Its declarations that are still at its own leg; one that went on may wait for a later notice."""
    lines = NoticeLine.objects.filter(notice=notice, declaration__stage=str(Stage.NOTICE))
    return [Move(pk) for pk in lines.order_by("declaration_id").values_list("declaration_id", flat=True)]
