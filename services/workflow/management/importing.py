"""What `manage.py units` and `manage.py people` have in common: template, export, dry run, import."""

from abc import ABC, abstractmethod
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import override

from services.workflow.documents.cells import Table
from services.workflow.documents.sheet_rows import table_of
from services.workflow.documents.writing import returned
from services.workflow.domain.refused import Refused
from services.workflow.wording.faults import FAULTS, fault_line

LANGUAGES = {"zh": "zh-hans", "en": "en"}


class RegisterCommand(BaseCommand, ABC):
    """A command over one register; a subclass says how it is written and taken over."""

    would: Promise
    did: Promise

    @abstractmethod
    def workbook(self, *, empty: bool) -> bytes:
        """The register as a workbook, or its empty template."""

    @abstractmethod
    def take(self, table: Table, *, dry_run: bool) -> dict[str, Any]:
        """Take a workbook's rows over. Refused: workbook.no_header, workbook.faulty."""

    def add_arguments(self, parser: ArgumentParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True)
        for act in ("template", "export", "import"):
            own = acts.add_parser(act)
            own.add_argument("file", type=Path)
            own.add_argument("--lang", choices=LANGUAGES, default="zh")
            if act == "import":
                own.add_argument("--dry-run", action="store_true")
                own.add_argument("--returned", type=Path, metavar="XLSX")

    def handle(self, *args: Any, act: str, file: Path, **options: Any) -> None:
        with override(LANGUAGES[options["lang"]]):
            if act == "import":
                self._import(file, dry_run=options["dry_run"], returned_to=options["returned"])
            else:
                file.write_bytes(self.workbook(empty=act == "template"))

    def _import(self, file: Path, *, dry_run: bool, returned_to: Path | None) -> None:
        table: Table = []
        try:
            table = table_of(_bytes(file))
            answer = self.take(table, dry_run=dry_run)
        except Refused as refused:
            faults = refused.params.get("faults")
            if not isinstance(faults, tuple):
                raise CommandError(str(FAULTS[refused.code]) % refused.params) from refused
            target = returned_to or file.with_name(f"{file.stem}-returned.xlsx")
            target.write_bytes(returned(table, faults))
            for fault in faults:
                self.stderr.write(fault_line(fault))
            self.stderr.write(_("The workbook with its faulty cells marked: %(file)s") % {"file": target})
            raise SystemExit(1) from refused
        self.stdout.write(str(self.would if dry_run else self.did) % answer)


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise CommandError(f"{file}: {error.strerror}") from error
