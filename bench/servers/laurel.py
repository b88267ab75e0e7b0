"""services/notify as it runs in the product; a line on its input is an event that its hub is given."""

import asyncio
import itertools
from datetime import UTC, datetime

import uvloop

from bench.servers import EVENT
from bench.servers.uvicorn_server import serve
from services.notify.asgi import Application
from services.notify.cursor import Place
from services.notify.frames import Event

application = Application()
numbers = itertools.count(7733)
tasks: set[asyncio.Task[None]] = set()


def publish() -> None:
    """One more event of the very bytes that the peers send."""
    node = application.node
    assert node is not None
    epoch, place, _ = EVENT["c"].split(".")
    event = Event(
        epoch=epoch,
        place=Place(int(place), next(numbers)),
        at=datetime(2026, 3, 2, 1, 15, 0, 250_000, tzinfo=UTC),
        type=EVENT["type"],
        topics=(EVENT["topic"],),
        case_id=EVENT["case"],
        seq=EVENT["seq"],
        data=EVENT["data"],
        public=None,
    )
    tasks.add(asyncio.get_running_loop().create_task(node.feed.hand_out(event)))


if __name__ == "__main__":
    uvloop.run(serve(application, publish))
