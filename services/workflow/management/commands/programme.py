"""manage.py programme: programmes as files.

check FILE [--organisation], try FILE, load FILE, template FILE OUT, difference OLD NEW, schema.
"""

from argparse import ArgumentParser
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import override

from services.workflow.commands.programmes import publish_version
from services.workflow.documents.spreadsheets import standard_rows
from services.workflow.documents.standard_template import standard_workbook
from services.workflow.domain.actor import SYSTEM
from services.workflow.domain.definition_file import read
from services.workflow.domain.differences import differences
from services.workflow.domain.faults import Fault, in_order
from services.workflow.domain.json_schema import schema_text
from services.workflow.domain.programme import Definition
from services.workflow.domain.refused import Refused
from services.workflow.domain.soundness import Soundness
from services.workflow.queries.soundness import proved, proved_alone
from services.workflow.queries.try_out import tried_out
from services.workflow.wording.differences import difference_line
from services.workflow.wording.faults import FAULTS, fault_line
from services.workflow.wording.labels import stage_label
from services.workflow.wording.soundness import flaw_line
from services.workflow.wording.try_out import tried_line

LANGUAGES = {"zh": "zh-hans", "en": "en"}


class Command(BaseCommand):
    help = "Checks a programme file, tries it out, publishes it as a version, or tells two files apart."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True)
        for act in ("check", "try", "load", "template", "difference"):
            own = acts.add_parser(act)
            own.add_argument("file", type=Path)
            own.add_argument("--lang", choices=LANGUAGES, default="zh")
            if act == "template":
                own.add_argument("out", type=Path)
            elif act == "difference":
                own.add_argument("newer", type=Path)
            else:
                own.add_argument("--standard", type=Path, metavar="XLSX")
            if act == "check":
                own.add_argument(
                    "--organisation", action="store_true", help="look at the units in the database"
                )
        acts.add_parser("schema")

    def handle(self, *args: Any, **options: Any) -> None:
        with override(LANGUAGES[options.get("lang", "zh")]):
            try:
                self._act(**options)
            except Refused as refused:
                for line in _reasons(refused):
                    self.stderr.write(line)
                raise SystemExit(1) from refused

    def _act(self, act: str, **options: Any) -> None:
        match act:
            case "schema":
                self.stdout.write(schema_text(), ending="")
            case "template":
                options["out"].write_bytes(standard_workbook(read(_text(options["file"]))))
            case "difference":
                found = differences(read(_text(options["file"])), read(_text(options["newer"])))
                self._lines(map(difference_line, found) if found else [_("No differences.")])
            case _:
                definition = definition_from(options["file"], options["standard"])
                {"check": self._check, "try": self._try, "load": self._load}[act](definition, options)

    def _check(self, definition: Definition, options: dict[str, Any]) -> None:
        """Faults have been told; now whether it can be run, over the organisation where that is asked for."""
        self._lines(_remarks(definition))
        found = proved(definition) if options["organisation"] else proved_alone(definition)
        if found.warnings:
            self._lines([_("Worth knowing:"), *(flaw_line(flaw, definition) for flaw in found.warnings)])
        if not found.is_sound:
            self._unsound(found, definition)
        self.stdout.write(_("No faults; it can be run to its end."))

    def _unsound(self, found: Soundness, definition: Definition) -> NoReturn:
        self.stderr.write(_("The programme cannot be run as it stands:"))
        for flaw in found.flaws:
            self.stderr.write(flaw_line(flaw, definition))
        raise SystemExit(1)

    def _try(self, definition: Definition, options: dict[str, Any]) -> None:
        found = tried_out(definition)
        self._lines(tried_line(tried, definition) for tried in found.steps)
        ends = "、".join(map(stage_label, sorted(set().union(*found.ends.values()))))
        self.stdout.write(
            _("%(rows)s rows; cases end as: %(ends)s.") % {"rows": len(found.steps), "ends": ends}
        )
        if found.unnamed:
            variants = "、".join("/".join(filter(None, variant)) or "-" for variant in found.unnamed)
            params = {"variants": variants}
            self.stderr.write(_("No case of this track or category is ever named: %(variants)s.") % params)
            raise SystemExit(1)

    def _load(self, definition: Definition, options: dict[str, Any]) -> None:
        self._lines(_remarks(definition))
        try:
            answer = publish_version(definition, by=SYSTEM, key=None)
        except Refused as refused:
            if refused.code == "programme.unsound":
                self._unsound(proved(definition), definition)
            raise
        self.stdout.write(_("Published as version %(number)s, %(hash)s.") % answer)

    def _lines(self, lines: Iterable[str]) -> None:
        for line in lines:
            self.stdout.write(line)


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
