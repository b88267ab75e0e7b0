#!/usr/bin/env python
"""The entry to Laurel's management commands."""

import os
import shlex
import sys
from pathlib import Path

from django.core.management import execute_from_command_line


def join_the_run() -> None:
    """Without settings of its own, a command is told what `make run` tells its processes."""
    data = Path(os.environ.get("DATA_DIR") or Path(__file__).resolve().parent / ".data")
    told = data / "run" / "env"
    if "DATABASE_URL" in os.environ or not told.exists():
        return
    for line in told.read_text().splitlines():
        name, _, text = shlex.split(line)[0].partition("=")
        os.environ.setdefault(name, text)


if __name__ == "__main__":
    join_the_run()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "services.settings")
    execute_from_command_line(sys.argv)
