"""What a round asks, and what has been said in it."""

import pytest

from services.workflow.models import Round, RoundTask
from services.workflow.queries.slates import lines_of, opinions_in, participants_of, said_in, with_counts
from tests.workflow import cast


@pytest.fixture
def round_(d):
    return Round.objects.select_related("slate").get(slate__lines__case=d.cases["in_round"])


def answer(d, round_, unit: str, verdict: str, reason: str = "") -> RoundTask:
    task = RoundTask.objects.get(process=round_, flow_task_type="HUMAN", participant_unit=d.units[unit])
    cast.decide(task.pk, verdict, d.people[unit], reason=reason)
    return task


def test_a_round_counts_who_was_asked_and_who_has_answered(d, round_):
    answer(d, round_, "dep-police", "no_objection")

    counted = with_counts(Round.objects.all()).get(pk=round_.pk)

    assert (counted.asked, counted.answered) == (2, 1)


def test_a_participants_answer_is_told_by_line(d, round_):
    task = answer(d, round_, "dep-police", "objection", "有信访")

    assert said_in(task) == [{"case": d.cases["in_round"], "verdict": "objection", "note": "有信访"}]


def test_scores_are_told_by_criterion(d):
    round_id = cast.table(d, [d.cases["assessment"]])
    [task] = [t for t in cast.tasks_of(round_id) if t.participant_unit_id == d.units["dep-org"]]
    by = d.people["dep-org"]
    cast.decide(task.pk, "scored", by, cast.marks(by, [d.cases["assessment"]], share="0.5"))

    assert [(row["criterion"], str(row["points"])) for row in said_in(task)] == [
        ("1.1", "20.00"),
        ("1.2", "10.00"),
    ]


def test_a_vote_is_told_by_its_choice(d):
    [task] = [
        t
        for t in cast.tasks_of(cast.table(d, [d.cases["vote"]]))
        if t.assignee_id == d.people["committee1"].member_id
    ]
    cast.decide(task.pk, "abstain", d.people["committee1"])

    assert said_in(task) == [{"case": d.cases["vote"], "verdict": "abstain", "note": ""}]


def test_opinions_stand_under_their_case_with_the_body_that_gave_them(d, round_):
    answer(d, round_, "dep-police", "objection", "有信访")
    answer(d, round_, "dep-health", "no_objection")

    assert opinions_in(round_) == {
        d.cases["in_round"]: [
            {"unit": "dep-police社区", "verdict": "objection", "note": "有信访"},
            {"unit": "dep-health社区", "verdict": "no_objection", "note": ""},
        ]
    }


def test_lines_and_participants_come_with_their_units(d, round_, django_assert_num_queries):
    with django_assert_num_queries(2):
        towns = [(line.case.unit.name, line.case.town) for line in lines_of(round_.slate)]
        asked = {unit.code for task in participants_of(round_) if (unit := task.participant_unit)}

    assert [(unit, town.name if town else "") for unit, town in towns] == [("in_round社区", "songxi社区")]
    assert asked == {"dep-police", "dep-health"}
