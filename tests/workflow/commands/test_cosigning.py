"""加签 on a case that one body has: asked, answered once, binding nobody."""

from typing import Any

import pytest

from services.workflow.commands import cosigning
from services.workflow.models import Copy, SideAct
from tests.workflow import cast, contract
from tests.workflow.cast import District
from tests.workflow.commands.refusing import refusal


def ask(d: District, who: str = "songxi", to: str = "office", case: str = "preliminary") -> Any:
    return cosigning.ask(
        "declaration",
        d.cases[case],
        to=d.people[to].person,
        reason="材料是否齐全",
        by=d.people[who],
        key=None,
    )


def answer(d: District, who: str = "office", text: str = "齐全") -> Any:
    return cosigning.give_opinion(
        "declaration", d.cases["preliminary"], text=text, by=d.people[who], key=None
    )


def test_who_is_asked_is_told_and_answers_and_the_case_stays_where_it_is(d: District) -> None:
    before, version = contract.last_event(), d.case("preliminary").version

    ask(d)
    laid = Copy.objects.get(member=d.people["office"].person)
    answer(d)

    told = [frame["type"] for frame in contract.frames_since(before)]
    assert (laid.note, laid.seen_at) == ("材料是否齐全", None)
    assert list(SideAct.objects.order_by("pk").values_list("kind", "text", "to_member")) == [
        ("cosign", "材料是否齐全", d.people["office"].person), ("opinion", "齐全", d.people["songxi"].person),
    ]  # fmt: skip
    assert {"work.asked", "work.answered"} == set(told) and d.case("preliminary").version == version


def test_it_is_decided_without_waiting_for_the_opinion(d: District) -> None:
    ask(d)

    cast.take("declaration", d.cases["preliminary"], "endorse", d.people["songxi"])

    assert d.case("preliminary").stage == "eligibility"


@pytest.mark.parametrize(
    ("who", "to", "case", "code"),
    [
        ("songxi", "songxi", "preliminary", "cosign.self"),
        ("songxi", "guihua", "preliminary", "cosign.may_not_see"),
        ("songxi", "office", "decision", "work.not_yours"),
        ("office", "songxi", "preliminary", "work.not_yours"),
        ("guihua", "office", "preliminary", "case.not_found"),
    ],
)
def test_only_who_has_it_asks_and_only_those_who_see_it(
    d: District, who: str, to: str, case: str, code: str
) -> None:
    assert refusal(ask, d, who, to, case) == code


def test_an_opinion_is_asked_once_at_a_time_and_given_once(d: District) -> None:
    ask(d)

    assert refusal(ask, d) == "cosign.asked"
    assert [refusal(answer, d, who) for who in ("songxi2", "guihua")] == [
        "cosign.not_asked",
        "case.not_found",
    ]
    assert refusal(answer, d, "office", " ") == "field.missing"
    answer(d)
    assert refusal(answer, d) == "cosign.not_asked"
    ask(d)
    answer(d)
    assert SideAct.objects.filter(kind="opinion").count() == 2
