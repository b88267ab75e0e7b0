"""The application as a whole."""

import os
import subprocess
import sys

import httpx
import pytest

ALONE = """
import asyncio, sys
from services.notify.asgi import application
from services.notify import protocol

async def main():
    said = []
    async def send(message): said.append(message)
    steps = asyncio.Queue()
    life = asyncio.create_task(application({"type": "lifespan"}, steps.get, send))
    await steps.put({"type": "lifespan.startup"})
    while not said: await asyncio.sleep(0.01)
    received = asyncio.Queue()
    await received.put({"type": "websocket.connect"})
    scope = {"type": "websocket", "path": "/ws/", "headers": [], "query_string": b"", "extensions": {}}
    socket = asyncio.create_task(application(scope, received.get, send))
    while len(said) < 2: await asyncio.sleep(0.01)
    socket.cancel()
    await steps.put({"type": "lifespan.shutdown"})
    await life
    print([message["type"] for message in said])

asyncio.run(main())
print(sorted(name for name in sys.modules if name.startswith("services.")))
print([name for name in ("django.db.models", "viewflow", "services.settings") if name in sys.modules])
"""


def test_it_starts_without_any_module_of_workflow():
    environment = {"DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none", "TICKET_SECRET": "x" * 32}
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}

    ran = subprocess.run(
        [sys.executable, "-c", ALONE], env={**kept, **environment}, capture_output=True, text=True, check=True
    )

    said, modules, heavy = (eval(line) for line in ran.stdout.splitlines())
    assert said == ["lifespan.startup.complete", "websocket.close", "lifespan.shutdown.complete"]
    assert [name for name in modules if not name.startswith("services.notify")] == []
    assert heavy == []


@pytest.mark.integration
@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", "/healthz", 200), ("GET", "/readyz", 200), ("POST", "/events", 405), ("GET", "/admin", 404)],
)
def test_addresses(served, method, path, status):
    assert httpx.request(method, served.http + path, trust_env=False).status_code == status


@pytest.mark.integration
def test_metrics_count_what_happens(served, writer, topic):
    def figures():
        lines = httpx.get(f"{served.http}/metrics", trust_env=False).text.splitlines()
        return {line.split()[0]: float(line.split()[1]) for line in lines if line.startswith("laurel_notify")}

    before = figures()
    with served.socket() as socket:
        socket.sub(topic)
        writer.write(topic)
        socket.frame()
        during = figures()

    def grown(name):
        return during[name] - before.get(name, 0.0)

    assert grown('laurel_notify_connections{kind="websocket"}') == 1
    assert grown("laurel_notify_subscriptions") == 1
    assert (grown("laurel_notify_events_total"), grown("laurel_notify_deliveries_total")) == (1, 1)
    assert grown("laurel_notify_bells_total") >= 1
