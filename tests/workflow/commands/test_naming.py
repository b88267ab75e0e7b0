"""Conferring titles."""

import datetime as dt

from services.workflow.models import Honour
from tests.workflow import cast
from tests.workflow.cast import NOW, District, take


def test_a_unit_that_holds_the_title_is_refused_and_the_others_are_named(d: District) -> None:
    """It was named in another edition meanwhile."""
    cast.set_clock(NOW + dt.timedelta(days=9))
    take("notice", d.notice, "close", d.people["office"])
    Honour.objects.filter(unit=d.units["held"]).update(unit_id=d.units["naming"])

    answers = cast.take_many("confer", [d.cases["naming"], d.cases["listed"]], d.people["office"])

    assert [row.get("code", "") for row in answers] == ["declaration.title_held", ""]
    assert (d.case("naming").stage, d.case("listed").stage) == ("naming", "named")


def test_a_title_that_was_taken_away_may_be_conferred_again(d: District) -> None:
    Honour.objects.filter(unit=d.units["held"]).update(unit_id=d.units["naming"])
    honour = Honour.objects.get(unit=d.units["naming"])
    take("honour", honour.pk, "relinquish", d.people["naming"], reason="自愿放弃")

    answer = take("declaration", d.cases["naming"], "confer", d.people["office"])

    assert answer["place"] == "named"
