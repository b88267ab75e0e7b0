"""Bring the tables up to date; an empty database gets the demo district or a first administrator's link.

One process for both: each start of Django costs a second or two of `make run`.
"""

import io

import django
from django.conf import settings
from django.core.management import call_command


def fill() -> None:
    """As the owner of the database, before any other process of the product starts."""
    call_command("migrate", interactive=False, verbosity=0)
    if settings.DEMO:
        call_command("demo", "load", stdout=io.StringIO())
    else:
        call_command("first_admin")


if __name__ == "__main__":
    django.setup()
    fill()
