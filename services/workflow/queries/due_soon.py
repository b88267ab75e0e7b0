"""Open work that is late or falls due soon, of people who can be reached; for the reminders."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection

from services.workflow.domain.calendar import Calendar, last_day, shanghai_date
from services.workflow.domain.rhythm import REMIND_DAYS
from services.workflow.models import MemberRhythm
from services.workflow.queries.inbox import CASES

# Ten working days never take longer, whatever the holidays.
HORIZON = timedelta(days=30)
_CASES = " UNION ALL ".join(
    f"SELECT '{kind}' AS kind, id, waiting_role AS role, waiting_unit_id AS unit, assignee_id AS assignee, due_at"
    f" FROM {model._meta.db_table} WHERE due_at < %(until)s AND paused_days IS NULL AND waiting_role <> ''"
    for kind, model in CASES.items()
)
WORK = f"""
SELECT DISTINCT o.member_id, coalesce(u.district_id, u.id), w.kind, w.id, w.due_at
  FROM ({_CASES} UNION ALL
        SELECT 'round_task', id, participant_role, participant_unit_id, assignee_id, due_at
          FROM workflow_roundtask WHERE due_at < %(until)s AND status = 'NEW') AS w
  JOIN workflow_office o ON (o.role, o.unit_id) = (w.role, w.unit) AND o.until IS NULL
   AND (w.assignee IS NULL OR w.assignee = o.member_id)
  JOIN workflow_unit u ON u.id = o.unit_id
  JOIN workflow_member m ON m.id = o.member_id AND m.is_active
 WHERE EXISTS (SELECT FROM workflow_reach r WHERE r.member_id = o.member_id)
   AND (%(member)s::bigint IS NULL OR o.member_id = %(member)s)
 ORDER BY o.member_id, w.due_at, w.id
"""


@dataclass(frozen=True)
class DueSoon:
    kind: str
    number: int
    due_at: datetime
    working_days_left: int
    district: int


def due_soon(at: datetime, calendar: Calendar, *, member: int | None = None) -> dict[int, Sequence[DueSoon]]:
    """By member, earliest first: what is late, or falls due within as many working days as they chose."""
    with connection.cursor() as cursor:
        cursor.execute(WORK, {"until": at + HORIZON, "member": member})
        rows = cursor.fetchall()
    wanted = dict(MemberRhythm.objects.values_list("member_id", "remind_days"))
    today = shanghai_date(at)
    found: dict[int, list[DueSoon]] = defaultdict(list)
    for who, district, kind, number, due_at in rows:
        left = calendar.working_days_between(today, last_day(due_at))
        if left <= wanted.get(who, REMIND_DAYS):
            found[who].append(DueSoon(kind, number, due_at, left, district))
    return dict(found)
