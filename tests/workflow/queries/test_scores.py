import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from services.workflow.domain.scoring import NOT_APPLICABLE
from services.workflow.models import Score
from services.workflow.queries.scores import scores_of, self_scores_of, verdict_on
from tests.workflow.cast import DEFINITION, NOW, District


def test_self_scores_are_those_of_the_answers(d: District) -> None:
    sheet = self_scores_of([d.cases["draft"]])[d.cases["draft"]]

    assert {code: score.points for code, score in sheet.items()} == {
        "1.1": Decimal("40.00"), "1.2": Decimal("20.00"), "2.1": Decimal("30.00"), "2.2": Decimal("10.00"),
    }  # fmt: skip


def test_a_score_says_whose_it_is(d: District) -> None:
    sheet = scores_of([d.cases["vote"]], "department")[d.cases["vote"]]

    assert {code: score.scorer for code, score in sheet.items()} == {
        "1.1": "dep-org社区 dep-org", "1.2": "dep-org社区 dep-org",
        "2.1": "dep-urban社区 dep-urban", "2.2": "dep-urban社区 dep-urban",
    }  # fmt: skip


def test_tiers_stand_side_by_side_and_do_not_mix(d: District) -> None:
    assert scores_of([d.cases["vote"]], "town") == {}


def test_where_a_round_was_repeated_the_last_word_counts(d: District) -> None:
    case, office = d.cases["vote"], d.people["dep-org"].office
    for days, points in ((2, "11"), (1, "12")):
        Score.objects.create(
            case_id=case, tier="department", criterion="1.1", points=Decimal(points), office_id=office,
            at=NOW + dt.timedelta(days=days), rereview=None, task=None if days == 1 else _a_task(case),
        )  # fmt: skip

    assert scores_of([case], "department")[case]["1.1"].points == Decimal("11.00")


def _a_task(case: int) -> Any:
    found = Score.objects.filter(case_id=case, criterion="2.1").select_related("task").get()
    return found.task


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, (Decimal("100.00"), True, ())),
        ({"2.1": None}, (Decimal("70.00"), False, ("2.1",))),
        ({"2.1": Decimal(0)}, (Decimal("70.00"), False, ())),
        ({"2.2": NOT_APPLICABLE}, (Decimal("100.00"), True, ())),
    ],
)
def test_the_verdict_on_a_sheet(d: District, changes: dict[str, Any], expected: tuple[Any, ...]) -> None:
    sheet = scores_of([d.cases["vote"]], "department")[d.cases["vote"]]
    for code, points in changes.items():
        sheet[code] = type(sheet[code])(points)

    verdict = verdict_on(DEFINITION, sheet)

    assert (verdict.points, verdict.passed, verdict.missing) == expected
