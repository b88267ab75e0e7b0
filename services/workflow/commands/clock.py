"""Moving the demo's time ahead. Refused outside the demo; time never goes back."""

from datetime import date, timedelta

from django.conf import settings
from django.db.models import F

from services.workflow.commands.signals import tell
from services.workflow.commands.transaction import Answer, Transaction, run
from services.workflow.domain.actor import SYSTEM, Actor
from services.workflow.domain.refused import Refused
from services.workflow.models import CalendarDay, CalendarYear, DemoClock
from services.workflow.queries.clock import now

DAYS_MOST = 3660
INVENTED = "示例日历（演示用，非国务院通知）"
# Month, first day, number of days: the fixed feasts. The lunar ones are left out of an invented year.
FEASTS = (("元旦", 1, 1, 1), ("劳动节", 5, 1, 5), ("国庆节", 10, 1, 7))
SATURDAY = 5


def advance_clock(days: int, *, by: Actor = SYSTEM) -> Answer:
    """Move the demo's time `days` ahead (1 to 3660). Returns {"now"}. Refused: clock.not_demo, field.out_of_range."""
    if not settings.DEMO:
        raise Refused("clock.not_demo")
    if not 1 <= days <= DAYS_MOST:
        raise Refused("field.out_of_range", field="advance_days", least=1, most=DAYS_MOST)
    run(lambda tx: _advance(tx, days), name="advance_clock", by=by, key=None)
    return {"now": now().isoformat()}


def _advance(tx: Transaction, days: int) -> Answer:
    DemoClock.objects.filter(pk=1).update(offset=F("offset") + timedelta(days=days))
    load_invented_years((tx.at + timedelta(days=days)).year + 3)
    tell(tx, "clock.moved", ["public:notice"], body={"days": days})
    return {}


def load_invented_years(last: int) -> None:
    """Give every year after the last known one, up to `last`, an invented calendar that says so."""
    known = CalendarYear.objects.order_by("-year").values_list("year", flat=True).first() or last
    for year in range(known + 1, last + 1):
        CalendarYear.objects.create(year=year, source=INVENTED)
        days = [
            CalendarDay(date=day, working=False, name=name, source=INVENTED)
            for name, month, first, count in FEASTS
            for day in (date(year, month, first) + timedelta(days=n) for n in range(count))
            if day.weekday() < SATURDAY
        ]
        CalendarDay.objects.bulk_create(days)
