"""One edition at a glance."""

import datetime as dt

from services.workflow.queries.cockpit import cockpit
from services.workflow.queries.editions import edition_for
from tests.workflow import cast


def page(d, who, moment=cast.NOW):
    by = d.people[who]
    return cockpit(edition_for(d.edition, by), by, moment)


def test_reached_counts_everybody_who_came_so_far_and_who_is_there(d):
    found = {one.stage: (one.units, one.here) for one in page(d, "office").reached}

    assert found == {
        "preliminary_review": (14, 1),
        "eligibility": (12, 4),
        "evaluation": (8, 3),
        "notice": (5, 3),
        "naming": (2, 1),
        "named": (1, 1),
    }


def test_those_lost_are_counted_by_how_they_ended(d):
    cast.take("declaration", d.cases["decision"], "pass_over", d.people["committee1"], reason="名额")

    [evaluation] = [one for one in page(d, "office").reached if one.stage == "evaluation"]

    assert (evaluation.lost, evaluation.here) == ({"not_selected": 1}, 2)


def test_the_organiser_sees_what_waits_for_it_leg_by_leg(d):
    waiting = {one.leg: (one.units, one.mode) for one in page(d, "office").waiting}

    assert waiting == {
        cast.LEGS["clearance"]: (1, "clearance"),
        cast.LEGS["joint_review"]: (1, "countersign"),
        cast.LEGS["assessment"]: (1, "scoring"),
        cast.LEGS["vote"]: (1, "vote"),
        cast.LEGS["notice"]: (1, "notice"),
        cast.LEGS["naming"]: (1, "single"),
    }
    assert page(d, "committee1").waiting == ()


def test_late_work_names_its_owner(d):
    late = page(d, "office", cast.NOW + dt.timedelta(days=10)).late

    assert ("songxi社区", "preliminary社区・街镇初评") in {(one.owner, one.matter) for one in late}
    assert {one.kind for one in late} == {"declaration", "slate"}


def test_a_town_sees_its_own_units_alone(d):
    found = page(d, "guihua")

    assert (sum(one.units for one in found.reached), found.late, found.slates, found.drafts) == (0, (), (), 0)


def test_slates_tell_how_many_have_answered(d):
    [slate, *_] = page(d, "office").slates

    assert (slate.mode, slate.units, slate.asked, slate.answered) == ("clearance", 1, 2, 0)
