"""Deliveries on their way: taken by one worker at a time, marked after they were sent, tried again, given up.

Nothing here keeps a transaction open while something is sent. A worker killed between sending and marking leaves
the message waiting; the lease of its target ends, and another worker sends it again.
"""

import datetime as dt
import random
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID, uuid4

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F, Max, Q, QuerySet
from django.db.models.functions import Now

from services.workflow.commands.transaction import Answer, Transaction, run
from services.workflow.domain.actor import Actor
from services.workflow.domain.backoff import delay_s
from services.workflow.domain.messages import Ended, EndpointKind
from services.workflow.domain.refused import Refused
from services.workflow.models import Delivery, DeliveryAttempt, DeliveryTarget, Endpoint
from services.workflow.queries.clock import now
from services.workflow.queries.deliveries import deliveries_of

# As much as one letter covers; what it does not list it counts.
LETTER_MOST = 5000
KEPT_DAYS = 90
WORDS = 200

DUE_TARGETS = """
SELECT DISTINCT d.target FROM workflow_delivery d
 WHERE d.ended = '' AND d.send_at <= laurel_now() AND (d.retry_at IS NULL OR d.retry_at <= now())
   AND NOT EXISTS (SELECT FROM workflow_deliverytarget t
                    WHERE t.key = d.target AND (t.paused_until > now() OR t.leased_until > now()))
"""
HOLD = """
INSERT INTO workflow_deliverytarget AS t (key, failures, lease, leased_until)
VALUES (%(key)s, 0, %(lease)s, now() + make_interval(secs => %(lease_s)s))
ON CONFLICT (key) DO UPDATE SET lease = excluded.lease, leased_until = excluded.leased_until
 WHERE (t.leased_until IS NULL OR t.leased_until <= now()) AND (t.paused_until IS NULL OR t.paused_until <= now())
RETURNING key
"""


class Failure(StrEnum):
    """What a failed try means: for all of the target, for this letter alone, or for good."""

    REST = "rest"
    LATER = "later"
    REFUSED = "refused"
    GONE = "gone"


@dataclass(frozen=True)
class Result:
    """How one try went. `receipt` is what the other side knows the message by."""

    failure: Failure | None = None
    answer: str = ""
    receipt: str = ""
    wait_s: float = 0.0


def due_targets() -> list[str]:
    """Targets for which something may be sent now, and nobody is at it."""
    with connection.cursor() as cursor:
        cursor.execute(DUE_TARGETS)
        return [row[0] for row in cursor.fetchall()]


def hold(target: str) -> UUID | None:
    """Take a target for oneself for a while; None where another has it, or it rests after a failure."""
    lease = uuid4()
    with connection.cursor() as cursor:
        cursor.execute(HOLD, {"key": target, "lease": lease, "lease_s": settings.DELIVERY_LEASE_S})
        return lease if cursor.fetchone() else None


def hold_on(target: str, lease: UUID) -> bool:
    """Keep a target for another while; False where it was lost to another worker, or rests since."""
    until = Now() + dt.timedelta(seconds=settings.DELIVERY_LEASE_S)
    free = Q(paused_until__isnull=True) | Q(paused_until__lte=Now())
    kept = DeliveryTarget.objects.filter(free, key=target, lease=lease)
    return bool(kept.update(leased_until=until))


def let_go(target: str, lease: UUID) -> None:
    DeliveryTarget.objects.filter(key=target, lease=lease).update(lease=None, leased_until=None)


def next_letter(target: str) -> list[Delivery]:
    """What goes out next: to a person or a robot all that waits for them in one letter, to a webhook one event."""
    due = _due(target)
    first = due.select_related("endpoint", "member").order_by("send_at", "pk").first()
    if first is None:
        return []
    if first.channel == EndpointKind.WEBHOOK:
        return [first]
    together = due.filter(channel=first.channel, member=first.member_id, endpoint=first.endpoint_id)
    return list(together.select_related("endpoint", "member").order_by("send_at", "pk")[:LETTER_MOST])


def _due(target: str) -> QuerySet[Delivery]:
    ready = Q(retry_at__isnull=True) | Q(retry_at__lte=Now())
    return Delivery.objects.filter(ready, target=target, ended=Ended.WAITING, send_at__lte=now())


def drop(letter: Sequence[Delivery], why: str) -> None:
    """End deliveries that nobody may read any more, unsent."""
    Delivery.objects.filter(pk__in=[d.pk for d in letter]).update(
        ended=Ended.DROPPED, ended_at=Now(), error=why[:WORDS]
    )


def settle(letter: Sequence[Delivery], result: Result, *, took_ms: int) -> None:
    """Write down how a try went: sent, to be tried again, or dead; the target rests where the fault is its own."""
    keys = [d.pk for d in letter]
    with transaction.atomic():
        DeliveryAttempt.objects.bulk_create(
            DeliveryAttempt(
                delivery_id=key, ok=result.failure is None, answer=result.answer[:WORDS], took_ms=took_ms
            )
            for key in keys
        )
        rows = Delivery.objects.filter(pk__in=keys, ended=Ended.WAITING)
        if result.failure is None:
            rows.update(
                ended=Ended.SENT,
                ended_at=Now(),
                attempts=F("attempts") + 1,
                error="",
                receipt=result.receipt[:WORDS],
            )
            DeliveryTarget.objects.filter(key=letter[0].target).update(failures=0, paused_until=None)
            return
        rows.update(attempts=F("attempts") + 1, error=result.answer[:WORDS])
        _failed(letter[0].target, rows, result)


def _failed(target: str, rows: QuerySet[Delivery], result: Result) -> None:
    """Those that had their last try, or are too old for another, are dead; the rest wait together."""
    schedule = settings.DELIVERY_BACKOFF_S
    over = Q(attempts__gt=len(schedule)) | Q(since__lt=Now() - dt.timedelta(seconds=sum(schedule)))
    final = result.failure in {Failure.REFUSED, Failure.GONE}
    dead = list((rows if final else rows.filter(over)).values_list("pk", flat=True))
    waiting = rows.exclude(pk__in=dead)
    tried = waiting.aggregate(most=Max("attempts"))["most"]
    if tried is not None:
        pause = max(delay_s(tried, schedule, _luck()), result.wait_s)
        waiting.update(retry_at=Now() + dt.timedelta(seconds=pause))
    rows.filter(pk__in=dead).update(ended=Ended.DEAD, ended_at=Now())
    if result.failure == Failure.GONE:
        gone = Delivery.objects.filter(pk__in=dead).values("endpoint")
        Endpoint.objects.filter(pk__in=gone).update(active=False)
    if result.failure in {Failure.REST, Failure.GONE}:
        _rest(target, result.wait_s)


def _rest(target: str, wait_s: float) -> None:
    row = DeliveryTarget.objects.select_for_update().get(key=target)
    row.failures += 1
    # Never for longer than ten minutes: one letter is then tried, and the others follow it at once.
    pause = max(min(delay_s(row.failures, settings.DELIVERY_BACKOFF_S, _luck()), 600), min(wait_s, 3600))
    DeliveryTarget.objects.filter(key=target).update(
        failures=row.failures, paused_until=Now() + dt.timedelta(seconds=pause)
    )


def _luck() -> float:
    return random.random()  # jitter, not a secret


def send_again(ids: Sequence[int], *, by: Actor, key: UUID | None) -> Answer:
    """Dead letters wait anew with all their tries, and their targets rest no longer. Returns {"again": [ids]}.

    Refused: delivery.not_found where one is not there or not this administrator's, delivery.not_dead.
    """
    return run(
        lambda tx: _again(tx, sorted(set(ids))), name="send_again", by=by, key=key, request=sorted(set(ids))
    )


def _again(tx: Transaction, ids: list[int]) -> Answer:
    rows = deliveries_of(tx.by).filter(pk__in=ids)
    found = dict(rows.values_list("pk", "ended"))
    if missing := [number for number in ids if number not in found]:
        raise Refused("delivery.not_found", delivery=missing[0])
    if waiting := [number for number, ended in found.items() if ended != Ended.DEAD]:
        raise Refused("delivery.not_dead", delivery=waiting[0])
    DeliveryTarget.objects.filter(key__in=rows.values("target")).update(failures=0, paused_until=None)
    Delivery.objects.filter(pk__in=ids).update(
        ended=Ended.WAITING, ended_at=None, attempts=0, retry_at=None, since=Now(), send_at=tx.at
    )
    return {"again": ids}


def forget_deliveries() -> int:
    """Drop what was sent or dropped more than 90 days ago; dead letters stay until they are looked at."""
    old = Delivery.objects.filter(
        ended__in=[Ended.SENT, Ended.DROPPED], ended_at__lt=Now() - dt.timedelta(days=KEPT_DAYS)
    )
    return old.delete()[0]
