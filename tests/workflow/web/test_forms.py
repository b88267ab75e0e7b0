"""Refusals beside the fields they speak of."""

from django import forms

from services.workflow.domain.refused import Refused
from services.workflow.web.forms import choice, line, put, summary, text, typed


class Sample(forms.Form):
    rank = line("排序", required=False, inputmode="numeric")
    reason = text("理由")
    ground = choice("事由", [("a", "甲"), ("b", "乙")])


WHOLE = {"rank": "1", "reason": "因为", "ground": "a"}


def test_a_refusal_stands_at_the_field_it_names():
    form = Sample(WHOLE)

    put(form, Refused("field.not_a_number", field="rank"))

    assert [(error.id, bool(error.words)) for error in summary(form)] == [("id_rank", True)]


def test_a_refusal_of_a_reason_stands_at_the_reason():
    form = Sample(WHOLE)

    put(form, Refused("reason.missing", step="decline"))

    assert [error.id for error in summary(form)] == ["id_reason"]


def test_a_refusal_of_no_field_stands_at_the_top():
    form = Sample(WHOLE)

    put(form, Refused("declaration.vetoed"))

    assert [error.id for error in summary(form)] == [""]


def test_empty_fields_are_named_in_the_order_of_the_form():
    form = Sample({})

    assert [(error.id, error.words) for error in summary(form)] == [
        ("id_reason", "请填写：理由"),
        ("id_ground", "请填写：事由"),
    ]


def test_what_was_typed_is_kept_as_it_was():
    assert typed(Sample({"rank": " 1 ", "reason": ""})) == {"rank": " 1 ", "reason": "", "ground": ""}


def test_a_field_that_has_no_name_of_its_own_goes_by_its_label():
    class Handing(forms.Form):
        to = line("转给谁")

    form = Handing({"to": "x"})

    put(form, Refused("field.missing", field="to"))

    assert [error.words for error in summary(form)] == ["“转给谁”没有填写。"]
