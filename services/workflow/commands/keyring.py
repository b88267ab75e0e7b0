"""The key ring: what must not be read from the database alone is sealed under IDENTITY_KEY."""

import base64
import hashlib
import json
from typing import Any

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings


def ring(purpose: str = "") -> MultiFernet:
    """The first key seals, all of them open, so keys can be changed without a gap; each purpose has keys of its own."""
    prefix = f"{purpose}:" if purpose else ""
    digests = [hashlib.sha256(f"{prefix}{key}".encode()).digest() for key in settings.IDENTITY_KEYS]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])


def seal_address(told: dict[str, Any]) -> bytes:
    """Seal how somebody is reached."""
    return ring("delivery").encrypt(json.dumps(told, ensure_ascii=False).encode())


def open_address(sealed: bytes | memoryview) -> dict[str, Any]:
    """What was sealed; raises InvalidToken where the key is gone."""
    opened: dict[str, Any] = json.loads(ring("delivery").decrypt(bytes(sealed)))
    return opened
