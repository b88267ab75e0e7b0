"""Sending a case back: to a chosen earlier leg, with what is to be put right, and how it comes forward again."""

from typing import Any

import pytest

from services.workflow.commands import declare
from services.workflow.commands.returning import CORRECTIONS_MOST
from services.workflow.domain.programme_rules import AfterReturn
from services.workflow.models import Correction, Due, LedgerEntry, SlateLine
from tests.workflow import cast
from tests.workflow.cast import LEGS, District, take
from tests.workflow.commands.refusing import refusal

TO = ("declare", "preliminary", "joint_review")
POINTS = [{"part": "1.1", "note": "补党组织名册"}, {"part": "2"}]


@pytest.fixture
def rules(d: District) -> District:
    """The committee may send a case back to three legs when it confirms, and through the legs when it decides."""
    returns = {"return_to": TO, "correct_days": 3}
    cast.rule(
        d,
        legs=cast.with_legs(
            confirmation=returns, decision={"return_to": TO, "after_return": AfterReturn.THROUGH}
        ),
    )
    return d


def send_back(d: District, code: str, to: str = "", points: Any = ()) -> dict[str, Any]:
    given: dict[str, Any] = {"to": to, "corrections": points}
    return take("declaration", d.cases[code], "return", d.people["committee1"], reason="有误", **given)


def test_a_town_that_corrects_hands_straight_back_to_whoever_asked(rules: District) -> None:
    d = rules
    told = send_back(d, "confirmation", "preliminary")
    case = d.case("confirmation")

    stands = (case.stage, case.leg, case.return_leg, case.waiting_role, case.waiting_unit_id)
    forward = take("declaration", case.pk, "endorse", d.people["songxi"])

    assert stands == ("preliminary_review", 1, LEGS["confirmation"], "town", d.units["songxi"])
    assert (told["leg"], forward["leg"], d.case("confirmation").return_leg) == (1, LEGS["confirmation"], None)
    steps = LedgerEntry.objects.filter(case_id=case.pk).order_by("-seq").values_list("step", "leg")[:2]
    assert list(steps) == [("endorse", 4), ("return", 1)]


def test_a_joint_review_that_is_asked_again_is_tabled_again_and_hands_back(rules: District) -> None:
    d = rules
    send_back(d, "confirmation", "joint_review")

    cast.answer_round(d, cast.table(d, [d.cases["confirmation"]]))

    case = d.case("confirmation")
    assert (case.leg, case.return_leg) == (LEGS["confirmation"], None)
    assert SlateLine.objects.filter(case=case, slate__leg=LEGS["joint_review"]).count() == 2


def test_a_case_that_goes_through_the_legs_between_keeps_who_asked(rules: District) -> None:
    d = rules
    send_back(d, "decision", "joint_review")

    cast.answer_round(d, cast.table(d, [d.cases["decision"]]))
    between = (d.case("decision").leg, d.case("decision").return_leg)
    cast.bring(d, [d.cases["decision"]], "decision")

    case = d.case("decision")
    assert between == (LEGS["confirmation"], LEGS["decision"])
    assert (case.leg, case.return_leg) == (LEGS["decision"], None)


def test_a_return_while_correcting_comes_back_to_each_that_asked(rules: District) -> None:
    """The committee asks the town, the town asks the unit: back to the town, and from there to the committee."""
    d = rules
    send_back(d, "confirmation", "preliminary")
    case = d.cases["confirmation"]

    take("declaration", case, "return", d.people["songxi"], reason="材料不全")
    with_unit = d.case("confirmation")
    again = take("declaration", case, "resubmit", d.people["confirmation"])
    with_town = d.case("confirmation")
    forward = take("declaration", case, "endorse", d.people["songxi"])

    assert (with_unit.stage, with_unit.return_leg, with_unit.asked_before) == ("returned", 1, [4])
    assert (with_unit.came_to, with_town.return_leg, with_town.asked_before) == (4, 4, [])
    assert (again["leg"], forward["leg"], d.case("confirmation").return_leg) == (
        1,
        LEGS["confirmation"],
        None,
    )


def test_a_town_keeps_its_place_while_a_return_of_its_own_is_corrected(rules: District) -> None:
    d = rules
    quota = cast.one_place("songxi", d)
    cast.rule(d, quota=quota, legs=cast.with_legs(confirmation={"return_to": ("preliminary",)}))
    send_back(d, "confirmation", "preliminary")

    take("declaration", d.cases["confirmation"], "return", d.people["songxi"], reason="材料不全")

    assert refusal(take, "declaration", d.cases["preliminary"], "endorse", d.people["songxi"]) == (
        "edition.town_quota_used"
    )


def test_without_a_choice_it_goes_to_the_unit_with_days_to_correct(rules: District) -> None:
    d = rules
    send_back(d, "confirmation")

    case = d.case("confirmation")
    due = Due.objects.get(case_id=case.pk, kind="leg", fired_at__isnull=True, cancelled_at__isnull=True)
    assert (case.stage, case.leg, case.waiting_unit_id) == ("returned", 0, case.unit_id)
    assert (due.kind, due.inputs["working_days"], due.at) == ("leg", 3, case.due_at)


def test_the_unit_hands_back_to_the_leg_that_asked(rules: District) -> None:
    d = rules
    send_back(d, "confirmation", "declare", POINTS)
    declare.save_answers(d.cases["confirmation"], {"1.1": {"points": "39"}}, by=d.people["confirmation"])

    assert take("declaration", d.cases["confirmation"], "resubmit", d.people["confirmation"])["leg"] == 4


def test_what_is_to_be_put_right_is_kept_with_the_return(rules: District) -> None:
    d = rules
    told = send_back(d, "confirmation", "declare", [*POINTS, {"part": "1.1", "note": "补名册和照片"}])

    rows = Correction.objects.filter(declaration=d.cases["confirmation"]).order_by("position")
    assert list(rows.values_list("version", "asked_at_leg", "to_leg", "part", "note")) == [
        (told["version"], 4, 0, "1.1", "补名册和照片"),
        (told["version"], 4, 0, "2", ""),
    ]


@pytest.mark.parametrize("to", ["clearance", "confirmation", "naming", "nowhere"])
def test_a_leg_that_the_rule_does_not_name_is_refused_and_nothing_is_kept(rules: District, to: str) -> None:
    d = rules

    assert refusal(send_back, d, "confirmation", to, POINTS) == "return.leg_not_allowed"
    assert (d.case("confirmation").leg, Correction.objects.count()) == (4, 0)


@pytest.mark.parametrize(
    ("points", "code"),
    [
        ([{"part": "9.9"}], "return.unknown_part"),
        ([{"note": "补"}], "field.missing"),
        ([{"part": "1.1", "note": "字" * 501}], "field.too_long"),
        ([{"part": "1.1"}] * (CORRECTIONS_MOST + 1), "return.too_many"),
        (["1.1"], "field.invalid"),
        ("1.1", "field.invalid"),
        ({"part": "1.1"}, "field.invalid"),
    ],
)
def test_a_list_that_cannot_be_read_is_refused(rules: District, points: Any, code: str) -> None:
    assert refusal(send_back, rules, "confirmation", "declare", points) == code


def test_many_are_returned_at_once_each_with_the_list(rules: District) -> None:
    d = rules
    cases = [d.cases["preliminary"], d.cases["confirmation"]]

    done = cast.take_many("return", cases, d.people["committee1"], to="preliminary", corrections=POINTS)

    assert [row.get("code", row.get("leg")) for row in done] == ["step.not_yours", 1]
    assert set(Correction.objects.values_list("declaration", flat=True)) == {d.cases["confirmation"]}


def test_a_place_of_the_town_is_kept_while_a_case_is_corrected(rules: District) -> None:
    """The town's only place is this case's own, so endorsing it a second time takes no other."""
    d = rules
    quota = cast.one_place("songxi", d)
    legs = cast.with_legs(confirmation={"return_to": ("preliminary",)})
    cast.rule(d, quota=quota, legs=legs)
    send_back(d, "confirmation", "preliminary")

    again = take("declaration", d.cases["confirmation"], "endorse", d.people["songxi"])

    assert again["leg"] == LEGS["confirmation"]
    assert refusal(take, "declaration", d.cases["preliminary"], "endorse", d.people["songxi"]) == (
        "edition.town_quota_used"
    )
