"""Which benches run."""

import importlib
import inspect

import pytest

from bench.__main__ import BENCHES, chosen


def test_without_a_name_all_run_in_their_order():
    assert chosen([]) == list(BENCHES)


def test_names_are_taken_in_the_order_of_the_list():
    assert chosen(list(reversed(BENCHES))) == list(BENCHES)


def test_an_unknown_name_is_refused():
    with pytest.raises(SystemExit, match="no such bench: nonsense"):
        chosen(["nonsense"])


@pytest.mark.parametrize("name", BENCHES)
def test_every_bench_has_its_module(name):
    assert list(inspect.signature(importlib.import_module(f"bench.{name}").rows).parameters) == ["place"]
