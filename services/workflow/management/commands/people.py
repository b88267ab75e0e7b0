"""manage.py people template FILE | export FILE | import FILE [--dry-run]: people and offices as a workbook."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from services.workflow.commands.import_people import import_people
from services.workflow.documents.cells import Table
from services.workflow.documents.register_sheets import people_of, people_workbook
from services.workflow.domain.actor import SYSTEM
from services.workflow.management.importing import RegisterCommand
from services.workflow.queries.registered import person_rows


class Command(RegisterCommand):
    help = "Writes people and their offices as a workbook, or takes a workbook over: all of it or nothing."
    would = _(
        "%(created)s people and %(given)s offices to be made, %(ended)s offices to end, %(same)s rows already so."
        " Nothing was written."
    )
    did = _(
        "%(created)s people and %(given)s offices made, %(ended)s offices ended, %(same)s rows already so."
    )

    def workbook(self, *, empty: bool) -> bytes:
        return people_workbook([] if empty else person_rows())

    def take(self, table: Table, *, dry_run: bool) -> dict[str, Any]:
        return import_people(people_of(table), by=SYSTEM, key=None, dry_run=dry_run)
