"""What the tests of deliveries do with the cast: people who can be reached, endpoints, events that are read."""

from typing import Any
from uuid import uuid4

from services.workflow.commands.deliveries import due_targets
from services.workflow.commands.endpoints import make_endpoint
from services.workflow.commands.preferences import choose, set_reach
from services.workflow.commands.relay import relay_events
from services.workflow.domain.messages import Channel, MessageKind
from services.workflow.jobs.sending import send_all
from services.workflow.models import Delivery, DeliveryTarget, Endpoint, Reach
from tests.workflow.cast import District


def clean() -> None:
    """The feed is read to its end, nobody is reached, nothing waits."""
    while relay_events():
        pass
    Delivery.objects.all().delete()
    Endpoint.objects.all().delete()
    DeliveryTarget.objects.all().delete()
    Reach.objects.all().delete()


def reach(d: District, who: str, channel: str = "mail", address: str = "", **more: str) -> None:
    """This person hears everything on this channel at once."""
    set_reach(channel, {"address": address or f"{who}@example.cn", **more}, by=d.people[who])
    choose({(str(kind), channel): "now" for kind in MessageKind}, by=d.people[who])


def endpoint(d: District, kind: str, url: str, **fields: Any) -> int:
    """Of the office, unless a unit is named."""
    told = {"unit": d.units["office"], "role": "office", "name": kind, "kind": kind, "url": url, **fields}
    made: int = make_endpoint(told, by=d.people["system-admin"], key=uuid4())["endpoint"]
    return made


def deliver() -> int:
    """Read the feed and send everything that may be sent now."""
    while relay_events():
        pass
    return sum(send_all(target) for target in due_targets())


def rest_is_over() -> None:
    """What rests after a failure, and what waits to be tried again, may be tried now."""
    DeliveryTarget.objects.update(paused_until=None)
    Delivery.objects.update(retry_at=None)


def ended(**wanted: Any) -> list[str]:
    return list(Delivery.objects.filter(**wanted).order_by("pk").values_list("ended", flat=True))


__all__ = ["Channel", "clean", "deliver", "ended", "endpoint", "reach", "rest_is_over"]
