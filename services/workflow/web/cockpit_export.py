"""The cockpit as a file for spreadsheets; it carries who made it and when."""

import csv
import io
from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse
from django.utils.translation import pgettext

from services.workflow.domain.actor import Actor
from services.workflow.web import cockpit_shown as shown
from services.workflow.web.acting import actor
from services.workflow.web.cockpit import asked
from services.workflow.web.deadlines import Today
from services.workflow.web.shown import clock_time, long_date
from services.workflow.web.workbooks import download

# A cell that begins so would be calculated by a spreadsheet.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
Line = tuple[object, ...]


def cockpit_csv(request: HttpRequest, edition_id: int) -> HttpResponse:
    """Funnel, what is late and whose it is, quotas by town, notices and slates: what this office sees on the page."""
    page, now = asked(request, edition_id)
    sheet = io.StringIO()
    writer = csv.writer(sheet)
    for line in [*_made_by(actor(request), page.edition.name, now), *_lines(shown.body(page, now))]:
        writer.writerow([_cell(value) for value in line])
    return download("\ufeff" + sheet.getvalue(), f"{page.edition.name}.csv", "text/csv; charset=utf-8")


def _made_by(by: Actor, name: str, now: Today) -> Iterator[Line]:
    yield (pgettext("export", "Edition"), name)
    yield (pgettext("export", "Exported by"), f"{by.unit_name} {by.name}")
    yield (pgettext("export", "Exported at"), f"{long_date(now.moment)} {clock_time(now.moment)}")


def _lines(body: dict[str, list[dict[str, object]]]) -> Iterator[Line]:
    yield ()
    yield (
        pgettext("export", "How far"),
        pgettext("export", "Units"),
        pgettext("export", "What became of the others"),
    )
    for row in body["funnel"]:
        yield (row["label"], row["count"], row["loss"])
    yield ()
    yield (
        pgettext("export", "Late or soon due"),
        pgettext("export", "Whose"),
        pgettext("export", "Working days left"),
    )
    for row in body["late"]:
        yield (row["matter"], row["owner"], getattr(row["due"], "days_left", ""))
    yield ()
    yield (
        pgettext("export", "Town"),
        pgettext("export", "Places used"),
        pgettext("export", "Places"),
        pgettext("export", "Places left"),
    )
    for row in body["towns"]:
        yield (row["name"], row["used"], row["of"], row["left"])
    yield ()
    yield (
        pgettext("export", "Slate"),
        pgettext("export", "Leg"),
        pgettext("export", "Units"),
        pgettext("export", "Standing"),
    )
    for row in body["slates"]:
        yield (row["name"], row["leg"], row["units"], row["status_words"])


def _cell(value: object) -> str:
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(FORMULA_SIGNS) and not text.lstrip("-").isdecimal() else text
