"""manage.py programme check FILE | load FILE | template FILE OUT: programmes as files."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import override

from services.workflow.commands.programmes import publish_version
from services.workflow.documents.spreadsheets import standard_rows
from services.workflow.documents.standard_template import standard_workbook
from services.workflow.domain.actor import SYSTEM
from services.workflow.domain.definition_file import read
from services.workflow.domain.faults import Fault, in_order
from services.workflow.domain.programme import Definition
from services.workflow.domain.refused import Refused
from services.workflow.wording.faults import FAULTS, fault_line

LANGUAGES = {"zh": "zh-hans", "en": "en"}


class Command(BaseCommand):
    help = "Checks a programme file, publishes it as a version, or writes the workbook for its gaps."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True)
        for act in ("check", "load", "template"):
            own = acts.add_parser(act)
            own.add_argument("file", type=Path)
            own.add_argument("--lang", choices=LANGUAGES, default="zh")
            if act == "template":
                own.add_argument("out", type=Path)
            else:
                own.add_argument("--standard", type=Path, metavar="XLSX")

    def handle(self, *args: Any, **options: Any) -> None:
        with override(LANGUAGES[options["lang"]]):
            try:
                self._act(**options)
            except Refused as refused:
                for line in _reasons(refused):
                    self.stderr.write(line)
                raise SystemExit(1) from refused

    def _act(self, act: str, file: Path, **options: Any) -> None:
        if act == "template":
            options["out"].write_bytes(standard_workbook(read(_text(file))))
            return
        definition = definition_from(file, options["standard"])
        for line in _remarks(definition):
            self.stdout.write(line)
        if act == "load":
            answer = publish_version(definition, by=SYSTEM, key=None)
            self.stdout.write(_("Published as version %(number)s, %(hash)s.") % answer)
        else:
            self.stdout.write(_("No faults."))


def definition_from(file: Path, workbook: Path | None) -> Definition:
    """The definition of a file and its workbook; the faults of both come together."""
    sheet = standard_rows(_bytes(workbook)) if workbook else None
    unread = sheet.faults if sheet else ()
    try:
        definition = read(_text(file), sheet.rows if sheet else None)
    except Refused as refused:
        found = refused.params["faults"]
        assert isinstance(found, tuple)
        raise Refused("programme.faulty", faults=in_order([*found, *unread])) from None
    if unread:
        raise Refused("programme.faulty", faults=unread)
    return definition


def _text(file: Path) -> str:
    try:
        return _bytes(file).decode("utf-8")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        fault = Fault(line, "", "programme.not_utf8")
        raise Refused("programme.faulty", faults=(fault,)) from None


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise CommandError(f"{file}: {error.strerror}") from error


def _remarks(definition: Definition) -> list[str]:
    remarks = [str(FAULTS[code]) for code in definition.warnings]
    if definition.gaps:
        gaps = "、".join(definition.gaps)
        remarks.append(
            _("Open gaps: indicators %(gaps)s; no edition can open until they are filled.") % {"gaps": gaps}
        )
    if definition.standard.has_examples:
        remarks.append(_("The standard contains rows marked as examples."))
    return remarks


def _reasons(refused: Refused) -> list[str]:
    """Every fault by line and key; any other refusal by its sentence or, at least, its code."""
    faults = refused.params.get("faults")
    if isinstance(faults, tuple):
        return [fault_line(fault) for fault in faults]
    if refused.code in FAULTS:
        return [str(FAULTS[refused.code]) % refused.params]
    return [str(refused)]
