"""Sets a test run up: its layers, a PostgreSQL of its own, the settings, the scale."""

import gc
import os
import secrets
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

import django
import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import setup_databases, teardown_databases
from django.utils import translation
from pytest_django import DjangoDbBlocker

from deploy import process
from deploy.machine import find_chromium
from deploy.run import SECRETS
from tests.cluster import OWN, TestRun
from tests.layers import NO_CHROMIUM, UNIT_ONLY, put_in_layers

T = TypeVar("T")

# A server named from outside is used as it is; without one every process of the tests has its own.
RUN = None if os.environ.get("DATABASE_URL") and OWN not in os.environ else TestRun()
if RUN is not None:
    os.environ.update(RUN.environment())
for name in SECRETS:
    os.environ.setdefault(name, secrets.token_hex(32))
os.environ.setdefault("LOG_ORIGIN", "honours.example/log")  # one log, whichever process writes it
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "services.settings")
django.setup()
# The product's own takes a third of a second for each password, and is tried by the journeys.
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_setupnodes() -> None:
    """A worker would else read the settings, with our server's address in them, before it has its own."""
    del os.environ["DJANGO_SETTINGS_MODULE"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    put_in_layers(items)


def pytest_collection_finish(session: pytest.Session) -> None:
    """Start the server for anything above the unit layer; no test's time runs yet, for the first start takes long."""
    gc.freeze()  # what was imported and collected stays to the end: looking through it again and again finds nothing
    if RUN is not None and any(not item.get_closest_marker(UNIT_ONLY) for item in session.items):
        RUN.start()


def pytest_unconfigure() -> None:
    if RUN is not None:
        RUN.end()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    skipped = terminalreporter.stats.get("skipped", [])
    if any(NO_CHROMIUM in str(report.longrepr) for report in skipped):
        terminalreporter.write_line(NO_CHROMIUM, yellow=True)


@pytest.fixture(autouse=True)
def in_the_default_language() -> None:
    """A request in English leaves its language to whoever comes next in this thread."""
    translation.deactivate()


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
def django_db_setup(
    django_test_environment: None, django_db_modify_db_settings: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """A migrated database: that of our own server, or one made beside those of a server from outside."""
    made: list[Any] = []
    with django_db_blocker.unblock():
        if RUN is None:
            # Migrations grant roles, which all databases of a server share.
            with process.waiting(Path(tempfile.gettempdir()) / f"laurel-tests-{os.getuid()}.lock"):
                made = setup_databases(verbosity=0, interactive=False, serialized_aliases=[])
    yield
    with django_db_blocker.unblock():
        connection.close()
        teardown_databases(made, verbosity=0)


@pytest.fixture
def database_url(db: None) -> Iterator[str]:
    """The address of the test database, for processes and connections beside Django's own."""
    name = connection.settings_dict["NAME"]
    yield urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()
