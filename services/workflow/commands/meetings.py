"""The head of a vote's minutes: when and where it was held, who led it, who wrote it down."""

from typing import Any
from uuid import UUID

from services.workflow.commands import fields as f
from services.workflow.commands.leading import organised
from services.workflow.commands.transaction import Answer, Transaction, run
from services.workflow.domain.calendar import shanghai_date
from services.workflow.domain.refused import Refused
from services.workflow.domain.stages import Mode
from services.workflow.models import Meeting, Round

NAME_LIMIT, PLACE_LIMIT = 50, 100


def keep_meeting(
    round_id: int, fields: f.Fields, *, version: int | None, by: Any, key: UUID | None
) -> Answer:
    """Fields held_on, place, chair, recorder, remarks; by the organiser, at any time. Returns {"round", "version"}.

    Refused: round.unknown, step.not_yours, vote.not_a_vote, overtaken, field.*, vote.held_in_future.
    """
    request = {"round": round_id, "fields": dict(fields), "version": version}
    return run(
        lambda tx: _keep(tx, round_id, fields, version),
        name="keep_meeting",
        by=by,
        key=key,
        request=request,
    )


def _keep(tx: Transaction, round_id: int, fields: f.Fields, version: int | None) -> Answer:
    round_ = organised(tx, round_id, "keep_meeting")
    if round_.mode != Mode.VOTE:
        raise Refused("vote.not_a_vote")
    Round.objects.select_for_update(of=("self",)).get(pk=round_id)
    meeting = Meeting.objects.filter(round=round_).first() or Meeting(round=round_, version=0)
    if version != (meeting.version or None):
        raise Refused("overtaken", round=round_id)
    meeting.held_on = f.day(fields, "held_on")
    if meeting.held_on > shanghai_date(tx.at):
        raise Refused("vote.held_in_future")
    meeting.place = f.text(fields, "place", limit=PLACE_LIMIT)
    meeting.chair = f.text(fields, "chair", limit=NAME_LIMIT)
    meeting.recorder = f.text(fields, "recorder", limit=NAME_LIMIT)
    meeting.remarks = f.text(fields, "remarks", required=False)
    meeting.version += 1
    meeting.kept_by_id, meeting.kept_at = tx.by.office, tx.at
    meeting.save()
    return {"round": round_id, "version": meeting.version}
