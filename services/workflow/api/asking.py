"""What every request says beside its body: who acts, under which key, and which version was seen."""

import re
from typing import Any
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse

from services.workflow.domain.actor import Actor
from services.workflow.domain.refused import Refused
from services.workflow.models import Member

# The answer of what made something: its status, and any JSON object.
CREATED = {201: dict[str, Any]}
VERSION = re.compile(r'(?:W/)?"?(\d{1,9})(?:\.(\d{1,9}))?"?', re.ASCII)


class Request(HttpRequest):
    """A request behind the log-in: `auth` is the office that acts, `session` a digest of the log-in."""

    auth: Actor
    member: Member
    login_digest: str
    key: UUID | None = None


def key_of(request: Request) -> UUID:
    """The idempotency key of a write: the client's, or one made here; the answer carries it back."""
    given = request.headers.get("Idempotency-Key")
    try:
        request.key = UUID(given) if given else uuid4()
    except ValueError:
        raise Refused("request.key_malformed") from None
    return request.key


def seen(
    request: HttpRequest, version: int | None, revision: int | None = None
) -> tuple[int | None, int | None]:
    """(version, revision) that the client saw: from If-Match, else from the body; None is not asked."""
    given = request.headers.get("If-Match", "").strip()
    if given in {"", "*"}:
        return version, revision
    found = VERSION.fullmatch(given)
    if found is None:
        raise Refused("request.version_malformed")
    return int(found[1]), int(found[2]) if found[2] else revision


def tag(response: HttpResponse, row: Any) -> None:
    """The ETag of one row: its version, and its revision where people write in it."""
    revision = getattr(row, "revision", None)
    response["ETag"] = f'"{row.version}"' if revision is None else f'"{row.version}.{revision}"'
