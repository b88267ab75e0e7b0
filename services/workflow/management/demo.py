"""Filling an empty database with the demo district: units, people, programmes, an open edition."""

import json
import os
import secrets
import uuid
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction

from services.workflow.commands.clock import load_invented_years
from services.workflow.commands.programmes import open_edition, publish_version
from services.workflow.commands.steps import take_step
from services.workflow.documents.spreadsheets import standard_rows
from services.workflow.domain.actor import SYSTEM
from services.workflow.domain.calendar import shanghai_date, start_of_day
from services.workflow.domain.definition_file import read
from services.workflow.domain.programme import Definition
from services.workflow.domain.spelling import spelled
from services.workflow.domain.stages import UnitKind
from services.workflow.management.demo_cast import CATEGORIES, HEADS, SEATS, UNITS
from services.workflow.management.demo_editions import open_editions
from services.workflow.management.demo_people import acting
from services.workflow.management.demo_programmes import propose_further
from services.workflow.management.demo_work import begin_work
from services.workflow.models import Edition, Member, Office, Unit
from services.workflow.queries.clock import now

PROGRAMMES = settings.BASE_DIR / "services/workflow/programmes"
REFERENCE = "wenming-000"
# Those that stand beside it, with the example rows where their documents are cut off.
OTHERS = ("wenming-001", "hexie-002", "meili-003", "dangjian-004", "zuimei-005")
OPEN_BEFORE_DAYS = 7
OPEN_AFTER_DAYS = 60


def is_empty() -> bool:
    return not Unit.objects.exists()


def load() -> Path:
    """Fill the database; returns the file with the log-ins. Does nothing where it was filled before."""
    path = settings.DATA_DIR / "demo-logins.json"
    if is_empty():
        password = f"laurel-{secrets.token_hex(4)}"
        with transaction.atomic():
            _add_units()
            _add_people(password)
            write_logins(path, password)  # before the commit: people without passwords would be locked out
    if not Edition.objects.exists():
        load_invented_years(shanghai_date(now()).year + 3)
        _open_first_edition()
        _load_others()
    return path


def _add_units() -> None:
    units: dict[str, Unit] = {}
    for code, name, kind, parent in UNITS:
        above = units.get(parent)
        units[code] = Unit.objects.create(
            code=code,
            name=name,
            kind=kind,
            parent=above,
            category=CATEGORIES.get(code, ""),
            pinyin=spelled(name),
        )
        unit = units[code]
        unit.town = unit if kind == UnitKind.TOWN else above.town if above else None
        unit.district = unit if kind == UnitKind.DISTRICT else above.district if above else None
        unit.save(update_fields=["town", "district"])


def _add_people(password: str) -> None:
    units = {unit.code: unit for unit in Unit.objects.all()}
    since = now()
    template = Member(username="", name="")
    template.set_password(password)
    for seat in SEATS:
        member = Member.objects.create(username=seat.username, name=seat.name, password=template.password)
        Office.objects.create(
            member=member,
            unit=units[seat.unit],
            role=seat.role,
            name=seat.name,
            since=since,
            is_head=seat.username in HEADS,
        )


def write_logins(path: Path, password: str) -> None:
    """The log-ins of every role, readable by the owner of the process alone."""
    names = {code: name for code, name, _, _ in UNITS}
    rows = [
        {
            "username": seat.username,
            "password": password,
            "role": seat.role,
            "unit": seat.unit,
            "name": seat.name,
            "unit_name": names[seat.unit],
        }
        for seat in SEATS
    ]
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(rows, file, ensure_ascii=False, indent=1)


def shipped(code: str) -> Definition:
    """A programme of the product, the gaps of its document filled with example rows."""
    folder = PROGRAMMES / code
    workbook = folder / "standard-example.xlsx"
    sheet = standard_rows(workbook.read_bytes()) if workbook.exists() else None
    assert sheet is None or not sheet.faults, "the example workbooks are part of the product"
    return read((folder / "programme.toml").read_text(encoding="utf-8"), sheet.rows if sheet else None)


def _open_first_edition() -> None:
    """The programme is proposed by the office, admitted by the leading group, and opened with the example standard."""
    definition = shipped(REFERENCE)
    published = publish_version(definition, by=SYSTEM, key=None)
    office = acting("office")
    programme = published["programme"]
    take_step("programme", programme, "propose", by=office, key=uuid.uuid4())
    take_step("programme", programme, "admit", by=acting("leading-group"), key=uuid.uuid4())
    today = shanghai_date(now())
    edition = open_edition(
        programme,
        year=today.year,
        opens_at=start_of_day(today - timedelta(days=OPEN_BEFORE_DAYS)),
        closes_at=start_of_day(today + timedelta(days=OPEN_AFTER_DAYS)),
        by=office,
        key=uuid.uuid4(),
    )
    begin_work(edition["edition"], published["version"])
    propose_further(definition)


def _load_others() -> None:
    """The other programmes that ship: open for declaring, the sixth not yet proposed, as its host would find it."""
    published = {code: publish_version(shipped(code), by=SYSTEM, key=None) for code in OTHERS}
    open_editions({code: told["programme"] for code, told in published.items()})
