"""manage.py papers write | check: the templates of papers to go on writing in (docs/documents.md)."""

import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import override

from services.workflow.documents.editable import Whose, faults_of, template_of, write_out
from services.workflow.documents.specimens import SPECIMENS


class Command(BaseCommand):
    help = "Write the shipped templates into PAPER_TEMPLATES, or check those that are in use."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("act", choices=["write", "check"])
        parser.add_argument("--lang", default="zh-hans")

    def handle(self, *args: Any, **options: Any) -> None:
        with override(options["lang"]):
            if options["act"] == "write":
                self._write()
            elif not self._check():
                sys.exit(1)

    def _write(self) -> None:
        written = write_out(settings.PAPER_TEMPLATES)
        for place in written:
            self.stdout.write(str(place))
        self.stdout.write(
            _("%(n)d templates written to %(folder)s; those that were there stay.")
            % {"n": len(written), "folder": settings.PAPER_TEMPLATES}
        )

    def _check(self) -> bool:
        """Whether every template in use can be filled in, told one a line."""
        faulty = False
        for paper in SPECIMENS:
            template = template_of(type(paper))
            faults = faults_of(paper, template=template)
            faulty = faulty or bool(faults)
            whose = _("shipped") if template.whose == Whose.SHIPPED else _("the site's own")
            self.stdout.write(f"{template.name}（{whose}）：{'；'.join(faults) or _('can be used')}")
        return not faulty
