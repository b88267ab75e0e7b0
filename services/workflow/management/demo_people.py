"""The demo's people as actors."""

from services.workflow.domain.actor import Actor
from services.workflow.models import Office
from services.workflow.queries.rights import actor_of


def acting(username: str) -> Actor:
    """The person of the demo in their office."""
    return actor_of(Office.objects.select_related("unit", "member").get(member__username=username))
