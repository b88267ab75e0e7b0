"""Tickets as workflow signs them: docs/events.md, section 3."""

import base64
import hashlib
import hmac
import json
import time
import uuid


def ticket(secret: str, *topics: str, user: str = "7") -> str:
    """A ticket of a session of its own."""
    claims = {
        "exp": time.time() + 60,
        "nonce": uuid.uuid4().hex,
        "session": uuid.uuid4().hex,
        "topics": topics,
        "user": user,
    }
    payload = json.dumps(claims, separators=(",", ":"), sort_keys=True).encode()
    mac = hmac.digest(secret.encode(), payload, hashlib.sha256)
    return ".".join(base64.urlsafe_b64encode(part).rstrip(b"=").decode() for part in (payload, mac))
