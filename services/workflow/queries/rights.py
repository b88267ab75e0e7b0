"""Who may see what: one scope for each kind of case, and the topics that follow from it."""

from typing import Any

from django.db.models import Q, QuerySet

from services.workflow.domain.actor import Actor
from services.workflow.domain.stages import Role, Stage
from services.workflow.models import (
    Declaration,
    Honour,
    Member,
    Notice,
    Objection,
    Office,
    Programme,
    Rectification,
)
from services.workflow.models.round import RoundTask

DISTRICT_WIDE = (Role.OFFICE, Role.COMMITTEE, Role.LEADING_GROUP, Role.DEPARTMENT, Role.INVESTIGATOR)
UNFILED = (str(Stage.DRAFT),)


def offices_of(member: Member) -> list[Office]:
    """The offices a person holds now, oldest first."""
    return list(
        Office.objects.filter(member=member, until__isnull=True, member__is_active=True)
        .select_related("unit", "member")
        .order_by("since", "pk")
    )


def actor_of(office: Office) -> Actor:
    """The person acting in this office."""
    unit = office.unit
    return Actor(
        member_id=office.member_id,
        office_id=office.pk,
        role=office.role,
        unit_id=unit.pk,
        unit_code=unit.code,
        town_id=unit.town_id,
        district_id=unit.district_id,
        name=office.name,
        unit_name=unit.name,
    )


def visible_to(actor: Actor, model: type[Any]) -> QuerySet[Any]:
    """The rows of a kind of case that this actor may see; every list and every detail page starts from it.

    A unit sees its own; a town what its communities filed; bodies of the district what is filed in it. An objection is
    seen by the office, its investigator and the committee, never by the unit concerned or its town.
    """
    rows: QuerySet[Any] = model._default_manager.all()
    if actor.is_system:
        return rows
    return rows.filter(SCOPES.get(model, _nothing)(actor)) if actor.unit_id else rows.none()


def _nothing(actor: Actor) -> Q:
    return Q(pk__in=[])


def _declarations(actor: Actor) -> Q:
    if actor.role == Role.DECLARANT:
        return Q(unit=actor.unit_id)
    filed = ~Q(stage__in=UNFILED) & ~Q(stage=str(Stage.WITHDRAWN), filed_at__isnull=True)
    if actor.role == Role.TOWN:
        return Q(town=actor.unit_id) & filed
    return Q(district=actor.district_id) & filed if actor.role in DISTRICT_WIDE else _nothing(actor)


def _of_unit(actor: Actor) -> Q:
    if actor.role == Role.DECLARANT:
        return Q(unit=actor.unit_id)
    if actor.role == Role.TOWN:
        return Q(town=actor.unit_id)
    return Q(district=actor.district_id) if actor.role in DISTRICT_WIDE else _nothing(actor)


def _notices(actor: Actor) -> Q:
    public = Q(status__in=["released", "suspended", "closed"])
    own = Q(district=actor.district_id) if actor.role == Role.OFFICE else _nothing(actor)
    return public | own


def _objections(actor: Actor) -> Q:
    if actor.role in {Role.OFFICE, Role.COMMITTEE}:
        return Q(district=actor.district_id)
    return Q(assignee=actor.member_id) if actor.role == Role.INVESTIGATOR else _nothing(actor)


def _programmes(actor: Actor) -> Q:
    own = Q(district=actor.district_id) if actor.role in DISTRICT_WIDE else _nothing(actor)
    return Q(status="admitted") | own


SCOPES: dict[type[Any], Any] = {
    Declaration: _declarations,
    Honour: _of_unit,
    Rectification: _of_unit,
    Notice: _notices,
    Objection: _objections,
    Programme: _programmes,
}


def may_see_task(actor: Actor, task: RoundTask) -> bool:
    """Participants see their own task; the office sees all of its rounds."""
    own = (task.participant_role, task.participant_unit_id) == (actor.role, actor.unit_id)
    return actor.role == Role.OFFICE or (own and task.assignee_id in {None, actor.member_id})


def may_hear(actor: Actor, topic: str) -> bool:
    """Whether a topic is this actor's: their own, their unit's, that of units below, or of a case they may see."""
    kind, _, rest = topic.partition(":")
    if kind == "public":
        return True
    if not rest.isascii() or not rest.isdigit():
        return False
    number = int(rest)
    if kind == "user":
        return number == actor.member_id
    if kind == "unit":
        return number == actor.unit_id
    if kind == "case":
        return any(visible_to(actor, model).filter(pk=number).exists() for model in SCOPES)
    return False
