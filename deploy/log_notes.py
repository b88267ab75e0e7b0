"""Signed notes and Merkle trees as a verifier needs them; Python's standard library only. See deploy/verify_log.py."""

import base64
import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

try:
    from deploy import ed25519
except ImportError:  # beside the script, without the rest
    import ed25519  # type: ignore[import-not-found,no-redef]

Hash = Callable[[bytes], bytes]
ED25519 = b"\x01"


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


def signed_by(note: str, key: str) -> bool:
    """Whether the note carries a signature of this verifier key, `name+id+base64(0x01 || public key)`."""
    name, told, encoded = key.split("+", 2)
    content = base64.b64decode(encoded)
    number = hashlib.sha256(name.encode() + b"\n" + content).digest()[:4]
    if content[:1] != ED25519 or number.hex() != told:
        raise ValueError(f"no verifier key: {key}")
    text, _, tail = note.rpartition("\n\n")
    for line in tail.splitlines():
        parts = line.split(" ")
        if parts[:2] == ["\u2014", name] and len(parts) == 3:
            signature = base64.b64decode(parts[2])
            if signature[:4] == number and ed25519.holds(content[1:], signature[4:], f"{text}\n".encode()):
                return True
    return False


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
