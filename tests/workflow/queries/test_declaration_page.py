"""A declaration as its unit fills it in."""

from decimal import Decimal
from typing import Any

import pytest

from services.workflow.commands import declare
from services.workflow.domain.refused import Refused
from services.workflow.queries.declaration_page import file_of, last_return, sheet_of, town_name


def states(d, code, who):
    return [line.state for line in sheet_of(d.cases[code], d.people[who]).lines]


def test_lines_tell_how_far_each_criterion_is(d):
    low = {"cards": {"numerator": "1", "denominator": "100"}}
    given: dict[str, dict[str, Any]] = {
        "1.1": {"points": "40", "figures": low},
        "1.2": {"points": "20"},
        "2.1": {"statement": "绿化"},
    }
    declare.save_answers(d.cases["begun"], given, by=d.people["begun"])

    assert states(d, "begun", "begun") == ["done", "to_correct", "under_way", "not_begun"]


def test_a_sheet_adds_up_and_knows_where_to_go_on(d):
    sheet = sheet_of(d.cases["begun"], d.people["begun"])
    full = sheet_of(d.cases["draft"], d.people["draft"])

    assert (
        sheet.total.points,
        sheet.next_open.criterion.code if sheet.next_open else "",
        len(sheet.blocking),
    ) == (
        Decimal(0),
        "1.1",
        4,
    )
    assert (full.total.points, full.next_open, full.blocking) == (Decimal(100), None, ())


@pytest.mark.parametrize(
    ("code", "who", "may"),
    [("draft", "draft", True), ("returned", "returned", True), ("preliminary", "preliminary", False),
     ("preliminary", "songxi", False)],
)  # fmt: skip
def test_only_its_unit_writes_and_only_before_it_is_filed(d, code, who, may):
    assert sheet_of(d.cases[code], d.people[who]).may_edit is may


@pytest.mark.parametrize("who", ["songxi", "office", "idle", "north-office"])
def test_a_draft_of_others_does_not_exist(d, who):
    with pytest.raises(Refused, match=r"case\.not_found"):
        sheet_of(d.cases["draft"], d.people[who])


def test_neighbours_stand_in_the_order_of_the_standard(d):
    sheet = sheet_of(d.cases["draft"], d.people["draft"])

    found = [
        [line.criterion.code if line else None for line in sheet.neighbours(code)] for code in ("1.1", "2.2")
    ]

    assert found == [[None, "1.2"], ["2.1", None]]
    with pytest.raises(Refused):
        sheet.line("9.9")


def test_the_last_return_says_what_to_correct(d):
    entry = last_return(d.cases["returned"])

    assert entry is not None and (entry.step, entry.reason.text) == ("return", "缺材料")
    assert last_return(d.cases["draft"]) is None


def test_a_file_is_of_those_who_see_its_declaration(d):
    sheet = sheet_of(d.cases["draft"], d.people["draft"])
    [file] = sheet.line("1.2").files

    assert file_of(file.pk, d.people["draft"]) == file
    with pytest.raises(Refused, match=r"evidence\.not_found"):
        file_of(file.pk, d.people["songxi"])


def test_the_receiving_town_is_named(d):
    assert (town_name(d.people["idle"]), town_name(d.people["office"])) == ("songxi社区", "")
