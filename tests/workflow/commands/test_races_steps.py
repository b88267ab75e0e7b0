"""Every step that a person takes, by eight at once who all saw the same: one is written, seven are told what happened.

20 rounds of each every day, 200 at SCALE=hard.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from functools import partial
from typing import Any
from uuid import uuid4

import pytest

from services.workflow.commands.notice_files import attach
from services.workflow.commands.objections import lodge
from services.workflow.commands.programmes import publish_version
from services.workflow.commands.steps import MODELS, take_step
from services.workflow.domain.actor import SYSTEM
from services.workflow.models import LedgerEntry
from services.workflow.models.lifecycle.steps import all_steps
from tests.races import at_once, codes
from tests.workflow import cast, rewinding
from tests.workflow.cast import DEFINITION, OBJECTION, VETO, District

CLIENTS = 8
Scale = Callable[[int, int], int]


def with_a_file(d: District, notice: int) -> None:
    """A file that cannot be read, for which somebody has to answer."""
    attach(notice, name="附件.pdf", content=cast.PDF, by=d.people["office"], key=uuid4())


# Where a case stands before its first step: a unit of the cast, or how it comes about.
BEGINNINGS: dict[str, Callable[[District], object]] = {
    "declaration": lambda d: publish_version(replace(DEFINITION, pass_mark=Decimal(85)), by=SYSTEM, key=None),
    "objection": lambda d: lodge(d.notice, {**OBJECTION, "declaration": d.cases["listed"]}),
    "notice": lambda d: with_a_file(d, cast.draw_up(d, [d.cases["notice"]])),
    "programme": lambda d: publish_version(replace(DEFINITION, code="other"), by=SYSTEM, key=None),
    "honour": lambda d: None,
}
# Kind of case, unit of a declaration, then its steps by whom, one after the other. A step in brackets only leads on: it
# is tried at another place.
WAYS = """
declaration draft: submit draft, take_back draft
declaration preliminary: return songxi, resubmit preliminary, endorse songxi
declaration preliminary: decline songxi
declaration confirmation: change_version office, hand_over confirmation, confirm committee1
declaration decision: raise_veto dep-police, lift_veto dep-police, decide committee1
declaration decision: pass_over committee1
declaration decision: (raise_veto dep-police), disqualify committee1
declaration assessment: withdraw assessment
declaration naming: confer office
notice: amend office, vouch office, detach office, attach office
notice: (detach office), prepare office, reopen office, (prepare office), release office2, extend office, suspend office
notice: (detach office), (prepare office), (release office2), close office, take_down office
notice: (detach office), (prepare office), withhold office2
objection: receive office, assign office, consult investigator
objection: (receive office), (assign office), find investigator, sustain office, reply office, rescore committee1
objection: (receive office), (assign office), (find investigator), dismiss office
honour: move_rereview office, open_rereview office, warn office, retain office, relinquish held,
 return_plaque office
honour: pass_on committee1
honour: (open_rereview office), order_rectification office, extend office, plan held, report held, accept office2
honour: (open_rereview office), (order_rectification office), (plan held), (report held), reject office2,
 propose_revocation office, revoke committee1
programme: propose office, admit leading-group, withdraw office
programme: (propose office), refuse leading-group
""".replace(",\n ", ", ")
# Taken by the system when a round or a notice ends, a day has come or another case has moved: raced where that happens.
NOBODYS = {
    "declaration": {"clear", "assess", "vote", "open_notice", "close_notice", "hold", "free"},
    "notice": {"recount"},
    "objection": {"hear"},
    "honour": {"lapse"},
    "programme": {"conclude", "reopen"},
}
OF_A_RECTIFICATION = {"extend", "plan", "report", "accept", "reject"}
FIELDS: Mapping[str, Mapping[str, Any]] = {
    "amend": {"title": "公示", "text": "现予公示"},
    "vouch": {"file": 1},
    "detach": {"file": 1},
    "sustain": {"effect": "rescore"},
    "raise_veto": VETO,
    "change_version": {"to": 2},
    "extend": {"working_days": 3},
    "find": {"finding": "查实"},
    "reply": {"reply": "已处理"},
    "move_rereview": {"on": "2027-03-02"},
    "order_rectification": {"points_text": "三条"},
    "return_plaque": {"on": "2026-03-02", "returned_by": "张三"},
    "plan": {"plan": "计划"},
    "report": {"report": "报告"},
}


@pytest.fixture(scope="module")
def rounds(scale: Scale) -> int:
    return scale(20, 200)


@pytest.fixture(scope="module")
def district(committed: District) -> District:
    rewinding.prepare()
    return committed


def case_of(d: District, way: str, step: str) -> tuple[str, int]:
    """The kind and number of the case that a step of this way is taken on."""
    kind, _space, unit = way.partition(" ")
    if kind == "declaration" or step == "rescore":
        return "declaration", d.cases[unit or "listed"]
    if kind == "honour" and step not in OF_A_RECTIFICATION:
        return kind, d.honour.pk
    kind = "rectification" if kind == "honour" else kind
    return kind, MODELS[kind].objects.latest("pk").pk  # type: ignore[index]  # a StrEnum


def ready(d: District, step: str) -> Mapping[str, Any]:
    """What a step is given; for the close of a notice its days have gone by."""
    if step == "close":
        cast.set_clock(cast.NOW.replace(day=20))
    if step == "hand_over":
        return {"to": cast.colleague(d.people["confirmation"]).person}
    if step == "pass_on":
        return {"to": d.units["guiyuan"]}
    if step == "consult":
        body = cast.department(d, "dep-fire")
        return {"bodies": [body.unit_id], "question": "是否属实"}
    if step == "assign":
        return {"investigator": d.people["investigator"].member_id}
    return FIELDS.get(step, {})


@pytest.mark.parametrize("line", WAYS.strip().splitlines())
def test_of_eight_who_take_a_step_one_does(district: District, rounds: int, line: str) -> None:
    d, (way, _colon, steps) = district, line.partition(": ")

    with rewinding.from_the_cast():
        BEGINNINGS[way.split()[0]](d)
        for told in steps.split(", "):
            step, who = told.strip("()").split()
            given = ready(d, step)
            kind, case = case_of(d, way, step)
            act = partial(take_step, kind, case, step, by=d.people[who], reason="说明", fields=given)
            if step == "attach":
                act = partial(attach, case, name="说明.pdf", content=cast.PDF, by=d.people[who])
            if not told.startswith("("):
                rewinding.remember()
                found = [raced(kind, case, act) for _ in range(rounds)]
                assert (told, found) == (told, [(["done", *["overtaken"] * (CLIENTS - 1)], 1)] * rounds)
            act(key=uuid4())


def raced(kind: str, case: int, act: Callable[..., Any]) -> tuple[list[str], int]:
    """How eight fared who acted at once, and how many entries the case has more for it."""
    version = MODELS[kind].objects.get(pk=case).version  # type: ignore[index]  # a StrEnum
    try:
        results = at_once(*[partial(act, version=version, key=uuid4()) for _ in range(CLIENTS)])
        return codes(results), LedgerEntry.objects.filter(case_id=case).count() - version
    finally:
        rewinding.go_back()


def test_every_step_that_a_person_takes_is_among_them() -> None:
    tried: dict[str, set[str]] = {}
    for line in WAYS.strip().splitlines():
        way, _colon, steps = line.partition(": ")
        for told in steps.split(", "):
            step, kind = told.strip("()").split()[0], way.split()[0]
            kind = "rectification" if kind == "honour" and step in OF_A_RECTIFICATION else kind
            kind = "declaration" if step == "rescore" else kind
            if not told.startswith("("):
                tried.setdefault(kind, set()).add(step)

    wanted = {
        str(kind): set(all_steps(model)) - NOBODYS.get(str(kind), set()) for kind, model in MODELS.items()
    }
    assert tried == wanted
