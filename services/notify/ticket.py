"""The ticket: which topics its bearer may hear, signed by workflow and only checked here."""

import base64
import binascii
import hmac
import json
from dataclasses import dataclass
from itertools import islice

TTL_S = 60
# How far our measure of the database's time may be off.
SLACK_S = 5
MAX_TEXT = 12 * 1024


class BadTicket(Exception):
    """A ticket that gives no right; the text says why: malformed, forged, expired, used or void."""


@dataclass(frozen=True, slots=True)
class Ticket:
    """What a good ticket says. `session` is a digest, never the session's key."""

    user: str
    session: str
    topics: frozenset[str]
    nonce: str
    exp: float


class TicketOffice:
    """Checks tickets for one node: signature, expiry, once only, and not voided since it was signed."""

    def __init__(self, secret: bytes) -> None:
        self._secret = secret
        self._used: dict[str, float] = {}
        self._void: dict[str, float] = {}

    def redeem(self, text: str, *, now: float) -> Ticket:
        """The ticket, used up by this call; raises BadTicket. `now` is PostgreSQL's, in epoch seconds."""
        ticket = _parse(self._signed_part(text))
        if ticket.exp <= now:
            raise BadTicket("expired")
        if not ticket.exp <= now + TTL_S + SLACK_S:
            raise BadTicket("malformed")
        signed_at = ticket.exp - TTL_S
        if any(self._void.get(key, -1.0) >= signed_at for key in _void_keys(ticket)):
            raise BadTicket("void")
        self._forget(now)
        if ticket.nonce in self._used:
            raise BadTicket("used")
        self._used[ticket.nonce] = ticket.exp
        return ticket

    def void(self, *, now: float, user: str | None = None, session: str | None = None) -> None:
        """Refuse what was signed until now for this user or session."""
        key = f"session:{session}" if session else f"user:{user}"
        self._void.pop(key, None)
        self._void[key] = now

    def _signed_part(self, text: str) -> bytes:
        if len(text) > MAX_TEXT:
            raise BadTicket("malformed")
        payload_text, _, mac_text = text.partition(".")
        payload, mac = _unbase64(payload_text), _unbase64(mac_text)
        if not hmac.compare_digest(mac, hmac.digest(self._secret, payload, "sha256")):
            raise BadTicket("forged")
        return payload

    def _forget(self, now: float) -> None:
        """Drop what expiry alone refuses by now; both dicts are in the order of time, or nearly so."""
        for nonce, exp in list(islice(self._used.items(), 8)):
            if exp <= now:
                del self._used[nonce]
        for key, at in list(islice(self._void.items(), 8)):
            if at + TTL_S <= now:
                del self._void[key]


def _void_keys(ticket: Ticket) -> tuple[str, str]:
    return f"user:{ticket.user}", f"session:{ticket.session}"


def _parse(payload: bytes) -> Ticket:
    try:
        claims = json.loads(payload)
        if not isinstance(claims["topics"], list):
            raise BadTicket("malformed")
        return Ticket(
            user=str(claims["user"]),
            session=str(claims["session"]),
            topics=frozenset(str(topic) for topic in claims["topics"]),
            nonce=str(claims["nonce"]),
            exp=float(claims["exp"]),
        )
    except (ValueError, KeyError, TypeError):
        raise BadTicket("malformed") from None


def _base64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _unbase64(text: str) -> bytes:
    try:
        raw = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (binascii.Error, ValueError):
        raise BadTicket("malformed") from None
    # One ticket has one text: stray characters and padding bits are refused.
    if _base64(raw) != text:
        raise BadTicket("malformed")
    return raw
