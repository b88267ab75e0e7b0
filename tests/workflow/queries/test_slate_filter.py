"""Which of the waiting cases a filter means."""

from decimal import Decimal

import pytest

from services.workflow.queries.slate_filter import SlateFilter, cases_of, narrowed
from services.workflow.queries.slate_page import Candidate
from tests.workflow import cast
from tests.workflow.cast import District
from tests.workflow.commands.refusing import refusal


def candidate(case: int, town: str, rank: int | None, points: str | None) -> Candidate:
    value = None if points is None else Decimal(points)
    return Candidate(case, 1, f"u{case}", town, rank, value, barred="", outvoted=False)


ROWS = [
    candidate(1, "松溪", 1, "92"),
    candidate(2, "松溪", 2, None),
    candidate(3, "桂花", None, "88.5"),
    candidate(4, "桂花", 1, "95"),
]


@pytest.mark.parametrize(
    ("by", "cases"),
    [
        (SlateFilter(), [1, 2, 3, 4]),
        (SlateFilter(town="桂花"), [3, 4]),
        (SlateFilter(rank=1), [1, 4]),
        (SlateFilter(points=Decimal("88.5")), [1, 3, 4]),
        (SlateFilter(town="松溪", rank=2, points=Decimal(90)), [1]),
        (SlateFilter(town="没有"), []),
    ],
)
def test_each_part_narrows(by: SlateFilter, cases: list[int]) -> None:
    assert [row.case for row in narrowed(ROWS, by)] == cases


def test_what_waits_at_the_leg_is_found_for_whoever_leads_it(d: District) -> None:
    leg = cast.LEGS["clearance"]

    found = cases_of(d.edition, leg, "", SlateFilter(), d.people["office"])

    assert found == [d.cases["clearance"]]
    assert cases_of(d.edition, leg, "", SlateFilter(town="没有"), d.people["office"]) == []
    assert refusal(cases_of, d.edition, leg, "", SlateFilter(), d.people["songxi"]) == "step.not_yours"
    assert refusal(cases_of, d.edition, 99, "", SlateFilter(), d.people["office"]) == "slate.not_a_round_leg"
