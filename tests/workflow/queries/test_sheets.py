"""Scores side by side, as each office may see them."""

from decimal import Decimal

import pytest

from services.workflow.models import Answer, Declaration, Unit
from services.workflow.queries.definitions import definition_of
from services.workflow.queries.sheets import own_criteria, sheet_of
from tests.workflow import cast


def test_every_tier_that_scored_has_its_total_and_verdict(d):
    sheet = sheet_of(d.case("vote"), d.people["office"])

    assert {tier: total.points for tier, total in sheet.totals.items()} == {
        "self": Decimal("100.00"),
        "department": Decimal("100.00"),
    }
    assert sheet.verdicts["department"].passed
    assert (sheet.pass_mark, sheet.maximum) == (Decimal(90), Decimal(100))


def test_marks_that_differ_are_apart(d):
    Answer.objects.filter(declaration=d.cases["vote"], criterion="1.1").update(points=Decimal("39"))

    apart = {line.criterion.code for line in sheet_of(d.case("vote"), d.people["office"]).lines if line.apart}

    assert apart == {"1.1"}


def test_not_scored_is_not_zero(d):
    Answer.objects.filter(declaration=d.cases["vote"], criterion="1.1").update(points=None)

    sheet = sheet_of(d.case("vote"), d.people["office"])

    assert sheet.totals["self"].missing == ("1.1",)
    assert not sheet.verdicts["self"].passed
    assert not next(line for line in sheet.lines if line.criterion.code == "1.1").apart


@pytest.mark.parametrize(
    ("who", "code", "tiers"),
    [
        ("vote", "vote", {"self"}),
        ("songxi", "vote", {"self"}),
        ("dep-org", "vote", {"self", "department"}),
        ("committee1", "vote", {"self", "department"}),
        ("listed", "listed", {"self", "department"}),
        ("songxi", "listed", {"self", "department"}),
    ],
)
def test_unit_and_town_see_the_departments_scores_from_the_notice_on(d, who, code, tiers):
    assert set(sheet_of(d.case(code), d.people[who]).totals) == tiers


def test_a_sheet_reads_the_same_statements_for_any_standard(d, django_assert_num_queries):
    case = Declaration.objects.select_related("edition").get(pk=d.cases["vote"])
    definition_of(d.version)

    with django_assert_num_queries(4):
        sheet_of(case, d.people["office"])


def test_a_department_scores_its_own_criteria(d):
    assert [
        c.code
        for c in own_criteria(definition_of(d.version), Unit.objects.get(code="dep-urban"), d.case("vote"))
    ] == ["2.1", "2.2"]
    assert cast.SCORERS[1].unit == "dep-urban"
