from typing import Any
from uuid import uuid4

import pytest

from services.workflow.commands import answers
from services.workflow.models import Ballot, Finding, Member, Office, Score, SlateLine, Veto
from services.workflow.queries.rights import actor_of
from tests.workflow import cast
from tests.workflow.cast import NOW, VETO, District, asked, decide, table, tasks_of
from tests.workflow.commands.refusing import refusal, refused


def test_an_answer_is_kept_and_the_last_one_takes_the_case_on(d: District) -> None:
    case = d.cases["clearance"]
    first, second = tasks_of(table(d, [case]))

    one = decide(first.pk, "no_objection", asked(d, first))
    other = decide(second.pk, "objection", asked(d, second), reason="有群众反映")

    assert (one["round_open"], one["moved"], one["version"]) == (True, [], 2)
    moved = [{"case": case, "version": 4, "stage": "eligibility", "leg": 3}]
    assert (other["round_open"], other["moved"]) == (False, moved)
    said = Finding.objects.filter(task__process=first.process_id).order_by("pk")
    assert [(f.verdict, f.note, f.at) for f in said] == [
        ("no_objection", "", NOW),
        ("objection", "有群众反映", NOW),
    ]


def test_a_veto_in_a_clearance_strikes_its_line_and_bars_the_case(d: District) -> None:
    case = d.cases["clearance"]
    police, health = tasks_of(table(d, [case]))
    finding = {"case": case, "verdict": "veto", "note": "案件", **VETO}

    answer = decide(police.pk, "no_objection", asked(d, police), [finding])

    assert (answer["round_open"], answer["moved"]) == (False, [])
    assert refusal(decide, health.pk, "no_objection", asked(d, health)) == "round.closed"
    assert (d.case("clearance").waiting_role, d.case("clearance").leg) == ("committee", 2)
    assert Veto.objects.get(case_id=case).ground == "public_security"


def test_the_last_department_may_veto_the_last_line(d: District) -> None:
    case = d.cases["clearance"]
    police, health = tasks_of(table(d, [case]))
    decide(police.pk, "no_objection", asked(d, police))
    finding = {"case": case, "verdict": "veto", "note": "案件", **VETO, "ground": "family_planning"}

    answer = decide(health.pk, "no_objection", asked(d, health), [finding])

    assert (answer["moved"], d.case("clearance").leg) == ([], 2)


def test_a_joint_review_that_does_not_agree_leaves_the_case_with_the_office(d: District) -> None:
    case = d.cases["joint_review"]
    first, second = tasks_of(table(d, [case]))

    decide(first.pk, "agree", asked(d, first))
    decide(second.pk, "disagree", asked(d, second), reason="档案不全")

    row = d.case("joint_review")
    assert (row.leg, row.waiting_role, row.waiting_unit_id) == (3, "office", d.units["office"])
    assert SlateLine.objects.get(case=case, slate__leg=3).outcome == "not_carried"


def test_scores_are_those_of_the_departments_own_criteria(d: District) -> None:
    case = d.cases["assessment"]
    first, second = tasks_of(table(d, [case]))
    decide(first.pk, "scored", asked(d, first), cast.marks(asked(d, first), [case]))

    decide(second.pk, "scored", asked(d, second), cast.marks(asked(d, second), [case], share="0.75"))

    rows = Score.objects.filter(case_id=case, tier="department").order_by("criterion")
    assert {row.criterion: str(row.points) for row in rows} == {
        "1.1": "40.00", "1.2": "20.00", "2.1": "22.50", "2.2": "7.50",
    }  # fmt: skip
    assert (d.case("assessment").leg, str(d.case("assessment").result_points)) == (6, "90.00")


def test_a_case_below_the_mark_comes_before_the_committee_and_is_not_decided(d: District) -> None:
    """The vote may carry; 89.99 points never go into public notice."""
    case = d.cases["assessment"]
    first, second = tasks_of(table(d, [case]))
    decide(first.pk, "scored", asked(d, first), cast.marks(asked(d, first), [case]))
    points = [
        {"case": case, "criterion": "2.1", "points": "19.99"},
        {"case": case, "criterion": "2.2", "points": "10"},
    ]
    decide(second.pk, "scored", asked(d, second), points)
    cast.forward(d, [case], "vote")

    found = refusal(cast.take, "declaration", case, "decide", d.people["committee1"])

    assert (found, str(d.case("assessment").result_points)) == ("score.below_pass_mark", "89.99")


@pytest.mark.parametrize(
    ("points", "code"),
    [
        ([("2.1", "30")], "finding.missing"),
        ([("2.1", "30"), ("2.2", None)], "finding.missing"),
        ([("2.1", "30"), ("2.2", "  ")], "finding.missing"),
        ([("2.1", "30"), ("2.2", "10"), ("1.1", "40")], "score.not_your_criterion"),
        ([("2.1", "31"), ("2.2", "10")], "score.above_maximum"),
        ([("2.1", "-1"), ("2.2", "10")], "score.below_zero"),
        ([("2.1", "many"), ("2.2", "10")], "score.not_a_number"),
    ],
)
def test_a_sheet_of_scores_is_refused_as_a_whole(d: District, points: list[Any], code: str) -> None:
    case = d.cases["assessment"]
    urban = tasks_of(table(d, [case]))[1]
    findings = [{"case": case, "criterion": c, "points": p} for c, p in points]

    assert refusal(decide, urban.pk, "scored", asked(d, urban), findings) == code
    assert not Score.objects.filter(case_id=case).exists()
    urban.refresh_from_db()
    assert urban.is_open


@pytest.mark.parametrize(
    ("ballots", "carried"),
    [
        (("for", "for", "for"), True),
        (("for", "for", "against"), True),
        (("for", "against", "against"), False),
        (("for", "abstain", "abstain"), False),
        (("for", "for", "recused"), True),
    ],
)
def test_a_vote_carries_by_more_than_half_of_those_present(
    d: District, ballots: tuple[Any, ...], carried: bool
) -> None:
    case = d.cases["vote"]

    for task, choice in zip(tasks_of(table(d, [case])), ballots, strict=True):
        decide(task.pk, choice, asked(d, task), reason="说明")

    assert d.case("vote").leg == (7 if carried else 6)
    assert sorted(Ballot.objects.filter(case=case).values_list("choice", flat=True)) == sorted(ballots)


def test_the_first_vote_against_ends_nothing(d: District) -> None:
    first, second, third = tasks_of(table(d, [d.cases["vote"]]))

    answers_given = [
        decide(task.pk, said, asked(d, task)) for task, said in ((first, "against"), (second, "for"))
    ]

    assert [a["round_open"] for a in answers_given] == [True, True]
    assert decide(third.pk, "for", asked(d, third))["moved"] != []


@pytest.mark.parametrize("who", ["dep-org", "office", "songxi", "investigator", "north-police", "clearance"])
def test_nobody_answers_for_another_body(d: District, who: str) -> None:
    police = tasks_of(table(d, [d.cases["clearance"]]))[0]

    assert refusal(decide, police.pk, "no_objection", d.people[who]) == "step.not_yours"


def test_a_member_does_not_vote_for_another(d: District) -> None:
    first, *_ = tasks_of(table(d, [d.cases["vote"]]))
    others = [
        d.people[f"committee{n}"]
        for n in (1, 2, 3)
        if d.people[f"committee{n}"].member_id != first.assignee_id
    ]

    assert [refusal(decide, first.pk, "for", other) for other in others] == ["step.not_yours"] * 2


def test_a_second_answer_is_overtaken(d: District) -> None:
    police = tasks_of(table(d, [d.cases["clearance"]]))[0]
    decide(police.pk, "no_objection", asked(d, police))

    assert refusal(decide, police.pk, "objection", asked(d, police), reason="说明") == "overtaken"


@pytest.mark.parametrize(
    ("verdict", "finding", "code"),
    [
        ("maybe", {}, "finding.missing"),
        ("agree", {}, "finding.missing"),
        ("objection", {}, "finding.reason_missing"),
        ("no_objection", {"verdict": "veto"}, "finding.reason_missing"),
        ("no_objection", {"verdict": "veto", "note": "x", **VETO, "ground": "noise"}, "veto.unknown_ground"),
        ("no_objection", {"verdict": "veto", "note": "x", **VETO, "basis": ""}, "field.missing"),
        ("no_objection", {"case": 999_999}, "finding.foreign_case"),
    ],
)
def test_a_bad_opinion_is_refused_and_nothing_kept(
    d: District, verdict: str, finding: dict[str, Any], code: str
) -> None:
    case = d.cases["clearance"]
    police = tasks_of(table(d, [case]))[0]

    assert refusal(decide, police.pk, verdict, asked(d, police), [{"case": case, **finding}]) == code
    assert not Finding.objects.filter(task=police).exists()


def test_a_note_is_kept_whole_or_refused(d: District) -> None:
    case = d.cases["clearance"]
    police, _ = tasks_of(table(d, [case]))
    finding = {"case": case, "verdict": "objection", "note": "长" * 2001}

    code = refusal(decide, police.pk, "no_objection", asked(d, police), [finding])
    decide(police.pk, "no_objection", asked(d, police), [{**finding, "note": "长" * 2000}])

    assert (code, Finding.objects.get(task=police).note) == ("field.too_long", "长" * 2000)


def test_an_unknown_task_is_refused(d: District) -> None:
    assert refused(decide, 999_999, "for", d.people["committee1"]).params == {"task": 999_999}


def test_whoever_decided_lower_down_does_not_answer_higher_up(d: District) -> None:
    """The clerk of the town who endorsed sits in the committee now; the case's vote is not theirs."""
    clerk = Member.objects.get(username="songxi")
    seat = Office.objects.create(
        member=clerk, unit_id=d.units["committee"], role="committee", name="songxi", since=NOW
    )
    case = d.cases["vote"]
    task = next(t for t in tasks_of(table(d, [case])) if t.assignee_id == clerk.pk)
    by = actor_of(Office.objects.select_related("unit").get(pk=seat.pk))

    assert refusal(decide, task.pk, "for", by) == "conflict.acted_before"


def test_whoever_answered_in_a_round_does_not_act_in_another_office(d: District) -> None:
    """A scorer who moves into the committee has judged the case already, though no step of it was theirs."""
    scorer = Member.objects.get(username="dep-urban")
    seat = Office.objects.create(
        member=scorer, unit_id=d.units["committee"], role="committee", name="dep-urban", since=NOW
    )
    by = actor_of(Office.objects.select_related("unit").get(pk=seat.pk))

    assert refusal(cast.take, "declaration", d.cases["decision"], "decide", by) == "conflict.acted_before"


def test_the_office_closes_a_vote_that_has_its_quorum(d: District) -> None:
    case = d.cases["vote"]
    round_id = table(d, [case])
    first, second, _ = tasks_of(round_id)
    decide(first.pk, "for", asked(d, first))
    too_few = refusal(answers.close_round, round_id, by=d.people["office"], key=uuid4())
    decide(second.pk, "for", asked(d, second))

    answer = answers.close_round(round_id, by=d.people["office"], key=uuid4())

    assert too_few == "round.not_quorate"
    assert answer == {
        "round": round_id,
        "moved": [{"case": case, "version": d.case("vote").version, "stage": "evaluation", "leg": 7}],
    }


@pytest.mark.parametrize("who", ["committee1", "songxi", "north-office", "dep-police"])
def test_only_the_office_that_tabled_closes(d: District, who: str) -> None:
    round_id = table(d, [d.cases["vote"]])

    assert refusal(answers.close_round, round_id, by=d.people[who], key=None) == "step.not_yours"


def test_a_round_that_is_closed_or_unknown_is_not_closed_again(d: District) -> None:
    round_id = table(d, [d.cases["clearance"]])
    cast.answer_round(d, round_id)

    found = [
        refusal(answers.close_round, number, by=d.people["office"], key=None)
        for number in (round_id, 999_999)
    ]

    assert found == ["round.closed", "round.unknown"]


def by_town(d: District) -> int:
    """The organisation's criteria are the subject's town's to score; the round that asks it and dep-urban."""
    lines = {"1.1": {"scorer": "subject.town"}, "1.2": {"scorer": "subject.town"}}
    bodies = (cast.TOWN, cast.SCORERS[1])
    cast.rule(d, standard=cast.with_criteria(**lines), legs=cast.with_legs(assessment={"bodies": bodies}))
    return cast.table(d, [d.cases["assessment"]])


def test_a_scorer_given_relative_to_the_subject_scores_its_own_criteria(d: District) -> None:
    tasks = {task.participant_role: task for task in cast.tasks_of(by_town(d))}
    case = d.cases["assessment"]
    given = [{"case": case, "criterion": c, "points": p} for c, p in (("1.1", "40"), ("1.2", "20"))]
    urban = [{"case": case, "criterion": c, "points": p} for c, p in (("2.1", "30"), ("2.2", "10"))]

    foreign = refusal(cast.decide, tasks["town"].pk, "scored", d.people["songxi2"], urban)
    short = refusal(cast.decide, tasks["town"].pk, "scored", d.people["songxi2"], given[:1])
    cast.decide(tasks["town"].pk, "scored", d.people["songxi2"], given)
    cast.decide(tasks["department"].pk, "scored", d.people["dep-urban"], urban)

    row = d.case("assessment")
    assert (foreign, short) == ("score.not_your_criterion", "finding.missing")
    assert (row.leg, str(row.result_points)) == (cast.LEGS["vote"], "100.00")
