"""What this machine offers: a Chromium, Chinese fonts, another PostgreSQL."""

import os
import shutil
from pathlib import Path

# The headless shell is the same Chromium without a browser's windows and menus, at half the processor time.
CHROMIUMS = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
)
DEBIAN_POSTGRESQL_15 = Path("/usr/lib/postgresql/15/bin")


def find_chromium() -> Path | None:
    """The browser for tests: CHROMIUM where it is set, else the machine's own."""
    names = (os.environ["CHROMIUM"],) if os.environ.get("CHROMIUM") else CHROMIUMS
    found = next(filter(None, map(shutil.which, names)), None)
    return Path(found) if found else None
