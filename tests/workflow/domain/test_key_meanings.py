"""Every key of a programme file has a meaning, and no meaning is left over."""

import dataclasses

import pytest

from services.workflow.domain.key_meanings import MEANINGS


@pytest.mark.parametrize("kind", MEANINGS)
def test_each_key_means_something_in_the_order_of_the_fields(kind: type) -> None:
    named = [field.name for field in dataclasses.fields(kind)]

    assert list(MEANINGS[kind]) == named
    assert all(text.strip() for text in MEANINGS[kind].values())
