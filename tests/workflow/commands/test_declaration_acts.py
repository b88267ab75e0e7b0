import datetime as dt
from typing import Any
from uuid import uuid4

import pytest

from services.workflow.commands.steps import take_step
from services.workflow.models import Declaration, Due, Score, SlateLine, Veto
from services.workflow.models.lifecycle.steps import steps_open
from services.workflow.queries.facts import gather
from tests.workflow import cast
from tests.workflow.cast import NOW, VETO, District, take
from tests.workflow.commands.refusing import refusal


def test_filing_gives_the_number_and_the_moment_once(d: District) -> None:
    case, by = d.cases["draft"], d.people["draft"]

    take("declaration", case, "submit", by)
    first = d.case("draft")
    take("declaration", case, "take_back", by)
    cast.set_clock(NOW + dt.timedelta(days=1))
    take("declaration", case, "submit", by)

    again = d.case("draft")
    assert (first.number[:12], first.filed_at) == ("SAMPLE-2026-", NOW)
    assert (again.number, again.filed_at, again.version) == (first.number, NOW + dt.timedelta(days=1), 4)


def test_an_incomplete_declaration_is_not_filed(d: District) -> None:
    assert (
        refusal(take, "declaration", d.cases["begun"], "submit", d.people["begun"])
        == "declaration.incomplete"
    )


@pytest.mark.parametrize(
    ("moment", "code"),
    [
        (cast.OPENS - dt.timedelta(microseconds=1), "declaration.window_closed"),
        (cast.CLOSES, "declaration.window_closed"),
        (cast.OPENS, ""),
        (cast.CLOSES - dt.timedelta(microseconds=1), ""),
    ],
)
def test_filing_at_the_edges_of_the_window(d: District, moment: dt.datetime, code: str) -> None:
    cast.set_clock(moment)
    act = (take, "declaration", d.cases["draft"], "submit", d.people["draft"])

    if code:
        assert refusal(*act) == code
    else:
        assert act[0](*act[1:])["place"] == "preliminary_review"


def test_filing_is_guarded_by_what_was_last_saved(d: District) -> None:
    case, by = d.cases["draft"], d.people["draft"]
    revision = d.case("draft").revision

    stale = refusal(
        take_step, "declaration", case, "submit", by=by, key=None, version=1, revision=revision - 1
    )
    fresh = take_step("declaration", case, "submit", by=by, key=None, version=1, revision=revision)

    assert (stale, fresh["place"]) == ("overtaken", "preliminary_review")


def test_a_town_endorses_with_rank_and_scores(d: District) -> None:
    case = d.cases["preliminary"]

    take(
        "declaration",
        case,
        "endorse",
        d.people["songxi"],
        rank="3",
        scores={"2.1": "28", "2.2": "n/a", "1.1": ""},
    )

    scores = Score.objects.filter(case_id=case).order_by("criterion")
    assert d.case("preliminary").rank == 3
    assert [(s.tier, s.criterion, s.points, s.not_applicable) for s in scores] == [
        ("town", "1.1", None, False), ("town", "2.1", 28, False), ("town", "2.2", None, True),
    ]  # fmt: skip


def test_scores_for_many_at_once_are_refused_not_dropped(d: District) -> None:
    take("declaration", d.cases["returned"], "resubmit", d.people["returned"])
    cases = [d.cases["preliminary"], d.cases["returned"]]

    assert (
        refusal(cast.take_many, "endorse", cases, d.people["songxi"], scores={"2.1": "28"})
        == "score.one_case_at_a_time"
    )
    assert [row["ok"] for row in cast.take_many("endorse", cases, d.people["songxi"])] == [True, True]


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"rank": "0"}, "field.out_of_range"),
        ({"rank": "first"}, "field.not_a_number"),
        ({"scores": {"2.1": "31"}}, "score.above_maximum"),
        ({"scores": "31"}, "field.invalid"),
    ],
)
def test_a_bad_endorsement_leaves_the_case_with_the_town(
    d: District, fields: dict[str, Any], code: str
) -> None:
    case = d.cases["preliminary"]

    assert refusal(take, "declaration", case, "endorse", d.people["songxi"], **fields) == code
    assert (d.case("preliminary").version, Score.objects.filter(case_id=case).count()) == (2, 0)


def test_a_veto_is_a_row_with_its_basis_and_strikes_the_line(d: District) -> None:
    case = d.cases["in_round"]

    take("declaration", case, "raise_veto", d.people["dep-police"], reason="案件", **VETO)

    veto = Veto.objects.get(case_id=case)
    assert (veto.ground, veto.basis, veto.event_on, veto.note, veto.raised_at) == (
        "public_security", "公函 1 号", dt.date(2026, 1, 15), "案件", NOW,
    )  # fmt: skip
    line = SlateLine.objects.get(case=case, slate__leg=2)
    assert (line.open, line.struck_at, line.struck_reason) == (False, NOW, "raise_veto")
    assert Due.objects.filter(task__process__slate=line.slate, cancelled_at=None).count() == 0


@pytest.mark.parametrize(
    ("who", "fields", "code"),
    [
        ("dep-police", {"ground": "family_planning"}, "veto.not_your_ground"),
        ("dep-police", {"ground": "noise"}, "veto.unknown_ground"),
        ("dep-police", {"event_on": "2026-03-03"}, "veto.event_in_future"),
        ("dep-police", {"event_on": "2025-03-02"}, "veto.event_too_old"),
        ("dep-police", {"event_on": "yesterday"}, "field.not_a_date"),
        ("dep-police", {"basis": " "}, "field.missing"),
        ("dep-org", {}, "step.not_yours"),
        ("office", {}, "step.not_yours"),
        ("north-police", {}, "case.not_found"),
    ],
)
def test_a_veto_is_refused(d: District, who: str, fields: dict[str, Any], code: str) -> None:
    act = (take, "declaration", d.cases["naming"], "raise_veto", d.people[who])

    assert refusal(*act, reason="案件", **{**VETO, **fields}) == code
    assert not Veto.objects.filter(case_id=d.cases["naming"]).exists()


def test_a_veto_on_the_last_day_of_its_look_back(d: District) -> None:
    answer = take(
        "declaration", d.cases["naming"], "raise_veto", d.people["dep-police"], reason="案件",
        **{**VETO, "event_on": "2025-03-03"},
    )  # fmt: skip

    assert answer["place"] == "naming"


def test_a_ground_is_raised_once(d: District) -> None:
    case, police = d.cases["naming"], d.people["dep-police"]
    take("declaration", case, "raise_veto", police, reason="案件", **VETO)

    assert (
        refusal(take, "declaration", case, "raise_veto", police, reason="案件", **VETO) == "veto.already_open"
    )


def test_a_veto_is_offered_while_a_ground_is_left(d: District) -> None:
    case, police = d.cases["naming"], d.people["dep-police"]

    before = open_to(d, case, "dep-police")
    take("declaration", case, "raise_veto", police, reason="案件", **VETO)

    assert "raise_veto" in before
    assert (
        "raise_veto" in open_to(d, case, "dep-police"),
        "raise_veto" in open_to(d, case, "dep-health"),
    ) == (
        False,
        True,
    )


def open_to(d: District, case: int, who: str) -> tuple[str, ...]:
    row = Declaration.objects.get(pk=case)
    gather([row], at=NOW, member_id=d.people[who].member_id)
    return steps_open(row, d.people[who])


def test_a_veto_is_lifted_by_the_department_that_raised_it(d: District) -> None:
    case = d.cases["naming"]
    take("declaration", case, "raise_veto", d.people["dep-police"], reason="案件", **VETO)

    other = refusal(take, "declaration", case, "lift_veto", d.people["dep-health"], reason="查清")
    take("declaration", case, "lift_veto", d.people["dep-police"], reason="查清")

    veto = Veto.objects.get(case_id=case)
    assert other == "veto.none_of_yours"
    assert (veto.lifted_at, veto.lift_reason) == (NOW, "查清")


def test_disqualification_is_final(d: District) -> None:
    case, committee = d.cases["naming"], d.people["committee1"]
    take("declaration", case, "raise_veto", d.people["dep-police"], reason="案件", **VETO)
    take("declaration", case, "disqualify", committee, reason="一票否决")

    found = [
        refusal(take, "declaration", case, step, d.people[who], reason="说明")
        for step, who in (("confer", "office"), ("lift_veto", "dep-police"), ("withdraw", "naming"))
    ]

    assert found == ["step.out_of_order"] * 3


@pytest.mark.parametrize("step", ["return", "decline"])
def test_what_people_must_be_able_to_read_needs_a_reason(d: District, step: str) -> None:
    act = (take, "declaration", d.cases["preliminary"], step, d.people["songxi"])

    assert [refusal(*act, reason=reason) for reason in ("", "  ", "\x00")] == ["reason.missing"] * 3


def test_an_unknown_step_is_refused(d: District) -> None:
    act = (take_step, "declaration", d.cases["preliminary"], "abolish")

    assert refusal(*act, by=d.people["songxi"], key=uuid4()) == "step.unknown"
