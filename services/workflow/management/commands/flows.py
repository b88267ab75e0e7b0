"""`manage.py flows` draws the flows of rounds as docs/flows/ has them: BPMN 2.0 and SVG; `--write` puts them there."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.utils import translation

from services.workflow.rounds.drawing import bpmn, svg
from services.workflow.rounds.flows import FLOWS


def drawings() -> dict[str, str]:
    """{name of the file: its text} of every flow."""
    with translation.override("en"):
        return {
            f"{mode}.{kind}": draw(flow)
            for mode, flow in FLOWS.items()
            for kind, draw in (("bpmn", bpmn), ("svg", svg))
        }


class Command(BaseCommand):
    help = "Draw the flows of rounds: clearance, countersigning, scoring, vote."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--write", action="store_true", help="write docs/flows/")

    def handle(self, *args: object, **options: Any) -> None:
        folder = Path(settings.BASE_DIR, "docs", "flows")
        for name, text in drawings().items():
            if options["write"]:
                folder.mkdir(exist_ok=True)
                Path(folder, name).write_text(text, encoding="utf-8")
            else:
                self.stdout.write(name)
