"""What a programme's file rules, seen in what the commands then do: one rule of the file, one test."""

import datetime as dt
from dataclasses import replace
from fractions import Fraction
from typing import Any
from uuid import uuid4

import pytest

from services.workflow.commands import due, honours
from services.workflow.commands.measuring import score_leg
from services.workflow.commands.programmes import open_edition, publish_version
from services.workflow.domain.actor import SYSTEM
from services.workflow.domain.calendar import start_of_day
from services.workflow.domain.programme_rules import Body, Quota, QuotaKind, ScoringRule
from services.workflow.domain.sampling import drawn
from services.workflow.domain.stages import Role
from services.workflow.domain.standard import RuleKind
from services.workflow.models import Declaration, Due, Edition, Honour
from services.workflow.queries.places import decided_in
from tests.workflow import cast
from tests.workflow.cast import DEFINITION, LEGS, District, take
from tests.workflow.commands.refusing import refusal

FULL = {"1.1": "40", "1.2": "20", "2.1": "30", "2.2": "10"}


def confirm(d: District) -> dict[str, Any]:
    return take("declaration", d.cases["confirmation"], "confirm", d.people["committee1"])


def test_an_own_check_is_a_whole_sheet_that_reaches_its_mark(d: District) -> None:
    cast.rule(d, legs=cast.with_legs(confirmation={"own_check": True, "pass_mark": 90}))
    case, by = d.cases["confirmation"], d.people["committee1"]

    unscored = refusal(confirm, d)
    low = score_leg(case, {**FULL, "1.1": "29.99"}, by=by, key=None)
    below = refusal(confirm, d)
    reached = score_leg(case, {"1.1": "30"}, by=by, key=None)

    assert (unscored, below) == ("leg.not_scored", "leg.below_mark")
    assert (low["tier"], low["points"], low["passed"]) == ("confirmation", "89.99", False)
    assert (reached["points"], reached["passed"], confirm(d)["leg"]) == ("90.00", True, LEGS["assessment"])


def test_nobody_else_scores_an_own_check(d: District) -> None:
    cast.rule(d, legs=cast.with_legs(confirmation={"own_check": True}))

    found = [
        refusal(score_leg, d.cases["confirmation"], FULL, by=d.people[who], key=None)
        for who in ("office", "songxi", "confirmation")
    ]

    assert found == ["step.not_yours"] * 3


def jury(d: District, *, drop_outliers: bool) -> list[Any]:
    """Each member of the committee scores every criterion alone; the tasks of the three."""
    committee = Body(Role.COMMITTEE, "committee")
    rule = {"bodies": (committee,), "scoring": ScoringRule(each_member=True, drop_outliers=drop_outliers)}
    lines = {code: {"scorer": "committee"} for code in FULL}
    cast.rule(d, standard=cast.with_criteria(**lines), legs=cast.with_legs(assessment=rule))
    return cast.tasks_of(cast.table(d, [d.cases["assessment"]]))


@pytest.mark.parametrize(("drop_outliers", "points"), [(False, "88.00"), (True, "90.00")])
def test_each_member_scores_and_the_mean_counts(d: District, drop_outliers: bool, points: str) -> None:
    """1.1 has 40, 30 and 14: the mean is 28, without the highest and the lowest 30."""
    tasks = jury(d, drop_outliers=drop_outliers)
    for task, first in zip(tasks, ("40", "30", "14"), strict=True):
        given = {**FULL, "1.1": first}
        findings = [
            {"case": d.cases["assessment"], "criterion": code, "points": points}
            for code, points in given.items()
        ]
        cast.decide(task.pk, "scored", cast.asked(d, task), findings)

    case = d.case("assessment")
    assert (case.leg, str(case.result_points)) == (LEGS["vote"], points)


@pytest.mark.parametrize("is_drawn", [True, False])
def test_a_spot_check_sees_the_cases_that_were_drawn_and_no_others(d: District, is_drawn: bool) -> None:
    cast.rule(d, legs=cast.with_legs(confirmation={"sample_percent": 30}))
    case = d.cases["joint_review"]
    seed = next(s for s in map(str, range(1000)) if drawn(s, "confirmation", case, 30) is is_drawn)
    Edition.objects.filter(pk=d.edition).update(draw_seed=seed)

    cast.answer_round(d, cast.table(d, [case]))

    assert d.case("joint_review").leg == LEGS["confirmation" if is_drawn else "assessment"]


def two_to_decide(d: District, places: int) -> tuple[int, int]:
    """Two cases before the decision, the better one first, and so many places left for them; no third waits."""
    take("declaration", d.cases["vote"], "withdraw", d.people["vote"], reason="退出")
    better, worse = d.cases["decision"], d.cases["assessment"]
    cast.answer_round(d, cast.table(d, [worse]), share="0.95")
    cast.forward(d, [worse], "vote")
    edition = Edition.objects.get(pk=d.edition)
    decided = sum(decided_in([edition])[edition.pk].values())
    cast.rule(d, quota=Quota(QuotaKind.MAXIMUM, decided + places))
    return better, worse


def test_the_best_place_takes_the_last_seat_whatever_the_order_of_the_list(d: District) -> None:
    better, worse = two_to_decide(d, places=1)

    done = cast.take_many("decide", [worse, better], d.people["committee1"])

    assert [row.get("code", "decided") for row in done] == ["edition.quota_used", "decided"]
    assert [d.case(code).stage for code in ("decision", "assessment")] == ["notice", "evaluation"]


def test_a_lower_place_does_not_go_before_a_higher_one(d: District) -> None:
    better, worse = two_to_decide(d, places=2)

    found = refusal(take, "declaration", worse, "decide", d.people["committee1"])
    done = cast.take_many("decide", [worse, better], d.people["committee1"])

    assert (found, [row["ok"] for row in done]) == ("edition.higher_rank_waits", [True, True])


@pytest.mark.parametrize(
    ("share", "code"), [(Fraction(9, 10), "honour.renewed_share_used"), (Fraction(1), "")]
)
def test_of_the_titles_that_expire_only_a_share_is_renewed(d: District, share: Fraction, code: str) -> None:
    """末位淘汰: nine tenths of one title is none."""
    cast.rule(d, supervision=replace(DEFINITION.supervision, renewed_share=share))
    case = d.honour.pk
    take("honour", case, "open_rereview", d.people["office"])
    honours.score_rereview(case, FULL, by=d.people["office"], key=None)
    act = (take, "honour", case, "retain", d.people["office"])

    if code:
        assert refusal(*act) == code
    else:
        assert act[0](*act[1:])["place"] == "held"


def test_a_title_lapses_when_its_term_ends(d: District) -> None:
    cast.rule(d, supervision=replace(DEFINITION.supervision, term_years=1))
    take("declaration", d.cases["naming"], "confer", d.people["office"])
    honour = Honour.objects.get(unit_id=d.units["naming"])
    row = Due.objects.get(case_id=honour.pk)

    cast.set_clock(row.at - dt.timedelta(seconds=1))
    due.fire_due()
    waiting = Honour.objects.get(pk=honour.pk).status
    cast.set_clock(row.at + dt.timedelta(seconds=1))
    due.fire_due()

    ended = Honour.objects.get(pk=honour.pk)
    assert (row.kind, row.at, waiting) == ("term_end", start_of_day(dt.date(2027, 3, 2)), "held")
    assert (ended.status, ended.version) == ("lapsed", honour.version + 1)


def test_a_score_is_imported_from_another_programme(d: District) -> None:
    """The unit reached half of the points there, so that its criterion is worth half of its own here."""
    Declaration.objects.filter(pk=d.cases["held"]).update(result_points=50)
    imported = {"1.1": {"rule": RuleKind.IMPORTED, "programme": "sample"}}
    other = replace(DEFINITION, code="other", name="另一项目", standard=cast.with_criteria(**imported))
    programme = publish_version(other, by=SYSTEM, key=None)["programme"]
    take("programme", programme, "propose", d.people["office"])
    take("programme", programme, "admit", d.people["leading-group"])
    times: dict[str, Any] = {"year": 2026, "opens_at": cast.OPENS, "closes_at": cast.CLOSES}
    edition = open_edition(programme, **times, by=d.people["office"], key=uuid4())["edition"]
    there = replace(d, edition=edition, cases={})
    case = cast.file(there, "held")
    cast.bring(there, [case], "assessment")

    for task in cast.tasks_of(cast.table(there, [case])):
        by = cast.asked(d, task)
        findings = [one for one in cast.marks(by, [case]) if one["criterion"] != "1.1"]
        cast.decide(task.pk, "scored", by, findings)

    row = Declaration.objects.get(pk=case)
    assert (row.leg, str(row.result_points)) == (LEGS["vote"], "80.00")
