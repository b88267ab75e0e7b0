"""Who asks: a bearer token, or the session of the pages with its CSRF token; and in which office."""

from typing import Any

from django.conf import settings
from django.db.models.functions import Now
from django.http import HttpRequest
from ninja.security import APIKeyCookie, HttpBearer
from ninja.utils import check_csrf

from services.workflow.api.asking import Request
from services.workflow.commands.access import session_digest, token_digest
from services.workflow.domain.actor import Actor
from services.workflow.domain.refused import Refused
from services.workflow.models import ApiToken, Member, Office
from services.workflow.queries.holders import offices_by_token, offices_of
from services.workflow.queries.rights import OFFICE_KEY, actor_of, office_chosen

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
NOBODY = Actor(member_id=None, office_id=None, role="")


class Bearer(HttpBearer):
    """`Authorization: Bearer <token>` of POST login."""

    def __init__(self, *, any_office: bool = False) -> None:
        super().__init__()
        self.any_office = any_office

    def authenticate(self, request: HttpRequest, token: str) -> Actor | None:
        digest = token_digest(token)
        if offices := offices_by_token(digest):
            return acting(request, offices[0].member, offices, digest, any_office=self.any_office)
        found = (
            ApiToken.objects.filter(digest=digest, expires_at__gt=Now(), member__is_active=True)
            .select_related("member")
            .first()
        )
        return acting(request, found.member, [], digest, any_office=self.any_office) if found else None


class Session(APIKeyCookie):
    """The pages' own session; what changes something needs the CSRF token too."""

    param_name = settings.SESSION_COOKIE_NAME

    def __init__(self, *, any_office: bool = False) -> None:
        super().__init__(csrf=False)
        self.any_office = any_office

    def authenticate(self, request: HttpRequest, key: str | None) -> Actor | None:
        if not key or not request.user.is_authenticated:
            return None
        if request.method not in SAFE and check_csrf(request) is not None:
            raise Refused("request.csrf")
        member = request.user
        return acting(request, member, offices_of(member), session_digest(key), any_office=self.any_office)


def acting(
    request: HttpRequest, member: Member, offices: list[Office], digest: str, *, any_office: bool
) -> Actor:
    """The office that acts: the one X-Office names, else the one chosen in the session, else the person's first."""
    asked: Any = request
    asked.member, asked.login_digest = member, digest
    wanted = request.headers.get("X-Office")
    if wanted:
        # Offices that a person stands in for come with the session's; a token asks for them where one is named.
        offices = _named(wanted, offices) or _named(wanted, offices_of(member))
        if not offices:
            raise Refused("office.not_yours")
    if offices:
        return actor_of(office_chosen(offices, request.session.get(OFFICE_KEY)), member)
    if any_office:
        return Actor(member_id=member.pk, office_id=None, role="none", name=member.name)
    raise Refused("office.none")


def _named(wanted: str, offices: list[Office]) -> list[Office]:
    return [office for office in offices if str(office.pk) == wanted.strip()]


def acts(request: HttpRequest) -> Actor:
    """The actor of a request that has passed the log-in."""
    asked: Any = request
    actor: Actor = asked.auth
    return actor


__all__ = ["Bearer", "Request", "Session", "acts"]
