"""What a row says."""

import json

import pytest

from bench.row import Row, at_least, at_most, beside, percentile


def test_a_row_is_one_json_object_with_settings():
    row = beside("fanout", 123.456, 246.912, "ms", most=0.6, by="broadcast()", sockets=10)

    assert json.loads(row.line()) == {
        "bench": "fanout",
        "ours": 123.5,
        "peer": 246.9,
        "ratio": 0.5,
        "unit": "ms",
        "goal": "≤ 0.6 × broadcast()",
        "ok": True,
        "settings": {"peer": "broadcast()", "sockets": 10},
    }


@pytest.mark.parametrize(
    ("row", "ok"),
    [
        (beside("a", 2.0, 1.0, "ms", most=1.9, by="b"), False),
        (beside("a", 2.0, 1.0, "ms", most=None, by="b"), None),
        (at_most("a", 5.0, 5.0, "ms"), True),
        (at_most("a", 5.1, 5.0, "ms"), False),
        (at_least("a", 5.0, 5.0, "1/s"), True),
        (at_least("a", 4.9, 5.0, "1/s"), False),
        (Row("a", 1.0, "ms"), None),
    ],
)
def test_a_goal_is_met_or_not(row, ok):
    assert row.ok is ok


def test_percentile_is_the_value_that_so_many_do_not_exceed():
    values = [float(n) for n in range(101)]

    assert (percentile(values, 50), percentile(values, 99), percentile([3.0], 99)) == (50.0, 99.0, 3.0)
