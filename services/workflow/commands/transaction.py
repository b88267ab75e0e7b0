"""One command, one transaction: the key is looked up first, a busy row is tried again, the bell rings after."""

import hashlib
import json
import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, OperationalError, connection, transaction
from psycopg import errors

from services.workflow.commands.bell import bell
from services.workflow.domain.actor import Actor
from services.workflow.domain.refused import Refused
from services.workflow.queries.prepared import fetch

Answer = dict[str, Any]
ATTEMPTS = 5


class Busy(Exception):
    """Another transaction, begun later, wrote the row first; ours must begin again to keep the feed in order."""


@dataclass
class Transaction:
    """What a command knows of itself: who, when, under which key. `logged` once its answer is kept; not `kept` is an
    answer that refuses everything: it stores nothing and frees the key.

    `answer` makes the answer of a step from its outcome, so that the statement of the step can keep it too.
    """

    by: Actor
    key: UUID | None
    request_hash: str
    at: datetime
    logged: bool = False
    kept: bool = True
    answer: Callable[[Any], Answer] | None = None


def request_hash(name: str, request: object) -> str:
    """SHA-256 over the command's name and its arguments, so that a key stands for one request only."""
    text = json.dumps([name, request], cls=DjangoJSONEncoder, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def run(
    work: Callable[[Transaction], Answer], *, name: str, by: Actor, key: UUID | None, request: object = None
) -> Answer:
    """Run `work` in one transaction and return its answer; the same key returns the first answer again.

    Raises Refused("key_reused") where the key stood for another actor or request, Refused("busy") after five
    attempts, and whatever `work` refuses; a refusal leaves nothing behind and frees the key.
    """
    digest = request_hash(name, request)
    for attempt in range(ATTEMPTS):
        try:
            with transaction.atomic():
                return _run_once(work, by=by, key=key, digest=digest)
        except Refused:
            # The same key may have been answered between our look-up and our reading: then that is the answer.
            _, answer = _kept_answer(key, by=by, digest=digest)
            if answer is None:
                raise
            return answer
        except (Busy, OperationalError, IntegrityError) as error:
            if not _worth_again(error):
                raise
            time.sleep(random.uniform(0, 0.02 * (attempt + 1)))  # jitter, not a secret
    raise Refused("busy")


def _run_once(work: Callable[[Transaction], Answer], *, by: Actor, key: UUID | None, digest: str) -> Answer:
    at, earlier = _kept_answer(key, by=by, digest=digest)
    if earlier is not None:
        return earlier
    open_transaction = Transaction(by=by, key=key, request_hash=digest, at=at)
    answer = work(open_transaction)
    if key is not None and open_transaction.kept and not open_transaction.logged:
        _log(open_transaction, answer)
    bell.ring_after_commit()
    return answer


def _kept_answer(key: UUID | None, *, by: Actor, digest: str) -> tuple[datetime, Answer | None]:
    """The moment, and what this key was answered before; for its own actor and request only."""
    at, earlier = _look_up(key)
    if earlier is None:
        return at, None
    actor_id, earlier_hash, answer = earlier
    if actor_id != by.member_id or earlier_hash != digest:
        raise Refused("key_reused")
    return at, answer


LOOK_UP = """
SELECT laurel_now(), l.actor_id, l.request_hash, l.answer::text
  FROM (SELECT 1) AS one LEFT JOIN command_log l ON l.key = %(key)s::uuid
"""


def _look_up(key: UUID | None) -> tuple[datetime, tuple[int | None, str, Answer] | None]:
    [(at, actor_id, digest, answer)] = fetch(LOOK_UP, {"key": None if key is None else str(key)})
    return at, None if digest is None else (actor_id, digest, json.loads(answer))


def _log(done: Transaction, answer: Answer) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO command_log (key, actor_id, request_hash, answer, at) VALUES (%s, %s, %s, %s, %s)",
            [
                done.key,
                done.by.member_id,
                done.request_hash,
                json.dumps(answer, cls=DjangoJSONEncoder),
                done.at,
            ],
        )
    done.logged = True


def _worth_again(error: Exception) -> bool:
    """Busy rows, deadlocks, and the race of one key against itself; any other error is a fault to be seen."""
    if isinstance(error, Busy):
        return True
    cause = error.__cause__
    if isinstance(cause, errors.DeadlockDetected | errors.SerializationFailure | errors.LockNotAvailable):
        return True
    return isinstance(cause, errors.UniqueViolation) and "command_log" in str(cause)
