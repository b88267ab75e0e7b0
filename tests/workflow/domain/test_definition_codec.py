"""A definition survives its way through JSON, and its hash says whether it is the same."""

import json
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.workflow.domain.definition_codec import (
    content_hash,
    definition_from_dict,
    read_values,
    to_dict,
)
from services.workflow.domain.faults import Fault, KeyFault
from services.workflow.domain.programme import Definition
from services.workflow.domain.programme_rules import (
    CountersignRule,
    Quota,
    QuotaKind,
    TownQuota,
    VoteRule,
    Window,
)
from services.workflow.domain.refused import Refused
from services.workflow.domain.standard import RuleKind, Tier
from tests.workflow.domain.samples import DEFINITION, with_criterion

POINTS = st.decimals("0.01", 99, places=2)
FRACTIONS = st.fractions(0, 1, max_denominator=999)


@st.composite
def definitions(draw: st.DrawFn) -> Definition:
    """Definitions that differ in text, numbers, choices, lists and parts that may be missing."""
    tiers = tuple(Tier(points, points) for points in draw(st.lists(POINTS, max_size=3)))
    base = with_criterion(
        "1.2", rule=draw(st.sampled_from(RuleKind)), tiers=tiers, example=draw(st.booleans())
    )
    vote = VoteRule(draw(FRACTIONS), secret=draw(st.booleans()))
    countersign = draw(st.none() | st.builds(CountersignRule, FRACTIONS, st.none() | st.integers(1, 9)))
    legs = (replace(base.legs[0], vote=vote, countersign=countersign), *base.legs[1:])
    towns = tuple(TownQuota(town, 3) for town in draw(st.lists(st.text(max_size=5), max_size=2)))
    return replace(
        base,
        name=draw(st.text(max_size=25)),
        pass_mark=draw(POINTS),
        legs=legs,
        ladder=tuple(draw(st.lists(st.text(max_size=8), max_size=3))),
        quota=Quota(draw(st.sampled_from(QuotaKind)), draw(st.none() | st.integers(1, 99)), towns),
        declaring=Window("04-10"),
        notice=draw(st.sampled_from([None, base.notice])),
    )


@given(definitions())
def test_a_definition_comes_back_from_json_as_it_was(definition: Definition) -> None:
    text = json.dumps(to_dict(definition))

    again = definition_from_dict(json.loads(text))

    assert again == definition
    assert content_hash(again) == content_hash(definition)
    assert to_dict(again) == to_dict(definition)


def test_the_hash_is_of_the_content_and_not_of_the_way_it_was_written() -> None:
    same = replace(DEFINITION, pass_mark=Decimal("90.00"))
    other = replace(DEFINITION, pass_mark=Decimal("90.01"))

    assert content_hash(same) == content_hash(DEFINITION) != content_hash(other)


def test_the_hash_of_a_published_definition_stays_what_it_is() -> None:
    """Fails when a change to the fields or the form would orphan the hashes of published versions."""
    assert content_hash(DEFINITION) == ("098e87268b1ce92c0a5bc26b172afc3894d50588b56c2dff0ee5dd3bdc64e357")


def test_json_keeps_decimals_exact_and_leaves_defaults_out() -> None:
    values = to_dict(replace(DEFINITION, pass_mark=Decimal("89.50")))

    assert values["pass_mark"] == "89.5"
    assert "ladder" not in values and "quota" not in values


VALUES = to_dict(DEFINITION)


def read_with(**changes: Any) -> list[KeyFault]:
    return read_values({**VALUES, **changes})[1]


@pytest.mark.parametrize(
    ("key", "wrong", "wanted"),
    [
        ("name", 5, "text"),
        ("pass_mark", 89.5, "number"),
        ("pass_mark", True, "number"),
        ("pass_mark", "NaN", "number"),
        ("pass_mark", "1e2", "number"),
        ("cycle_months", "12", "whole_number"),
        ("cycle_months", True, "whole_number"),
        ("own_programme", 1, "true_or_false"),
        ("ladder", "city", "list"),
        ("host", "office", "table"),
        ("supervision", [], "table"),
    ],
)
def test_a_value_of_the_wrong_type_is_named_with_the_type_it_should_have(
    key: str, wrong: Any, wanted: str
) -> None:
    assert read_with(**{key: wrong}) == [KeyFault((key,), "programme.wrong_type", {"wanted": wanted})]


@pytest.mark.parametrize("wrong", ["2/0", "two thirds", "0.5", True, "-1/2"])
def test_a_share_is_written_as_a_fraction(wrong: Any) -> None:
    legs = [{**VALUES["legs"][0], "vote": {"quorum": wrong}}, *VALUES["legs"][1:]]

    fault = KeyFault(("legs", 0, "vote", "quorum"), "programme.wrong_type", {"wanted": "fraction"})
    assert read_with(legs=legs) == [fault]


def test_a_whole_share_and_a_broken_one_are_read() -> None:
    legs = [{**VALUES["legs"][0], "vote": {"quorum": text}} for text in (1, "3/4")]

    definition, faults = read_values({**VALUES, "legs": legs})

    assert [leg.vote and leg.vote.quorum for leg in definition.legs] == [Fraction(1), Fraction(3, 4)]
    assert faults == []


def test_unknown_choices_unknown_keys_and_missing_keys_are_all_listed() -> None:
    host = {"role": "officer", "office": "x"}

    found = read_with(host=host, colour="red")

    assert {(fault.path, fault.code) for fault in found} == {
        (("host", "role"), "programme.unknown_value"),
        (("host", "office"), "programme.unknown_key"),
        (("host", "unit"), "programme.missing_key"),
        (("colour",), "programme.unknown_key"),
    }


def test_what_cannot_be_read_as_a_definition_is_refused_with_every_fault() -> None:
    with pytest.raises(Refused) as refused:
        definition_from_dict({**VALUES, "pass_mark": 90.0, "colour": "red"})

    faults = refused.value.params["faults"]
    assert isinstance(faults, tuple)
    assert refused.value.code == "programme.faulty"
    assert {(fault.line, fault.key, fault.code) for fault in faults} == {
        (None, "colour", "programme.unknown_key"),
        (None, "pass_mark", "programme.wrong_type"),
    }
    assert all(isinstance(fault, Fault) for fault in faults)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
        lambda children: (
            st.lists(children, max_size=3)
            | st.dictionaries(st.sampled_from([*VALUES, "x"]), children, max_size=6)
        ),
        max_leaves=20,
    )
)
def test_no_json_value_at_all_breaks_the_reader(value: Any) -> None:
    _, faults = read_values(value if isinstance(value, dict) else {"code": value})

    assert faults
