"""The keys of the transparency log: LOG_KEY signs its checkpoints; keys that signed before stay told."""

import hashlib
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings

from services.workflow.domain.checkpoint import Checkpoint, signed, verifier_key

PURPOSE = b"laurel transparency log:"


@dataclass(frozen=True)
class LogKey:
    """An Ed25519 key under the log's name."""

    name: str
    private: Ed25519PrivateKey

    @property
    def public(self) -> bytes:
        return self.private.public_key().public_bytes_raw()

    @property
    def told(self) -> str:
        """The public half as a C2SP verifier key."""
        return verifier_key(self.name, self.public)

    def note(self, checkpoint: Checkpoint) -> str:
        """The checkpoint, signed."""
        return signed(checkpoint, name=self.name, public=self.public, sign=self.private.sign)


def log_keys() -> list[LogKey]:
    """The first one signs; the others are told, so that older checkpoints can still be verified."""
    seeds = [hashlib.sha256(PURPOSE + key.encode()).digest() for key in settings.LOG_KEYS]
    return [LogKey(settings.LOG_ORIGIN, Ed25519PrivateKey.from_private_bytes(seed)) for seed in seeds]


def ed25519_holds(public: bytes, signature: bytes, message: bytes) -> bool:
    """Whether this public key signed the message."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except InvalidSignature:
        return False
    return True
