"""The last place of an edition and of a town, wanted by eight at once: 20 rounds every day, 200 at SCALE=hard."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from typing import Any
from uuid import uuid4

import pytest

from services.workflow.commands.steps import take_step, take_steps
from services.workflow.domain.programme_rules import Quota, QuotaKind
from services.workflow.models import Declaration, Edition
from services.workflow.queries.places import decided_in
from tests.races import at_once
from tests.workflow import cast
from tests.workflow.cast import District
from tests.workflow.commands.test_races import newcomer, put_back

CLIENTS = 8
Scale = Callable[[int, int], int]


@pytest.fixture(scope="module")
def rounds(scale: Scale) -> int:
    return scale(20, 200)


@pytest.fixture(scope="module")
def eight(committed: District) -> list[str]:
    """Eight communities of one town that have filed."""
    names = [newcomer(committed, f"quota-{n}") for n in range(CLIENTS)]
    for name in names:
        cast.file(committed, name)
    return names


@contextmanager
def as_before(d: District, names: list[str]) -> Iterator[None]:
    """A further round begins where the first one did: the rows are put back by the owner."""
    with ExitStack() as stack:
        for name in names:
            kept: Any = Declaration.objects.filter(pk=d.cases[name]).values().get()
            stack.callback(put_back, d, name, kept)
        yield


def outcomes(results: list[Any]) -> list[str]:
    return sorted(result if isinstance(result, str) else "done" for result in results)


def racing(d: District, names: list[str], step: str, who: str) -> list[str]:
    """All of them at once, each by a request of its own."""
    acts = [
        partial(take_step, "declaration", d.cases[name], step, by=d.people[who], key=uuid4())
        for name in names
    ]
    return outcomes(at_once(*acts))


def test_a_towns_last_place_is_taken_once(committed: District, eight: list[str], rounds: int) -> None:
    d, found = committed, []
    full = cast.one_place("songxi", d)
    towns = (type(full.towns[0])("songxi", full.towns[0].number + 1),)
    cast.rule(d, quota=Quota(QuotaKind.MAXIMUM, 99, towns))

    for _ in range(rounds):
        with as_before(d, eight):
            results = racing(d, eight, "endorse", "songxi")
            endorsed = [name for name in eight if d.case(name).leg > 1]
            found.append((results, len(endorsed)))

    assert found == [(["done", *["edition.town_quota_used"] * (CLIENTS - 1)], 1)] * rounds


@pytest.fixture(scope="module")
def before_the_decision(committed: District, eight: list[str]) -> list[str]:
    """The eight with full marks, where the committee decides."""
    d = committed
    cast.rule(d)
    cast.bring(d, [d.cases[name] for name in eight], "decision")
    return eight


def places(d: District, left: int) -> None:
    edition = Edition.objects.get(pk=d.edition)
    decided = sum(decided_in([edition])[edition.pk].values())
    cast.rule(d, quota=Quota(QuotaKind.MAXIMUM, decided + left))


@pytest.mark.parametrize("left", [1, 3])
def test_the_last_places_of_an_edition_are_taken_once_each(
    committed: District, before_the_decision: list[str], rounds: int, left: int
) -> None:
    d, names, found = committed, before_the_decision, []
    places(d, left)

    for _ in range(rounds):
        with as_before(d, names):
            found.append(racing(d, names, "decide", "committee1"))

    assert found == [[*["done"] * left, *["edition.quota_used"] * (CLIENTS - left)]] * rounds


def test_two_lists_at_once_share_what_is_left(
    committed: District, before_the_decision: list[str], scale: Scale
) -> None:
    d, names = committed, before_the_decision
    places(d, 5)

    for _ in range(scale(5, 50)):
        with as_before(d, names):
            lists = [[{"case": d.cases[name]} for name in half] for half in (names[:4], names[4:])]
            acts = [
                partial(take_steps, "declaration", "decide", rows, by=d.people["committee1"], key=uuid4())
                for rows in lists
            ]
            rows = [row for told in at_once(*acts) for row in told["results"]]

            assert sorted(row.get("code", "done") for row in rows) == [
                *["done"] * 5,
                *["edition.quota_used"] * 3,
            ]
