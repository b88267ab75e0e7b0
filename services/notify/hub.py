"""Who hears what: topics to sinks, and the last events kept for those who come back."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Protocol

from services.notify import metrics
from services.notify.clock import DatabaseClock
from services.notify.cursor import Cursor, Place
from services.notify.delivery import Delivery, Put
from services.notify.frames import RIGHTS_CHANGED, SESSION_ENDED, Event, is_public
from services.notify.ticket import Ticket, TicketOffice

UNAUTHORISED = 4401
HEEDED = (RIGHTS_CHANGED, SESSION_ENDED)


# Those who get the same text of an event: how it is made, and whether they get it for each topic.
Group = tuple[Callable[[Event, str], bytes], bool]


class Sink(Protocol):
    """One connection. None of its methods waits for the client."""

    # What it may hear, and the place after which it has heard it.
    topics: dict[str, Place]
    ticket: Ticket | None
    # Whether the hub gives it events; not so before the first subscription and while it catches up.
    live: bool
    # Whether it gets an event for each of its topics, or once.
    each: bool

    @staticmethod
    def form(event: Event, topic: str) -> bytes:
        """The text of an event as this kind of connection takes it."""
        ...

    @property
    def put(self) -> Put:
        """What takes such a text."""
        ...

    def give(self, event: Event, topic: str) -> None: ...

    def tell(self, **frame: object) -> None: ...

    def beat(self, cursor: str) -> None: ...

    def cut(self, code: int) -> None: ...

    def bye(self) -> None: ...


class Hub:
    """All sinks of one node. Every method is synchronous: that makes joining exact (see replay.py)."""

    def __init__(self, clock: DatabaseClock, tickets: TicketOffice, ring_size: int) -> None:
        self.clock = clock
        self.tickets = tickets
        self._ring_size = ring_size
        self.epoch = ""
        self.head = Place(0, 0)
        # The ring holds every event after this place.
        self.ring_from = Place(0, 0)
        self._ring: list[Event] = []
        # For each topic and group, who hears it and what takes it.
        self._by_topic: dict[str, dict[Group, dict[Sink, Put]]] = {}
        self._delivery: Delivery | None = None
        self._by_user: dict[str, set[Sink]] = defaultdict(set)
        self._sinks: set[Sink] = set()

    @property
    def ready(self) -> bool:
        """Whether the feed has been reached once."""
        return bool(self.epoch) and self.clock.known

    @property
    def cursor(self) -> str:
        return str(Cursor(self.epoch, self.head))

    @property
    def sinks(self) -> Sequence[Sink]:
        return tuple(self._sinks)

    def begin(self, epoch: str, head: Place, *, ring: list[Event], ring_from: Place) -> None:
        """Take a place in a history. Those connected from another history are told to start afresh."""
        strangers = bool(self.epoch)
        self.epoch, self.head = epoch, head
        self._ring, self.ring_from = ring, ring_from
        for event in ring:
            self._heed(event)
        if strangers:
            for sink in self.sinks:
                for topic in sink.topics:
                    sink.topics[topic] = head
                    self.tell_reset(sink, topic)

    def add(self, sink: Sink) -> None:
        self._sinks.add(sink)

    def remove(self, sink: Sink) -> None:
        if self._delivery:
            self._delivery.leave_out(sink)
        self.detach(sink)
        self._sinks.discard(sink)
        if sink.ticket:
            self._by_user[sink.ticket.user].discard(sink)
            if not self._by_user[sink.ticket.user]:
                del self._by_user[sink.ticket.user]

    def identify(self, sink: Sink, ticket: Ticket) -> tuple[int, int]:
        """Note whose connection it is; how many this session has now, and how many this user."""
        # What it opens is looked at when it comes, not kept: thousands of them lie in memory.
        sink.ticket = replace(ticket, topics=frozenset(), nonce="")
        own = self._by_user[ticket.user]
        own.add(sink)
        return sum(1 for other in own if other.ticket and other.ticket.session == ticket.session), len(own)

    def attach(self, sink: Sink) -> None:
        """From the next event on the sink hears its topics."""
        sink.live = True
        for topic in sink.topics:
            self._by_topic.setdefault(topic, {}).setdefault((sink.form, sink.each), {})[sink] = sink.put
        metrics.SUBSCRIPTIONS.inc(len(sink.topics))

    def detach(self, sink: Sink) -> bool:
        """Silence a sink, which has then heard everything up to the head; whether it was live."""
        if self._delivery:
            self._delivery.hurry(sink)
        was_live, sink.live = sink.live, False
        if was_live:
            for topic in sink.topics:
                self._leave(sink, topic)
        return was_live

    def after(self, place: Place, limit: int) -> list[Event] | None:
        """The first events after a place, or None when the ring does not reach back that far."""
        if place < self.ring_from:
            return None
        first = bisect_right(self._ring, place, key=lambda event: event.place)
        return self._ring[first : first + limit]

    def publish(self, event: Event) -> None:
        """Give an event, the next in the feed, to those who hear it: the first slice now, the rest by `deliver`."""
        self.deliver_all()
        self.head = event.place
        self._ring.append(event)
        if len(self._ring) >= 2 * self._ring_size:
            self.ring_from = self._ring[-self._ring_size - 1].place
            del self._ring[: -self._ring_size]
        metrics.EVENTS.inc()
        self._delivery = self._addressed(event)
        self.deliver()
        if event.type in HEEDED:
            self.deliver_all()
            self._heed(event)

    def deliver(self) -> bool:
        """Go on with the last event; whether there is more to do."""
        if self._delivery:
            self._delivery.go_on()
            if self._delivery.done:
                self._delivery = None
        return self._delivery is not None

    def deliver_all(self) -> None:
        """Finish the last event: no connection hears the next one before it."""
        while self.deliver():
            pass

    def tell_reset(self, sink: Sink, topic: str) -> None:
        metrics.RESETS.inc()
        sink.tell(t="reset", topic=topic, c=self.cursor)

    def _addressed(self, event: Event) -> Delivery:
        """The event for all who hear it; one who hears several of its topics gets it for the first, or for `each`."""
        delivery = Delivery(event)
        reached: set[Sink] = set()
        for topic in event.topics:
            for (form, each), sinks in self._by_topic.get(topic, {}).items():
                text = form(event, topic)
                if each or reached.isdisjoint(sinks):
                    delivery.add(text, sinks, sinks.values())
                else:
                    fresh = sinks.keys() - reached
                    delivery.add(text, fresh, [sinks[sink] for sink in fresh])
                if len(event.topics) > 1 and not each:
                    reached.update(sinks)
        return delivery

    def _heed(self, event: Event) -> None:
        """Rights that changed and sessions that ended take effect here, whoever listens."""
        if event.type not in HEEDED:
            return
        session = event.data.get("session") if event.type == SESSION_ENDED else None
        for user in event.users:
            self.tickets.void(now=self.clock.now(), user=user, session=session)
            for sink in tuple(self._by_user.get(user, ())):
                if event.type == RIGHTS_CHANGED:
                    self._revoke(sink)
                elif session is None or (sink.ticket and sink.ticket.session == session):
                    sink.cut(UNAUTHORISED)

    def _revoke(self, sink: Sink) -> None:
        for topic in [topic for topic in sink.topics if not is_public(topic)]:
            self._leave(sink, topic)
            del sink.topics[topic]
            sink.tell(t="deny", topic=topic, reason="rights_changed")

    def _leave(self, sink: Sink, topic: str) -> None:
        groups = self._by_topic.get(topic, {})
        sinks = groups.get((sink.form, sink.each), {})
        if sinks.pop(sink, None):
            metrics.SUBSCRIPTIONS.dec()
        if not sinks:
            groups.pop((sink.form, sink.each), None)
        if not groups:
            self._by_topic.pop(topic, None)
