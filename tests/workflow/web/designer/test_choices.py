"""What can be chosen in a draft: the district's bodies and units, and the draft's own legs and categories."""

from typing import Any

import pytest

from services.workflow.domain.programme_rules import (
    RELATIVE_UNITS,
    AfterReturn,
    Channel,
    Electorate,
    Majority,
    Outside,
    QuotaKind,
    ReviewOutcome,
    Silence,
)
from services.workflow.domain.stages import Mode, UnitKind
from services.workflow.domain.standard import Bound, FigureKind, Method, Rounding, RuleKind, Scale
from services.workflow.web.designer import choices as c
from tests.workflow.cast import DEFINITION, District

LISTS: list[tuple[Any, Any]] = [
    (c.UNIT_KINDS, UnitKind),
    (c.LEG_MODES, Mode),
    (c.SILENCES, Silence),
    (c.MAJORITIES, Majority),
    (c.ELECTORATES, Electorate),
    (c.QUOTAS, QuotaKind),
    (c.OUTCOMES, ReviewOutcome),
    (c.AFTER_RETURNS, AfterReturn),
    (c.OUTSIDES, Outside),
    (c.SCALES, Scale),
    (c.ROUNDINGS, Rounding),
    (c.RULE_KINDS, RuleKind),
    (c.METHOD_KINDS, Method),
    (c.FIGURE_KINDS, FigureKind),
    (c.BOUND_KINDS, Bound),
    (c.CHANNEL_KINDS, Channel),
]


@pytest.mark.parametrize(("words", "kind"), LISTS)
def test_every_value_that_the_file_knows_can_be_chosen_and_no_other(words: Any, kind: Any) -> None:
    assert {str(value) for value in words} == {member.value for member in kind}


def test_neither_government_nor_committee_can_be_a_subject() -> None:
    left_out = set(c.UNIT_KINDS) - set(c.SUBJECT_KINDS)

    assert left_out == {UnitKind.CITY, UnitKind.DISTRICT, UnitKind.COMMITTEE, UnitKind.LEADING_GROUP}


def test_bodies_are_those_of_the_own_district_and_the_relative_ones(d: District) -> None:
    offered = c.offered(d.people["office"], {}, [])

    assert "town@subject.town" in offered.bodies
    assert "department@dep-org" in offered.bodies
    assert not any("north" in body for body in offered.bodies)


def test_a_criterion_may_be_scored_by_a_unit_or_by_one_relative_to_the_subject(d: District) -> None:
    offered = c.offered(d.people["office"], {}, [])

    assert {*RELATIVE_UNITS, "dep-org"} <= set(offered.scorers)
    assert set(offered.scorers) - set(offered.units) == set(RELATIVE_UNITS)


def test_legs_and_categories_are_those_of_the_draft_however_unfinished(d: District) -> None:
    values = {"categories": [{"code": "old", "name": "老旧社区"}, "?", {"code": "new"}]}
    route = [{"key": "declare", "name": "自我申报"}, {"key": "check"}, None]

    offered = c.offered(d.people["office"], values, route)

    assert offered.named("legs") == {"declare": "自我申报", "check": "check"}
    assert offered.named("categories") == {"old": "老旧社区", "new": "new"}


@pytest.mark.parametrize("route", [None, "legs", {"key": "declare"}])
def test_a_route_that_is_none_offers_no_leg(d: District, route: Any) -> None:
    assert c.offered(d.people["office"], {}, route).legs == {}


def test_a_score_is_asked_of_another_programme_of_the_own_district(d: District) -> None:
    by = d.people["office"]

    assert c.offered(by, {"code": "other"}, []).programmes == {"sample": DEFINITION.name}
    assert c.offered(by, {"code": "sample"}, []).programmes == {}
    assert c.offered(d.people["north-office"], {}, []).programmes == {}
