"""The chain of a case's ledger: SHA-256 over the RFC 8785 form of each entry, computed from plain values.

docs/events.md gives the layout with test vectors; deploy/verify_ledger.py recomputes it without this package.
"""

import hashlib
import json
from datetime import UTC, datetime
from functools import lru_cache
from json.encoder import encode_basestring as _quoted

GENESIS = ""


_canonical = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode


def canonical(values: dict[str, object]) -> bytes:
    """RFC 8785 for the types used here (strings, integers, null): sorted keys, no spaces, UTF-8.

    Keys are ASCII, so their order by code point is the order by UTF-16 unit that the standard asks for.
    """
    return _canonical(values).encode()


@lru_cache(maxsize=64)  # cases that move together have one moment
def microseconds(at: datetime) -> int:
    """Whole microseconds since 1970 UTC, in integers: a float would lose the last digits."""
    gone = at.astimezone(UTC) - datetime(1970, 1, 1, tzinfo=UTC)
    return (gone.days * 86_400 + gone.seconds) * 1_000_000 + gone.microseconds


def reason_digest(text: str, salt: str) -> str:
    """SHA-256 of salt and text; "" where no reason was given. Text and salt can be erased, the digest stays."""
    return hashlib.sha256((salt + text).encode()).hexdigest() if text else ""


def entry_hash(  # noqa: PLR0913  # the layout has these fields
    *,
    case: int,
    seq: int,
    source: str,
    target: str,
    leg: int | None,
    step: str,
    actor: int | None,
    office: int | None,
    at: datetime,
    reason: str,
    previous: str,
) -> str:
    """Hash of one entry as lower-case hex. `reason` is a digest, `previous` the hash before or ""."""
    # What `canonical` would write, with the keys in their order.
    text = (
        f'{{"actor":{_number(actor)},"at":{microseconds(at)},"case":{case},"leg":{_number(leg)},'
        f'"office":{_number(office)},"previous":{_quoted(previous)},"reason":{_quoted(reason)},"seq":{seq},'
        f'"source":{_quoted(source)},"step":{_quoted(step)},"target":{_quoted(target)}}}'
    )
    return hashlib.sha256(text.encode()).hexdigest()


def _number(value: int | None) -> str:
    return "null" if value is None else str(value)
