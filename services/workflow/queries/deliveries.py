"""Deliveries and endpoints as the system administrator sees them: of the own district, never their content."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from services.workflow.domain.actor import Actor
from services.workflow.domain.messages import Ended
from services.workflow.domain.refused import Refused
from services.workflow.domain.stages import Role
from services.workflow.models import Delivery, DeliveryTarget, Endpoint


def check_admin(actor: Actor) -> None:
    """Refused: step.not_yours for anybody but a system administrator or the system."""
    if not actor.is_system and actor.role != Role.SYSTEM_ADMIN:
        raise Refused("step.not_yours", step="administer")


def _scope(actor: Actor) -> Q:
    """The administration of a district sees its own; one above all districts sees all."""
    check_admin(actor)
    return Q() if actor.is_system or actor.district_id is None else Q(district=actor.district_id)


def deliveries_of(
    actor: Actor, ended: str | None = None, *, endpoint: int | None = None
) -> QuerySet[Delivery]:
    """All deliveries in scope, or those that ended so."""
    rows = Delivery.objects.filter(_scope(actor))
    if ended is not None:
        rows = rows.filter(ended=ended)
    return rows.filter(endpoint=endpoint) if endpoint is not None else rows


def endpoints_of(actor: Actor) -> QuerySet[Endpoint]:
    """Endpoints in scope that were not removed, with their counts of waiting and dead deliveries."""
    rows = Endpoint.objects.filter(_scope(actor), removed_at__isnull=True).select_related("unit")
    return rows.annotate(
        waiting=Count("deliveries", filter=Q(deliveries__ended=Ended.WAITING)),
        dead=Count("deliveries", filter=Q(deliveries__ended=Ended.DEAD)),
    ).order_by("pk")


def endpoint_of(actor: Actor, number: int) -> Endpoint:
    """One of them. Refused: endpoint.not_found."""
    row = endpoints_of(actor).filter(pk=number).first()
    if row is None:
        raise Refused("endpoint.not_found", endpoint=number)
    return row


@dataclass(frozen=True)
class Counts:
    waiting: int
    dead: int
    resting: int


def counts(actor: Actor) -> Counts:
    """What waits, what is dead, and how many targets rest after failures."""
    rows = Delivery.objects.filter(_scope(actor)).aggregate(
        waiting=Count("pk", filter=Q(ended=Ended.WAITING)), dead=Count("pk", filter=Q(ended=Ended.DEAD))
    )
    return Counts(rows["waiting"], rows["dead"], DeliveryTarget.objects.filter(failures__gt=0).count())
