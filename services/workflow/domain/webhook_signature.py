"""The Standard Webhooks signature: HMAC-SHA256 over id, timestamp and body, one for each secret that is good."""

import base64
import binascii
import hashlib
import hmac
from collections.abc import Sequence

PREFIX = "whsec_"
SECRET_BYTES = 32


def secret_text(raw: bytes) -> str:
    """A secret in its standard form: `whsec_` and base64."""
    return PREFIX + base64.b64encode(raw).decode()


def secret_bytes(secret: str) -> bytes:
    """The key within a `whsec_` secret; raises ValueError where it is none."""
    if not secret.startswith(PREFIX):
        raise ValueError("no webhook secret")
    try:
        return base64.b64decode(secret.removeprefix(PREFIX), validate=True)
    except binascii.Error as error:
        raise ValueError("no webhook secret") from error


def headers(message_id: str, timestamp: int, body: bytes, secrets: Sequence[str]) -> dict[str, str]:
    """webhook-id, webhook-timestamp and webhook-signature: while a secret is being changed, one for each."""
    content = f"{message_id}.{timestamp}.".encode() + body
    signed = (hmac.new(secret_bytes(secret), content, hashlib.sha256).digest() for secret in secrets)
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": " ".join(f"v1,{base64.b64encode(mac).decode()}" for mac in signed),
    }
