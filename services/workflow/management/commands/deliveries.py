"""`manage.py deliveries`: what waits and what was given up; `deliveries again` sends given-up ones once more."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from services.workflow.commands.deliveries import send_again
from services.workflow.domain.actor import SYSTEM
from services.workflow.domain.messages import Ended
from services.workflow.domain.refused import Refused
from services.workflow.queries.deliveries import counts, deliveries_of

LISTED = 100


class Command(BaseCommand):
    help = "List deliveries that were given up, or send them again."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("act", choices=["list", "again"], nargs="?", default="list")
        parser.add_argument("ids", type=int, nargs="*", help="deliveries to send again")
        parser.add_argument("--all", action="store_true", help="send all of them again")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["act"] == "list":
            self._list()
            return
        ids = options["ids"]
        if options["all"]:
            ids = list(deliveries_of(SYSTEM, Ended.DEAD).values_list("pk", flat=True))
        if not ids and not options["all"]:
            raise CommandError("name the deliveries, or --all")
        try:
            again = send_again(ids, by=SYSTEM, key=None)["again"]
        except Refused as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write(f"{len(again)} sent again")

    def _list(self) -> None:
        counted = counts(SYSTEM)
        rows = deliveries_of(SYSTEM, Ended.DEAD).select_related("endpoint").order_by("-pk")[:LISTED]
        for row in rows:
            to = row.endpoint.name if row.endpoint else f"member {row.member_id}"
            self.stdout.write(
                f"{row.pk} {row.channel} {to} {row.event['type']} {row.attempts} tries: {row.error}"
            )
        self.stdout.write(
            f"{counted.waiting} waiting, {counted.dead} given up, {counted.resting} receivers rest"
        )
