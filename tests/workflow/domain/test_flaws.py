"""The way to a flaw."""

from services.workflow.domain.flaws import Flaw, way_to
from tests.workflow.domain.samples import DEFINITION


def test_the_way_leads_over_every_leg_up_to_the_one_itself() -> None:
    assert way_to(DEFINITION.legs, 0) == ("declare",)
    assert way_to(DEFINITION.legs, 2) == ("declare", "preliminary", "assessment")


def test_a_flaw_bars_unless_it_says_otherwise() -> None:
    assert (Flaw("x").bars, Flaw("x", bars=False).bars, Flaw("x").track) == (True, False, "")
