"""The State Council's calendar as far as it is known: weekdays off and weekend days worked, 2004 on."""

import datetime as dt
from typing import Any

import chinese_calendar
from chinese_calendar.constants import Holiday, holidays, workdays
from django.db import migrations

SOURCE = f"chinesecalendar {getattr(chinese_calendar, '__version__', '')}".strip()
SATURDAY = 5
NAMES = {holiday.value: holiday.chinese for holiday in Holiday}


def seed(apps: Any, schema_editor: Any) -> None:
    day_model = apps.get_model("workflow", "CalendarDay")
    year_model = apps.get_model("workflow", "CalendarYear")
    resting = [(day, False, name) for day, name in holidays.items() if day.weekday() < SATURDAY]
    worked = [(day, True, name) for day, name in workdays.items() if day.weekday() >= SATURDAY]
    day_model.objects.bulk_create(
        day_model(date=day, working=working, name=NAMES.get(name, name), source=SOURCE)
        for day, working, name in [*resting, *worked]
    )
    years = {day.year for day in holidays if isinstance(day, dt.date)}
    year_model.objects.bulk_create(year_model(year=year, source=SOURCE) for year in sorted(years))


class Migration(migrations.Migration):
    dependencies = [("workflow", "0002_guards")]
    operations = [migrations.RunPython(seed, migrations.RunPython.noop)]
