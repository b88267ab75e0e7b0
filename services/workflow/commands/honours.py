"""Standing supervision: re-review, warning, rectification, revocation."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from services.workflow.commands import fields as f
from services.workflow.commands.advance import Move, Outcome, advance, found
from services.workflow.commands.marks import Sheet, keep_marks
from services.workflow.commands.revocation_votes import counted
from services.workflow.commands.supervision_papers import issue_order, issue_revocation
from services.workflow.commands.transaction import Answer, Transaction, run
from services.workflow.domain.access import is_of_own_unit, is_reviewer
from services.workflow.domain.actor import Actor
from services.workflow.domain.calendar import ONE_DAY, shanghai_date, years_after
from services.workflow.domain.refused import Refused
from services.workflow.domain.route import REREVIEW
from services.workflow.domain.stages import HonourStatus
from services.workflow.domain.tally import Tally
from services.workflow.models import Honour, Rectification, ReReview
from services.workflow.queries.calendar import calendar_from
from services.workflow.queries.editions import newest_versions
from services.workflow.queries.facts import gather

CAUSES = ("due", "incident", "veto", "by_hand", "score", "objections")
REREVIEW_YEARS_MOST = 10


def open_rereview(tx: Transaction, moves: Sequence[Move], reason: str, given: f.Fields) -> Outcome:
    """Open a re-review by the standard in force now; field cause (one of CAUSES)."""
    cause = f.choice({"cause": given.get("cause", "by_hand")}, "cause", CAUSES)
    outcome = advance(tx, Honour, moves, "open_rereview", reason=reason)
    newest = newest_versions({row.programme_id for row in outcome.moved})
    ReReview.objects.bulk_create(
        ReReview(
            honour=row,
            definition_version_id=newest[row.programme_id],
            cause=cause,
            note=reason,
            opened_at=tx.at,
        )
        for row in outcome.moved
    )
    return outcome


def move_rereview(tx: Transaction, moves: Sequence[Move], reason: str, given: f.Fields) -> Outcome:
    """The next re-review on another day, from tomorrow on. Field: on. Refused: field.out_of_range."""
    on, today = f.day(given, "on"), shanghai_date(tx.at)
    least, most = today + ONE_DAY, years_after(today, REREVIEW_YEARS_MOST)
    if not least <= on <= most:
        raise Refused("field.out_of_range", field="on", least=least.isoformat(), most=most.isoformat())

    def put_off(row: Any) -> None:
        row.next_rereview_on = on

    return advance(tx, Honour, moves, "move_rereview", reason=reason, adjust=put_off)


def score_rereview(honour_id: int, scores: Mapping[str, Any], *, by: Actor, key: UUID | None) -> Answer:
    """The reviewing office's scores: {criterion: points, or "n/a"}; saved as often as needed until it is settled.

    Returns {"honour", "points", "missing", "passed"}. Refused: honour.not_under_review, step.not_yours, score.*.
    """
    return run(
        lambda tx: _score(tx, honour_id, scores),
        name="score_rereview",
        by=by,
        key=key,
        request=[honour_id, dict(scores)],
    )


def _score(tx: Transaction, honour_id: int, scores: Mapping[str, Any]) -> Answer:
    honour: Any = Honour.objects.select_for_update().filter(pk=honour_id).first()
    if honour is None:
        raise Refused("case.not_found", case=honour_id)
    gather([honour], at=tx.at)
    review = ReReview.objects.filter(honour=honour, closed_at__isnull=True).first()
    if honour.status != HonourStatus.UNDER_REVIEW or review is None:
        raise Refused("honour.not_under_review")
    if not is_reviewer(honour, tx.by) or is_of_own_unit(honour, tx.by):
        raise Refused("step.not_yours", step="score")
    sheet = Sheet(honour.pk, honour.unit_id, honour.facts.definition, scores)
    keep_marks(tx, [sheet], REREVIEW, since=review.opened_at, rereview=review)
    gather([honour], at=tx.at)
    verdict = honour.facts.verdict
    review.points = verdict.points
    review.save(update_fields=["points"])
    return {
        "honour": honour.pk,
        "points": str(verdict.points),
        "missing": list(verdict.missing),
        "passed": verdict.passed,
    }


def _settled(tx: Transaction, rows: Sequence[Any], outcome: str) -> None:
    """Close the open re-review with what came of it."""
    ReReview.objects.filter(honour__in=[row.pk for row in rows], closed_at__isnull=True).update(
        closed_at=tx.at, outcome=outcome
    )


def retain(tx: Transaction, moves: Sequence[Move], reason: str, given: f.Fields) -> Outcome:
    """The title stays; its term and the programme's cycle are counted from today."""
    today = shanghai_date(tx.at)

    def renew(row: Any) -> None:
        rule = row.facts.definition.supervision
        row.last_reviewed_on = today
        row.next_rereview_on = years_after(today, rule.rereview_every_years)
        row.proposer_unit_id = None
        if rule.term_years:  # what was gathered before still says when the old term ends
            row.facts = replace(row.facts, term_ended=False, term_ends_on=years_after(today, rule.term_years))

    outcome = advance(tx, Honour, moves, "retain", reason=reason, adjust=renew)
    _settled(tx, outcome.moved, "retain")
    return outcome


def warn(tx: Transaction, moves: Sequence[Move], reason: str, given: f.Fields) -> Outcome:
    """警告; the next re-review keeps its cycle."""
    today = shanghai_date(tx.at)

    def note(row: Any) -> None:
        row.last_reviewed_on = today
        row.next_rereview_on = years_after(today, row.facts.definition.supervision.rereview_every_years)

    outcome = advance(tx, Honour, moves, "warn", reason=reason, adjust=note)
    _settled(tx, outcome.moved, "warn")
    return outcome


def order_rectification(tx: Transaction, moves: Sequence[Move], reason: str, given: f.Fields) -> Outcome:
    """限期整改: what to put right, by the programme's working days. Field: points_text (else the reason)."""
    points_text = f.text(given, "points_text", required=False) or f.text(
        {"points_text": reason}, "points_text"
    )
    outcome = advance(tx, Honour, moves, "order_rectification", reason=reason)
    _settled(tx, outcome.moved, "order_rectification")
    orders = [_order(tx, row, points_text) for row in outcome.moved]
    found(tx, orders)
    for order in orders:
        issue_order(tx, order)
    return outcome


def _order(tx: Transaction, honour: Any, points_text: str) -> Rectification:
    today = shanghai_date(tx.at)
    days = honour.facts.definition.supervision.rectification_working_days
    return Rectification(
        honour=honour,
        unit_id=honour.unit_id,
        town_id=honour.town_id,
        district_id=honour.district_id,
        office_unit_id=honour.facts.reviewer.unit_id,
        office_role=honour.facts.reviewer.role,
        points_text=points_text,
        deadline_on=calendar_from(today.year).add_working_days(today, days, start_counts=False).date,
        ordered_by_id=tx.by.office,
    )


def propose_revocation(tx: Transaction, moves: Sequence[Move], reason: str, given: f.Fields) -> Outcome:
    moves = [replace(move, values={**move.values, "proposer_unit_id": tx.by.unit_id}) for move in moves]
    outcome = advance(tx, Honour, moves, "propose_revocation", reason=reason)
    _settled(tx, outcome.moved, "propose_revocation")
    return outcome


def revoke(tx: Transaction, moves: Sequence[Move], reason: str, given: f.Fields) -> Outcome:
    """取消称号 by another body than proposed it: the decision document, and the ban that declaring respects.

    Fields in_favour, against, abstain: the count of the vote, where the programme asks for one (revocation_votes.py).
    """
    today = shanghai_date(tx.at)
    votes: dict[int, Tally | None] = {}

    def strip(row: Any) -> None:
        votes[row.pk] = counted(row, given)
        ban = row.facts.definition.supervision.ban_years
        row.revoked_on = today
        row.banned_until = years_after(today, ban) if ban else None

    outcome = advance(tx, Honour, moves, "revoke", reason=reason, adjust=strip)
    for row in outcome.moved:
        issue_revocation(tx, row, reason, votes[row.pk])
    return outcome
