"""Programmes that count targets: what a file leaves out is filled in, and stays filled in."""

from decimal import Decimal
from typing import Any

import pytest

from services.workflow.domain.definition_codec import definition_from_dict, read_values, to_dict
from services.workflow.domain.standard import Rounding, Scale
from services.workflow.domain.targets import with_targets
from tests.workflow.domain.samples import DEFINITION


def line(code: str, **more: Any) -> dict[str, Any]:
    return {"code": code, "name": "目标", "scorer": "dep-org", **more}


def targets(*lines: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"scale": "met", "indicators": [{"code": "1", "name": "目标", "criteria": list(lines)}], **more}


def values(standard: dict[str, Any], **more: Any) -> dict[str, Any]:
    kept = {key: value for key, value in to_dict(DEFINITION).items() if key != "pass_mark"}
    return {**kept, "standard": standard, **more}


def test_every_target_counts_one_and_all_of_them_are_asked() -> None:
    definition = definition_from_dict(values(targets(line("1.1"), line("1.2"))))

    standard = definition.standard
    assert (standard.scale, standard.total, definition.pass_mark) == (Scale.MET, Decimal(2), Decimal(2))
    assert (standard.decimals, standard.rounding) == (0, Rounding.DOWN)
    assert [indicator.points for indicator in standard.indicators] == [Decimal(2)]
    assert [criterion.points for criterion in standard.criteria] == [Decimal(1), Decimal(1)]


def test_what_was_published_is_read_back_as_it_was() -> None:
    definition = definition_from_dict(values(targets(line("1.1"), line("1.2"))))

    assert definition_from_dict(to_dict(definition)) == definition


def test_what_the_file_gives_is_kept() -> None:
    given = targets(line("1.1", points=1), line("1.2"), total=2, criteria_declared=2)

    definition = definition_from_dict(values(given, pass_mark=1))

    assert (definition.pass_mark, definition.standard.total) == (Decimal(1), Decimal(2))


def test_a_total_is_that_of_the_category_with_most_targets() -> None:
    lines = (line("1.1"), line("1.2", categories=["old"]), line("1.3", categories=["new"]))
    more = (*lines, line("1.4", categories=["new", "old"]), line("1.5", categories=["new"]))
    categories = [{"code": "old", "name": "老"}, {"code": "new", "name": "新"}]

    definition = definition_from_dict(values(targets(*more), categories=categories))

    assert definition.standard.total == Decimal(4)


def test_bonus_targets_do_not_count_and_gaps_count_as_declared() -> None:
    standard = targets(line("1.1"), criteria_declared=8)
    standard["indicators"] += [
        {"code": "B", "name": "加分", "bonus": True, "criteria": [line("B.1")]},
        {"code": "2", "name": "", "gap": True},
    ]

    definition = definition_from_dict(values(standard))

    assert (definition.standard.total, definition.gaps) == (Decimal(8), ("2",))


def test_a_track_with_targets_has_its_own_total_and_pass_mark() -> None:
    track = {"key": "own", "name": "自建", "kinds": ["person"], "standard": targets(line("1.1"))}

    definition = definition_from_dict({**to_dict(DEFINITION), "tracks": [track]})

    (read,) = definition.tracks
    assert read.standard is not None
    assert (read.standard.total, read.pass_mark, definition.pass_mark) == (
        *(Decimal(1), Decimal(1)),
        DEFINITION.pass_mark,
    )


@pytest.mark.parametrize(
    "broken",
    [
        {},
        {"standard": 1, "categories": 2, "tracks": 3},
        {"standard": {"scale": "met"}, "tracks": [1]},
        {"standard": {"scale": "met", "indicators": [1, {"criteria": 2}, {"criteria": [3]}]}},
        {"standard": {"scale": [], "indicators": [], "total": "x"}, "categories": [1]},
        {"standard": {"scale": "met", "indicators": [{"criteria": [{"categories": 1}]}]}},
    ],
)
def test_what_is_malformed_is_left_for_the_reader_to_refuse(broken: dict[str, Any]) -> None:
    _, faults = read_values(with_targets(broken))

    assert faults


def test_a_definition_that_counts_points_stays_as_it_is() -> None:
    assert with_targets(to_dict(DEFINITION)) == to_dict(DEFINITION)
