"""Decisions over HTTP with all checks and the answer: how many a second one core of the web process makes."""

import http.client
import json
import os
import sys
import threading
import time
import uuid
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path

import psycopg

from bench.decision import SAFEGUARDS
from bench.district import fill
from bench.place import Place, end, read_line
from bench.row import Row, at_least

DECISIONS, CLIENTS, WARM = 800, 8, 40
WAITING = (
    "SELECT d.id, u.code FROM workflow_declaration d JOIN workflow_unit u ON u.id = d.town_id"
    " JOIN workflow_unit c ON c.id = d.unit_id WHERE c.code LIKE 'bench-%' ORDER BY d.id"
)


def rows(place: Place) -> Iterator[Row]:
    url = place.database("http", demo=True)
    fill(url, DECISIONS + WARM)
    with psycopg.connect(url) as owner:
        cases = [(int(case), str(town)) for case, town in owner.execute(WAITING).fetchall()]
    environment = place.environment(url, DEMO="1", PUBLIC_ORIGIN="http://127.0.0.1")
    child = place.start([sys.executable, "-m", "bench.servers.product"], environment=environment)
    port = int(read_line(child.stdout).removeprefix("ready "))
    tokens = log_ins(port, place.folder / "demo-logins.json", {town for _, town in cases})
    decide(port, tokens, cases[:WARM])
    before, began = cpu_seconds(child.pid), time.perf_counter()
    decide(port, tokens, cases[WARM:])
    taken, used = time.perf_counter() - began, cpu_seconds(child.pid) - before
    end(child)
    number = len(cases) - WARM
    settings = {"safeguards": SAFEGUARDS, "clients": CLIENTS, "decisions": number, "fsync": "on"}
    # A core that others use too is counted by the seconds it gave, not by the clock.
    yield at_least(
        "http", number / used, 100, "decisions/s and core", by_the_clock=round(number / taken), **settings
    )


def log_ins(port: int, logins: Path, towns: set[str]) -> dict[str, str]:
    """A token for an officer of each town."""
    names = {town_name: code for code, town_name in unit_names(port, logins, towns).items()}
    tokens: dict[str, str] = {}
    for person in json.loads(logins.read_text()):
        code = names.get(person["unit"], person["unit"])
        if person["role"] == "town" and code in towns and code not in tokens:
            body = {"username": person["username"], "password": person["password"]}
            answer = post(http.client.HTTPConnection("127.0.0.1", port), "/api/v1/login", body, "")
            tokens[code] = str(answer["token"])
    assert tokens.keys() == towns, towns - tokens.keys()
    return tokens


def unit_names(port: int, logins: Path, towns: set[str]) -> dict[str, str]:
    """Codes and names of the towns, asked as anybody who logs in may."""
    person = next(p for p in json.loads(logins.read_text()) if p["role"] == "office")
    link = http.client.HTTPConnection("127.0.0.1", port)
    token = post(link, "/api/v1/login", {k: person[k] for k in ("username", "password")}, "")["token"]
    link.request("GET", "/api/v1/units?kind=town", headers={"Authorization": f"Bearer {token}"})
    items = json.loads(link.getresponse().read())["items"]
    return {item["code"]: item["name"] for item in items if item["code"] in towns}


def decide(port: int, tokens: dict[str, str], cases: list[tuple[int, str]]) -> None:
    """Share the cases out to the clients and wait for all of them."""
    shares: list[list[tuple[int, str]]] = [[] for _ in range(CLIENTS)]
    for share, case in zip(cycle(shares), cases, strict=False):
        share.append(case)
    failed: list[BaseException] = []

    def work(share: list[tuple[int, str]]) -> None:
        link = http.client.HTTPConnection("127.0.0.1", port)
        try:
            for case, town in share:
                body = {"version": 1, "rank": 1}
                answer = post(link, f"/api/v1/declarations/{case}/steps/endorse", body, tokens[town])
                assert answer["version"] == 2, answer
        except BaseException as error:  # told to the main thread
            failed.append(error)

    threads = [threading.Thread(target=work, args=(share,)) for share in shares]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failed:
        raise failed[0]


def post(link: http.client.HTTPConnection, path: str, body: object, token: str) -> dict[str, object]:
    headers = {"Content-Type": "application/json", "Idempotency-Key": str(uuid.uuid4())}
    if token:
        headers["Authorization"] = f"Bearer {token}"
    link.request("POST", path, json.dumps(body), headers)
    response = link.getresponse()
    text = response.read()
    assert response.status == http.client.OK, (response.status, text[:300])
    answer: dict[str, object] = json.loads(text)
    return answer


def cpu_seconds(pid: int) -> float:
    """Processor time the process has used, all of its threads."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
