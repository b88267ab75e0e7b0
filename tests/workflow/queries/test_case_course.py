"""What stands beside a declaration."""

from services.workflow.commands import declare
from services.workflow.queries.case_course import changed_since, course_of
from services.workflow.queries.declaration_page import last_return
from tests.workflow import cast


def test_a_course_gathers_lists_notice_and_closed_votes(d):
    course = course_of(d.case("listed"))

    assert [line.slate.mode for line in course.lines] == ["clearance", "countersign", "scoring", "vote"]
    assert (len(course.notices), course.evidence, list(course.ballots.values())) == (1, 1, [{"for": 3}])


def test_votes_of_an_open_round_stay_closed(d):
    round_ = cast.table(d, [d.cases["vote"]])
    task = cast.tasks_of(round_)[0]
    cast.decide(task.pk, "for", cast.asked(d, task))

    assert course_of(d.case("vote")).ballots == {}


def test_vetoes_stay_in_the_course_after_they_were_lifted(d):
    case = d.cases["preliminary"]
    cast.take("declaration", case, "raise_veto", d.people["dep-police"], reason="案件", **cast.VETO)
    cast.take("declaration", case, "lift_veto", d.people["dep-police"], reason="不实")

    assert [veto.lifted_at is not None for veto in course_of(d.case("preliminary")).vetoes] == [True]


def test_what_changed_after_a_return_is_named_in_order(d):
    returned = last_return(d.cases["returned"])
    assert returned is not None
    cast.set_clock(cast.NOW.replace(hour=3))
    for code in ("2.1", "1.1"):
        declare.save_answers(d.cases["returned"], {code: {"points": "1"}}, by=d.people["returned"])

    assert changed_since(d.cases["returned"], returned.at) == ["1.1", "2.1"]
