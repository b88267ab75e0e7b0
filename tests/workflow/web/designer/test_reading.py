"""From a form to plain values, and the acts on rows."""

from typing import Any

import pytest
from django.http import QueryDict

from services.workflow.domain.definition_codec import read_values, to_dict
from services.workflow.web.designer.choices import Offered
from services.workflow.web.designer.parts import FIXED, parts_of
from services.workflow.web.designer.reading import act_on, placed, table_at, values_from
from services.workflow.web.designer.shown import Control, shown
from tests.workflow.cast import DEFINITION

NOTHING = Offered({}, {}, {}, {}, {}, {})
PARTS = {part.slug: part for part in FIXED}


def sent(**fields: Any) -> QueryDict:
    query = QueryDict(mutable=True)
    for name, value in fields.items():
        query.setlist(name, value if isinstance(value, list) else [value])
    return query


def test_each_kind_of_field_is_read_as_the_codec_wants_it() -> None:
    form = sent(
        name=" 美丽社区 ",
        issuers="区委\r\n\r\n区政府",
        cycle_months="24",
        first_year="两千年",
        subject_kinds=["community", "town"],
        host="office@office",
        own_programme="1",
        **{"declaring.opens": "03-01", "summary": ""},
    )

    assert values_from(PARTS["names"], form, {"summary": "旧", "legs": [1], "pass_mark": "90"}) == {
        "name": "美丽社区",
        "issuers": ["区委", "区政府"],
        "cycle_months": 24,
        "first_year": "两千年",
        "subject_kinds": ["community", "town"],
        "host": {"role": "office", "unit": "office"},
        "own_programme": True,
        "declaring": {"opens": "03-01"},
        "legs": [1],
        "pass_mark": "90",
    }


def test_rows_keep_what_their_form_does_not_show() -> None:
    kept = {"legs": [{"key": "declare", "name": "旧", "source": "000"}, {"key": "gone"}]}
    form = sent(
        **{"n:legs": "1", "legs.0.name": "新", "legs.0.source": "000", "legs.0.remind_days": "5，2、x"}
    )

    assert values_from(PARTS["route"], form, kept) == {
        "legs": [{"key": "declare", "name": "新", "source": "000", "remind_days": [5, 2, "x"]}]
    }


def test_the_rule_of_returning_and_of_acting_outside_a_window_is_read() -> None:
    leg = {"legs.0.after_return": "through", "legs.0.correct_days": "5", "legs.0.return_to": ["declare"]}
    route = values_from(PARTS["route"], sent(**{"n:legs": "1", **leg}), {})
    names = values_from(
        PARTS["names"], sent(**{"evaluating.closes": "12-10", "evaluating.outside": "reason"}), {}
    )

    assert route == {"legs": [{"after_return": "through", "correct_days": 5, "return_to": ["declare"]}]}
    assert names == {"evaluating": {"closes": "12-10", "outside": "reason"}}


def controls(entries: list[Any]) -> list[Control]:
    return [
        found for one in entries for found in ([one] if isinstance(one, Control) else [*controls(one.inner)])
    ]


def counts(entries: list[Any]) -> dict[str, str]:
    found: dict[str, str] = {}
    for one in entries:
        if not isinstance(one, Control):
            if one.kind == "rows":
                found[f"n:{one.name}"] = str(one.count)
            found |= counts(one.inner)
    return found


def test_a_form_that_is_sent_as_it_was_drawn_changes_nothing() -> None:
    values = to_dict(DEFINITION)
    for part in parts_of(values):
        entries = shown(part, table_at(values, part.path), NOTHING, {})
        form = QueryDict(mutable=True)
        form.update(counts(entries))
        for control in controls(entries):
            chosen = [choice.value for choice in control.choices if choice.chosen]
            form.setlist(control.name, chosen if control.choices else [control.value])
        values = placed(values, part.path, values_from(part, form, values))

    definition, faults = read_values(values)
    assert (definition, faults) == (DEFINITION, [])


@pytest.mark.parametrize(
    ("act", "keys", "after"),
    [
        ("add:legs", ["a", "b", "leg-3"], "legs.2"),
        ("remove:legs.0", ["b"], "legs.0"),
        ("up:legs.1", ["b", "a"], "legs.0"),
        ("down:legs.0", ["b", "a"], "legs.1"),
        ("up:legs.0", ["a", "b"], "legs.0"),
        ("remove:legs.9", ["a", "b"], "legs.0"),
        ("add:units", ["a", "b"], ""),
        ("nonsense", ["a", "b"], ""),
        ("add:legs.0.name", ["a", "b"], ""),
    ],
)
def test_rows_are_added_taken_out_and_moved(act: str, keys: list[str], after: str) -> None:
    values, place = act_on(PARTS["route"], {"legs": [{"key": "a"}, {"key": "b"}]}, act)

    assert ([leg["key"] for leg in values["legs"]], place) == (keys, after)


def test_a_new_criterion_carries_on_the_codes_of_its_indicator() -> None:
    standard = {"indicators": [{"code": "1"}, {"code": "2", "criteria": [{"code": "2.1"}, {"code": "2.3"}]}]}
    part = next(one for one in parts_of({"standard": standard}) if one.place == "indicator.1")

    values, place = act_on(part, {"standard": standard}, "add:standard.indicators.1.criteria")

    criteria = values["standard"]["indicators"][1]["criteria"]
    assert ([one["code"] for one in criteria], place) == (
        ["2.1", "2.3", "2.4"], "standard.indicators.1.criteria.2",
    )  # fmt: skip


def test_the_last_row_taken_out_leaves_no_list() -> None:
    assert act_on(PARTS["route"], {"legs": [{"key": "a"}]}, "remove:legs.0") == ({}, "legs")
