"""`manage.py verify`: all that is public against the transparency log, over HTTP, by public data alone."""

import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from deploy.verify_log import main


class Command(BaseCommand):
    help = "Verify the transparency log and what is public by it; deploy/verify_log.py does it anywhere else."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--base", default=settings.PUBLIC_ORIGIN.split(",")[0])
        parser.add_argument(
            "--remember", help="file with the last sound checkpoint; written when all is well"
        )
        parser.add_argument("--key", help="a verifier key that you got another way")

    def handle(self, *args: Any, **options: Any) -> None:
        told = ["--base", options["base"]]
        for name in ("remember", "key"):
            if options[name]:
                told += [f"--{name}", options[name]]
        status = main(told)
        if status:
            sys.exit(status)
