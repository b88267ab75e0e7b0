"""Returns as they are shown: where to, what was asked, and what has changed since."""

import datetime as dt

from services.workflow.commands import declare
from services.workflow.models import Declaration
from services.workflow.queries.case_page import one_case
from services.workflow.queries.corrections import ReturnChoice, corrections_of, return_choices_of
from tests.workflow import cast
from tests.workflow.cast import District, take

ASKED = cast.NOW + dt.timedelta(hours=1)
POINTS = [{"part": "1.1", "note": "补名册"}, {"part": "2", "note": ""}, {"part": "1.2", "note": "补照片"}]


def at_rule(d: District) -> None:
    cast.rule(d, legs=cast.with_legs(confirmation={"return_to": ("declare", "joint_review")}))


def ask(d: District, code: str = "confirmation", **given: object) -> None:
    """An hour after the cast was made, whose own moments lie some seconds past its clock."""
    cast.set_clock(ASKED)
    take("declaration", d.cases[code], "return", d.people["committee1"], reason="有误", **given)


def test_the_legs_to_choose_from_are_told_with_the_usual_one(d: District) -> None:
    at_rule(d)

    case = one_case(d.people["committee1"], Declaration, d.cases["confirmation"])

    assert return_choices_of(case) == (
        ReturnChoice(0, "declare", "自我申报", usual=True),
        ReturnChoice(3, "joint_review", "联合审议", usual=False),
    )


def test_a_rule_that_names_nothing_leaves_the_unit(d: District) -> None:
    case = one_case(d.people["committee1"], Declaration, d.cases["decision"])

    assert [choice.key for choice in return_choices_of(case)] == ["declare"]


def test_a_return_tells_what_was_asked_and_what_changed_since(d: District) -> None:
    at_rule(d)
    ask(d, corrections=POINTS)
    cast.set_clock(cast.NOW + dt.timedelta(hours=2))
    by, case = d.people["confirmation"], d.cases["confirmation"]
    declare.save_answers(case, {"2.2": {"points": "9"}, "1.1": {"points": "39"}}, by=by)
    declare.add_evidence(case, "2.1", name="绿化.pdf", content=cast.PDF, by=by)

    (asked,) = corrections_of(d.case("confirmation"))

    assert [(point.part, point.name, point.note, point.changed) for point in asked.points] == [
        ("1.1", "党组织", "补名册", True),
        ("2", "环境", "", True),
        ("1.2", "居委会", "补照片", False),
    ]
    assert (asked.asked_at, asked.to, asked.straight_back) == ("审定资格", "自我申报", True)
    assert (asked.is_open, asked.also_changed, asked.at) == (True, (), ASKED)


def test_what_changed_without_being_asked_is_told_apart(d: District) -> None:
    at_rule(d)
    ask(d, corrections=POINTS[:1])
    cast.set_clock(cast.NOW + dt.timedelta(hours=2))
    declare.save_answers(d.cases["confirmation"], {"2.1": {"points": "29"}}, by=d.people["confirmation"])
    take("declaration", d.cases["confirmation"], "resubmit", d.people["confirmation"])

    (asked,) = corrections_of(d.case("confirmation"))

    assert (asked.points[0].changed, asked.also_changed, asked.is_open) == (False, ("2.1",), False)


def test_each_return_keeps_its_own_list_the_last_one_first(d: District) -> None:
    at_rule(d)
    ask(d, corrections=POINTS[:1])
    take("declaration", d.cases["confirmation"], "resubmit", d.people["confirmation"])
    ask(d, corrections=POINTS[1:])

    found = corrections_of(d.case("confirmation"))

    assert [[point.part for point in asked.points] for asked in found] == [["2", "1.2"], ["1.1"]]


def test_a_return_without_a_list_has_none(d: District) -> None:
    assert corrections_of(d.case("returned")) == ()
