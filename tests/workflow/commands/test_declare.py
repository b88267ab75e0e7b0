import datetime as dt
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest

from services.workflow.commands import declare
from services.workflow.commands.files import FILE_MOST
from services.workflow.models import Answer, Evidence
from tests.workflow import cast
from tests.workflow.cast import PDF, District
from tests.workflow.commands.refusing import refusal, refused

SECOND = dt.timedelta(seconds=1)
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00"


def test_a_unit_begins_one_declaration_an_edition(d: District) -> None:
    answer = declare.begin(d.edition, by=d.people["idle"], key=uuid4())

    assert answer == {"declaration": answer["declaration"], "version": 1, "revision": 0}
    assert refusal(declare.begin, d.edition, by=d.people["idle"], key=uuid4()) == "declaration.exists"


@pytest.mark.parametrize(
    ("who", "code"),
    [
        ("begun", "declaration.exists"),
        ("held", "declaration.exists"),
        ("songxi", "step.not_yours"),
        ("office", "step.not_yours"),
        ("north-community", "declaration.not_a_subject"),
    ],
)
def test_a_declaration_is_not_begun_by(d: District, who: str, code: str) -> None:
    assert refusal(declare.begin, d.edition, by=d.people[who], key=uuid4()) == code


@pytest.mark.parametrize(
    ("moment", "code"),
    [
        (cast.OPENS - SECOND, "declaration.window_closed"),
        (cast.OPENS, None),
        (cast.CLOSES - SECOND, None),
        (cast.CLOSES, "declaration.window_closed"),
    ],
)
def test_a_declaration_is_begun_within_the_edition(
    d: District, moment: dt.datetime, code: str | None
) -> None:
    cast.set_clock(moment)

    if code is None:
        assert declare.begin(d.edition, by=d.people["idle"], key=uuid4())["version"] == 1
    else:
        assert refusal(declare.begin, d.edition, by=d.people["idle"], key=uuid4()) == code


def test_a_declaration_needs_an_edition(d: District) -> None:
    assert refusal(declare.begin, 999_999, by=d.people["idle"], key=None) == "edition.not_found"


def test_a_unit_that_withdrew_may_begin_again(d: District) -> None:
    cast.take("declaration", d.cases["begun"], "withdraw", d.people["begun"], reason="重来")

    answer = declare.begin(d.edition, by=d.people["begun"], key=uuid4())

    assert answer["declaration"] != d.cases["begun"]


def save(d: District, answers: dict[str, Any], who: str = "begun", **more: Any) -> dict[str, Any]:
    return declare.save_answers(d.cases["begun"], answers, by=d.people[who], **more)


def kept(d: District, code: str) -> tuple[Any, ...]:
    row = Answer.objects.get(declaration=d.cases["begun"], criterion=code)
    return row.points, row.not_applicable, row.statement, row.figures, row.revision


def test_what_is_saved_is_kept_and_what_is_not_named_stays(d: District) -> None:
    save(
        d,
        {
            "1.1": {
                "points": "38.5",
                "statement": "有",
                "figures": {"cards": {"numerator": "9", "denominator": "10"}},
            }
        },
    )
    save(d, {"1.1": {"points": "39"}})

    figures = {"cards": {"numerator": "9", "denominator": "10"}}
    assert kept(d, "1.1") == (Decimal("39.00"), False, "有", figures, 2)
    assert d.case("begun").revision == 2


def test_saving_is_no_step(d: District) -> None:
    version = d.case("begun").version

    save(d, {"2.1": {"points": "1"}})

    assert d.case("begun").version == version


@pytest.mark.parametrize(
    ("typed", "kept_as"),
    [("", (None, False)), ("n/a", (None, True)), ("不适用", (None, True)), ("０", (Decimal(0), False))],
)
def test_not_scored_and_not_applicable_are_no_zero(d: District, typed: str, kept_as: tuple[Any, ...]) -> None:
    save(d, {"2.1": {"points": typed}})

    assert kept(d, "2.1")[:2] == kept_as


def test_two_clerks_write_side_by_side_and_one_field_is_overtaken(d: District) -> None:
    """A colleague saved 2.1 meanwhile; the other criterion of the same save is not kept either."""
    save(d, {"2.1": {"points": "10", "statement": "甲"}})
    save(d, {"2.1": {"points": "11", "statement": "乙", "revision": 1}}, who="begun2")

    late = refused(save, d, {"2.2": {"points": "5"}, "2.1": {"points": "12", "revision": 1}})

    assert (late.code, late.params) == (
        "overtaken", {"criterion": "2.1", "revision": 2, "points": "11.00", "statement": "乙"},
    )  # fmt: skip
    assert not Answer.objects.filter(declaration=d.cases["begun"], criterion="2.2").exists()


@pytest.mark.parametrize(
    ("answers", "code"),
    [
        ({"2.1": {"points": "30.01"}}, "score.above_maximum"),
        ({"2.1": {"points": "-0.01"}}, "score.below_zero"),
        ({"2.1": {"points": "十分"}}, "score.not_a_number"),
        ({"2.1": {"points": "1e1"}}, "score.not_a_number"),
        ({"2.1": {"points": "NaN"}}, "score.not_a_number"),
        ({"2.1": {"points": "1.234"}}, "score.too_fine"),
        ({"9.9": {"points": "1"}}, "score.unknown_criterion"),
        ({"2.1": {"statement": "长" * 2001}}, "field.too_long"),
        ({"2.1": {"statement": 5}}, "field.not_text"),
        ({"2.2": {"figures": {"area": {"value": "大"}}}}, "field.not_a_number"),
        ({"2.2": {"figures": {"area": {"value": "Infinity"}}}}, "field.out_of_range"),
        ({"2.2": {"figures": {"height": {"value": "1"}}}}, "field.invalid"),
        ({"2.2": {"figures": {"area": {"size": "1"}}}}, "field.invalid"),
        ({"2.2": {"figures": ["area"]}}, "field.invalid"),
    ],
)
def test_bad_input_is_refused_and_nothing_of_the_save_is_kept(
    d: District, answers: dict[str, Any], code: str
) -> None:
    assert refusal(save, d, {"1.2": {"points": "1"}, **answers}) == code
    assert not Answer.objects.filter(declaration=d.cases["begun"]).exists()


@pytest.mark.parametrize(
    ("who", "unit", "code"),
    [
        ("draft", "begun", "case.not_found"),
        ("songxi", "begun", "case.not_found"),
        ("office", "preliminary", "case.not_found"),
        ("preliminary", "preliminary", "declaration.not_editable"),
        ("held", "held", "declaration.not_editable"),
    ],
)
def test_nobody_writes_in_what_is_not_theirs_or_filed(d: District, who: str, unit: str, code: str) -> None:
    act = (declare.save_answers, d.cases[unit], {"2.1": {"points": "1"}})

    assert refusal(*act, by=d.people[who]) == code


def test_a_returned_declaration_is_written_in_again(d: District) -> None:
    answer = declare.save_answers(d.cases["returned"], {"2.1": {"points": "29"}}, by=d.people["returned"])

    assert answer["answers"] == {"2.1": 2}


def test_the_same_save_twice_is_one_save(d: District) -> None:
    key = uuid4()

    first, second = (save(d, {"2.1": {"points": "5"}}, key=key) for _ in range(2))

    assert (second, d.case("begun").revision) == (first, 1)


def attach(
    d: District, content: bytes, name: str, criterion: str = "2.1", who: str = "begun"
) -> dict[str, Any]:
    return declare.add_evidence(d.cases["begun"], criterion, name=name, content=content, by=d.people[who])


def test_a_file_is_kept_by_what_it_is(d: District) -> None:
    answer = attach(d, PNG, "../../照片.PNG")

    evidence = Evidence.objects.get(pk=answer["evidence"])
    assert (evidence.name, evidence.media_type, evidence.size) == ("照片.PNG", "image/png", len(PNG))


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"", "a.pdf", "file.empty"),
        (b"MZ\x90\x00" + b"\x00" * 300, "a.exe", "file.kind_forbidden"),
        (b"MZ\x90\x00" + b"\x00" * 300, "a.pdf", "file.kind_forbidden"),
        (b"<html><script>alert(1)</script></html>", "a.html", "file.kind_forbidden"),
        (PNG, "a.pdf", "file.kind_mismatch"),
        (PDF, "a", "file.kind_mismatch"),
        (PDF + b"0" * FILE_MOST, "a.pdf", "file.too_large"),
    ],
)
def test_a_file_is_refused(d: District, content: bytes, name: str, code: str) -> None:
    assert refusal(attach, d, content, name) == code
    assert not Evidence.objects.filter(declaration=d.cases["begun"]).exists()


@pytest.mark.parametrize(
    ("criterion", "who", "code"),
    [("9.9", "begun", "score.unknown_criterion"), ("2.1", "draft", "case.not_found")],
)
def test_a_file_has_its_criterion_and_its_unit(d: District, criterion: str, who: str, code: str) -> None:
    assert refusal(attach, d, PDF, "a.pdf", criterion, who) == code


def test_a_criterion_takes_twenty_files(d: District) -> None:
    for _ in range(20):
        attach(d, PDF, "a.pdf")

    assert refusal(attach, d, PDF, "a.pdf") == "evidence.too_many"


def test_a_file_taken_off_is_marked_and_not_deleted(d: District) -> None:
    evidence = attach(d, PDF, "a.pdf")["evidence"]

    declare.remove_evidence(evidence, by=d.people["begun"])

    assert Evidence.objects.get(pk=evidence).removed_at == cast.NOW
    assert refusal(declare.remove_evidence, evidence, by=d.people["begun"]) == "evidence.not_found"


def test_another_units_file_is_not_found(d: District) -> None:
    evidence = attach(d, PDF, "a.pdf")["evidence"]

    found = [
        refusal(declare.remove_evidence, evidence, by=d.people[who]) for who in ("draft", "songxi", "office")
    ]

    assert set(found) <= {"case.not_found", "evidence.not_found"}
