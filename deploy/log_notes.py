"""Signed notes and Merkle trees as a verifier needs them; Python's standard library only. See deploy/verify_log.py."""

import base64
import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

try:
    from deploy import ed25519, sm2
except ImportError:  # beside the script, without the rest
    import ed25519  # type: ignore[import-not-found,no-redef]
    import sm2  # type: ignore[import-not-found,no-redef]

Hash = Callable[[bytes], bytes]
# What a verifier key begins with, what it is called, and what verifies it. C2SP leaves 0xff to kinds without a number.
KINDS = ((b"\x01", "Ed25519", ed25519.holds), (b"\xffsm2-sm3", "SM2", sm2.holds))


@dataclass(frozen=True)
class Checkpoint:
    """What a checkpoint says."""

    origin: str
    size: int
    root: bytes


def hash_of(name: str) -> Hash:
    """sha256 or sm3."""
    hashlib.new(name)
    return lambda content: hashlib.new(name, content).digest()


def read(note: str) -> Checkpoint:
    """The checkpoint in a note, whoever signed it."""
    origin, size, told, *_ = note.split("\n")
    return Checkpoint(origin, int(size), base64.b64decode(told, validate=True))


@dataclass(frozen=True)
class Signature:
    """A line under a note: of which key, and whether it holds; None where that cannot be told here."""

    number: str
    kind: str = ""
    holds: bool | None = None
    why: str = "of a key that is not told"

    def __str__(self) -> str:
        words = {True: "holds", False: "does not hold", None: f"not verified, {self.why}"}[self.holds]
        return f"{self.kind} {self.number}: {words}".strip()


def signatures(note: str, keys: Iterable[str]) -> list[Signature]:
    """Every signature of a note, verified where a key fits it: `name+id+base64(kind || public key)`."""
    text, _, tail = note.rpartition("\n\n")
    known = {(name, number): content for name, number, content in map(_key, keys)}
    found = []
    for line in tail.splitlines():
        dash, name, encoded = line.split(" ")
        content = base64.b64decode(encoded)
        key = known.get((name, content[:4])) if dash == "\u2014" else None
        number = content[:4].hex()
        found.append(_verified(number, key, content[4:], f"{text}\n") if key else Signature(number))
    return found


def _key(text: str) -> tuple[str, bytes, bytes]:
    name, told, encoded = text.split("+", 2)
    content = base64.b64decode(encoded)
    number = hashlib.sha256(name.encode() + b"\n" + content).digest()[:4]
    if number.hex() != told:
        raise ValueError(f"no verifier key: {text}")
    return name, number, content


def _verified(number: str, key: bytes, signature: bytes, text: str) -> Signature:
    for mark, kind, holds in KINDS:
        if key.startswith(mark):
            try:
                return Signature(number, kind, holds(key[len(mark) :], signature, text.encode()))
            except sm2.Unable as error:
                return Signature(number, kind, why=str(error))
    return Signature(number, why="of a kind that this script does not know")


def signed_by(note: str, key: str) -> bool:
    """Whether the note carries a signature of this verifier key."""
    return any(one.holds for one in signatures(note, [key]))


def root(leaves: Sequence[bytes], digest: Hash) -> bytes:
    """The root over leaf hashes: RFC 9162, 2.1.1."""
    if not leaves:
        return digest(b"")
    row = list(leaves)
    while len(row) > 1:
        pairs = [digest(b"\x01" + row[n] + row[n + 1]) for n in range(0, len(row) - 1, 2)]
        row = pairs + row[len(pairs) * 2 :]
    return row[0]


def consistent(
    first: int, second: int, first_root: bytes, second_root: bytes, path: Sequence[bytes], *, digest: Hash
) -> bool:
    """RFC 9162, 2.1.4.2, for 0 < first < second."""
    steps = [first_root, *path] if first & (first - 1) == 0 else list(path)
    if not path:
        return False
    place, last = first - 1, second - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    before = after = steps[0]
    for step in steps[1:]:
        if last == 0:
            return False
        if place & 1 or place == last:
            before, after = digest(b"\x01" + step + before), digest(b"\x01" + step + after)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            after = digest(b"\x01" + after + step)
        place, last = place >> 1, last >> 1
    return last == 0 and before == first_root and after == second_root
