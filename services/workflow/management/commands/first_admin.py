"""`manage.py first_admin`: a one-time link for the first administrator of an empty installation."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from services.workflow.commands.first_admin import invite_first_admin


class Command(BaseCommand):
    help = "Print a one-time link for the first system administrator, while there is none."

    def handle(self, *args: Any, **options: Any) -> None:
        token = invite_first_admin()
        if token is not None:
            self.stdout.write(f"first administrator: {settings.PUBLIC_ORIGIN}/first-admin/{token}")
