"""deploy/nginx/laurel.conf with a real nginx before two nodes."""

import asyncio
import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

import httpx
import pytest

from tests.notify.listeners import Listener, all_have, all_live
from tests.notify.processes import free_port, process

NO_NGINX = "没有 nginx, 跳过 / no nginx found, its test is skipped"
CONF = Path(__file__).parents[2] / "deploy" / "nginx" / "laurel.conf"
MAIN = """daemon off; {user} pid {folder}/nginx.pid; error_log stderr warn; worker_processes 1;
events {{ worker_connections 2048; }}
http {{
  access_log off;
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
  include {folder}/laurel.conf;
}}
"""

pytestmark = pytest.mark.integration


@pytest.fixture
def program():
    found = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
    if found is None and os.environ.get("CI") != "true":
        pytest.skip(NO_NGINX)
    assert found is not None, NO_NGINX
    return found


@pytest.fixture
def proxy(program, tmp_path):
    """Starts nginx with our file before these nodes; the port it listens on."""
    started = []

    def start(*nodes):
        port = free_port()
        text = CONF.read_text().replace("listen 80;", f"listen 127.0.0.1:{port};")
        text = text.replace("/var/cache/nginx/laurel", str(tmp_path / "cache"))
        for place, node in zip(("8001", "8002"), nodes, strict=True):
            text = text.replace(f"127.0.0.1:{place}", f"127.0.0.1:{node}")
        (tmp_path / "laurel.conf").write_text(text)
        user = "user root;" if os.geteuid() == 0 else ""
        (tmp_path / "nginx.conf").write_text(MAIN.format(folder=tmp_path, user=user))
        child = subprocess.Popen([program, "-p", str(tmp_path), "-c", str(tmp_path / "nginx.conf")])
        started.append(child)
        deadline = time.monotonic() + 10
        while True:
            try:
                httpx.get(f"http://127.0.0.1:{port}/events?topics=none", trust_env=False)
            except httpx.TransportError:
                assert child.poll() is None
                assert time.monotonic() < deadline
                time.sleep(0.05)
            else:
                return port

    yield start
    for child in started:
        child.send_signal(signal.SIGTERM)
        child.wait(10)


def test_a_node_that_dies_behind_nginx_costs_nobody_an_event(proxy, database_url, writer, topic):
    since = writer.cursor()

    async def main(port, dying):
        listeners = [Listener(str(n), topic, (port,), since) for n in range(20)]
        tasks = [asyncio.create_task(listener.run()) for listener in listeners]
        try:
            await all_live(listeners, 30)
            writer.write(topic, seq=1)
            await all_have(listeners, 1, 10)
            dying.child.kill()
            writer.write(topic, seq=2)
            await all_have(listeners, 2, 30)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
        return listeners

    with process(database_url) as first, process(database_url) as second:
        port = proxy(first.port, second.port)
        listeners = asyncio.run(main(port, first))

    assert {tuple(listener.seqs) for listener in listeners} == {(1, 2)}
    # Both nodes had some: those of the other one were not cut.
    assert {listener.connects for listener in listeners} == {1, 2}


def test_streams_and_pages_come_through_unbuffered(proxy, database_url, writer):
    since = writer.cursor()
    with process(database_url) as first, process(database_url) as second:
        here = f"http://127.0.0.1:{proxy(first.port, second.port)}"
        with (
            httpx.Client(trust_env=False, timeout=10) as client,
            client.stream("GET", f"{here}/events?topics=public:notice&since={since}") as stream,
        ):
            lines = stream.iter_lines()
            while "event: ok" not in next(lines):
                pass
            writer.write("public:notice", type="notice.release", case_id=1, seq=2, public={"notice": 1})
            while "event: event" not in next(lines):
                pass
        page = httpx.get(f"{here}/api/v1/feed", params={"since": since}, trust_env=False).json()

    assert [event["data"] for event in page["events"]] == [{"notice": 1}]
