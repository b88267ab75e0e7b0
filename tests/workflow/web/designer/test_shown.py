"""A part as controls: what stands in each, what may be chosen, what is wrong with it."""

from typing import Any

import pytest

from services.workflow.web.designer.choices import Offered
from services.workflow.web.designer.fields import As, Field, Fold, Group, Part, Rows
from services.workflow.web.designer.shown import Box, Control, anchor, anchored, shown

OFFERED = Offered({"office@office": "区文明办"}, {"dep-org": "组织部"}, {}, {"declare": "自我申报"}, {}, {})


def one(field: Field, value: Any, **faults: str) -> Control:
    """The control of a single field with this value; faults by the path below it, joined by full stops."""
    at: dict[tuple[str | int, ...], str] = {tuple(path.split(".")): words for path, words in faults.items()}
    (control,) = shown(Part("p", "P", (), (field,)), {field.key: value}, OFFERED, at)
    assert isinstance(control, Control)
    return control


@pytest.mark.parametrize(
    ("kind", "value", "typed"),
    [
        (As.LINE, None, ""),
        (As.LINE, 3, "3"),
        (As.LINES, ["区委", "区政府"], "区委\n区政府"),
        (As.LINES, "区委", "区委"),
        (As.WHOLES, [5, 2], "5, 2"),
        (As.TICK, True, "1"),
        (As.TICK, False, ""),
        (As.YES_NO, True, "yes"),
        (As.YES_NO, False, "no"),
        (As.BODY, {"role": "office", "unit": "office"}, "office@office"),
    ],
)
def test_a_value_stands_in_its_field_as_it_is_typed(kind: As, value: Any, typed: str) -> None:
    assert one(Field("x", "X", kind), value).value == typed


def test_what_was_chosen_is_offered_even_where_nobody_knows_it_any_more() -> None:
    control = one(Field("x", "X", As.MANY, "legs"), ["declare", "gone"])

    assert [(choice.value, choice.words, choice.chosen) for choice in control.choices] == [
        ("declare", "自我申报", True),
        ("gone", "gone", True),
    ]


def test_units_and_bodies_are_chosen_from_those_of_the_district() -> None:
    unit, body = one(Field("x", "X", As.UNIT), "dep-org"), one(Field("x", "X", As.BODIES), [])

    assert [(choice.value, choice.chosen) for choice in unit.choices] == [("dep-org", True)]
    assert [(choice.words, choice.chosen) for choice in body.choices] == [("区文明办", False)]


def test_a_fault_within_a_value_stands_at_its_field() -> None:
    assert one(Field("body", "X", As.BODY), {}, **{"body.unit": "没有这个单位"}).error == "没有这个单位"


ROWS = Rows("rows", "行", "条", (Field("name", "名称"), Fold("更多", (Field("note", "说明"),))), more=True)
TREE = Part("p", "P", ("standard",), (ROWS, Group("rule", "规则", (Field("share", "比例"),), more=True)))


def boxes(table: dict[str, Any], faults: dict[tuple[str | int, ...], str] | None = None) -> list[Box]:
    return shown(TREE, table, OFFERED, faults or {})


def test_what_is_empty_is_folded_and_what_is_filled_is_not() -> None:
    empty, filled = boxes({}), boxes({"rows": [{"name": "甲", "note": "乙"}], "rule": {"share": "1"}})

    assert [box.folded for box in empty] == [True, True]
    assert [box.folded for box in filled] == [False, False]
    row = filled[0].inner[0]
    assert (row.label, filled[0].count, row.inner[1].folded) == ("条 1 甲", 1, False)


def test_what_is_wrong_is_unfolded() -> None:
    rule = boxes({}, {("standard", "rule", "share"): "须大于零"})[1]

    assert (rule.folded, rule.inner[0].error) == (False, "须大于零")


def test_every_field_and_row_has_an_id_that_a_link_can_lead_to() -> None:
    found = anchored(boxes({"rows": [{"name": "甲"}]}))

    assert anchor(("standard", "rows", 0, "name")) in found
    assert "f-standard-rows-0" in found and "f-standard-rule-share" in found


@pytest.mark.parametrize("value", ["rows", None, {"name": "甲"}, 3])
def test_a_table_of_another_shape_is_shown_empty(value: Any) -> None:
    assert boxes({"rows": value, "rule": value})[0].count == 0
