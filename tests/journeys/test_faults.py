"""The same edition while web, worker and PostgreSQL are killed ten times: nothing is lost and nothing doubled."""

from collections import Counter
from itertools import count, cycle
from pathlib import Path
from typing import Any

import pytest

from tests.journeys import edition as e
from tests.journeys import test_whole_edition as story
from tests.journeys.client import Client
from tests.journeys.product import Product, running

KILLS = 10
ACTS_BETWEEN = 13
KINDS = ("declarations", "notices", "honours", "rectifications", "programmes")


@pytest.fixture(scope="module")
def product(demo: Path, tmp_path_factory: pytest.TempPathFactory):
    with running(tmp_path_factory.mktemp("faults"), like=demo, SPLIT="1") as found:
        yield found


@pytest.mark.timeout(900)
def test_ten_kills_lose_and_double_nothing(product: Product):
    play = e.Play(product.base, product.logins, patience_s=60)  # the worker itself may have just been killed
    since = feed(play.as_("office"), "")["next"]
    killed = kill_now_and_then(product, play)

    story.play_story(play)
    play.between = lambda: None

    assert sum(killed.values()) == KILLS, killed
    histories = all_histories(play.as_("office"))
    assert unacknowledged(histories, play.acknowledged) == []
    assert doubled(histories) == []
    assert play_again(play.as_("office"), since, histories) == []
    story.ledgers_verify(play.as_("office"), product)


def kill_now_and_then(product: Product, play: e.Play) -> Counter[str]:
    """Between two acts, every so often, another process is killed; requests meet its absence."""
    victims = cycle(("web", "postgres", "worker"))
    killed: Counter[str] = Counter()
    acts = count(1)

    def perhaps() -> None:
        if next(acts) % ACTS_BETWEEN == 0 and sum(killed.values()) < KILLS:
            victim = next(victims)
            killed[victim] += 1
            product.kill(victim)

    play.between = perhaps
    return killed


def all_histories(office: Client) -> dict[int, list[Any]]:
    cases = [(kind, row["id"]) for kind in KINDS for row in office.everything(kind)]
    return {case: office.everything(f"{kind}/{case}/history") for kind, case in cases}


def unacknowledged(histories: dict[int, list[Any]], acknowledged: list[Any]) -> list[Any]:
    """Steps that were answered as taken and do not stand in their case's ledger."""
    kept = {(case, entry["seq"], entry["step"]) for case, entries in histories.items() for entry in entries}
    return [told for told in acknowledged if (told["id"], told["version"], told["step"]) not in kept]


def doubled(histories: dict[int, list[Any]]) -> list[Any]:
    """Gaps and repetitions: every sequence counts 1, 2, 3 … and each source is the target before it."""
    faults: list[Any] = []
    for case, entries in histories.items():
        ordered = sorted(entries, key=lambda entry: entry["seq"])
        if [entry["seq"] for entry in ordered] != list(range(1, len(ordered) + 1)):
            faults.append((case, "seq"))
        before = ""
        for entry in ordered:
            if entry["source"] != before:
                faults.append((case, entry["seq"], "source"))
            before = entry["target"]
        steps = Counter((entry["step"], entry["leg"], entry["actor"]) for entry in ordered if entry["actor"])
        faults += [(case, step) for step, times in steps.items() if times > 1]
    return faults


def feed(office: Client, since: str) -> Any:
    me = office.get("me")
    topics = [f"unit:{me['office']['unit_id']}"]
    told = office.post("ticket", {"topics": topics})
    base = told.get("notify") or office.base
    reader = Client(base.rstrip("/").removesuffix("/api/v1") + "/api/v1/")
    reader.ticket = told["ticket"]
    return reader.get(f"feed?since={since}&topics={topics[0]}" if since else f"feed?topics={topics[0]}")


def play_again(office: Client, since: str, histories: dict[int, list[Any]]) -> list[Any]:
    """What the feed tells from the start on: each step once, each case in its order."""
    heard: list[tuple[int, int]] = []
    while True:
        page = feed(office, since)
        assert not page["reset"], page
        if not page["events"]:
            break
        heard += [(event["case"], event["seq"]) for event in page["events"] if event["seq"] is not None]
        since = page["next"]
    faults: list[Any] = [pair for pair, times in Counter(heard).items() if times > 1]
    for case in {case for case, _ in heard}:
        seqs = [seq for heard_case, seq in heard if heard_case == case]
        if seqs != sorted(seqs):
            faults.append((case, "order"))
        filed = {entry["seq"] for entry in histories.get(case, []) if entry["target"] != "draft"}
        faults += [(case, seq, "not told") for seq in filed - set(seqs)]
    return faults
