"""Asking a machine: names of steps, their edges, the list of buttons."""

from typing import Any

import pytest

from services.workflow.domain.refused import Refused
from services.workflow.models import Declaration, Honour, Notice, Objection, Programme, Rectification
from services.workflow.models.lifecycle.steps import all_steps, edges, step_name, steps_open, take, why_not
from tests.workflow.models.lifecycle.people import PEOPLE, declaration
from tests.workflow.models.lifecycle.test_declaration import EXPECTED, SOURCES

# The steps of the contract with outside tools, and those that only the system takes or that undo a preparation.
STEPS: dict[Any, str] = {
    Declaration: "submit endorse return resubmit take_back decline withdraw clear confirm assess vote decide pass_over"
    " open_notice close_notice confer raise_veto lift_veto disqualify rescore hold free change_version hand_over",
    Notice: "amend attach detach vouch withhold prepare release extend recount suspend close take_down reopen",
    Honour: "open_rereview move_rereview retain warn order_rectification propose_revocation revoke relinquish lapse"
    " pass_on return_plaque",
    Objection: "receive assign consult hear find sustain dismiss reply",
    Rectification: "plan report extend accept reject",
    Programme: "admit conclude propose refuse reopen withdraw",
}


@pytest.mark.parametrize("kind", STEPS)
def test_all_steps_of_a_kind(kind: type) -> None:
    assert all_steps(kind) == tuple(sorted(STEPS[kind].split()))


@pytest.mark.parametrize(
    ("method", "name"), [("return_", "return"), ("reply_", "reply"), ("submit", "submit")]
)
def test_a_step_goes_by_its_name_without_the_underscore(method: str, name: str) -> None:
    assert step_name(method) == name


def test_edges_of_a_programme() -> None:
    assert edges(Programme) == {
        ("draft", "proposed", "propose"),
        ("proposed", "admitted", "admit"),
        ("proposed", "refused", "refuse"),
        ("draft", "withdrawn", "withdraw"),
        ("proposed", "withdrawn", "withdraw"),
        ("admitted", "withdrawn", "withdraw"),
        ("proposed", "on_notice", "admit"),
        ("on_notice", "admitted", "conclude"),
        ("on_notice", "refused", "refuse"),
        ("on_notice", "withdrawn", "withdraw"),
        ("proposed", "draft", "reopen"),
        ("on_notice", "draft", "reopen"),
        ("admitted", "draft", "reopen"),
        ("refused", "draft", "reopen"),
    }


def test_a_step_in_place_is_an_edge_onto_itself() -> None:
    onto_themselves = {(source, step) for source, target, step in edges(Notice) if source == target}

    assert onto_themselves == {
        ("released", "extend"), ("released", "recount"), ("draft", "amend"), ("draft", "attach"), ("draft", "detach"),
        ("draft", "vouch"), ("prepared", "vouch"),
    }  # fmt: skip


@pytest.mark.parametrize("place", ["declare", "preliminary", "clearance", "decision", "naming", "named"])
@pytest.mark.parametrize("who", PEOPLE)
def test_the_buttons_are_what_the_command_would_allow(place: str, who: str) -> None:
    allowed = {step for (at, step, by), to in EXPECTED.items() if (at, by) == (place, who) and "." not in to}

    assert steps_open(declaration(place), PEOPLE[who]) == tuple(sorted(allowed))


def test_asking_changes_nothing() -> None:
    case = declaration("preliminary")
    before = {name: value for name, value in vars(case).items() if name != "_state"}

    for step in SOURCES:
        why_not(case, step, PEOPLE["town"])

    assert {name: value for name, value in vars(case).items() if name != "_state"} == before


def test_a_refused_step_leaves_the_row_as_it_was() -> None:
    case = declaration("preliminary", open_vetoes=("public_security",))

    with pytest.raises(Refused, match=r"declaration\.vetoed"):
        take(case, "endorse", PEOPLE["town"])

    assert (case.stage, case.leg, case.applicant_id) == ("preliminary_review", 1, case.unit_id)
