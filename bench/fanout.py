"""One event to 10,000 sockets: ours beside websockets.broadcast(), picows, group_send and socket.io."""

import json
import statistics
import sys
from collections.abc import Iterator
from dataclasses import dataclass

from bench.crowd import Crowd, Opening, websocket
from bench.place import Place, end, read_line
from bench.row import Row, at_least, beside
from bench.servers import EVENT
from bench.tickets import ticket

SOCKETS, FEW = 10_000, 1_000
ROUNDS = 7


@dataclass(frozen=True)
class Measured:
    """Milliseconds from the trigger to the last receipt: the median of the rounds."""

    ms: float
    connects: float
    size: int


def rows(place: Place) -> Iterator[Row]:
    settings = {
        "sockets": SOCKETS,
        "rounds": ROUNDS,
        "loop": "uvloop",
        "compression": "off",
        "cores": "1 + 1",
    }
    ours = measure_ours(place, SOCKETS)
    broadcast = measure(place, [sys.executable, "-m", "bench.servers.websockets_broadcast"], plain(SOCKETS))
    assert ours.size == broadcast.size
    yield beside("fanout", ours.ms, broadcast.ms, "ms", most=0.6, by="websockets.broadcast()", **settings)
    picows = measure(place, [sys.executable, "-m", "bench.servers.picows_loop"], plain(SOCKETS))
    yield beside("extra.fanout_picows", ours.ms, picows.ms, "ms", most=1.5, by="picows", **settings)
    few = measure_ours(place, FEW)
    group = measure(place, [sys.executable, "-m", "bench.servers.channels_group"], plain(FEW))
    settings["sockets"] = FEW
    yield beside(
        "extra.fanout_group_send", few.ms, group.ms, "ms", most=0.1, by="channels group_send", **settings
    )
    yield at_least("extra.deliveries", 1000 * SOCKETS / ours.ms, 80_000, "deliveries/s and core")


def measure_ours(place: Place, count: int) -> Measured:
    # A heartbeat would be taken for a message.
    environment = place.environment(place.database("fanout"), NOTIFY_HEARTBEAT_S="3000")
    secret = environment["TICKET_SECRET"]
    openings = []
    for n in range(count):
        sub = {"t": "sub", "ticket": ticket(secret, EVENT["topic"], user=str(n))}
        openings.append(websocket("/ws/", text=json.dumps(sub), until=b'"t":"ok"'))
    return measure(place, [sys.executable, "-m", "bench.servers.laurel"], openings, environment)


def plain(count: int) -> list[Opening]:
    return [websocket("/") for _ in range(count)]


def measure(
    place: Place, command: list[str], openings: list[Opening], environment: dict[str, str] | None = None
) -> Measured:
    """Connect all, learn the size of a message in a first round, then take the time of the others."""
    child = place.start(command, environment=environment)
    port = int(read_line(child.stdout).removeprefix("ready "))

    def trigger() -> None:
        assert child.stdin is not None
        child.stdin.write(b"\n")
        child.stdin.flush()

    with Crowd(port, openings) as crowd:
        size = crowd.learn(trigger)
        taken = [crowd.round(trigger, size) for _ in range(ROUNDS)]
        connects = len(openings) / crowd.opened_s
    end(child)
    return Measured(1000 * statistics.median(taken), connects, size)
