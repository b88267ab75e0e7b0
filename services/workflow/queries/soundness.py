"""Whether a programme can be run in the organisation that is there, by the calendar that is loaded."""

from collections import Counter
from datetime import date, datetime

from django.db.models import Q

from services.workflow.domain.calendar import Calendar, shanghai_date
from services.workflow.domain.organisation import Organisation, OrganisedUnit
from services.workflow.domain.programme import Definition
from services.workflow.domain.soundness import Soundness, soundness
from services.workflow.models import Office, Programme, Unit
from services.workflow.queries.calendar import calendar_from
from services.workflow.queries.clock import now
from services.workflow.queries.programme_facts import newest_definitions

# Its windows are only measured against the days of its own route.
ANY_YEAR = 2026


def organisation_at(moment: datetime) -> Organisation:
    """Every unit with the roles that people hold in it at a moment."""
    held: dict[int, Counter[str]] = {}
    offices = Office.objects.filter(Q(until=None) | Q(until__gt=moment), since__lte=moment)
    for unit_id, role, member_id in offices.values_list("unit", "role", "member").distinct():
        held.setdefault(unit_id, Counter())[role] += bool(member_id)
    rows = Unit.objects.order_by("code").values_list("pk", "code", "name", "kind", "parent__code")
    return Organisation(
        tuple(
            OrganisedUnit(code, name, kind, parent or "", dict(held.get(pk, {})))
            for pk, code, name, kind, parent in rows
        )
    )


def proved(definition: Definition) -> Soundness:
    """The proof over today's organisation and this year's windows."""
    moment = now()
    year = shanghai_date(moment).year
    return soundness(definition, organisation_at(moment), calendar_from(year), year, _others(definition))


def _others(definition: Definition) -> list[Definition]:
    """The other programmes as they stand; a programme without a ladder leads over none of them."""
    if not definition.ladder:
        return []
    published = list(Programme.objects.exclude(code=definition.code).values_list("pk", flat=True))
    return list(newest_definitions(published).values())


def proved_alone(definition: Definition) -> Soundness:
    """The proof without an organisation and without a database, its days counted Monday to Friday."""
    return soundness(definition, None, Calendar(frozenset(), frozenset(), date.max), ANY_YEAR)
