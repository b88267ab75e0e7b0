"""One event on its way to all who hear it, in slices: between two of them the loop serves everybody else."""

import contextlib
import time
from collections.abc import Callable, Iterable, Iterator

from services.notify import metrics
from services.notify.frames import Event

# Connections written to in one go: about five milliseconds.
SLICE = 500

Put = Callable[[bytes], object]


def nothing(_: bytes) -> None:
    """In the place of a connection that left before its turn."""


class Delivery:
    """The texts of one event and whom they go to. Nothing here looks at a connection: it is only written to."""

    def __init__(self, event: Event) -> None:
        self.event = event
        self._began = time.perf_counter()
        self._sinks: list[object] = []
        self._puts: list[Put] = []
        self._texts: list[tuple[int, bytes]] = []
        self._next = 0

    def add(self, text: bytes, sinks: Iterable[object], puts: Iterable[Put]) -> None:
        """These get this text."""
        self._sinks += sinks
        self._puts += puts
        self._texts.append((len(self._puts), text))

    @property
    def done(self) -> bool:
        return self._next == len(self._puts)

    def go_on(self, most: int = SLICE) -> None:
        """Write to the next ones."""
        while most and not self.done:
            until, text = self._texts[0]
            stop = min(until, self._next + most)
            # The transports' own methods, called bare: looking at 10,000 connections costs more than writing.
            for put in self._puts[self._next : stop]:
                try:
                    put(text)
                except RuntimeError:
                    # This transport closed a moment ago; the connection's own task leaves the hub.
                    continue
            most -= stop - self._next
            self._next = stop
            if stop == until:
                del self._texts[0]
        if self.done:
            metrics.FANOUT.observe(time.perf_counter() - self._began)
            metrics.DELIVERIES.inc(len(self._puts))

    def hurry(self, sink: object) -> None:
        """Give it now to one whose turn would come: what it hears is about to change."""
        for place in self._places(sink):
            text = next(text for until, text in self._texts if place < until)
            self._puts[place](text)
            self._puts[place] = nothing

    def leave_out(self, sink: object) -> None:
        """Forget one that has left."""
        for place in self._places(sink):
            self._puts[place] = nothing

    def _places(self, sink: object) -> Iterator[int]:
        """Where it stands among those whose turn would come; it stands there once for each topic."""
        place = self._next - 1
        with contextlib.suppress(ValueError):
            while True:
                place = self._sinks.index(sink, place + 1)
                yield place
