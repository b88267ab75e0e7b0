"""Which page of a draft a fault leads to."""

from dataclasses import replace

import pytest
from django.utils.translation import override

from services.workflow.domain.definition_checks import definition_faults
from services.workflow.domain.definition_codec import to_dict
from services.workflow.domain.faults import KeyFault
from services.workflow.domain.refused import Refused
from services.workflow.web.designer.finding import found_in, one_part, part_of, sentence
from services.workflow.web.designer.parts import parts_of
from tests.workflow.cast import DEFINITION

VALUES = to_dict(DEFINITION)
PARTS = parts_of(VALUES)


@pytest.mark.parametrize(
    ("path", "place"),
    [
        (("name",), "names"),
        (("legs", 2, "due_days"), "route"),
        (("legs",), "route"),
        (("standard", "indicators", 1, "criteria", 0, "points"), "indicator.1"),
        (("standard", "indicators", 0, "name"), "indicator.0"),
        (("supervision", "ban_years"), "supervision"),
    ],
)
def test_a_fault_leads_to_the_deepest_page_that_shows_its_key(
    path: tuple[str | int, ...], place: str
) -> None:
    assert part_of(PARTS, path).place == place


def test_a_key_that_no_page_shows_leads_to_the_first_one() -> None:
    assert part_of(PARTS, ("unheard_of", 0)) is PARTS[0]


def test_faults_stand_in_the_order_of_the_pages() -> None:
    wrong = replace(DEFINITION, name="", pass_mark=DEFINITION.pass_mark * 2, legs=DEFINITION.legs[:-1])

    found = found_in(VALUES, definition_faults(wrong))

    places = [PARTS.index(one.part) for one in found]
    assert len(found) >= 3 and places == sorted(places)
    assert {one.code for one in found} >= {"programme.empty", "programme.route_must_end_with_naming"}


def test_a_fault_is_told_without_its_place() -> None:
    with override("en"):
        assert sentence(KeyFault(("name",), "programme.empty")) == "This must not be empty."


def test_a_part_is_found_by_its_address_or_not_at_all() -> None:
    assert one_part(VALUES, "indicator.1").path[-1] == 1
    with pytest.raises(Refused) as refused:
        one_part(VALUES, "indicator.9")
    assert refused.value.code == "request.not_found"
