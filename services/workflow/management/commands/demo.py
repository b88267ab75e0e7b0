"""`manage.py demo load`: the demo district in an empty database."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from services.workflow.management.demo import load


class Command(BaseCommand):
    help = "Fill an empty database with the demo district."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("act", choices=["load"])

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError(
                "DEMO=1 is needed: the demo district is not for production. 仅限演示环境（DEMO=1）。"
            )
        self.stdout.write(f"demo log-ins: {load()}")
