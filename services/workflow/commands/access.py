"""Log-ins for programs, and tickets for the push: both end with the rights they stand for."""

import base64
import hashlib
import hmac
import json
import secrets
from collections.abc import Sequence
from datetime import timedelta

from django.conf import settings
from django.db import connection
from django.db.models.functions import Now

from services.workflow.commands.signals import tell
from services.workflow.commands.transaction import Answer, Transaction, run
from services.workflow.domain.actor import Actor
from services.workflow.domain.refused import Refused
from services.workflow.models import ApiToken, Member
from services.workflow.queries.rights import may_hear

TOKEN_LIFE = timedelta(hours=12)
TICKET_LIFE_S = 60
TOPICS_MOST = 50


def issue_token(member: Member) -> str:
    """A bearer token for 12 hours by PostgreSQL's own clock, without the demo's offset; only its digest is kept."""
    token = secrets.token_urlsafe(32)
    ApiToken.objects.create(member=member, digest=token_digest(token), expires_at=Now() + TOKEN_LIFE)
    return token


def token_digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def session_digest(session_key: str) -> str:
    """What stands for a session outside its cookie: in tickets, and in the signal of its end."""
    return hashlib.sha256(f"session:{session_key}".encode()).hexdigest()


def end_login(digest: str, *, by: Actor) -> Answer:
    """End one log-in, a token's or a session's, by its digest: the token is gone and its sockets close."""
    return run(lambda tx: _end_login(tx, digest), name="end_login", by=by, key=None)


def _end_login(tx: Transaction, digest: str) -> Answer:
    ApiToken.objects.filter(digest=digest, member=tx.by.member_id).delete()
    tell(tx, "session.ended", [f"user:{tx.by.member_id}"], body={"session": digest})
    return {}


def grant_ticket(topics: Sequence[str], *, by: Actor, session: str) -> tuple[str, list[str]]:
    """A signed ticket for those of the topics that this actor may hear, good for 60 s and once a node.

    `session` is a digest of the log-in, so that its end can close sockets. Expiry counts by PostgreSQL's own now(),
    without the demo's offset. Refused: ticket.too_many_topics, ticket.nothing_allowed.
    """
    if len(topics) > TOPICS_MOST:
        raise Refused("ticket.too_many_topics", most=TOPICS_MOST)
    allowed = [topic for topic in topics if may_hear(by, topic)]
    if topics and not allowed:
        raise Refused("ticket.nothing_allowed")
    with connection.cursor() as cursor:
        cursor.execute("SELECT extract(epoch FROM now())::float8")
        moment: float = cursor.fetchone()[0]
    claims = {
        "user": by.member_id,
        "session": session,
        "topics": allowed,
        "nonce": secrets.token_hex(16),
        "exp": moment + TICKET_LIFE_S,
    }
    payload = json.dumps(claims, sort_keys=True, separators=(",", ":")).encode()
    mac = hmac.new(settings.TICKET_SECRET.encode(), payload, hashlib.sha256).digest()
    return f"{_text(payload)}.{_text(mac)}", allowed


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
