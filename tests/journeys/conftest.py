"""Running products for the journeys: starting one from nothing takes longer than playing a programme."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.product import Product, filled, running


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data that each product of this run begins with, the first one's work."""
    own = tmp_path_factory.getbasetemp()
    return filled(own.parent if "PYTEST_XDIST_WORKER" in os.environ else own)


@pytest.fixture(scope="session")
def programmes(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """One for all journeys of the programmes."""
    with running(tmp_path_factory.mktemp("programmes"), like=demo) as found:
        yield found
