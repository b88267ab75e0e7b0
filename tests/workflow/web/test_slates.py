"""The office draws up a slate, watches its round and closes it."""

import pytest

from services.workflow.domain.refused import Refused
from services.workflow.models import Round, Slate
from services.workflow.wording.refusals import refusal_text
from tests.workflow import cast
from tests.workflow.web.desk import Desk, summary, words

CLEARANCE = cast.LEGS["clearance"]


def address(d, leg=CLEARANCE):
    return f"/editions/{d.edition}/slates/new?leg={leg}"


def tick(d, code):
    row = d.case(code)
    return f"{row.pk}:{row.version}"


def in_round(d):
    return Slate.objects.get(lines__case=d.cases["in_round"], leg=CLEARANCE)


def test_the_office_ticks_what_waits_and_asks_the_bodies(d):
    answer = Desk("office").send(address(d), case=[tick(d, "clearance")])

    slate = Slate.objects.get(lines__case=d.cases["clearance"])
    assert (answer.status_code, answer["Location"], slate.leg) == (302, f"/slates/{slate.pk}", CLEARANCE)


def test_only_what_waits_at_the_leg_is_offered(d):
    shown = words(Desk("office").get(address(d)))

    offered = {code for code in d.cases if f"{code}社区" in shown}
    assert offered == {"clearance"}


def test_a_vetoed_unit_is_shown_and_cannot_be_ticked(d):
    cast.take(
        "declaration", d.cases["clearance"], "raise_veto", d.people["dep-police"], reason="案件", **cast.VETO
    )

    shown = Desk("office").get(address(d))

    assert refusal_text(Refused("declaration.vetoed")) in words(shown)
    assert "data-never disabled" in shown.text


def test_nothing_ticked_is_said_and_asked_again(d):
    answer = Desk("office").send(address(d))

    assert (answer.status_code, summary(answer)) == (422, [refusal_text(Refused("slate.empty"))])


def test_a_unit_that_changed_meanwhile_is_shown_first(d):
    answer = Desk("office").send(address(d), case=[f"{d.cases['clearance']}:1"])

    assert answer.status_code == 409
    assert 'class="overtaken"' in answer.text
    assert not Slate.objects.filter(lines__case=d.cases["clearance"]).exists()


@pytest.mark.parametrize("who", ["dep-police", "songxi", "north-office", "committee1"])
def test_nobody_else_draws_up_a_slate(d, who):
    assert Desk(who).get(address(d)).status_code == 403


def test_the_slate_tells_whose_answer_is_open(d):
    shown = words(Desk("office").get(f"/slates/{in_round(d).pk}"))

    assert "dep-police社区" in shown
    assert "dep-health社区" in shown


@pytest.mark.parametrize("who", ["dep-police", "songxi", "in_round", "north-office"])
def test_who_has_not_answered_does_not_read_the_slate(d, who):
    assert Desk(who).get(f"/slates/{in_round(d).pk}").status_code == 404


def test_who_has_answered_reads_it(d):
    round_ = Round.objects.get(slate=in_round(d))
    task = cast.tasks_of(round_.pk)[0]
    by = cast.asked(d, task)
    cast.decide(task.pk, "no_objection", by)

    assert Desk(by.name).get(f"/slates/{in_round(d).pk}").status_code == 200


def test_the_part_that_follows_comes_alone(d):
    part = Desk("office").get(f"/slates/{in_round(d).pk}/body")

    assert part.status_code == 200
    assert "<html" not in part.text


@pytest.mark.parametrize("more", [[], ["confirmation", "joint_review"]])
def test_a_slate_costs_the_same_with_one_line_and_with_three(d, django_assert_num_queries, more):
    """One line of the cast's own, or a slate of three made by moving two units to its leg."""
    slate = in_round(d)
    for position, code in enumerate(more, start=2):
        slate.lines.create(case_id=d.cases[code], position=position)
    desk = Desk("office")

    with django_assert_num_queries(SLATE_QUERIES):
        desk.get(f"/slates/{slate.pk}")


SLATE_QUERIES = 14


def test_closing_a_round_that_lacks_answers_is_refused(d):
    answer = Desk("office").send(f"/slates/{in_round(d).pk}/close")

    assert (answer.status_code, summary(answer)) == (
        422,
        [refusal_text(Refused("round.unanswered", missing=2))],
    )


def test_the_organiser_closes_a_round_with_its_quorum(d):
    round_id = cast.table(d, [d.cases["vote"]])
    for task in cast.tasks_of(round_id)[:2]:
        cast.decide(task.pk, "for", cast.asked(d, task))

    answer = Desk("office").send(f"/slates/{Round.objects.get(pk=round_id).slate_id}/close")

    assert (answer.status_code, d.case("vote").leg) == (302, cast.LEGS["decision"])
