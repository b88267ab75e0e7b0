"""Moving an open case to a newer version: by the host, with a reason, and never past what was done already."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from services.workflow.commands.programmes import publish_version
from services.workflow.domain.actor import SYSTEM
from services.workflow.models import Declaration, Edition, LedgerEntry
from services.workflow.queries.moving import moving_of, newer_versions
from tests.workflow.cast import DEFINITION, District, take
from tests.workflow.commands.refusing import refusal
from tests.workflow.domain.samples import with_criterion

EASIER = replace(DEFINITION, pass_mark=Decimal(85))


@pytest.fixture
def second(d: District) -> int:
    version: int = publish_version(EASIER, by=SYSTEM, key=None)["version"]
    return version


def move(d: District, code: str, number: int = 2, who: str = "office") -> dict[str, Any]:
    case = d.cases[code]
    return take("declaration", case, "change_version", d.people[who], reason="按新办法", to=number)


def test_the_preview_tells_what_changes_for_the_case(d: District, second: int) -> None:
    found = moving_of(d.people["office"], d.cases["preliminary"], 2)

    assert [(one.key, one.before, one.after) for one in found.effect.changes] == [("pass_mark", "90", "85")]
    assert (found.before.number, found.after.number, found.effect.against) == (1, 2, ())
    assert [version.number for version in newer_versions(d.case("preliminary"))] == [2]


def test_the_host_moves_a_case_and_its_edition_keeps_its_version(d: District, second: int) -> None:
    before = d.case("preliminary")

    told = move(d, "preliminary")

    after = d.case("preliminary")
    assert (after.definition_version_id, after.stage, after.leg, after.due_at) == (
        second, before.stage, before.leg, before.due_at,
    )  # fmt: skip
    assert told["version"] == before.version + 1
    assert Edition.objects.get(pk=d.edition).definition_version_id == d.version
    entry = LedgerEntry.objects.get(case_id=after.pk, seq=after.version)
    assert (entry.step, entry.actor_id) == ("change_version", d.people["office"].member_id)
    assert newer_versions(after) == []


@pytest.mark.parametrize("who", ["songxi", "committee1", "preliminary", "dep-org"])
def test_nobody_but_the_host_moves_it(d: District, second: int, who: str) -> None:
    assert refusal(move, d, "preliminary", 2, who) == "step.not_yours"


@pytest.mark.parametrize(("number", "code"), [(1, "version.not_newer"), (9, "version.not_found")])
def test_it_moves_to_a_newer_version_of_its_own_programme(
    d: District, second: int, number: int, code: str
) -> None:
    assert refusal(move, d, "preliminary", number) == code


def test_a_case_in_a_round_waits_for_its_end(d: District, second: int) -> None:
    assert refusal(move, d, "in_round") == "round.open"


@pytest.mark.parametrize(
    ("code", "refused"), [("notice", "step.out_of_order"), ("held", "step.out_of_order")]
)
def test_what_is_decided_already_stays_as_it_was_decided(
    d: District, second: int, code: str, refused: str
) -> None:
    assert refusal(move, d, code) == refused


def test_a_leg_that_is_gone_keeps_the_case_where_it_is(d: District) -> None:
    legs = (DEFINITION.legs[0], *DEFINITION.legs[2:])
    publish_version(replace(DEFINITION, legs=legs), by=SYSTEM, key=None)

    assert refusal(move, d, "preliminary") == "version.leg_missing"
    assert Declaration.objects.get(pk=d.cases["preliminary"]).definition_version_id is None


def test_points_that_were_given_must_fit(d: District) -> None:
    smaller = replace(DEFINITION, standard=with_criterion("1.1", points=Decimal(30)).standard)
    publish_version(smaller, by=SYSTEM, key=None)

    assert refusal(move, d, "preliminary") == "score.above_maximum"


def test_a_reason_is_needed(d: District, second: int) -> None:
    case = d.cases["preliminary"]

    assert refusal(take, "declaration", case, "change_version", d.people["office"], to=2) == "reason.missing"
