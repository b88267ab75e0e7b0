"""`manage.py work`: a worker. It rings the sweep of due work, reads the feed, sends what waits beyond the browser.

What is due lies in the lists `due` and `delivery`, never in the queue: a lost ring is made good by the next one.
"""

import asyncio
import signal
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from procrastinate.contrib.django import app, django_connector

from services.workflow.commands.deliveries import due_targets
from services.workflow.commands.due import BATCH, fire_due
from services.workflow.commands.relay import relay_events, remind

# Sending waits for others: it has slots of its own, so that no slow receiver delays due work or the feed.
RINGING = {"queues": ["default"], "concurrency": 2, "name": "laurel"}
SENDING = {"queues": ["deliver"], "concurrency": 8, "name": "laurel-deliver"}


class Command(BaseCommand):
    help = "Run a worker until it is stopped."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="do what is due now, then end")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["once"]:
            do_once()
            return
        assert isinstance(app.connector, django_connector.DjangoConnector)
        with app.replace_connector(app.connector.get_worker_connector()):
            asyncio.run(work())


def do_once() -> None:
    """Everything that is due now, in this process."""
    queue: Any = app  # its importer carries no types
    queue.perform_import_paths()
    send = queue.tasks["deliver"]
    while fire_due(most=BATCH) == BATCH:
        pass
    while relay_events():
        pass
    remind()
    queue.tasks["write_log"](timestamp=0)
    for target in due_targets():
        send(target=target)


async def work() -> None:
    """Both workers until SIGTERM or SIGINT; jobs that run are finished first."""
    async with app.open_async():
        workers = [asyncio.create_task(_worker(**options)) for options in (RINGING, SENDING)]
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, lambda: [worker.cancel() for worker in workers])
        done, others = await asyncio.wait(workers, return_when=asyncio.FIRST_COMPLETED)
        for worker in others:
            worker.cancel()
        ended = await asyncio.gather(*done, *others, return_exceptions=True)
    for error in ended:
        if isinstance(error, Exception):
            raise error


async def _worker(**options: Any) -> None:
    await app.run_worker_async(
        **options,
        fetch_job_polling_interval=1,
        delete_jobs="always",
        install_signal_handlers=False,
    )
