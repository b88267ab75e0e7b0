"""The offices that a person may act in now, their own and those they stand in for: asked by every request, so in one
statement that PostgreSQL keeps planned.
"""

from typing import Any

from services.workflow.models import Member, Office, Unit
from services.workflow.queries.prepared import columns, fetch, instance, width

HELD = """
SELECT {columns} FROM workflow_office JOIN workflow_unit ON workflow_unit.id = workflow_office.unit_id
  JOIN workflow_member ON workflow_member.id = workflow_office.member_id
 WHERE {whose} AND workflow_office.until IS NULL AND workflow_member.is_active
 ORDER BY workflow_office.since, workflow_office.id
"""
# Their own, and those whose holder they stand in for; the three administrators' are given to nobody.
OF_MEMBER = """(workflow_member.id = %(member)s OR (workflow_office.role NOT LIKE '%_admin' AND workflow_member.id IN
       (SELECT principal_id FROM workflow_deputy WHERE deputy_id = %(member)s AND revoked_at IS NULL
           AND begins_at <= laurel_now() AND ends_at > laurel_now())))"""
OF_TOKEN = """workflow_member.id =
       (SELECT member_id FROM workflow_apitoken WHERE digest = %(digest)s AND expires_at > now())"""


def offices_of(member: Member) -> list[Office]:
    """The offices a person may act in now, their own first and oldest first; unit and member come with them."""
    return sorted(_held(OF_MEMBER, member=member.pk), key=lambda office: office.member_id != member.pk)


def offices_by_token(digest: str) -> list[Office]:
    """Those of the person that a valid token stands for."""
    return _held(OF_TOKEN, digest=digest)


def _held(whose: str, **values: object) -> list[Office]:
    told = ", ".join(columns(model) for model in (Office, Unit, Member))
    return [_office(row) for row in fetch(HELD.format(columns=told, whose=whose), values)]


def _office(row: tuple[Any, ...]) -> Office:
    unit_at, member_at = width(Office), width(Office) + width(Unit)
    office: Office = instance(Office, row[:unit_at])
    office.unit = instance(Unit, row[unit_at:member_at])
    office.member = instance(Member, row[member_at:])
    return office
