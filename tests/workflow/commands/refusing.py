"""Asking a command for what it must refuse."""

from typing import Any

import pytest

from services.workflow.domain.refused import Refused


def refusal(act: Any, *args: Any, **kwargs: Any) -> str:
    """The code that the command refuses with."""
    return refused(act, *args, **kwargs).code


def refused(act: Any, *args: Any, **kwargs: Any) -> Refused:
    with pytest.raises(Refused) as caught:
        act(*args, **kwargs)
    return caught.value
