"""`manage.py codes`: the table of refusal codes as docs/codes.md holds it."""

from typing import Any

from django.core.management.base import BaseCommand

from services.workflow.wording.codes import codes_page


class Command(BaseCommand):
    help = "Print docs/codes.md: every code with its HTTP status and its words."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(codes_page(), ending="")
