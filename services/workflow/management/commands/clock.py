"""`manage.py clock advance 30d`: move the demo's time ahead."""

import re
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from services.workflow.commands.clock import advance_clock
from services.workflow.domain.refused import Refused
from services.workflow.wording.refusals import refusal_text


class Command(BaseCommand):
    help = "Move the demo's time ahead, for example: clock advance 30d"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("act", choices=["advance"])
        parser.add_argument("span", help="whole days, as in 30d")

    def handle(self, *args: Any, **options: Any) -> None:
        match = re.fullmatch(r"(\d{1,4})d", options["span"])
        if match is None:
            raise CommandError("The span is a number of days such as 30d. 时长写作天数，如 30d。")
        try:
            self.stdout.write(advance_clock(int(match[1]))["now"])
        except Refused as refusal:
            raise CommandError(refusal_text(refusal)) from refusal
