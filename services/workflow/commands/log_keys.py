"""The keys of the transparency log: LOG_KEY signs its checkpoints; keys that signed before stay told.

Ed25519 always signs, so that browsers and C2SP tools can verify. With LOG_SM2 a key of SM2 made of the same secret
signs beside it, for sites that have to use the national algorithms.
"""

import hashlib
from dataclasses import dataclass
from functools import cache

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from django.conf import settings

from deploy import sm2
from services.workflow.domain.checkpoint import ED25519, SM2, Checkpoint, signed, verifier_key

PURPOSE = b"laurel transparency log:"
PURPOSE_SM2 = b"laurel transparency log, sm2:"
HALF = 32


@dataclass(frozen=True)
class LogKey:
    """An Ed25519 key under the log's name."""

    name: str
    private: Ed25519PrivateKey
    kind: bytes = ED25519

    @property
    def public(self) -> bytes:
        return self.private.public_key().public_bytes_raw()

    @property
    def told(self) -> str:
        """The public half as a C2SP verifier key."""
        return verifier_key(self.name, self.public, self.kind)

    def sign(self, message: bytes) -> bytes:
        return self.private.sign(message)


@dataclass(frozen=True)
class Sm2Key:
    """An SM2 key under the log's name."""

    name: str
    private: bytes
    kind: bytes = SM2

    @property
    def public(self) -> bytes:
        return _sm2_public(self.private)

    @property
    def told(self) -> str:
        """The public half as a C2SP verifier key."""
        return verifier_key(self.name, self.public, self.kind)

    def sign(self, message: bytes) -> bytes:
        """r || s, over SM3 with the name that GM/T 0009-2012 gives where there is no other."""
        import gmssl_pyx  # slow import

        r, s = decode_dss_signature(gmssl_pyx.sm2_sign(self.private, self.public[1:], message))
        return r.to_bytes(HALF, "big") + s.to_bytes(HALF, "big")


def log_keys() -> list[LogKey | Sm2Key]:
    """The first of each kind signs; the others are told, so that older checkpoints can still be verified."""
    seeds = [hashlib.sha256(PURPOSE + key.encode()).digest() for key in settings.LOG_KEYS]
    keys: list[LogKey | Sm2Key] = [
        LogKey(settings.LOG_ORIGIN, Ed25519PrivateKey.from_private_bytes(seed)) for seed in seeds
    ]
    if settings.LOG_SM2:
        keys += [Sm2Key(settings.LOG_ORIGIN, _sm2_private(key)) for key in settings.LOG_KEYS]
    return keys


def note_of(checkpoint: Checkpoint) -> str:
    """The checkpoint, signed by the first key of each kind."""
    keys = log_keys()
    return signed(checkpoint, [next(key for key in keys if key.kind == kind) for kind in _kinds(keys)])


def _kinds(keys: list[LogKey | Sm2Key]) -> list[bytes]:
    return list(dict.fromkeys(key.kind for key in keys))


def _sm2_private(secret: str) -> bytes:
    """A number from 1 to order - 2, as GB/T 32918.1-2016 wants it."""
    drawn = int.from_bytes(hashlib.sha512(PURPOSE_SM2 + secret.encode()).digest(), "big")
    return (drawn % (sm2.ORDER - 2) + 1).to_bytes(HALF, "big")


@cache
def _sm2_public(private: bytes) -> bytes:
    """Computed once a process: nobody outside can time it."""
    return sm2.public_of(int.from_bytes(private, "big"))


def ed25519_holds(public: bytes, signature: bytes, message: bytes) -> bool:
    """Whether this public key signed the message."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except InvalidSignature:
        return False
    return True
