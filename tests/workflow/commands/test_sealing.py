"""The scan of a letter that objects: sealed like the identity, opened by the investigator in charge with a purpose."""

from typing import Any
from uuid import uuid4

import pytest

from services.workflow.commands.objections import lodge
from services.workflow.commands.sealing import Letter, add_letter, open_letter
from services.workflow.models import CommandLog, IdentityLook, Objection, SealedLetter
from services.workflow.queries.stored import path_of
from tests.workflow import cast
from tests.workflow.cast import OBJECTION, District, take
from tests.workflow.commands.refusing import refusal

SCAN = Letter("来函.pdf", cast.PDF)
BY_LETTER = {**OBJECTION, "channel": "letter", "unit": 1}


def entered(d: District, letter: Letter | None = SCAN) -> int:
    number: int = lodge(d.notice, BY_LETTER, letter=letter, by=d.people["office"], key=uuid4())["objection"]
    return number


def investigated(d: District, letter: Letter | None = SCAN) -> int:
    case = entered(d, letter)
    take("objection", case, "receive", d.people["office"])
    take("objection", case, "assign", d.people["office"], investigator=d.people["investigator"].member_id)
    return case


def opened(d: District, case: int, who: str = "investigator", purpose: str = "核对笔迹") -> Any:
    return open_letter(case, purpose=purpose, by=d.people[who], key=uuid4())


def test_a_scan_lies_in_cipher_and_comes_out_as_it_went_in(d: District) -> None:
    case = investigated(d)

    row = SealedLetter.objects.get(objection=case)
    stored = path_of(row.sha256).read_bytes()
    assert (cast.PDF in stored, row.media_type, row.size) == (False, "application/pdf", len(cast.PDF))
    assert opened(d, case) == (cast.PDF, "application/pdf")
    assert list(IdentityLook.objects.values_list("purpose", "letter")) == [("核对笔迹", True)]
    assert "来函" not in str(list(CommandLog.objects.values_list("answer", flat=True)))


@pytest.mark.parametrize("who", ["office", "committee1", "investigator2", "dep-police", "listed"])
def test_nobody_else_opens_it_and_no_look_is_kept(d: District, who: str) -> None:
    case = investigated(d)

    assert refusal(opened, d, case, who) == "identity.not_yours"
    assert not IdentityLook.objects.exists()


def test_it_is_opened_for_a_purpose_and_only_where_there_is_one(d: District) -> None:
    with_one, without = investigated(d), investigated(d, None)

    found = [refusal(opened, d, with_one, purpose=" "), refusal(opened, d, without)]

    assert (found, IdentityLook.objects.count()) == (["identity.purpose_missing", "file.missing"], 0)


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("来函.pdf", b"", "file.empty"),
        ("来函.exe", b"MZ" + bytes(100), "file.kind_forbidden"),
        ("来函.png", cast.PDF, "file.kind_mismatch"),
    ],
)
def test_what_is_no_scan_is_refused_and_nothing_is_entered(
    d: District, name: str, content: bytes, code: str
) -> None:
    assert refusal(entered, d, Letter(name, content)) == code
    assert (Objection.objects.count(), SealedLetter.objects.count()) == (0, 0)


def test_a_scan_may_follow_the_entry_once(d: District) -> None:
    case = entered(d, None)

    told = add_letter(case, SCAN, by=d.people["office"], key=uuid4())
    again = refusal(add_letter, case, SCAN, by=d.people["office"], key=uuid4())

    assert (told, again) == ({"objection": case, "size": len(cast.PDF)}, "objection.letter_there")


def test_not_once_somebody_investigates_nor_by_anybody_else_nor_to_a_form(d: District) -> None:
    late, early = investigated(d, None), entered(d, None)
    form = lodge(d.notice, {**OBJECTION, "unit": 1})["objection"]

    def refused(case: int, who: str = "office") -> str:
        return refusal(add_letter, case, SCAN, by=d.people[who], key=uuid4())

    assert [refused(late), refused(form), refused(early, "committee1"), refused(early, "listed")] == [
        "step.out_of_order", "step.out_of_order", "step.not_yours", "case.not_found",
    ]  # fmt: skip
