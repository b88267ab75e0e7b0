"""The register of declared relations, and what separation of duty refused."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from services.workflow.domain.actor import Actor
from services.workflow.domain.stages import Role
from services.workflow.models import Declaration, Honour, Office, RefusedAct, Relation, Unit
from services.workflow.queries.rights import visible_to


def relations_of(actor: Actor) -> list[Relation]:
    """What this person declared, open ones first."""
    rows = Relation.objects.filter(member=actor.member_id).select_related("unit", "person")
    return sorted(rows.order_by("-pk"), key=lambda row: row.ended_at is not None)


def refused_acts(actor: Actor) -> QuerySet[RefusedAct]:
    """For the audit administrator, of the whole district; nobody else reads it."""
    if actor.role != Role.AUDIT_ADMIN:
        return RefusedAct.objects.none()
    district = actor.district_id or actor.unit_id
    there = Q(office__unit__district=district) | Q(office__unit__in=[district, actor.unit_id])
    return RefusedAct.objects.filter(there).select_related("member", "office__unit")


def units_refused(rows: Iterable[RefusedAct]) -> dict[int, str]:
    """{case: name of its unit}, of what was refused on declarations and honours."""
    ids = {row.case_id for row in rows if row.case_id}
    found: dict[int, str] = {}
    for model in (Declaration, Honour):
        found.update(model._default_manager.filter(pk__in=ids).values_list("pk", "unit__name"))
    return found


def named_in_district(actor: Actor, words: str) -> tuple[int | None, int | None]:
    """(unit, person) that somebody means by the name of a unit, or by a unit's name and a person's after it."""
    unit = visible_to(actor, Unit).filter(name=words).values_list("pk", flat=True).first()
    if unit is not None:
        return unit, None
    place, _, name = words.rpartition(" ")
    offices = visible_to(actor, Office).filter(unit__name=place.strip(), member__name=name)
    return None, offices.values_list("member_id", flat=True).first()


def names_in_district(actor: Actor) -> list[str]:
    """What may be meant: units and the people in them, to choose from while typing."""
    offices = visible_to(actor, Office).exclude(member=actor.member_id).order_by("unit__pinyin", "name")
    people = [f"{unit} {name}" for unit, name in offices.values_list("unit__name", "member__name")]
    units = visible_to(actor, Unit).order_by("pinyin").values_list("name", flat=True)
    return [*units, *dict.fromkeys(people)]
