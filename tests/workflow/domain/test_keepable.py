"""What the database can keep."""

import pytest

from services.workflow.domain.keepable import unkeepable


@pytest.mark.parametrize(
    "given",
    ["", "松溪社区", "😀", 0, True, None, 2**63 - 1, -(2**63) + 1, 1.5, b"\x00", {"a": ["b", {"c": 1}]}],
)
def test_what_can_be_kept_is_let_through(given):
    assert unkeepable(given) is None


@pytest.mark.parametrize(
    ("given", "what"),
    [
        ("a\x00", "text"), ("\ud800", "text"), ("x\udfff", "text"), (2**63, "number"), (-(2**63), "number"),
        ([{"a": ["b", "\x00"]}], "text"), ({"\x00": 1}, "text"), ({"cases": [{"id": 10**30}]}, "number"),
    ],
)  # fmt: skip
def test_what_cannot_be_kept_is_found_however_deep(given, what):
    assert unkeepable(given) == what


def test_a_deep_nest_ends(recwarn):
    nest: list[object] = []
    for _ in range(100_000):
        nest = [nest]

    assert unkeepable(nest) is None
