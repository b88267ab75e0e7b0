"""Sets a test run up: its layers, a PostgreSQL of its own, the settings, the scale."""

import fcntl
import os
import secrets
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, TypeVar
from urllib.parse import urlsplit

import django
import pytest
from django.db import connection

from deploy.machine import find_chromium
from deploy.run import SECRETS
from tests.cluster import TestRun
from tests.layers import NO_CHROMIUM, UNIT_ONLY, put_in_layers

T = TypeVar("T")

# A server named from outside is used as it is; so do the workers of pytest-xdist with their parent's.
RUN = None if os.environ.get("DATABASE_URL") else TestRun()
if RUN is not None:
    os.environ.update(RUN.environment())
for name in SECRETS:
    os.environ.setdefault(name, secrets.token_hex(32))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "services.settings")
django.setup()


def pytest_configure(config: pytest.Config) -> None:
    if RUN is not None and getattr(config.option, "numprocesses", None):
        RUN.start()  # the workers collect, so this process cannot know what they will need


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    put_in_layers(items)


def pytest_collection_finish(session: pytest.Session) -> None:
    """Start the server for anything above the unit layer, after the choice of tests is made."""
    if RUN is not None and any(not item.get_closest_marker(UNIT_ONLY) for item in session.items):
        RUN.start()


def pytest_unconfigure() -> None:
    if RUN is not None:
        RUN.end()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    skipped = terminalreporter.stats.get("skipped", [])
    if any(NO_CHROMIUM in str(report.longrepr) for report in skipped):
        terminalreporter.write_line(NO_CHROMIUM, yellow=True)


@pytest.fixture(scope="session")
def scale() -> Callable[[T, T], T]:
    """`scale(20, 200)`: the first in everyday tests, the second at SCALE=hard."""
    hard = os.environ.get("SCALE") == "hard"
    return lambda everyday, full: full if hard else everyday


@pytest.fixture(scope="session")
def chromium() -> Path:
    """The browser's program; tests that ask for it are skipped without one, and fail so under CI."""
    found = find_chromium()
    assert found is not None, NO_CHROMIUM
    return found


@pytest.fixture(scope="session")
def one_at_a_time() -> Iterator[IO[str]]:
    """Held while a database is made: migrations grant roles, which all databases of a server share."""
    with (Path(tempfile.gettempdir()) / f"laurel-tests-{os.getuid()}.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield lock


@pytest.fixture(scope="session")
def django_db_setup(one_at_a_time: IO[str], django_db_setup: None) -> None:
    fcntl.flock(one_at_a_time, fcntl.LOCK_UN)


@pytest.fixture
def database_url(db: None) -> Iterator[str]:
    """The address of the test database, for processes and connections beside Django's own."""
    name = connection.settings_dict["NAME"]
    yield urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()
