"""How many units came how far, by the programme's own route."""

from dataclasses import replace

from services.workflow.domain.programme import Track
from services.workflow.domain.stages import Stage, UnitKind
from services.workflow.models import Declaration
from services.workflow.queries.funnel import reached
from tests.workflow import cast, measured
from tests.workflow.cast import DEFINITION, ROUTE


def seen(d):
    return Declaration.objects.filter(edition=d.edition)


def counts(found):
    return {(str(one.stage), one.block.nth): (one.units, one.here) for one in found}


def test_a_route_without_eligibility_and_notice_has_no_such_rows(d):
    edition, old, _new = measured.both(d)
    cast.take("declaration", old, "withdraw", d.people["idle"], reason="不再申报")

    found = reached(measured.PROGRAMME, Declaration.objects.filter(edition=edition))

    assert counts(found) == {
        ("preliminary_review", 0): (2, 0), ("evaluation", 0): (2, 1), ("naming", 0): (0, 0), ("named", 0): (0, 0),
    }  # fmt: skip
    assert {str(one.stage): one.lost for one in found if one.lost} == {"evaluation": {"withdrawn": 1}}


def test_a_stage_that_comes_twice_is_counted_by_its_legs(d):
    # The same cases, read by a route in which the decision lies in a stage of its own behind a second eligibility.
    again = tuple(
        replace(leg, stage=Stage.ELIGIBILITY) if leg.key == "naming" else leg
        for leg in (*ROUTE[:-1], replace(ROUTE[-1], key="last"), ROUTE[-1])
    )
    found = counts(reached(replace(DEFINITION, legs=again), seen(d)))

    assert (found["eligibility", 0], found["eligibility", 1]) == ((12, 4), (0, 0))


def test_units_of_a_track_that_begins_further_on_are_filed_all_the_same(d):
    short = Track("town", "街镇", (UnitKind.TOWN,), legs=(ROUTE[0], *ROUTE[5:]))
    whole = counts(reached(DEFINITION, seen(d)))

    tracked = counts(reached(replace(DEFINITION, tracks=(short,)), seen(d)))

    assert tracked == whole
    assert whole["preliminary_review", 0] == (14, 1)
