"""The draw of spot checks, told as far as it may be, and recomputed by whoever has the seed."""

import hashlib
from dataclasses import replace

import pytest

from services.workflow.models import Edition
from services.workflow.queries import draws
from services.workflow.queries.draws import draws_in, draws_samples, seed_told
from tests.workflow import cast

LEG = cast.LEGS["confirmation"]


@pytest.fixture
def edition(d, monkeypatch):
    """The cast's edition, as if its committee looked at three of ten confirmed by others."""
    legs = list(cast.DEFINITION.legs)
    legs[LEG] = replace(legs[LEG], sample_percent=30)
    definition = replace(cast.DEFINITION, legs=tuple(legs))
    monkeypatch.setattr(draws, "declaration_definition", lambda row: definition)
    monkeypatch.setattr(draws, "tracks_of", lambda row: {"": definition})
    return Edition.objects.get(pk=d.edition)


def test_the_draw_is_told_of_cases_that_have_come_to_the_leg(d, edition):
    rows = {row.case: row for row in draws_in(edition, d.people["office"])}

    told = seed_told(edition)
    assert (rows[d.cases["vote"]].drawn is None, rows[d.cases["clearance"]].drawn) == (False, None)
    assert {row.number for row in rows.values()} == {None}
    assert told["draw_seed"] is None
    assert told["draw_seed_sha256"] == hashlib.sha256(edition.draw_seed.encode()).hexdigest()


def test_whoever_has_the_seed_recomputes_it(d, edition):
    for row in draws_in(edition, d.people["office"]):
        if row.drawn is not None:
            digest = hashlib.sha256(f"{edition.draw_seed}:confirmation:{row.case}".encode()).digest()
            assert row.drawn == (int.from_bytes(digest[:8], "big") * 100 < 30 * 2**64)


def test_everybody_sees_their_own_cases_page_by_page(d, edition):
    everything = draws_in(edition, d.people["office"])

    own = draws_in(edition, d.people["vote"])
    rest = draws_in(edition, d.people["office"], after=everything[0].case)

    assert [row.case for row in own] == [d.cases["vote"]]
    assert rest == everything[1:]
    assert draws_in(edition, d.people["north-office"]) == []


def test_an_edition_without_such_a_leg_has_no_draw(d):
    edition = Edition.objects.get(pk=d.edition)

    assert (draws_samples(edition), seed_told(edition), draws_in(edition, d.people["office"])) == (
        False,
        {},
        [],
    )
