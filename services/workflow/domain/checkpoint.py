"""Checkpoints of the log: the text of C2SP tlog-checkpoint, signed as a C2SP signed note.

    origin                      who keeps this log
    size                        how many leaves
    base64(root)                the root of their tree
    (blank line)
    — name base64(key id || signature)

Several keys may sign, each on a line of its own: Ed25519, and SM2 with SM3 where a site has to use the national
algorithms. Keys are told as C2SP verifier keys, `name+key id+base64(kind || public key)`.
"""

import base64
import binascii
import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Protocol

ED25519 = b"\x01"
# C2SP leaves 0xff to kinds of signature that it gives no number, and what follows to tell them apart.
SM2 = b"\xffsm2-sm3"
# The length of a public key: SM2's is 0x04 || x || y.
KEY_BYTES = {ED25519: 32, SM2: 65}
EM_DASH = "\u2014"
KEY_ID_BYTES = 4
Verify = Callable[[bytes, bytes], bool]


class Signer(Protocol):
    """A key that signs: its name, the kind of its signatures, its public half."""

    @property
    def name(self) -> str: ...

    @property
    def kind(self) -> bytes: ...

    @property
    def public(self) -> bytes: ...

    def sign(self, message: bytes, /) -> bytes:
        """The signature as C2SP and docs/transparency.md have it: of SM2, r || s."""


@dataclass(frozen=True)
class Checkpoint:
    """What a checkpoint says. `extension` holds further lines; ours names a hash other than SHA-256."""

    origin: str
    size: int
    root: bytes
    extension: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The text that is signed, with its last line break."""
        lines = (self.origin, str(self.size), base64.b64encode(self.root).decode(), *self.extension)
        return "".join(f"{line}\n" for line in lines)


def key_id(name: str, public: bytes, kind: bytes = ED25519) -> bytes:
    """The first four bytes of SHA-256(name || LF || kind || public key)."""
    return hashlib.sha256(name.encode() + b"\n" + kind + public).digest()[:KEY_ID_BYTES]


def verifier_key(name: str, public: bytes, kind: bytes = ED25519) -> str:
    """The public key as text, the form that C2SP tools take."""
    encoded = base64.b64encode(kind + public).decode()
    return f"{name}+{key_id(name, public, kind).hex()}+{encoded}"


def read_verifier_key(text: str) -> tuple[str, bytes, bytes]:
    """(name, kind, public key) of a verifier key; ValueError where it is none, or its id does not fit."""
    name, _, rest = text.strip().partition("+")
    told, _, encoded = rest.partition("+")
    try:
        content = base64.b64decode(encoded, validate=True)
    except binascii.Error as error:
        raise ValueError(text) from error
    for kind, length in KEY_BYTES.items():
        public = content[len(kind) :]
        if content.startswith(kind) and len(public) == length and key_id(name, public, kind).hex() == told:
            return name, kind, public
    raise ValueError(text)


def signed(checkpoint: Checkpoint, signers: Iterable[Signer]) -> str:
    """The signed note of a checkpoint, a line for each that signs."""
    text = checkpoint.text.encode()
    lines = (
        f"{EM_DASH} {key.name} "
        + base64.b64encode(key_id(key.name, key.public, key.kind) + key.sign(text)).decode()
        for key in signers
    )
    return f"{checkpoint.text}\n" + "".join(f"{line}\n" for line in lines)


def opened(
    note: str, *, name: str, public: bytes, verify: Verify, kind: bytes = ED25519
) -> Checkpoint | None:
    """What the note says, where this key signed it; None where it did not. ValueError for what is no checkpoint."""
    text, found = read_note(note)
    for signer, content in found:
        if signer != name or content[:KEY_ID_BYTES] != key_id(name, public, kind):
            continue
        return text if verify(content[KEY_ID_BYTES:], text.text.encode()) else None
    return None


def read_note(note: str) -> tuple[Checkpoint, tuple[tuple[str, bytes], ...]]:
    """A note's checkpoint and its signatures (name, key id || signature), none of them verified."""
    text, gap, tail = note.rpartition("\n\n")
    lines = text.split("\n")
    if not gap or len(lines) < 3 or not tail.endswith("\n") or not all(lines):
        raise ValueError("not a signed note")
    origin, size, root, *extension = lines
    if not size.isascii() or not size.isdigit() or str(int(size)) != size:
        raise ValueError("the size is no number")
    try:
        checkpoint = Checkpoint(origin, int(size), base64.b64decode(root, validate=True), tuple(extension))
        signatures = tuple(map(_signature, tail[:-1].split("\n")))
    except binascii.Error as error:
        raise ValueError("not base64") from error
    return checkpoint, signatures


def _signature(line: str) -> tuple[str, bytes]:
    dash, _, rest = line.partition(" ")
    name, gap, encoded = rest.rpartition(" ")
    if dash != EM_DASH or not gap or not name:
        raise ValueError("not a signature line")
    return name, base64.b64decode(encoded, validate=True)
