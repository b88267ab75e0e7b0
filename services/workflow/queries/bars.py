"""What bars a unit from declaring or from being decided on: titles it holds or lacks, bans, the negative list."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from services.workflow.domain.programme import Definition
from services.workflow.domain.route import decision_leg
from services.workflow.domain.stages import LIVE_HONOUR, Stage
from services.workflow.domain.windows import Happened, negative_entries
from services.workflow.models import Honour, Incident


@dataclass(frozen=True)
class Titles:
    """What a unit holds, by programme: the codes of live titles, and the last day of each ban."""

    live: frozenset[str] = frozenset()
    banned: Mapping[int, date] | None = None
    held: frozenset[int] = frozenset()


def titles_of(rows: Sequence[Any]) -> dict[int, Titles]:
    """{unit: titles} for rows that are about to be filed."""
    units = {row.unit_id for row in rows if row.stage == Stage.DRAFT}
    if not units:
        return {}
    live: dict[int, set[str]] = {}
    held: dict[int, set[int]] = {}
    banned: dict[int, dict[int, date]] = {}
    honours = Honour.objects.filter(unit__in=units).order_by("pk")
    for programme, code, unit, status, until in honours.values_list(
        "programme_id", "programme__code", "unit_id", "status", "banned_until"
    ):
        if status in LIVE_HONOUR:
            live.setdefault(unit, set()).add(code)
            held.setdefault(unit, set()).add(programme)
        if until:
            banned.setdefault(unit, {})[programme] = until
    return {
        unit: Titles(frozenset(live.get(unit, ())), banned.get(unit), frozenset(held.get(unit, ())))
        for unit in units
    }


def incidents_of(
    rows: Sequence[Any], definitions: Mapping[int, Definition], today: date
) -> dict[int, tuple[str, ...]]:
    """{declaration: kinds of incidents that bar it}, looked at when it is filed and again when it is decided."""
    asked = {
        row.pk: row
        for row in rows
        if definitions[row.pk].negative_list
        and (row.stage == Stage.DRAFT or row.leg == decision_leg(definitions[row.pk]))
    }
    if not asked:
        return {}
    kinds = {rule.code for pk in asked for rule in definitions[pk].negative_list}
    happened: dict[int, list[Happened]] = {}
    found = Incident.objects.filter(unit__in={row.unit_id for row in asked.values()}, kind__in=kinds)
    for unit, kind, on in found.values_list("unit_id", "kind", "happened_on"):
        happened.setdefault(unit, []).append(Happened(kind, on))
    return {
        pk: negative_entries(definitions[pk], happened.get(row.unit_id, ()), today)
        for pk, row in asked.items()
    }
