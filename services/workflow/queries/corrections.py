"""Returns for correction: where a case may be sent back to, what was asked, and what has changed since."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from services.workflow.domain.programme import Definition
from services.workflow.domain.programme_rules import AfterReturn
from services.workflow.domain.route import usual_return
from services.workflow.models import Correction, LedgerEntry, Score
from services.workflow.queries.case_course import changed_since
from services.workflow.queries.definitions import declaration_definition


@dataclass(frozen=True)
class ReturnChoice:
    """An earlier leg that the case may be sent back to; `usual` where it goes if nobody says."""

    leg: int
    key: str
    name: str
    usual: bool


@dataclass(frozen=True)
class Point:
    """One point of a return. `changed` says whether anything was written there since."""

    part: str
    name: str
    note: str
    changed: bool


@dataclass(frozen=True)
class Asked:
    """One return: who asked, who puts it right, where the case goes on, and the points; `also_changed` are others."""

    version: int
    at: datetime
    asked_at: str
    to: str
    straight_back: bool
    is_open: bool
    points: tuple[Point, ...]
    also_changed: tuple[str, ...]


def return_choices_of(case: Any) -> tuple[ReturnChoice, ...]:
    """The legs that the present one may send a case back to, by its facts; the route's first is the unit itself."""
    legs, choices = case.facts.legs, case.facts.may_return_to(case.leg)
    usual = usual_return(choices)
    return tuple(ReturnChoice(at, legs[at].key, legs[at].name, at == usual) for at in choices)


def corrections_of(declaration: Any) -> tuple[Asked, ...]:
    """Every return that listed points, the last one first; the declaration's edition is at hand.

    What changed is told of the last return only: an answer keeps when it was last written, not each time.
    """
    rows = list(Correction.objects.filter(declaration=declaration).order_by("-version", "position"))
    if not rows:
        return ()
    definition = declaration_definition(declaration)
    versions = list(dict.fromkeys(row.version for row in rows))
    entries = LedgerEntry.objects.filter(case_id=declaration.pk, seq__in=versions, kind="declaration")
    moments = dict(entries.values_list("seq", "at"))
    changed = _changed(declaration.pk, moments[versions[0]])
    return tuple(
        _asked(
            declaration,
            definition,
            [row for row in rows if row.version == version],
            moments[version],
            changed if version == versions[0] else [],
        )
        for version in versions
    )


def _changed(declaration_id: int, moment: datetime) -> list[str]:
    """Criteria that were written in or scored after a moment, by whoever corrects."""
    scored = Score.objects.filter(case_id=declaration_id, at__gt=moment).values_list("criterion", flat=True)
    found = changed_since(declaration_id, moment)
    return [*found, *sorted(set(scored) - set(found))]


def _asked(
    declaration: Any, definition: Definition, rows: Sequence[Correction], at: datetime, changed: Sequence[str]
) -> Asked:
    first = rows[0]
    parts = {indicator.code: indicator.name for indicator in definition.indicators}
    parts |= {criterion.code: criterion.name for criterion in definition.standard.criteria}
    within = {row.part: _codes(definition, row.part) for row in rows}
    asker = definition.legs[first.asked_at_leg]
    return Asked(
        version=first.version,
        at=at,
        asked_at=asker.name,
        to=definition.legs[first.to_leg].name,
        straight_back=asker.after_return is AfterReturn.STRAIGHT_BACK,
        is_open=declaration.return_leg == first.asked_at_leg and declaration.leg <= first.to_leg,
        points=tuple(
            Point(row.part, parts.get(row.part, ""), row.note, not within[row.part].isdisjoint(changed))
            for row in rows
        ),
        also_changed=tuple(code for code in changed if not any(code in codes for codes in within.values())),
    )


def _codes(definition: Definition, part: str) -> frozenset[str]:
    """The criteria that a part of the standard holds; a criterion holds itself."""
    whole = next((each for each in definition.indicators if each.code == part), None)
    return frozenset({part, *(line.code for line in whole.criteria)} if whole else {part})
