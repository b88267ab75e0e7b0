"""The form of one criterion."""

from dataclasses import replace
from decimal import Decimal

import pytest

from services.workflow.domain.standard import FigureKind, Measure
from services.workflow.models import Answer
from services.workflow.queries.declaration_page import Line
from services.workflow.web.section_form import kept, section_form, values_of
from tests.workflow.domain import samples

CRITERION = samples.STANDARD.by_code["1.1"]
LINE = Line(samples.STANDARD.indicators[0], CRITERION, None, (), ())
SWITCH = Measure("hall", "有活动室", FigureKind.YES_NO)
SILENT = Measure("looked_up", "部门查得", FigureKind.COUNT, asked=False)


def with_measures(*measures):
    return replace(LINE, criterion=replace(CRITERION, measures=measures))


@pytest.mark.parametrize(
    ("measures", "names"),
    [
        ((samples.CARDS,), ["f-cards-numerator", "f-cards-denominator"]),
        ((samples.AREA,), ["f-area-value"]),
        ((SWITCH,), ["f-hall-value"]),
        ((SILENT,), []),
    ],
)
def test_a_form_asks_for_the_figures_that_the_unit_has(measures, names):
    assert list(section_form(with_measures(*measures)).fields) == [
        *names,
        "points",
        "statement",
        "not_applicable",
    ]


def test_what_is_kept_fills_the_form():
    answer = Answer(
        points=Decimal("4.50"),
        statement="齐全",
        figures={"cards": {"numerator": "95.0", "denominator": "100"}},
    )

    assert kept(replace(LINE, answer=answer)) == {
        "points": "4.50",
        "statement": "齐全",
        "not_applicable": False,
        "f-cards-numerator": "95",
        "f-cards-denominator": "100",
    }


def test_what_is_sent_becomes_an_answer():
    sent = {"points": "3", "f-cards-numerator": "1", "f-cards-denominator": "", "f-foreign-value": "9"}

    assert values_of(CRITERION, sent) == {
        "points": "3",
        "statement": "",
        "figures": {"cards": {"numerator": "1", "denominator": ""}},
    }


def test_the_tick_outweighs_the_points():
    assert values_of(CRITERION, {"points": "3", "not_applicable": "on"})["points"] == "n/a"
