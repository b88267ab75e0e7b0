"""Objections: lodged by the public or entered by staff, investigated apart from those who judged, answered."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from services.workflow.commands import fields as f
from services.workflow.commands.advance import Move, Outcome, advance, found
from services.workflow.commands.declaration_acts import follow_notice
from services.workflow.commands.reviews_by_rule import after_objections
from services.workflow.commands.sealing import Letter, seal, seal_letter
from services.workflow.commands.transaction import Answer, Transaction, run
from services.workflow.domain.actor import SYSTEM, Actor
from services.workflow.domain.calendar import shanghai_date
from services.workflow.domain.refused import Refused
from services.workflow.domain.stages import NoticeStatus, Role, Stage
from services.workflow.models import Declaration, Notice, NoticeLine, Objection, Office

KINDS = ("person", "unit", "tip")
CHANNELS = ("web", "visit", "phone", "letter", "email", "fax")
# Without signs that look alike, so that a receipt can be read out over the telephone.
RECEIPT_SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
RECEIPT_LENGTH = 10
NAME_LIMIT = 60
EFFECTS = ("hold", "disqualify", "rescore")
BEFORE_NAMED = (str(Stage.NOTICE), str(Stage.NAMING))


def lodge(
    notice_id: int,
    fields: Mapping[str, Any],
    *,
    letter: Letter | None = None,
    by: Actor = SYSTEM,
    key: UUID | None = None,
) -> Answer:
    """Object to one unit of a running notice; holds that unit and no other.

    Fields: unit (position on the notice) or declaration, kind (person, unit, tip), name, contact, text, channel. A
    person signs with name and contact, a unit with its name and seal; a tip stays without and holds nobody. In time
    until the last day's midnight in Shanghai by the database's clock. Staff enters what came otherwise, with the day
    that counts (came_on: of a letter its postmark) and for a unit whether its seal was seen (seal).
    What came on paper may bring its scan, `letter`, which is sealed like the identity (sealing.py).
    Returns {"receipt", "objection", "status"}.
    Refused: notice.not_found, notice.not_open, objection.unit_not_listed, objection.came_on_impossible, field.*.
    """
    return run(
        lambda tx: _lodge(tx, notice_id, fields, letter),
        name="lodge",
        by=by,
        key=key,
        request=[notice_id, dict(fields), *([letter.sha256] if letter else [])],
    )


def _lodge(tx: Transaction, notice_id: int, given: f.Fields, letter: Letter | None) -> Answer:
    notice = Notice.objects.filter(pk=notice_id).select_related("edition").first()
    unseen = notice is not None and notice.withheld and tx.by.is_system
    if notice is None or unseen or notice.status in {NoticeStatus.DRAFT, NoticeStatus.PREPARED}:
        raise Refused("notice.not_found", notice=notice_id)
    channel = f.choice({"channel": given.get("channel", "web")}, "channel", CHANNELS)
    came_on = _came_on(tx, notice, given, channel)
    line = _line(notice, given)
    kind = f.choice(given, "kind", KINDS)
    identity = {
        "name": f.text(given, "name", limit=NAME_LIMIT, required=kind != "tip"),
        "contact": f.text(given, "contact", limit=120, required=kind == "person"),
    }
    receipt = "".join(secrets.choice(RECEIPT_SIGNS) for _ in range(RECEIPT_LENGTH))
    # The host handles it, whoever issued the notice: a town is not judge of what is said against its own list.
    declaration = line.declaration
    objection = Objection(
        notice=notice,
        declaration=declaration,
        district_id=notice.district_id,
        office_unit_id=declaration.office_unit_id,
        office_role=declaration.office_role,
        receipt=f"{shanghai_date(tx.at).year}-{receipt}",
        channel=channel,
        objector_kind=kind,
        seal_seen=kind == "unit" and channel != "web" and ticked(given, "seal"),
        text=f.text(given, "text"),
        lodged_at=tx.at,
        came_on=came_on,
    )
    found(tx, [objection])
    seal(objection, identity)
    if letter is not None:
        seal_letter(objection, letter)
    if kind == "person" or objection.seal_seen:
        _touch(tx, objection.declaration_id, "hold")
    return {"receipt": objection.receipt, "objection": objection.pk, "status": objection.place}


def _came_on(tx: Transaction, notice: Notice, given: f.Fields, channel: str) -> date:
    """The day that counts: a form's when it is sent, a letter's postmark, even where the notice has closed since."""
    today = shanghai_date(tx.at)
    if channel == "web" or not given.get("came_on"):
        if notice.status != NoticeStatus.RELEASED or notice.ends_at is None or tx.at >= notice.ends_at:
            raise Refused("notice.not_open", notice=notice.pk)
        return today
    came_on = f.day(given, "came_on")
    if notice.opened_on is None or not notice.opened_on <= came_on <= today:
        raise Refused("objection.came_on_impossible")
    running = notice.status in {NoticeStatus.RELEASED, NoticeStatus.CLOSED}
    if not running or notice.ends_on is None or came_on > notice.ends_on:
        raise Refused("notice.not_open", notice=notice.pk)
    return came_on


def ticked(given: f.Fields, name: str) -> bool:
    return given.get(name) in {True, "yes", "on", "true", "1"}


def _line(notice: Notice, given: f.Fields) -> NoticeLine:
    lines = NoticeLine.objects.filter(notice=notice).select_related("declaration")
    wanted = given.get("declaration")
    found_line = (
        lines.filter(declaration=wanted).first()
        if isinstance(wanted, int)
        else lines.filter(position=f.whole(given, "unit", least=1)).first()
    )
    if found_line is None:
        raise Refused("objection.unit_not_listed")
    return found_line


def _touch(tx: Transaction, declaration_id: int, step: str) -> None:
    """What may change a guard's answer raises the declaration's version."""
    if Declaration.objects.filter(pk=declaration_id, stage__in=BEFORE_NAMED).exists():
        advance(replace(tx, by=SYSTEM), Declaration, [Move(declaration_id)], step).only()


def receive(tx: Transaction, moves: Sequence[Move], reason: str, given: f.Fields) -> Outcome:
    """The office takes it up. Field: seal, where a unit's seal was seen on paper; from then on it holds its line."""
    seen = ticked(given, "seal")

    def look(row: Any) -> None:
        row.seal_seen = row.seal_seen or (seen and row.objector_kind == "unit")

    outcome = advance(tx, Objection, moves, "receive", reason=reason, adjust=look)
    for row in outcome.moved:
        if row.seal_seen:
            _touch(tx, row.declaration_id, "hold")
    return outcome


def assign(tx: Transaction, moves: Sequence[Move], reason: str, given: f.Fields) -> Outcome:
    """To an investigator who judged nothing in the case. Field: investigator (member id)."""
    member = f.whole(given, "investigator", least=1, most=2**31)
    office = Office.objects.filter(member=member, role=str(Role.INVESTIGATOR), until__isnull=True).first()
    if office is None:
        raise Refused("objection.no_such_investigator", investigator=member)

    def hand_over(row: Any) -> None:
        if member in row.facts.reviewers:
            raise Refused("conflict.investigator_judged", investigator=member)
        row.investigator_unit_id = office.unit_id
        row.assigned_to = member

    return advance(tx, Objection, moves, "assign", reason=reason, adjust=hand_over)


def find(tx: Transaction, moves: Sequence[Move], reason: str, given: f.Fields) -> Outcome:
    """What the investigation found. Field: finding."""
    finding = f.text(given, "finding")
    return advance(tx, Objection, [_with(m, finding=finding) for m in moves], "find", reason=reason)


def sustain(tx: Transaction, moves: Sequence[Move], reason: str, given: f.Fields) -> Outcome:
    """成立. Field: effect, what the deciding body is asked for: hold (to look further), disqualify, rescore."""
    effect = f.choice({"effect": given.get("effect") or "hold"}, "effect", EFFECTS)
    found_true = [_with(m, outcome="sustained", effect=effect) for m in moves]
    outcome = advance(tx, Objection, found_true, "sustain", reason=reason)
    for row in outcome.moved:
        _touch(tx, row.declaration_id, "hold")
    units = Declaration.objects.filter(pk__in=[row.declaration_id for row in outcome.moved])
    after_objections(tx, set(units.values_list("unit_id", flat=True)))
    return outcome


def dismiss(tx: Transaction, moves: Sequence[Move], reason: str, given: f.Fields) -> Outcome:
    outcome = advance(tx, Objection, [_with(m, outcome="dismissed") for m in moves], "dismiss", reason=reason)
    for row in outcome.moved:
        _touch(tx, row.declaration_id, "free")
        follow_notice(tx, [row.declaration_id])
    return outcome


def reply(tx: Transaction, moves: Sequence[Move], reason: str, given: f.Fields) -> Outcome:
    """The answer to the objector, who reads it by the receipt number. Field: reply."""
    text = f.text(given, "reply")
    return advance(tx, Objection, [_with(m, reply=text) for m in moves], "reply", reason=reason)


def _with(move: Move, **values: object) -> Move:
    return replace(move, values={**move.values, **values})
