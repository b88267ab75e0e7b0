"""What one has handled, and what one has set going."""

from services.workflow.queries.own_work import begun_by, count_begun, count_handled, handled_by
from tests.workflow import cast


def test_a_case_handled_twice_is_listed_once_with_the_last_step(d):
    by = d.people["songxi2"]
    cast.take("declaration", d.cases["preliminary"], "return", by, reason="缺照片")
    cast.take("declaration", d.cases["preliminary"], "resubmit", d.people["preliminary"])
    cast.take("declaration", d.cases["preliminary"], "endorse", by)

    found = [(p.kind, p.id, p.step, p.place) for p in handled_by(by)]

    assert (found, count_handled(by)) == (
        [("declaration", d.cases["preliminary"], "endorse", "eligibility")],
        1,
    )


def test_answered_tasks_are_handled_work(d):
    kinds = {p.kind for p in handled_by(d.people["dep-org"])}

    assert kinds == {"round_task"} and count_handled(d.people["dep-org"]) == len(
        handled_by(d.people["dep-org"])
    )


def test_a_unit_began_its_declarations_an_office_its_lists(d):
    unit = [(p.kind, p.id) for p in begun_by(d.people["idle"])], [p.id for p in begun_by(d.people["draft"])]
    office = {p.kind for p in begun_by(d.people["office"])}

    assert unit == ([], [d.cases["draft"]])
    assert office == {"slate", "notice", "programme"} and count_begun(d.people["office"]) == len(
        begun_by(d.people["office"])
    )


def test_who_begins_nothing_has_no_such_list(d):
    assert (begun_by(d.people["audit-admin"]), count_begun(d.people["audit-admin"])) == ([], None)
    assert (begun_by(d.people["songxi"]), count_begun(d.people["songxi"])) == ([], 0)


def test_a_department_began_the_vetoes_that_it_raised(d):
    case, by = d.cases["preliminary"], d.people["dep-police"]
    cast.take("declaration", case, "raise_veto", by, reason="函告", **cast.VETO)

    assert [(p.kind, p.id, p.step) for p in begun_by(by)] == [("declaration", case, "raise_veto")]
    assert (count_begun(by), begun_by(d.people["dep-health"])) == (1, [])
