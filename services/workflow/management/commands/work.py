"""`manage.py work`: a worker. It rings the sweep of due work and runs the other queued jobs.

What is due lies in the list `due`, never in the queue: a lost ring is made good by the next one.
"""

from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from services.workflow.commands.due import BATCH, fire_due


class Command(BaseCommand):
    help = "Run a worker until it is stopped."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="fire what is due now, then end")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["once"]:
            while fire_due(most=BATCH) == BATCH:
                pass
            return
        call_command(
            "procrastinate",
            "worker",
            "--name=laurel",
            "--concurrency=2",
            "--fetch-job-polling-interval=1",
            "--delete-jobs=always",
        )
