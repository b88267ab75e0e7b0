"""Checkpoints of the log: the text of C2SP tlog-checkpoint, signed as a C2SP signed note.

    origin                      who keeps this log
    size                        how many leaves
    base64(root)                the root of their tree
    (blank line)
    — name base64(key id || signature)

Who signs is given as a function; keys are told as C2SP verifier keys, `name+key id+base64(0x01 || public key)`.
"""

import base64
import binascii
import hashlib
from collections.abc import Callable
from dataclasses import dataclass

ED25519 = b"\x01"
EM_DASH = "\u2014"
KEY_ID_BYTES = 4
Sign = Callable[[bytes], bytes]
Verify = Callable[[bytes, bytes], bool]


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


def key_id(name: str, public: bytes) -> bytes:
    """The first four bytes of SHA-256(name || LF || 0x01 || public key)."""
    return hashlib.sha256(name.encode() + b"\n" + ED25519 + public).digest()[:KEY_ID_BYTES]


def verifier_key(name: str, public: bytes) -> str:
    """The public key as text, the form that C2SP tools take."""
    encoded = base64.b64encode(ED25519 + public).decode()
    return f"{name}+{key_id(name, public).hex()}+{encoded}"


def read_verifier_key(text: str) -> tuple[str, bytes]:
    """(name, public key) of a verifier key; ValueError where it is none, or its id does not fit."""
    name, _, rest = text.strip().partition("+")
    told, _, encoded = rest.partition("+")
    try:
        content = base64.b64decode(encoded, validate=True)
    except binascii.Error as error:
        raise ValueError(text) from error
    if content[:1] != ED25519 or len(content) != 33 or key_id(name, content[1:]).hex() != told:
        raise ValueError(text)
    return name, content[1:]


def signed(checkpoint: Checkpoint, *, name: str, public: bytes, sign: Sign) -> str:
    """The signed note of a checkpoint."""
    signature = base64.b64encode(key_id(name, public) + sign(checkpoint.text.encode())).decode()
    return f"{checkpoint.text}\n{EM_DASH} {name} {signature}\n"


def opened(note: str, *, name: str, public: bytes, verify: Verify) -> Checkpoint | None:
    """What the note says, where this key signed it; None where it did not. ValueError for what is no checkpoint."""
    text, found = read_note(note)
    for signer, content in found:
        if signer != name or content[:KEY_ID_BYTES] != key_id(name, public):
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
