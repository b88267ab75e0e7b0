"""The first administrator: a signed link that works once, while nobody holds an office."""

from django.core import signing
from django.db import transaction

from services.workflow.domain.refused import Refused
from services.workflow.domain.stages import Role, UnitKind
from services.workflow.models import Member, Office, Unit
from services.workflow.queries.clock import now

SALT = "laurel.first-admin"
LINK_LIFE_S = 24 * 3600


def invite_first_admin() -> str | None:
    """A token for the link, good for a day; None once somebody holds an office."""
    return None if Office.objects.exists() else signing.dumps("first-admin", salt=SALT)


def become_first_admin(token: str, *, username: str, name: str, password: str, unit_name: str) -> Member:
    """Redeem the link: make the administration's unit and its system administrator.

    Refused: first_admin.link_invalid, first_admin.taken.
    """
    try:
        signing.loads(token, salt=SALT, max_age=LINK_LIFE_S)
    except signing.BadSignature:
        raise Refused("first_admin.link_invalid") from None
    with transaction.atomic():
        unit, _ = Unit.objects.select_for_update().get_or_create(
            code="administration", defaults={"name": unit_name, "kind": str(UnitKind.DEPARTMENT)}
        )
        if Office.objects.exists():
            raise Refused("first_admin.taken")
        member = Member.objects.create_user(username, password, name=name)
        Office.objects.create(member=member, unit=unit, role=str(Role.SYSTEM_ADMIN), name=name, since=now())
    return member
