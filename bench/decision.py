"""One decision with every safeguard on, beside one UPDATE and INSERT in pgbench and the same trips in psycopg."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg

from bench.district import fill
from bench.place import ROOT, Place
from bench.row import Row, beside
from deploy.postgres import embedded_binaries

DECISIONS, PEER_ROWS, PEER_SECONDS = 400, 10_000, 8
SAFEGUARDS = "key, version, scope, separation of duty, guards, edge trigger, hash, due work, fsync"


def rows(place: Place) -> Iterator[Row]:
    url = place.database("decision", demo=True)
    fill(url, 2 * DECISIONS + 100)
    settings: dict[str, object] = {
        "safeguards": SAFEGUARDS, "decisions": DECISIONS, "clients": 1, "fsync": "on"
    }  # fmt: skip
    before = peer(place)
    ours = inside(place, url, "decide", str(DECISIONS))
    peer_ms = (before + peer(place)) / 2
    settings["statements"] = ours["statements"]
    yield beside(
        "decision", ours["ours_ms"], peer_ms, "ms", most=5, by="pgbench peer_decision.sql", **settings
    )
    bare = "the same round trips in bare psycopg"
    yield beside("extra.decision_bare", ours["ours_ms"], ours["bare_ms"], "ms", most=1.5, by=bare, **settings)
    yield from engines(place, ours["ours_ms"], settings)


def engines(place: Place, ours_ms: float, settings: dict[str, object]) -> Iterator[Row]:
    """One approval in two workflow engines, each with a case of its own in PostgreSQL and none of our safeguards."""
    click = inside(place, place.database("viewflow", demo=True), "viewflow_click", str(DECISIONS))
    by = f"a click in viewflow with SelectForUpdateLock, {click['statements']:.0f} statements"
    yield beside("extra.decision_viewflow", ours_ms, click["click_ms"], "ms", most=None, by=by, **settings)
    case = inside(place, place.database("spiff"), "spiff", str(DECISIONS))
    by = f"a task of SpiffWorkflow, its case of {case['state_bytes']:.0f} bytes in PostgreSQL"
    yield beside("extra.decision_spiff", ours_ms, case["click_ms"], "ms", most=None, by=by, **settings)


def inside(place: Place, url: str, name: str, *arguments: str) -> dict[str, float]:
    """What a process with the product loaded prints at its end."""
    child = place.start(
        [sys.executable, "-m", f"bench.inside.{name}", *arguments], environment=place.environment(url)
    )
    output, _ = child.communicate(timeout=540)
    if child.returncode:
        raise RuntimeError(f"bench.inside.{name} ended with {child.returncode}")
    figures: dict[str, float] = json.loads(output.decode().strip().splitlines()[-1])
    return figures


def peer(place: Place) -> float:
    """Milliseconds a transaction of pgbench takes, one client, prepared statements."""
    url = place.database("peer")
    with psycopg.connect(url, autocommit=True) as owner:
        owner.execute("DROP TABLE IF EXISTS peer_ledger, peer_case")
        owner.execute("CREATE TABLE peer_case (id int PRIMARY KEY, stage text, version int NOT NULL)")
        owner.execute("CREATE TABLE peer_ledger (case_id int, seq int, step text, at timestamptz)")
        owner.execute("INSERT INTO peer_case SELECT n, 'first', 0 FROM generate_series(1, %s) n", [PEER_ROWS])
        owner.execute("CREATE UNIQUE INDEX ON peer_ledger (case_id, seq)")
    script = ROOT / "bench" / "peer_decision.sql"
    options = ["-n", "-M", "prepared", "-c", "1", "-T", str(PEER_SECONDS), "-D", f"rows={PEER_ROWS}"]
    command = [str(pgbench()), *options, "-f", str(script), url]
    printed = subprocess.run(
        command, check=True, capture_output=True, text=True, env=place.environment()
    ).stdout
    found = re.search(r"latency average = ([\d.]+) ms", printed)
    assert found, printed
    return float(found[1])


def pgbench() -> Path:
    """The program that comes with the server."""
    return embedded_binaries() / "pgbench"
