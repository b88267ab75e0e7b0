"""Rows in the words of the API. Points are text, moments UTC, units by name with their id beside."""

from datetime import date
from typing import Any

from services.workflow.domain.calendar import last_day
from services.workflow.domain.programme import Definition
from services.workflow.domain.stages import ENDED_HONOUR
from services.workflow.queries.definitions import declaration_definition
from services.workflow.queries.notice_legs import leg_name


def case_told(row: Any) -> dict[str, Any]:
    """What every case has; its place stands under `stage` or `status`, whichever its kind has."""
    return {
        "id": row.pk,
        "kind": row.KIND,
        "version": row.version,
        row.FIELD: row.place,
        "leg": row.leg,
        "waiting_role": row.waiting_role,
        "waiting_unit": row.waiting_unit.name if row.waiting_unit_id else "",
        "since": row.since,
        "due_at": row.due_at,
        "due_provisional": row.due_provisional,
    }


def unit_told(unit: Any, name: str = "unit") -> dict[str, Any]:
    return {name: unit.name if unit else "", f"{name}_id": unit.pk if unit else None}


def edition_of(edition: Any) -> dict[str, Any]:
    return {
        "edition": edition.name,
        "edition_id": edition.pk,
        "programme": edition.programme.name,
        "programme_id": edition.programme_id,
    }


DECLARATIONS = ("unit", "town", "applicant", "waiting_unit", "edition__programme")
HONOURS = ("unit", "town", "waiting_unit", "edition__programme", "resolution")
NOTICES = ("edition__programme", "waiting_unit")
OBJECTIONS = ("declaration__unit", "notice__edition__programme", "waiting_unit")
RECTIFICATIONS = ("unit", "honour__edition__programme", "waiting_unit")
PROGRAMMES = ("host", "waiting_unit")


def declaration_told(row: Any) -> dict[str, Any]:
    definition = declaration_definition(row)
    return {
        **case_told(row),
        "number": row.number,
        **edition_of(row.edition),
        **unit_told(row.unit),
        **unit_told(row.town, "town"),
        "track": row.track,
        "category": row.category,
        "applicant": row.applicant.name,
        "leg_name": definition.legs[row.leg].name
        if row.leg is not None and row.leg < len(definition.legs)
        else "",
        "return_leg": row.return_leg,
        "rank": row.rank,
        "points": row.result_points,
        "revision": row.revision,
        "filed_at": row.filed_at,
    }


def honour_told(row: Any) -> dict[str, Any]:
    return {
        **case_told(row),
        "number": row.number,
        "title": row.title,
        **edition_of(row.edition),
        **unit_told(row.unit),
        **unit_told(row.town, "town"),
        "points": row.points,
        "level": row.level,
        "declaration": row.declaration_id,
        "conferred_on": row.conferred_on,
        "resolution": row.resolution.number if row.resolution else "",
        "resolution_id": row.resolution_id,
        "last_reviewed_on": row.last_reviewed_on,
        "next_rereview_on": row.next_rereview_on,
        "revoked_on": row.revoked_on,
        "banned_until": row.banned_until,
        "plaque_due_on": plaque_due_on(row),
        "plaque_returned_on": row.plaque_returned_on,
        "plaque_returned_by": row.plaque_returned_by,
    }


def plaque_due_on(row: Any) -> date | None:
    """The day by which the plaque of a title that ended has to be back; None once it is."""
    out = row.status in ENDED_HONOUR and row.plaque_returned_on is None
    return last_day(row.due_at) if out and row.due_at else None


def notice_told(row: Any) -> dict[str, Any]:
    return {
        **case_told(row),
        "number": row.number,
        "title": row.title,
        **edition_of(row.edition),
        "leg_key": row.leg_key,
        "leg_name": leg_name(row),
        "signer": row.signer,
        "working_days": row.working_days,
        "opening_day_counts": row.opening_day_counts,
        "shown_days": row.shown_days,
        "opened_on": row.opened_on,
        "ends_on": row.ends_on,
        "ends_at": row.ends_at,
    }


def notice_line_told(line: Any) -> dict[str, Any]:
    return {
        "position": line.position,
        "unit": line.unit_name,
        "town": line.town_name,
        "points": line.points,
        "result": line.result,
    }


def objection_told(row: Any) -> dict[str, Any]:
    """Without the identity of whoever objects; that is opened on its own, with a purpose."""
    return {
        **case_told(row),
        "receipt": row.receipt,
        "notice": row.notice_id,
        "declaration": row.declaration_id,
        **edition_of(row.notice.edition),
        **unit_told(row.declaration.unit),
        "channel": row.channel,
        "objector_kind": row.objector_kind,
        "lodged_at": row.lodged_at,
        "outcome": row.outcome,
    }


def rectification_told(row: Any) -> dict[str, Any]:
    return {
        **case_told(row),
        "honour": row.honour_id,
        **edition_of(row.honour.edition),
        **unit_told(row.unit),
        "points_text": row.points_text,
        "plan": row.plan_text,
        "report": row.report_text,
        "result": row.result_text,
        "deadline_on": row.deadline_on,
    }


def programme_told(row: Any) -> dict[str, Any]:
    return {**case_told(row), "code": row.code, "programme": row.name, **unit_told(row.host, "host")}


def definition_told(definition: Definition) -> dict[str, Any]:
    """The route and the standard, as much as a client needs to fill in a declaration and to follow it.

    A criterion's `points` are its maximum.
    """
    return {
        "title": definition.title,
        "pass_mark": definition.pass_mark,
        "issuers": list(definition.issuers),
        "gaps": list(definition.gaps),
        "warnings": list(definition.warnings),
        "legs": [
            {
                "leg": i,
                "key": leg.key,
                "name": leg.name,
                "stage": leg.stage,
                "mode": leg.mode,
                "due_days": leg.due_days,
            }
            for i, leg in enumerate(definition.legs)
        ],
        "veto_grounds": [{"code": g.code, "name": g.name, "owner": g.owner} for g in definition.veto_grounds],
        "standard": {
            "total": definition.standard.total,
            "decimals": definition.standard.decimals,
            "indicators": [
                {
                    "code": indicator.code,
                    "name": indicator.name,
                    "points": indicator.points,
                    "bonus": indicator.bonus,
                    "gap": indicator.gap,
                    "example": indicator.example,
                    "criteria": [criterion_told(criterion) for criterion in indicator.criteria],
                }
                for indicator in definition.indicators
            ],
        },
    }


def criterion_told(criterion: Any) -> dict[str, Any]:
    return {
        "code": criterion.code,
        "name": criterion.name,
        "points": criterion.points,
        "scorer": criterion.scorer,
        "rule": criterion.rule,
        "requirement": criterion.requirement,
        "evidence": list(criterion.evidence),
        "statement_wanted": criterion.statement_wanted,
        "word_limit": criterion.word_limit,
        "measures": [
            {
                "code": m.code,
                "name": m.name,
                "kind": m.kind,
                "unit": m.unit,
                "needed": m.needed,
                "bound": m.bound,
                "asked": m.asked,
            }
            for m in criterion.measures
        ],
        "example": criterion.example,
    }
