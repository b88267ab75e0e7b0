"""Which units may keep a title when its holder merges or splits."""

from services.workflow.queries.successors import successors_of


def test_units_of_the_same_kind_and_district_without_such_a_title_those_of_its_town_first(d):
    found = [unit.code for unit in successors_of(d.honour)]

    assert found[-1] == "guiyuan"
    assert {"held", "songxi", "north-community"} & set(found) == set()
    assert len(found) == 17
