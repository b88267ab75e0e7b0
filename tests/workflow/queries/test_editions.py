"""Editions as an office sees them."""

import pytest

from services.workflow.domain.refused import Refused
from services.workflow.queries.editions import edition_for, editions_for, newest_version, programmes_to_open
from tests.workflow import cast


@pytest.mark.parametrize(
    ("who", "units", "own", "may_begin"),
    [
        ("office", 14, False, False),
        ("idle", 0, False, True),
        ("draft", 1, True, False),
        ("guihua", 0, False, False),
    ],
)
def test_an_edition_tells_what_this_office_sees_and_may(d, who, units, own, may_begin):
    [row] = editions_for(d.people[who])

    assert (row.units, row.own is not None, row.may_begin) == (units, own, may_begin)


def test_one_that_withdrew_may_begin_again(d):
    cast.take("declaration", d.cases["draft"], "withdraw", d.people["draft"], reason="变化")

    assert editions_for(d.people["draft"])[0].may_begin


def test_after_the_window_nobody_begins(d):
    cast.set_clock(cast.CLOSES)

    assert not editions_for(d.people["idle"])[0].may_begin


def test_another_district_has_its_own(d):
    assert editions_for(d.people["north-office"]) == []
    with pytest.raises(Refused, match=r"edition\.not_found"):
        edition_for(d.edition, d.people["north-office"])


def test_the_host_opens_editions_of_what_is_admitted(d):
    assert [
        [p.pk for p in programmes_to_open(d.people[who])] for who in ("office", "songxi", "north-office")
    ] == [
        [d.programme],
        [],
        [],
    ]
    assert newest_version(d.programme).pk == d.version
