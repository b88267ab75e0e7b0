"""How faults are named and put in order."""

from services.workflow.domain.faults import Fault, Place, in_order, key_text


def test_keys_read_as_in_the_file_and_count_from_one() -> None:
    path = ("standard", "indicators", 0, "criteria", 4, "points")

    assert key_text(path) == "standard.indicators[1].criteria[5].points"
    assert key_text(()) == ""


def test_faults_of_the_file_come_before_those_of_the_workbook_each_by_line() -> None:
    late, early = Fault(9, "b", "x"), Fault(2, "a", "x")
    row = Fault(1, "name", "x", place=Place.WORKBOOK)

    assert in_order([row, late, early]) == (early, late, row)
