"""Each fault of categories, composition and ladder, made in a sound definition."""

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from services.workflow.domain.definition_checks import definition_faults
from services.workflow.domain.extent_checks import extent_faults, ladder_faults
from services.workflow.domain.programme import Definition
from services.workflow.domain.programme_rules import Category, CompositionRule
from services.workflow.domain.stages import UnitKind
from tests.workflow.domain.samples import DEFINITION

OLD = Category("old", "老小区")
RULE = CompositionRule("社区", (UnitKind.COMMUNITY,), ("old",), 50, Fraction(1, 2))


def found(definition: Definition) -> list[tuple[str, str]]:
    return [(".".join(map(str, fault.path)), fault.code) for fault in extent_faults(definition)]


def with_categories(*categories: Category) -> Definition:
    return replace(DEFINITION, categories=categories)


def composed(**changes: Any) -> Definition:
    return replace(with_categories(OLD), composition=(replace(RULE, **changes),))


@pytest.mark.parametrize(
    ("definition", "fault"),
    [
        (with_categories(OLD, OLD), ("categories.1.code", "programme.duplicate")),
        (with_categories(Category("老", "老")), ("categories.0.code", "programme.bad_key")),
        (with_categories(Category("old", "")), ("categories.0.name", "programme.empty")),
        (composed(name=""), ("composition.0.name", "programme.empty")),
        (composed(kinds=(UnitKind.PERSON,)), ("composition.0.kinds.0", "programme.kind_not_subject")),
        (composed(categories=("new",)), ("composition.0.categories.0", "programme.unknown_category")),
        (composed(number=0), ("composition.0.number", "programme.not_above_zero")),
        (composed(share=Fraction(0)), ("composition.0.share", "programme.out_of_range")),
        (composed(share=Fraction(6, 5)), ("composition.0.share", "programme.out_of_range")),
        (composed(number=None, share=None), ("composition.0.number", "programme.missing_key")),
    ],
)
def test_each_fault_is_found_at_its_key(definition: Definition, fault: tuple[str, str]) -> None:
    assert found(definition) == [fault]


def test_what_is_in_order_has_no_fault() -> None:
    definitions = (DEFINITION, composed(), composed(share=None), composed(number=None, share=Fraction(1)))

    assert [found(definition) for definition in definitions] == [[], [], [], []]


def other(code: str, *ladder: str) -> Definition:
    return replace(DEFINITION, code=code, ladder=ladder)


def test_a_ladder_that_leads_back_is_told_with_its_way() -> None:
    definition = other("city", "country", "district")
    others = (other("district", "town"), other("town", "city"), other("country"))

    (fault,) = ladder_faults(definition, others)

    assert (fault.path, fault.code) == (("ladder", 1), "programme.ladder_leads_back")
    assert fault.params == {"way": "city → district → town → city"}
    assert fault in definition_faults(definition, others)


def test_a_ladder_that_others_go_round_in_is_their_fault_and_ends() -> None:
    others = (other("district", "town"), other("town", "district"))

    assert list(ladder_faults(other("city", "district"), others)) == []


@pytest.mark.parametrize(
    ("ladder", "fault"),
    [
        (("sample",), (("ladder", 0), "programme.ladder_cycle")),
        (("市级",), (("ladder", 0), "programme.bad_code")),
        (("city", "city"), (("ladder", 1), "programme.duplicate")),
    ],
)
def test_a_step_of_the_ladder_is_another_programme(ladder: tuple[str, ...], fault: object) -> None:
    found = ladder_faults(replace(DEFINITION, ladder=ladder))

    assert [(one.path, one.code) for one in found] == [fault]
