"""What an inbox can be narrowed to."""

from services.workflow.queries.inbox_choices import editions_of, towns_of


def test_the_office_chooses_among_the_towns_of_its_district(d):
    assert {pk for pk, _name in towns_of(d.people["office"])} == {d.units["songxi"], d.units["guihua"]}


def test_a_town_and_a_unit_have_no_choice_of_towns(d):
    assert (towns_of(d.people["songxi"]), towns_of(d.people["idle"])) == ([], [])


def test_editions_are_those_of_the_district(d):
    found = [[pk for pk, _name in editions_of(d.people[who])] for who in ("songxi", "idle", "north-office")]

    assert found == [[d.edition], [], []]
