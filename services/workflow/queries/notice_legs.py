"""Which leg of its programme a notice belongs to, and the rule that it follows."""

from typing import Any

from services.workflow.domain.programme import Leg
from services.workflow.domain.programme_rules import NoticeRule
from services.workflow.queries.definitions import definition_of, track_definition


def leg_of(notice: Any) -> Leg | None:
    """The notice's leg, looked for on every track; its edition is at hand."""
    version = notice.edition.definition_version_id
    for track in ("", *(each.key for each in definition_of(version).tracks)):
        for leg in track_definition(version, track).legs:
            if leg.key == notice.leg_key:
                return leg
    return None


def leg_name(notice: Any) -> str:
    """At which tier the notice stands, as the programme names it."""
    leg = leg_of(notice)
    return leg.name if leg else ""


def rule_of(notice: Any) -> NoticeRule:
    """How objections may be lodged, and how the period is counted."""
    definition, leg = definition_of(notice.edition.definition_version_id), leg_of(notice)
    return definition.notice_rule(leg) if leg else definition.notice or NoticeRule()


def has_examples(version_id: int) -> bool:
    """Whether any standard of a version was filled in for a demonstration."""
    definition = definition_of(version_id)
    standards = [definition.standard, *(track.standard for track in definition.tracks)]
    return any(standard.has_examples for standard in standards if standard is not None)
