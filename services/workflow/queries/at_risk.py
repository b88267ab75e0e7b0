"""Titles at risk: held, and yet something speaks against them, each with what it is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import OuterRef, Subquery

from services.workflow.domain.actor import Actor
from services.workflow.domain.calendar import years_after
from services.workflow.domain.stages import HonourStatus
from services.workflow.models import Declaration, Honour, Incident, ReReview, Veto
from services.workflow.queries.definitions import definition_of
from services.workflow.queries.rights import visible_to
from services.workflow.queries.sustained import sustained_of

# So little above the pass mark is close to it.
CLOSE = Decimal(2)
ROWS_MOST = 30
LOOKED_AT = 2_000


@dataclass(frozen=True)
class Risk:
    """`what` is veto, incident, objections or close; `number` how many, or the score."""

    what: str
    number: Decimal


@dataclass(frozen=True)
class AtRisk:
    honour: Any
    risks: tuple[Risk, ...]


def at_risk(actor: Actor, today: date) -> list[AtRisk]:
    """Those with most against them first; a warned title has its card, and is not told again here."""
    reviewed = ReReview.objects.filter(honour=OuterRef("pk"), closed_at__isnull=False).order_by("-closed_at")
    rows: list[Any] = list(
        visible_to(actor, Honour)
        .filter(status=str(HonourStatus.HELD))
        .annotate(last_points=Subquery(reviewed.values("points")[:1]))
        .select_related("unit__town")
        .order_by("pk")[:LOOKED_AT]
    )
    units = {row.unit_id for row in rows}
    vetoes, incidents = _vetoes(units), _incidents(units, today)
    sustained = sustained_of(rows)
    found = [AtRisk(row, tuple(_risks(row, vetoes, incidents, sustained))) for row in rows]
    return sorted((one for one in found if one.risks), key=lambda one: (-len(one.risks), one.honour.pk))[
        :ROWS_MOST
    ]


def _risks(
    row: Any, vetoes: Mapping[int, int], incidents: Mapping[int, int], sustained: Mapping[int, int]
) -> Sequence[Risk]:
    counted = (
        ("veto", vetoes.get(row.unit_id, 0)),
        ("incident", incidents.get(row.unit_id, 0)),
        ("objections", sustained.get(row.pk, 0)),
    )
    found = [Risk(what, Decimal(number)) for what, number in counted if number]
    points = row.last_points if row.last_points is not None else row.points
    mark = definition_of(row.earned_under_id).pass_mark
    if points is not None and mark is not None and points < mark + CLOSE:
        found.append(Risk("close", points))
    return found


def _vetoes(units: set[int]) -> dict[int, int]:
    """{unit: vetoes that are open on its declarations}."""
    open_ = Veto.objects.filter(lifted_at__isnull=True).values_list("case_id", flat=True)
    return _counted(
        Declaration.objects.filter(pk__in=open_, unit__in=units).values_list("unit_id", flat=True)
    )


def _incidents(units: set[int], today: date) -> dict[int, int]:
    """{unit: incidents of the last year}."""
    rows = Incident.objects.filter(unit__in=units, happened_on__gt=years_after(today, -1))
    return _counted(rows.values_list("unit_id", flat=True))


def _counted(units: Any) -> dict[int, int]:
    found: dict[int, int] = {}
    for unit in units:
        found[unit] = found.get(unit, 0) + 1
    return found
