import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from services.workflow.commands import due, honours
from services.workflow.commands.incidents import report_incident
from services.workflow.commands.programmes import publish_version
from services.workflow.domain.actor import SYSTEM
from services.workflow.domain.calendar import last_day, start_of_day
from services.workflow.domain.programme_rules import NegativeRule
from services.workflow.models import DocumentFile, Due, Honour, LedgerEntry, Rectification, ReReview
from tests.workflow import cast
from tests.workflow.cast import NOW, District, take
from tests.workflow.commands.refusing import refusal

FULL = {"1.1": "40", "1.2": "20", "2.1": "30", "2.2": "10"}


def step(d: District, name: str, who: str = "office", **fields: Any) -> dict[str, Any]:
    return take("honour", d.honour.pk, name, d.people[who], reason="说明", **fields)


def score(d: District, scores: dict[str, str], who: str = "office") -> dict[str, Any]:
    return honours.score_rereview(d.honour.pk, scores, by=d.people[who], key=None)


def rectifying(d: District) -> int:
    """A rectification that was ordered after a re-review."""
    step(d, "open_rereview")
    step(d, "order_rectification", points_text="三条")
    return Rectification.objects.get(honour=d.honour.pk).pk


def proposed(d: District) -> None:
    case = rectifying(d)
    take("rectification", case, "plan", d.people["held"], plan="计划")
    take("rectification", case, "report", d.people["held"], report="报告")
    take("rectification", case, "reject", d.people["office2"], reason="仍不达标")
    step(d, "propose_revocation")


def plaque_due(d: District) -> list[dt.date]:
    """The last days of all that is still to fall due, reminders left out."""
    rows = Due.objects.filter(case_id=d.honour.pk, fired_at=None, cancelled_at=None).exclude(kind="reminder")
    return [last_day(row.at) for row in rows]


def test_a_title_is_held_from_its_naming_with_a_number_a_resolution_and_a_day(d: District) -> None:
    honour = d.honour

    assert (honour.status, honour.version, honour.number, str(honour.points)) == (
        "held",
        1,
        "SAMPLE-H-2026-0001",
        "100.00",
    )
    assert (honour.conferred_on, honour.next_rereview_on) == (dt.date(2026, 2, 10), dt.date(2028, 2, 10))
    paper = DocumentFile.objects.get(pk=honour.resolution_id)
    assert (paper.kind, paper.number, paper.paper["named"]) == (
        "resolution", "sample〔2026〕2号", [{"unit": "held社区", "town": "songxi社区", "points": "100.00"}],
    )  # fmt: skip
    due_row = Due.objects.get(case_id=honour.pk)
    assert (due_row.kind, due_row.at) == ("rereview", start_of_day(dt.date(2028, 2, 10)))


def test_naming_many_lists_them_in_one_resolution_with_numbers_in_a_row(d: District) -> None:
    cast.set_clock(NOW + dt.timedelta(days=9))
    take("notice", d.notice, "close", d.people["office"])

    cast.take_many(
        "confer", [d.cases[code] for code in ("naming", "listed", "listed_too")], d.people["office"]
    )

    numbers = Honour.objects.order_by("number").values_list("number", "resolution__number")
    assert list(numbers) == [
        ("SAMPLE-H-2026-0001", "sample〔2026〕2号"),
        *((f"SAMPLE-H-2026-000{n}", "sample〔2026〕4号") for n in (2, 3, 4)),
    ]


def test_a_rereview_falls_due_after_two_years_by_itself(d: District) -> None:
    cast.set_clock(start_of_day(dt.date(2028, 2, 10)) - dt.timedelta(microseconds=1))
    early = d.honour.status
    due.fire_due()
    before = d.honour.status
    cast.set_clock(start_of_day(dt.date(2028, 2, 10)))
    due.fire_due()

    review = ReReview.objects.get(honour=d.honour.pk)
    assert (early, before, d.honour.status, review.cause) == ("held", "held", "under_review", "due")
    assert (d.honour.waiting_role, d.honour.waiting_unit_id) == ("office", d.units["office"])
    assert LedgerEntry.objects.filter(case_id=d.honour.pk, seq=2, actor=None, step="open_rereview").exists()


def test_a_title_is_retained_at_the_mark_and_the_next_day_follows_from_today(d: District) -> None:
    step(d, "open_rereview", cause="incident")
    answer = score(d, {**FULL, "2.1": "20"})

    step(d, "retain")

    assert answer == {"honour": d.honour.pk, "points": "90.00", "missing": [], "passed": True}
    assert (d.honour.status, d.honour.last_reviewed_on, d.honour.next_rereview_on) == (
        "held", dt.date(2026, 3, 2), dt.date(2028, 3, 2),
    )  # fmt: skip
    review = ReReview.objects.get(honour=d.honour.pk)
    assert (review.cause, review.outcome, review.closed_at, str(review.points)) == (
        "incident",
        "retain",
        NOW,
        "90.00",
    )
    open_due = Due.objects.filter(case_id=d.honour.pk, fired_at=None, cancelled_at=None)
    assert [(row.kind, row.at) for row in open_due] == [("rereview", start_of_day(dt.date(2028, 3, 2)))]


@pytest.mark.parametrize(
    ("scores", "code"),
    [
        ({**FULL, "2.1": "19.99"}, "score.below_pass_mark"),
        ({"1.1": "40"}, "score.incomplete"),
        ({}, "score.incomplete"),
    ],
)
def test_a_title_is_not_retained(d: District, scores: dict[str, Any], code: str) -> None:
    step(d, "open_rereview")
    score(d, scores)

    assert refusal(step, d, "retain") == code


@pytest.mark.parametrize("who", ["committee1", "songxi", "held", "dep-org", "north-office"])
def test_only_the_reviewing_office_scores(d: District, who: str) -> None:
    step(d, "open_rereview")

    assert refusal(score, d, FULL, who) == "step.not_yours"


def test_nothing_is_scored_without_a_rereview(d: District) -> None:
    assert refusal(score, d, FULL) == "honour.not_under_review"
    assert refusal(honours.score_rereview, 999_999, FULL, by=d.people["office"], key=None) == "case.not_found"


def test_a_bad_score_is_refused_and_earlier_ones_stay(d: District) -> None:
    step(d, "open_rereview")
    score(d, FULL)

    code = refusal(score, d, {"2.1": "31"})

    assert (code, score(d, {})["points"]) == ("score.above_maximum", "100.00")


def test_a_second_rereview_begins_with_an_empty_sheet(d: District) -> None:
    step(d, "open_rereview")
    score(d, FULL)
    step(d, "retain")

    step(d, "open_rereview")

    assert refusal(step, d, "retain") == "score.incomplete"


def test_an_unknown_cause_is_refused(d: District) -> None:
    assert refusal(step, d, "open_rereview", cause="mood") == "field.not_a_choice"


def test_a_warning_waits_with_the_office_until_it_has_served(d: District) -> None:
    step(d, "open_rereview")
    step(d, "warn")
    warned = (d.honour.status, d.honour.waiting_role)

    step(d, "retain")

    assert (warned, d.honour.status, d.honour.waiting_role) == (("warned", "office"), "held", "")


def test_a_rectification_put_right_lets_the_title_be_held_again(d: District) -> None:
    case = rectifying(d)
    take("rectification", case, "plan", d.people["held"], plan="计划")
    take("rectification", case, "report", d.people["held"], report="报告")

    take("rectification", case, "accept", d.people["office2"], reason="合格")

    row = Rectification.objects.get(pk=case)
    assert (row.status, row.plan_text, row.report_text, row.result_text) == (
        "accepted",
        "计划",
        "报告",
        "合格",
    )
    assert (d.honour.status, d.honour.next_rereview_on) == ("held", dt.date(2028, 3, 2))


@pytest.mark.parametrize("step_", ["accept", "reject"])
def test_whoever_ordered_it_does_not_inspect_it(d: District, step_: str) -> None:
    case = rectifying(d)
    take("rectification", case, "plan", d.people["held"], plan="计划")
    take("rectification", case, "report", d.people["held"], report="报告")
    orderer = d.people["office"]
    deputy = replace(d.people["office2"], stands_for=orderer.member_id, office_id=orderer.office_id)

    codes = {refusal(take, "rectification", case, step_, by, reason="复查") for by in (orderer, deputy)}

    assert codes == {"rectification.ordered_by_you"}
    assert Rectification.objects.get(pk=case).status == "reported"


def test_a_deputy_who_ordered_it_does_not_inspect_it_in_their_own_office_either(d: District) -> None:
    orderer, deputy = d.people["office"], d.people["office2"]
    standing_in = replace(deputy, stands_for=orderer.member_id, office_id=orderer.office_id)
    step(d, "open_rereview")
    take("honour", d.honour.pk, "order_rectification", standing_in, reason="说明", points_text="一条")
    case = Rectification.objects.get().pk
    take("rectification", case, "plan", d.people["held"], plan="计划")
    take("rectification", case, "report", d.people["held"], report="报告")

    codes = {refusal(take, "rectification", case, "accept", by, reason="复查") for by in (orderer, deputy)}

    assert codes == {"rectification.ordered_by_you"}


def test_the_deadline_is_counted_in_working_days(d: District) -> None:
    case = Rectification.objects.get(pk=rectifying(d))

    assert (case.deadline_on, case.waiting_role, case.waiting_unit_id) == (
        dt.date(2026, 5, 28), "declarant", d.units["held"],
    )  # fmt: skip


def test_nothing_reported_by_the_deadline_may_be_rejected(d: District) -> None:
    case = rectifying(d)
    early = refusal(take, "rectification", case, "reject", d.people["office"], reason="未整改")
    cast.set_clock(start_of_day(dt.date(2026, 5, 30)))

    take("rectification", case, "reject", d.people["office"], reason="未整改")

    assert early == "rectification.deadline_not_passed"
    assert (d.honour.status, d.honour.waiting_role) == ("rectifying", "office")


def test_a_later_deadline_moves_the_due_work(d: District) -> None:
    case = rectifying(d)

    take("rectification", case, "extend", d.people["office"], reason="工程未完", working_days=5)

    assert Rectification.objects.get(pk=case).deadline_on == dt.date(2026, 6, 4)
    open_due = Due.objects.filter(case_id=case, fired_at=None, cancelled_at=None).exclude(kind="reminder")
    assert [row.at for row in open_due] == [start_of_day(dt.date(2026, 6, 5))]


@pytest.mark.parametrize(("step_", "fields"), [("plan", {}), ("plan", {"plan": " "})])
def test_a_plan_is_written(d: District, step_: str, fields: dict[str, Any]) -> None:
    case = rectifying(d)

    assert refusal(take, "rectification", case, step_, d.people["held"], **fields) == "field.missing"


def test_no_revocation_is_proposed_while_there_is_time_to_put_things_right(d: District) -> None:
    rectifying(d)

    assert refusal(step, d, "propose_revocation") == "honour.rectification_not_failed"


def test_one_body_proposes_and_another_revokes(d: District) -> None:
    proposed(d)
    own = refusal(step, d, "revoke", "office")

    step(d, "revoke", "committee1")

    honour = d.honour
    assert own == "step.not_yours"
    assert (honour.status, honour.proposer_unit_id, honour.revoked_on, honour.banned_until) == (
        "revoked", d.units["office"], dt.date(2026, 3, 2), dt.date(2029, 3, 2),
    )  # fmt: skip
    paper = DocumentFile.objects.get(kind="revocation")
    assert (paper.case_id, paper.paper["reason"], paper.paper["unit"]) == (honour.pk, "说明", "held社区")
    assert plaque_due(d) == [dt.date(2026, 3, 16)]


def test_a_proposal_that_is_turned_down_leaves_the_title(d: District) -> None:
    proposed(d)

    step(d, "retain", "committee1")

    assert (d.honour.status, d.honour.proposer_unit_id) == ("held", None)


def test_a_unit_gives_its_title_up(d: District) -> None:
    step(d, "relinquish", "held")

    assert (d.honour.status, d.honour.waiting_role) == ("relinquished", "office")
    assert plaque_due(d) == [dt.date(2026, 3, 16)]


def test_the_day_of_a_rereview_is_moved_with_a_reason_and_the_old_day_no_longer_counts(d: District) -> None:
    step(d, "move_rereview", on="2027-05-10")

    assert (d.honour.status, d.honour.version, d.honour.next_rereview_on) == ("held", 2, dt.date(2027, 5, 10))
    open_ = Due.objects.filter(case_id=d.honour.pk, fired_at=None, cancelled_at=None)
    assert [(row.kind, row.at) for row in open_] == [("rereview", start_of_day(dt.date(2027, 5, 10)))]


@pytest.mark.parametrize(
    ("on", "who", "code"),
    [
        ("2026-03-02", "office", "field.out_of_range"),
        ("2036-03-03", "office", "field.out_of_range"),
        ("soon", "office", "field.not_a_date"),
        ("2027-05-10", "committee1", "step.not_yours"),
        ("2027-05-10", "held", "step.not_yours"),
    ],
)
def test_a_rereview_is_not_moved(d: District, on: str, who: str, code: str) -> None:
    assert refusal(step, d, "move_rereview", who, on=on) == code
    assert d.honour.version == 1


def test_an_incident_of_the_programmes_list_opens_a_rereview(d: District) -> None:
    rule = NegativeRule("fire", "重大火灾", "dep-police", look_back_months=12)
    listed = replace(cast.DEFINITION, negative_list=(rule,))
    version = publish_version(listed, by=SYSTEM, key=None)["version"]
    Honour.objects.filter(pk=d.honour.pk).update(earned_under_id=version)
    given = {"kind": "fire", "happened_on": "2026-03-01", "basis": "消防〔2026〕3号"}

    told = report_incident(d.units["held"], given, by=d.people["dep-police"], key=None)

    assert told["rereviews"] == [d.honour.pk] and d.honour.status == "under_review"
    review = ReReview.objects.get()
    assert (review.cause, review.note) == ("incident", "消防〔2026〕3号")


def test_an_incident_before_the_look_back_leaves_the_title_alone(d: District) -> None:
    rule = NegativeRule("fire", "重大火灾", "dep-police", look_back_months=12)
    version = publish_version(replace(cast.DEFINITION, negative_list=(rule,)), by=SYSTEM, key=None)["version"]
    Honour.objects.filter(pk=d.honour.pk).update(earned_under_id=version)
    given = {"kind": "fire", "happened_on": "2025-03-01", "basis": "旧事"}

    told = report_incident(d.units["held"], given, by=d.people["dep-police"], key=None)

    assert told["rereviews"] == [] and d.honour.status == "held"
