"""One event to 10,000 sockets: ours beside websockets.broadcast(), picows, group_send and socket.io."""

import json
import statistics
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bench import socketio
from bench.crowd import Crowd, Opening, websocket
from bench.place import Place, end, read_line
from bench.processes import use_of
from bench.row import Row, at_least, beside
from bench.servers import EVENT
from bench.tickets import ticket

SOCKETS, FEW = 10_000, 1_000
ROUNDS = 7


@dataclass(frozen=True)
class Measured:
    """Milliseconds from the trigger to the last receipt, the median of the rounds; what they took of the core."""

    ms: float
    cpu_ms: float
    size: int


def rows(place: Place) -> Iterator[Row]:
    settings: dict[str, object] = {
        "sockets": SOCKETS,
        "rounds": ROUNDS,
        "loop": "uvloop",
        "compression": "off",
        "cores": "1 + 1",
    }
    ours = measure_ours(place, SOCKETS)
    broadcast = measure(place, "websockets_broadcast", SOCKETS)
    assert ours.size == broadcast.size
    yield beside("fanout", ours.ms, broadcast.ms, "ms", most=0.6, by="websockets.broadcast()", **settings)
    picows = measure(place, "picows_loop", SOCKETS)
    yield beside("extra.fanout_picows", ours.ms, picows.ms, "ms", most=1.5, by="picows", **settings)
    yield from rows_socketio(place, ours, settings)
    few = measure_ours(place, FEW)
    group = measure(place, "channels_group", FEW)
    settings["sockets"] = FEW
    yield beside(
        "extra.fanout_group_send", few.ms, group.ms, "ms", most=0.1, by="channels group_send", **settings
    )
    yield at_least("extra.deliveries", 1000 * SOCKETS / ours.cpu_ms, 80_000, "deliveries/s of its core")


def rows_socketio(place: Place, ours: Measured, settings: dict[str, object]) -> Iterator[Row]:
    """Beside socket.io, where node and npm are there; it is only shown."""
    command = socketio.command()
    if command is None:
        print("no node, no npm or nothing to install from: socket.io is left out", file=sys.stderr)
        return
    environment = {**place.environment(), **socketio.environment()}
    peer = measure(place, command, SOCKETS, socketio.opening, environment)
    yield beside("extra.fanout_socketio", ours.ms, peer.ms, "ms", most=None, by="socket.io", **settings)


def measure_ours(place: Place, count: int) -> Measured:
    # A heartbeat would be taken for a message.
    environment = place.environment(
        place.database("fanout"), NOTIFY_HEARTBEAT_S="3000", NOTIFY_ADDRESS_MOST="20000"
    )
    secret = environment["TICKET_SECRET"]

    def subscribing(n: int) -> Opening:
        sub = {"t": "sub", "ticket": ticket(secret, EVENT["topic"], user=str(n))}
        return websocket("/ws/", text=json.dumps(sub), until=b'"t":"ok"')

    return measure(place, "laurel", count, subscribing, environment)


def plain(_: int) -> Opening:
    return websocket("/")


def measure(
    place: Place,
    server: str | list[str],
    count: int,
    opening: Callable[[int], Opening] = plain,
    environment: dict[str, str] | None = None,
) -> Measured:
    """Connect all, learn the size of a message in a first round, then take the time of the others."""
    command = [sys.executable, "-m", f"bench.servers.{server}"] if isinstance(server, str) else server
    child = place.start(command, environment=environment)
    port = int(read_line(child.stdout).removeprefix("ready "))

    def trigger() -> None:
        assert child.stdin is not None
        child.stdin.write(b"\n")
        child.stdin.flush()

    with Crowd(port, count, opening) as crowd:
        size = crowd.learn(trigger)
        before = use_of(child.pid).cpu_s
        taken = [crowd.round(trigger, size) for _ in range(ROUNDS)]
        cpu_s = use_of(child.pid).cpu_s - before
    end(child)
    return Measured(1000 * statistics.median(taken), 1000 * cpu_s / ROUNDS, size)
