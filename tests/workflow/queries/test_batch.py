"""Several cases looked at before one step is taken on all."""

from services.workflow.queries.batch import batch_of, titles_of
from services.workflow.web.inbox_shown import AGREEING
from tests.workflow import cast


def batch(d, who, *codes, version=None):
    ticked = [(d.cases[code], version or d.case(code).version) for code in codes]
    found = batch_of(d.people[who], ticked, AGREEING)
    return found.step, {one.case: one.refusal.code if one.refusal else "" for one in found.candidates}


def test_the_first_that_can_be_agreed_to_sets_step_and_leg(d):
    step, found = batch(d, "committee1", "confirmation", "decision")

    assert (step, found) == (
        "confirm",
        {d.cases["confirmation"]: "", d.cases["decision"]: "slate.mixed_legs"},
    )


def test_one_that_moved_meanwhile_is_left_out(d):
    assert batch(d, "songxi", "preliminary", version=1) == ("endorse", {d.cases["preliminary"]: "overtaken"})


def test_one_under_a_veto_is_left_out_with_the_reason(d):
    cast.file(d, "idle")
    case = d.cases["preliminary"]
    cast.take("declaration", case, "raise_veto", d.people["dep-police"], reason="案件", **cast.VETO)

    step, found = batch(d, "songxi", "idle", "preliminary")

    assert (step, found[d.cases["idle"]], found[case] != "") == ("endorse", "", True)


def test_nothing_that_others_may_not_see_is_named(d):
    assert batch(d, "guihua", "preliminary") == ("", {d.cases["preliminary"]: "case.not_found"})
    assert titles_of(d.people["guihua"], [d.cases["preliminary"]]) == {}
    assert titles_of(d.people["songxi"], [d.cases["preliminary"]]) == {
        d.cases["preliminary"]: "preliminary社区"
    }
