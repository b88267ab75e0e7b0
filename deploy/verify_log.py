"""Verify the transparency log and all that is public by it; Python's standard library and public data are all it needs.

    python3 -m deploy.verify_log --base http://127.0.0.1:8000 --remember log.json

1. The checkpoint is signed by the log's keys (Ed25519, and SM2 where the log has it and Python's OpenSSL has SM3), and
   its root is that of the entries.
2. The log only grew: it begins with the tree of the checkpoint that was remembered.
3. Moments run on: no entry was put in later with an earlier date.
4. Each notice, honour and decision reads as its newest entry says; none is missing, none is there without an entry.
5. The ledgers still have every entry they had at each ledger head.

Exit 1 where there is a fault, 2 where something could not be read. Keep the file of --remember away from the server:
who has an older checkpoint finds whatever was taken away since. docs/transparency.md tells the form of all this.
"""

import argparse
import hashlib
import json
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import quote
from urllib.request import urlopen

try:
    from deploy import log_notes as notes
except ImportError:  # beside the script, without the rest
    sys.path.insert(0, str(Path(__file__).resolve().parent))
    import log_notes as notes  # type: ignore[import-not-found,no-redef]

WAIT_S = 60
SETTLE_S = 6  # what was published a moment ago may not be written down yet
LATE_US = 600 * 1_000_000  # a long act bears the moment at which it began
SHANGHAI = timezone(timedelta(hours=8))
# After these nothing is shown any more: a notice taken down, a project notice refused or asked for again.
GONE = ("take_down", "refuse", "reopen")
Json = dict[str, Any]


@dataclass
class Public:
    """All that anybody can fetch."""

    base: str
    shown: dict[str, Json] = field(default_factory=dict)
    note: str = ""
    told: Json = field(default_factory=dict)
    entries: list[Json] = field(default_factory=list)
    heads: dict[int, str] = field(default_factory=dict)

    def get(self, path: str) -> bytes:
        return self.file(f"/api/v1/public/{path}")

    def file(self, address: str) -> bytes:
        with urlopen(f"{self.base.rstrip('/')}{address}", timeout=WAIT_S) as answer:
            content: bytes = answer.read()
        return content

    def holds(self, told: Json) -> bool:
        """Whether the file under this address still has the digest told beside it."""
        return bool(hashlib.sha256(self.file(told["file"])).hexdigest() == told["sha256"])

    def json(self, path: str) -> Json:
        told: Json = json.loads(self.get(path))
        return told

    def every(self, path: str, limit: int) -> Iterator[Json]:
        cursor: str | None = ""
        while cursor is not None:
            page = self.json(f"{path}?limit={limit}" + (f"&after={cursor}" if cursor else ""))
            yield from page["items"]
            cursor = page["next"]

    def fetch(self) -> None:
        """What is shown first, the log after it: then the log is at least as new."""
        self.shown = {
            f"notices/{row['id']}": self.json(f"notices/{row['id']}") for row in self.every("notices", 200)
        }
        self.shown |= {f"withheld-notices/{row['id']}": row for row in self.every("withheld-notices", 200)}
        projects = self.every("project-notices", 200)
        self.shown |= {f"project-notices/{row['id']}": row for row in projects}
        self.shown |= {f"honours/{row['number']}": row for row in self.every("honours", 200)}
        self.shown |= {f"documents/{row['id']}": row for row in self.every("documents", 200)}
        self.note = self.get("log/checkpoint").decode()
        self.told = self.json("log/keys")
        size = notes.read(self.note).size
        self.entries = []
        for row in self.every("log/entries", 1000):
            if len(self.entries) == size:
                break
            self.entries.append(row)
        self.heads = {row["index"]: row["digest"] for row in self.every("log/ledger", 200)}


def log_faults(public: Public, known: Json) -> Iterator[str]:
    """Signature, hashes, root, and growth since the remembered checkpoint."""
    digest = notes.hash_of(public.told.get("hash", "sha256"))
    checkpoint = notes.read(public.note)
    keys = known.get("keys") or public.told["keys"]
    found = notes.signatures(public.note, keys)
    if not any(one.holds for one in found):
        yield "checkpoint: not signed by a key of this log"
    yield from (f"checkpoint: its signature {one}" for one in found if one.holds is False)
    if len(public.entries) != checkpoint.size:
        yield f"checkpoint: tells of {checkpoint.size} entries, there are {len(public.entries)}"
    leaves = [digest(b"\x00" + row["entry"].encode()) for row in public.entries]
    yield from entry_faults(public.entries, leaves)
    if notes.root(leaves, digest) != checkpoint.root:
        yield "checkpoint: its root is not that of the entries"
    if known:
        yield from growth_faults(public, known, leaves)


def entry_faults(entries: list[Json], leaves: list[bytes]) -> Iterator[str]:
    for at, (row, leaf) in enumerate(zip(entries, leaves, strict=True)):
        if row["index"] != at:
            yield f"entry {at}: stands at {row['index']}"
        if leaf.hex() != row["leaf_hash"]:
            yield f"entry {at}: its hash does not fit its content"
        if (
            row["body"] is not None
            and hashlib.sha256(row["body"].encode()).hexdigest() != read(row)["digest"]
        ):
            yield f"entry {at}: what was published does not fit its digest"


def growth_faults(public: Public, known: Json, leaves: list[bytes]) -> Iterator[str]:
    """The log begins with what was remembered; its own proof that it only grew must hold too."""
    digest, now = notes.hash_of(public.told.get("hash", "sha256")), notes.read(public.note)
    if known["origin"] != now.origin:
        yield f"checkpoint: is of {now.origin}, not of {known['origin']}"
    size, first = known["size"], bytes.fromhex(known["root"])
    if size > now.size:
        yield f"the log had {size} entries and has {now.size}"
        return
    if notes.root(leaves[:size], digest) != first:
        yield f"the first {size} entries are not those that were remembered"
    if size < now.size:
        told = public.json(f"log/consistency?first={size}&second={now.size}")["path"]
        path = [bytes.fromhex(step) for step in told]
        if not notes.consistent(size, now.size, first, now.root, path, digest=digest):
            yield "the proof that the log only grew does not hold"


def read(row: Json) -> Json:
    entry: Json = json.loads(row["entry"])
    return entry


def order_faults(entries: list[Json]) -> Iterator[str]:
    """Moments run on, versions rise, and no thing's day lies before the moment at which it was written down."""
    latest, versions, begun = 0, dict[str, int](), dict[str, str]()
    for at, row in enumerate(entries):
        entry = read(row)
        if entry["at"] < latest - LATE_US:
            yield f"entry {at}: {entry['subject']} {entry['step']} bears a moment before earlier entries"
        latest = max(latest, entry["at"])
        subject, seq = entry["subject"], entry["seq"]
        if entry["step"] != "rename" and seq <= versions.get(subject, -1):
            yield f"entry {at}: {subject} is at version {seq} again"
        versions[subject] = max(seq, versions.get(subject, -1))
        day = datetime.fromtimestamp(entry["at"] // 1_000_000, SHANGHAI).date().isoformat()
        begun.setdefault(subject, day)
        body = json.loads(row["body"]) if row["body"] else {}
        told = body.get("opened_on") or body.get("conferred_on") or body.get("on")
        if told is not None and told != begun[subject]:
            yield f"entry {at}: {subject} is dated {told}, and was written down on {begun[subject]}"


def shown_faults(public: Public) -> Iterator[str]:
    """What is shown against the newest entry of each thing."""
    newest: dict[str, Json] = {}
    for row in public.entries:
        newest[read(row)["subject"]] = row
    for subject in public.shown.keys() - newest.keys():
        yield f"{subject}: is shown, and stands in no entry of the log"
    for subject, row in newest.items():
        entry = read(row)
        if entry["kind"] == "ledger":
            continue
        gone = entry["step"] in GONE
        if subject not in public.shown:
            if not gone:
                yield f"{subject}: was published and is shown no more"
            continue
        yield from (
            f"{subject}: {what}" for what in one_shown(public, public.shown[subject], entry, row["body"])
        )


def one_shown(public: Public, told: Json, entry: Json, body: str | None) -> Iterator[str]:
    if entry["step"] in GONE:
        yield "was taken down and is shown again"
        return
    if "version" in told and told["version"] != entry["seq"]:
        yield f"is shown at version {told['version']}, the log has it at {entry['seq']}"
    if body is None:
        yield "the log does not tell how it read when it was published"
        return
    for name, value in json.loads(body).items():
        if name != "salt" and told.get(name) != value:
            yield f"{name} is not what was published"
    if len(told.get("sha256", "")) == 64 and not public.holds(told):
        yield "its file is not the one that was published"
    for file in told.get("files", ()):
        if not public.holds(file):
            yield f"its file {file['name']} is not the one that was published"


def ledger_faults(public: Public) -> Iterator[str]:
    """Each ledger head as the ledgers give it now."""
    for row in public.entries:
        entry = read(row)
        if entry["kind"] == "ledger" and public.heads.get(row["index"]) != entry["digest"]:
            yield f"entry {row['index']}: the ledgers are not what they were at head {entry['seq']}"


def faults(public: Public, known: Json) -> list[str]:
    public.fetch()
    found = [*log_faults(public, known), *order_faults(public.entries)]
    return [*found, *shown_faults(public), *ledger_faults(public)]


def remembered(path: Path | None) -> Json:
    if path is None or not path.exists():
        return {}
    told: Json = json.loads(path.read_text(encoding="utf-8"))
    return told


def remember(path: Path, public: Public, known: Json) -> None:
    """The newest checkpoint that was found sound, and the keys that were told the first time."""
    now = notes.read(public.note)
    told = {"origin": now.origin, "size": now.size, "root": now.root.hex()}
    keys = known.get("keys") or public.told["keys"]
    path.write_text(json.dumps({**told, "keys": keys, "note": public.note}), encoding="utf-8")


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Verify the transparency log from public data.")
    parser.add_argument("--base", required=True, help="address, for example http://127.0.0.1:8000")
    parser.add_argument(
        "--remember", type=Path, help="file with the last sound checkpoint; written when all is well"
    )
    parser.add_argument("--key", action="append", help="a verifier key that you got another way")
    given = parser.parse_args(arguments)
    try:
        known = remembered(given.remember)
        pinned = {**known, "keys": given.key} if given.key and known else known
        public = Public(given.base)
        found = faults(public, pinned)
        if given.key and not any(notes.signed_by(public.note, key) for key in given.key):
            found.append("checkpoint: not signed by the key given")
        if found:
            time.sleep(SETTLE_S)
            found = [fault for fault in faults(public, pinned) if fault in found]
    except (OSError, HTTPError, URLError, ValueError, KeyError, TypeError) as error:
        print(f"could not be read: {error!r}", file=sys.stderr)
        return 2
    for fault in found:
        print(fault)
    shown = len(public.shown)
    print(f"{len(public.entries)} entries, {shown} notices, honours and decisions, {len(found)} faults")
    for signature in notes.signatures(public.note, pinned.get("keys") or public.told["keys"]):
        print(f"signature {signature}")
    print("keys: " + " ".join(quote(key, safe="+/=:") for key in public.told["keys"]))
    if given.remember and not found:
        remember(given.remember, public, pinned)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
