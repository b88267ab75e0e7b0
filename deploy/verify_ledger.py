"""Verify ledgers from the API's answers alone; Python's standard library is all it needs.

    python3 verify_ledger.py history.json …            files with answers of GET …/history
    python3 verify_ledger.py - < history.json          one answer, or a list of them
    python3 verify_ledger.py --base http://127.0.0.1:8000 --token TOKEN     every case the token may see

It recomputes each hash by docs/events.md, "Ledger hash", and says every fault with its case and seq. Exit 1 where
there is a fault, 2 where something could not be read.
"""

import argparse
import hashlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import Request, urlopen

KINDS = ("declarations", "honours", "notices", "objections", "rectifications", "programmes")
HASHED = ("case", "seq", "source", "target", "leg", "step", "actor", "office", "previous")
WAIT_S = 60


def entry_hash(entry: dict[str, Any]) -> str:
    """SHA-256 over the entry's RFC 8785 form; these values are strings, integers and nulls only."""
    values = {name: entry[name] for name in HASHED}
    values["at"] = entry["at_us"]
    values["reason"] = entry["reason_digest"]
    text = json.dumps(values, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def faults_of(history: dict[str, Any]) -> Iterator[tuple[int, str]]:
    """(seq, what is wrong) of one case's whole record."""
    seq, place, previous, last = 0, "", "", None
    for entry in history["items"]:
        seq += 1
        if entry["case"] != history["case"]:
            yield entry["seq"], f"belongs to case {entry['case']}"
        if entry["seq"] != seq:
            yield entry["seq"], f"seq {seq} is missing"
            seq = entry["seq"]
        if entry["source"] != place:
            yield seq, f"begins at {entry['source']!r}, the entry before ended at {place!r}"
        if entry["previous"] != previous:
            yield seq, "does not name the hash before it"
        # The moment of an objection is kept from those it concerns; they see that its entry is there and linked.
        if not entry.get("sealed") and entry_hash(entry) != entry["hash"]:
            yield seq, "its hash does not fit its content"
        yield from ((seq, what) for what in faults_of_reason(entry))
        place, previous, last = entry["target"], entry["hash"], entry
    yield from ((seq, what) for what in faults_of_row(history, last))


def faults_of_reason(entry: dict[str, Any]) -> Iterator[str]:
    """A text that is there must fit its digest; one that was erased has a digest and no text."""
    if entry.get("reason") is None:
        return
    digest = hashlib.sha256((entry["salt"] + entry["reason"]).encode()).hexdigest()
    if digest != entry["reason_digest"]:
        yield "its reason does not fit its digest"


def faults_of_row(history: dict[str, Any], last: dict[str, Any] | None) -> Iterator[str]:
    """The case as it is shown must be where its last entry put it."""
    if last is None:
        yield "has no entry"
    elif (history["version"], history["place"], history["leg"]) != (last["seq"], last["target"], last["leg"]):
        yield f"the case stands at {history['place']!r}, version {history['version']}, not where its last entry put it"


def get(base: str, path: str, token: str) -> dict[str, Any]:
    request = Request(f"{base.rstrip('/')}/api/v1/{path}", headers={"Authorization": f"Bearer {token}"})
    with urlopen(request, timeout=WAIT_S) as answer:
        told: dict[str, Any] = json.load(answer)
    return told


def every(base: str, path: str, token: str) -> Iterator[dict[str, Any]]:
    """All pages of a list."""
    cursor = ""
    while True:
        joint = f"?limit=200&after={cursor}" if cursor else "?limit=200"
        page = get(base, path + joint, token)
        yield page
        if page["next"] is None:
            return
        cursor = page["next"]


def fetched(base: str, token: str) -> Iterator[dict[str, Any]]:
    """The record of every case that the token may see."""
    for kind in KINDS:
        for page in every(base, kind, token):
            for row in page["items"]:
                parts = list(every(base, f"{kind}/{row['id']}/history", token))
                yield {**parts[-1], "items": [entry for part in parts for entry in part["items"]]}


def read(names: list[str]) -> Iterator[dict[str, Any]]:
    for name in names:
        text = sys.stdin.read() if name == "-" else Path(name).read_text(encoding="utf-8")
        told = json.loads(text)
        yield from told if isinstance(told, list) else [told]


def main() -> int:
    parser = argparse.ArgumentParser(description="Verify ledgers from the API's answers.")
    parser.add_argument("files", nargs="*", help="answers of GET …/history; - reads standard input")
    parser.add_argument("--base", help="fetch from this address, for example http://127.0.0.1:8000")
    parser.add_argument("--token", default="", help="bearer token of POST /api/v1/login")
    given = parser.parse_args()
    if bool(given.base) == bool(given.files):
        parser.error("name files, or --base")
    cases = entries = faults = 0
    try:
        for history in fetched(given.base, given.token) if given.base else read(given.files):
            cases += 1
            entries += len(history["items"])
            for seq, what in faults_of(history):
                faults += 1
                print(f"case {history['case']} seq {seq}: {what}")
    except (OSError, URLError, ValueError, KeyError, TypeError) as error:
        print(f"could not be read: {error!r}", file=sys.stderr)
        return 2
    print(f"{cases} cases, {entries} entries, {faults} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
