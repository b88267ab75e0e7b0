"""A public notice of 1,300 units: how many answers a second of a core's time, beside nginx with the very same bytes."""

import asyncio
import http.client
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from bench.decision import inside
from bench.district import fill
from bench.http import cpu_seconds
from bench.place import Place, end, read_line
from bench.row import Row
from deploy.nginx_trial import nginx, product_behind, written

LINES, CONNECTIONS, REQUESTS, WARM = 1_300, 16, 6_000, 200
SHARE = 0.3
BEHIND = 0.9  # the goal is 1; two runs of nginx with one file differ by a tenth here
UNIT, PEER = "answers/s and core", "nginx, the same bytes from a file"
PLAIN = "server {{ listen 127.0.0.1:{port}; root {folder}/www; default_type {kind}; }}"


def rows(place: Place) -> Iterator[Row]:
    url = place.database("public", demo=True)
    fill(url, LINES)
    number = inside(place, url, "public", str(LINES))["notice"]
    environment = place.environment(url, DEMO="1", PUBLIC_ORIGIN="http://127.0.0.1")
    child = place.start([sys.executable, "-m", "bench.servers.product"], environment=environment)
    port = int(read_line(child.stdout).removeprefix("ready "))
    program = nginx()
    for name, path in (("page", f"/notices/{number}"), ("data", f"/api/v1/public/notices/{number}")):
        fetched(port, f"{path}?warm")
        began = time.perf_counter()
        kind, body = fetched(port, path)
        shown: dict[str, object] = {
            "what": name,
            "units": LINES,
            "bytes": len(body),
            "connections": CONNECTIONS,
        }
        yield Row("extra.public_first", (time.perf_counter() - began) * 1000, "ms", settings=shown)
        ours, ours_clock = loaded(port, path, child.pid)
        if program is None:
            yield Row("public", ours, UNIT, settings={**shown, "peer": "nginx is not installed"})
            continue
        peer, peer_clock = of_a_file(place, program, kind, body)
        told = {**shown, "peer": PEER, "by_the_clock": [round(ours_clock), round(peer_clock)]}
        yield Row("public", ours, UNIT, peer, f"≥ {SHARE:g} × nginx", ours >= SHARE * peer, told)
        core, clock = of_the_proxy(place, program, port, path)
        through = {"through": "deploy/nginx/laurel.conf", "by_the_clock": [round(clock), round(peer_clock)]}
        told = {**shown, "peer": PEER, **through}
        goal = "1 × nginx, within a tenth"
        yield Row("public", core, UNIT, peer, goal, core >= BEHIND * peer, told)
    end(child)


def fetched(port: int, path: str) -> tuple[str, bytes]:
    """Its type, and its bytes."""
    link = http.client.HTTPConnection("127.0.0.1", port)
    link.request("GET", path)
    answer = link.getresponse()
    body = answer.read()
    assert answer.status == http.client.OK, body[:300]
    return answer.headers["Content-Type"], body


def of_a_file(place: Place, program: str, kind: str, body: bytes) -> tuple[float, float]:
    """nginx on the server's core with the same bytes in its folder."""
    folder = place.folder / "nginx-file"
    (folder / "www").mkdir(parents=True, exist_ok=True)
    (folder / "www" / "page").write_bytes(body)
    port = free_port()
    inside_ = PLAIN.format(port=port, folder=folder, kind=f'"{kind}"')
    return of_nginx(place, program, written(folder, inside_, user=user()), port, "/page")


def of_the_proxy(place: Place, program: str, web: int, path: str) -> tuple[float, float]:
    """nginx with the product's configuration before the product."""
    folder = place.folder / f"nginx-proxy-{path.count('/')}"
    folder.mkdir(exist_ok=True)
    port = free_port()
    return of_nginx(
        place, program, written(folder, product_behind(folder, port, web), user=user()), port, path
    )


def of_nginx(place: Place, program: str, configuration: Path, port: int, path: str) -> tuple[float, float]:
    child = place.start([program, "-c", str(configuration)])
    try:
        for _ in range(200):
            try:
                fetched(port, path)
                break
            except OSError:
                time.sleep(0.05)
        told = subprocess.run(["pgrep", "-P", str(child.pid)], capture_output=True, text=True, check=True)
        [worker, *_] = sorted(map(int, told.stdout.split()))
        return loaded(port, path, worker)
    finally:
        end(child)


def user() -> str:
    return "user root;" if os.getuid() == 0 else ""


def free_port() -> int:
    link = asyncio.new_event_loop()
    try:
        server = link.run_until_complete(asyncio.start_server(lambda *_: None, "127.0.0.1", 0))
        number = int(server.sockets[0].getsockname()[1])
        server.close()
        return number
    finally:
        link.close()


def loaded(port: int, path: str, pid: int) -> tuple[float, float]:
    """Answers in each second that the process had of a core, and by the clock; one client asks all of them alike."""
    asyncio.run(ask(port, path, WARM))
    before, began = cpu_seconds(pid), time.perf_counter()
    asyncio.run(ask(port, path, REQUESTS))
    taken = time.perf_counter() - began
    return REQUESTS / max(cpu_seconds(pid) - before, 0.01), REQUESTS / taken


async def ask(port: int, path: str, number: int) -> None:
    """So many answers over kept connections; each is read to its last byte."""
    request = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode()
    left = iter(range(number))

    async def client() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=1 << 22)
        for _ in left:
            writer.write(request)
            head = await reader.readuntil(b"\r\n\r\n")
            assert head.startswith(b"HTTP/1.1 200"), head
            length = next(line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:"))
            await reader.readexactly(int(length.split(b":")[1]))
        writer.close()
        await writer.wait_closed()

    await asyncio.gather(*(client() for _ in range(CONNECTIONS)))
