"""What a definition says of itself."""

from dataclasses import replace

from services.workflow.domain.programme_rules import Body, NoticeRule
from services.workflow.domain.stages import Role, Stage
from services.workflow.domain.standard import Indicator
from tests.workflow.domain.samples import COMMITTEE, DEFINITION, OFFICE, SCORERS, STANDARD

DECLARE, PRELIMINARY, ASSESSMENT, NOTICE, NAMING = DEFINITION.legs


def test_a_leg_is_found_by_its_key() -> None:
    assert DEFINITION.leg_index == {
        "declare": 0,
        "preliminary": 1,
        "assessment": 2,
        "notice": 3,
        "naming": 4,
    }


def test_a_route_without_a_public_notice_is_warned_of() -> None:
    legs = tuple(leg for leg in DEFINITION.legs if leg.stage is not Stage.NOTICE)

    assert replace(DEFINITION, legs=legs).warnings == ("programme.no_public_notice",)
    assert DEFINITION.warnings == ()


def test_open_indicators_are_the_gaps_of_the_programme() -> None:
    cut_off = replace(STANDARD, indicators=(*STANDARD.indicators, Indicator("3", "", gap=True)))

    assert replace(DEFINITION, standard=cut_off).gaps == ("3",)
    assert DEFINITION.gaps == ()


def test_a_leg_has_its_own_notice_rule_or_the_programmes_or_the_default() -> None:
    own = replace(NOTICE, notice=NoticeRule(7))
    without = replace(DEFINITION, notice=None)

    rules = (DEFINITION.notice_rule(own), DEFINITION.notice_rule(NOTICE), without.notice_rule(NOTICE))

    assert [rule.working_days for rule in rules] == [7, 5, 5]


def test_a_body_is_relative_to_the_subject_or_a_unit_of_its_own() -> None:
    units = ("subject", "subject.town", "subject.district", "office")

    assert [Body(Role.TOWN, unit).is_relative for unit in units] == [True, True, True, False]


def test_every_body_is_named_in_the_order_of_the_definition() -> None:
    escalated = replace(PRELIMINARY, escalate_days=1, escalate_to=OFFICE)
    definition = replace(DEFINITION, legs=(DECLARE, escalated, ASSESSMENT))

    assert list(definition.bodies()) == [
        *(OFFICE, COMMITTEE),
        *(DECLARE.body, PRELIMINARY.body, OFFICE, OFFICE, *SCORERS),
        *(OFFICE, OFFICE, COMMITTEE),
    ]


def test_a_unit_goes_by_the_name_the_definition_gives_it() -> None:
    assert DEFINITION.unit_name("dep-urban") == "区城管局"
    assert DEFINITION.unit_name("dep-unknown") == "dep-unknown"
