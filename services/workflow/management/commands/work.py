"""`manage.py work`: a worker. It rings the sweep of due work every second and runs queued jobs."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from services.workflow.jobs.worker import work


class Command(BaseCommand):
    help = "Run a worker until it is stopped."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="fire what is due now, then end")

    def handle(self, *args: Any, **options: Any) -> None:
        work(once=options["once"])
