"""One running product for all journeys of the programmes: starting one takes longer than playing a programme."""

from collections.abc import Iterator

import pytest

from tests.journeys.product import Product, running


@pytest.fixture(scope="session")
def programmes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    with running(tmp_path_factory.mktemp("programmes")) as found:
        yield found
