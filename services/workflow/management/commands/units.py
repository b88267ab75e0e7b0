"""manage.py units template FILE | export FILE | import FILE [--dry-run]: the units as a workbook."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from services.workflow.commands.import_units import import_units
from services.workflow.documents.cells import Table
from services.workflow.documents.register_sheets import units_of, units_workbook
from services.workflow.domain.actor import SYSTEM
from services.workflow.management.importing import RegisterCommand
from services.workflow.queries.registered import unit_rows


class Command(RegisterCommand):
    help = "Writes the units as a workbook, or takes a workbook over: all of it or nothing."
    would = _("%(created)s to be made, %(changed)s to be changed, %(same)s already so. Nothing was written.")
    did = _("%(created)s made, %(changed)s changed, %(same)s already so.")

    def workbook(self, *, empty: bool) -> bytes:
        return units_workbook([] if empty else unit_rows())

    def take(self, table: Table, *, dry_run: bool) -> dict[str, Any]:
        return import_units(units_of(table), by=SYSTEM, key=None, dry_run=dry_run)
