"""What the environment says about the notification service."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

INCOMING_LIMIT = 16 * 1024
BUFFER_LIMIT = 256 * 1024
MAX_TOPICS = 200


class BadSetting(Exception):
    """A setting in the environment that cannot be used; the message names it."""


@dataclass(frozen=True)
class Config:
    """Settings of one node. Durations are in seconds."""

    database_url: str
    ticket_secret: bytes
    origins: frozenset[str]
    db_role: str = "laurel_feed"
    listen: bool = True
    poll_s: float = 0.5
    heartbeat_s: float = 15.0
    retry_s: float = 5.0
    drain_s: float = 1.0
    # Connections of one log-in, one user, one network address (a whole town hall may share one).
    session_most: int = 50
    user_most: int = 200
    address_most: int = 5_000
    bell_redis_url: str = ""
    # Events kept in memory, and how many beyond them one client may be told from the database.
    ring_size: int = 10_000
    replay_limit: int = 10_000


def from_environment(env: Mapping[str, str] = os.environ) -> Config:
    """Settings from the environment; raises BadSetting naming the one at fault."""
    return Config(
        database_url=_needed(env, "DATABASE_URL"),
        ticket_secret=_secret(env, "TICKET_SECRET").encode(),
        origins=_origins(env.get("PUBLIC_ORIGIN", "http://127.0.0.1:8000")),
        db_role=env.get("NOTIFY_DB_ROLE", "laurel_feed"),
        listen=env.get("NOTIFY_LISTEN", "1") != "0",
        poll_s=_seconds(env, "NOTIFY_POLL_S", 0.5, least=0.05),
        heartbeat_s=_seconds(env, "NOTIFY_HEARTBEAT_S", 15.0, least=0.1),
        retry_s=_seconds(env, "NOTIFY_RETRY_S", 5.0, least=0.1),
        drain_s=_seconds(env, "NOTIFY_DRAIN_S", 1.0, least=0.0),
        session_most=_count(env, "NOTIFY_SESSION_MOST", 50),
        user_most=_count(env, "NOTIFY_USER_MOST", 200),
        address_most=_count(env, "NOTIFY_ADDRESS_MOST", 5_000),
        bell_redis_url=_redis(env.get("BELL_REDIS_URL", "")),
    )


def _needed(env: Mapping[str, str], name: str) -> str:
    if not env.get(name):
        raise BadSetting(f"{name} is missing")
    return env[name]


def _secret(env: Mapping[str, str], name: str) -> str:
    path = env.get(f"{name}_FILE")
    text = Path(path).read_text().strip() if path else env.get(name, "")
    if len(text) < 32:
        raise BadSetting(f"{name} (or {name}_FILE) must hold at least 32 characters")
    return text


def _origins(text: str) -> frozenset[str]:
    """Origins as a browser sends them: scheme, host, and the port unless it is the scheme's own."""
    origins = frozenset(part.strip().rstrip("/").lower() for part in text.split(",") if part.strip())
    for origin in origins:
        scheme, _, rest = origin.partition("://")
        if scheme not in {"http", "https"} or not rest or "/" in rest:
            raise BadSetting(f"PUBLIC_ORIGIN must be like https://host:port, not {origin!r}")
    return origins


def _redis(text: str) -> str:
    if text and not text.startswith(("redis://", "rediss://", "unix://")):
        raise BadSetting("BELL_REDIS_URL must begin with redis://, rediss:// or unix://")
    return text


def _count(env: Mapping[str, str], name: str, default: int) -> int:
    text = env.get(name, str(default))
    if not text.isdecimal() or not 1 <= int(text) <= 1_000_000:
        raise BadSetting(f"{name} must be a whole number from 1 to 1000000, not {text!r}")
    return int(text)


def _seconds(env: Mapping[str, str], name: str, default: float, *, least: float) -> float:
    text = env.get(name, str(default))
    try:
        value = float(text)
    except ValueError:
        raise BadSetting(f"{name} must be a number of seconds, not {text!r}") from None
    if not least <= value < 3600:
        raise BadSetting(f"{name} must be between {least:g} and 3600 seconds, not {text!r}")
    return value
