"""A small district played for a year, once for all tests of this folder."""

from collections.abc import Callable, Iterator

import pytest
from django.db import connection
from pytest_django import DjangoDbBlocker

from services.workflow.management.simulation.acting import Play
from services.workflow.management.simulation.running import Scenario, play
from tests.workflow.databases import copy_of, transactional_db, using

__all__ = ["transactional_db"]


@pytest.fixture(scope="session")
def played(
    scale: Callable[[int, int], int], transactional_db: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[tuple[str, Play]]:
    small = Scenario(years=scale(1, 4), units=scale(14, 60), seed=7)
    with django_db_blocker.unblock():
        connection.close()
        with copy_of(str(connection.settings_dict["NAME"])) as name:
            with using(name):
                run = play(small, lambda share, words: None)
            yield name, run


@pytest.fixture
def run(played: tuple[str, Play], django_db_blocker: DjangoDbBlocker) -> Iterator[Play]:
    """What was played, in a copy that a test may harm."""
    with django_db_blocker.unblock(), copy_of(played[0]) as name, using(name):
        yield played[1]
