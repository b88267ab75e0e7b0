"""The feed as the relay reads it, below the snapshot horizon, and the words' raw material for one event."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from services.workflow.domain.actor import Actor
from services.workflow.models import Round, RoundTask, Slate
from services.workflow.models.round import HUMAN, RoundStatus
from services.workflow.queries.definitions import definition_of
from services.workflow.queries.inbox import CASES, RELATED, edition_of, unit_name
from services.workflow.queries.rights import actors_of, visible_to

READ = """
SELECT f.xid::text, f.id, f.at, f.type, f.topics, f.case_id, f.kind, f.seq, f.data::text, f.public::text,
       l.actor_id
  FROM feed f LEFT JOIN ledger l ON l.id = f.id AND f.seq IS NOT NULL
 WHERE (f.xid, f.id) > (%s::xid8, %s) AND f.id > %s AND f.xid < pg_snapshot_xmin(pg_current_snapshot())
 ORDER BY f.xid, f.id LIMIT %s
"""


@dataclass(frozen=True)
class Event:
    """One row of the feed, with the member who acted where a person did."""

    xid: int
    number: int
    at: datetime
    type: str
    topics: tuple[str, ...]
    case: int | None
    kind: str | None
    seq: int | None
    body: dict[str, Any]
    public: dict[str, Any] | None
    actor: int | None

    def stored(self, epoch: str, topic: str) -> dict[str, Any]:
        """As a delivery keeps it: to a public topic only the public payload, never the rest."""
        public = topic.startswith("public:")
        return {
            "type": self.type,
            "c": f"{epoch}.{self.xid}.{self.number}",
            "epoch": epoch,
            "case": self.case,
            "kind": self.kind,
            "seq": self.seq,
            "at": self.at.isoformat(),
            "topic": topic,
            "data": (self.public or {}) if public else self.body,
        }


def events_after(xid: int, number: int, *, most: int, above: int = 0) -> list[Event]:
    """What follows a place in the feed, in its one order; nothing can appear before what is read here.

    Events numbered up to `above` are passed over: they were told before the database was restored.
    """
    with connection.cursor() as cursor:
        cursor.execute(READ, [str(xid), number, above, most])
        rows = cursor.fetchall()
    return [_event(row) for row in rows]


def _event(row: tuple[Any, ...]) -> Event:
    xid, number, at, kind, topics, case, case_kind, seq, body, public, actor = row
    told = None if public is None else json.loads(public)
    return Event(
        int(xid), number, at, kind, tuple(topics), case, case_kind, seq, json.loads(body), told, actor
    )


def epoch_and_head() -> tuple[str, tuple[int, int]]:
    """Which history this is, and the last place below the horizon."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT feed_epoch(), feed_head()")
        epoch, head = cursor.fetchone()
    xid, _, number = head.partition(".")
    return epoch, (int(xid), int(number))


@dataclass(frozen=True)
class Subject:
    """What a message may say of its matter, to somebody who may see it; `number` is the page's, not the receipt's."""

    kind: str
    number: int
    unit: str
    edition: str
    place: str
    leg_name: str
    due_at: datetime | None
    mode: str = ""


def actors_of_member(member_id: int) -> list[Actor]:
    """A person in each office held now; none for an account that is closed."""
    return actors_of(member_id)


def subject_of(event: dict[str, Any], actors: Sequence[Actor]) -> Subject | None:
    """The matter of an event as the first of these offices sees it now; None where none of them may."""
    for actor in actors:
        found = _case(event, actor) if event["case"] is not None else _task(event, actor)
        if found is not None:
            return found
    return None


def _case(event: dict[str, Any], actor: Actor) -> Subject | None:
    kinds = [event["kind"]] if event["kind"] else list(CASES)
    for kind in kinds:
        rows = visible_to(actor, CASES[kind]).select_related(*RELATED[kind])
        row = rows.filter(pk=event["case"]).first()
        if row is not None:
            return _subject(kind, row)
    return None


def _subject(kind: str, row: Any) -> Subject:
    edition = edition_of(kind, row)
    return Subject(
        kind=kind,
        number=row.pk,
        unit=unit_name(kind, row) or str(getattr(row, "title", "") or getattr(row, "name", "")),
        edition=edition.name if edition else "",
        place=row.place,
        leg_name=_leg_name(edition, row.leg),
        due_at=row.due_at,
    )


def _leg_name(edition: Any, leg: int | None) -> str:
    if edition is None or leg is None:
        return ""
    legs = definition_of(edition.definition_version_id).legs
    return legs[leg].name if leg < len(legs) else ""


def _task(event: dict[str, Any], actor: Actor) -> Subject | None:
    """Of a round: the own task in it, or the round for the office that organises it; of a date: the late task."""
    told = event["data"]
    tasks = visible_to(actor, RoundTask).select_related("process__slate__edition").order_by("pk")
    if event["type"] == "due.passed":
        mine = tasks.filter(
            participant_role=actor.role, participant_unit=actor.unit_id,
            status=RoundStatus.OPEN, due_at=datetime.fromisoformat(told["at"]),
        )  # fmt: skip
        return _of_task(mine.first())
    mine = tasks.filter(
        process=told.get("round"),
        flow_task_type=HUMAN,
        participant_role=actor.role,
        participant_unit=actor.unit_id,
    )
    found = mine.first()
    if found is not None:
        return _of_task(found)
    rounds = visible_to(actor, Round).select_related("slate__edition").filter(pk=told.get("round"))
    return _of_round(rounds.first())


def _of_task(task: RoundTask | None) -> Subject | None:
    if task is None:
        return None
    slate = task.process.slate
    name = _name_of(slate)
    place, due = str(task.process.mode), task.due_at if task.is_open else None
    return Subject("round_task", task.pk, "", slate.edition.name, place, name, due, mode=place)


def _name_of(slate: Slate) -> str:
    """The leg that a slate stands at; what is asked about an objection goes by its own name."""
    return "" if slate.objection_id else _leg_name(slate.edition, slate.leg)


def _of_round(round_: Round | None) -> Subject | None:
    if round_ is None:
        return None
    slate = round_.slate
    name = _name_of(slate)
    return Subject(
        "slate", slate.pk, "", slate.edition.name, str(round_.mode), name, None, mode=str(round_.mode)
    )
