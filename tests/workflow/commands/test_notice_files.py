"""Files of a notice: what is hidden in them stops the release, what cannot be read needs a word."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from services.workflow.commands.notice_files import attach
from services.workflow.commands.notices import draw_up
from services.workflow.commands.steps import take_step
from services.workflow.models import LedgerEntry, LedgerText, Notice, NoticeFile
from tests.workflow import cast
from tests.workflow.cast import District, take
from tests.workflow.commands.refusing import refusal, refused
from tests.workflow.scanning.files import IDS, docx, locked_pdf, pdf, scanned_pdf, word, xlsx

HIDDEN = {
    "说明.docx": docx(footnotes=word(IDS[0])),
    "名单.xlsx": xlsx(hidden=IDS[1]),
    "附图.pdf": pdf(note=IDS[2]),
}


@pytest.fixture
def draft(d: District) -> int:
    return cast.draw_up(d, [d.cases["notice"]])


def hand_in(d: District, notice: int, name: str, content: bytes, who: str = "office") -> dict[str, Any]:
    return attach(notice, name=name, content=content, by=d.people[who], key=uuid4())


def test_three_hidden_id_numbers_are_found_and_stop_the_notice(d: District, draft: int) -> None:
    told = [hand_in(d, draft, name, content) for name, content in HIDDEN.items()]

    found = [{(one["part"], one["masked"]) for one in answer["found"]} for answer in told]
    assert [parts & {("footnotes", "35*************238")} for parts in found[:1]] == [found[0]]
    assert ("hidden_sheet", "35*************241") in found[1]
    assert ("annotation", "35*************255") in found[2]
    for position in (1, 2, 3):
        stopped = refused(take, "notice", draft, "prepare", d.people["office"])
        assert (stopped.code, stopped.params["where"]) == ("notice.personal_number", f"file:{position}")
        take("notice", draft, "detach", d.people["office"], file=position)
    take("notice", draft, "prepare", d.people["office"])
    assert take("notice", draft, "release", d.people["office2"])["place"] == "released"


def test_the_number_itself_is_kept_nowhere(d: District, draft: int) -> None:
    for name, content in HIDDEN.items():
        hand_in(d, draft, name, content)

    rows = str(list(NoticeFile.objects.values())) + str(list(LedgerText.objects.values()))
    assert [number for number in IDS if number in rows] == []


@pytest.mark.parametrize("content", [scanned_pdf(), locked_pdf()])
def test_what_cannot_be_read_goes_out_on_a_named_persons_word(
    d: District, draft: int, content: bytes
) -> None:
    hand_in(d, draft, "扫描件.pdf", content)

    stopped = refused(take, "notice", draft, "prepare", d.people["office"])
    without = refusal(take, "notice", draft, "vouch", d.people["office"], file=1)
    take("notice", draft, "vouch", d.people["office"], file=1, reason="逐页看过，无个人信息")

    assert (stopped.code, stopped.params["name"], without) == (
        "notice.file_unread",
        "扫描件.pdf",
        "reason.missing",
    )
    file = NoticeFile.objects.get(notice=draft)
    entry = LedgerEntry.objects.get(case_id=draft, step="vouch")
    assert (file.vouched_by_id, file.vouched_reason) == (d.people["office"].office_id, "逐页看过，无个人信息")
    assert (entry.office_id, file.vouched_at) == (d.people["office"].office_id, entry.at)
    assert (
        LedgerText.objects.get(entry=entry).text == f"扫描件.pdf（{file.sha256[:12]}） 逐页看过，无个人信息"
    )
    assert take("notice", draft, "prepare", d.people["office"])["place"] == "prepared"


def test_nobody_answers_for_a_number_that_was_found(d: District, draft: int) -> None:
    hand_in(d, draft, "说明.docx", HIDDEN["说明.docx"])
    hand_in(d, draft, "正文.docx", docx())

    found = [
        refusal(take, "notice", draft, "vouch", d.people["office"], reason="看过", file=n) for n in (1, 2, 9)
    ]

    assert found == ["notice.personal_number", "notice.nothing_unread", "notice.file_not_found"]


def test_a_clean_file_goes_out_without_its_metadata(d: District, draft: int) -> None:
    told = hand_in(d, draft, "正文.pdf", pdf(author="王秘书"))

    file = NoticeFile.objects.get(pk=told["file"])
    assert (told["found"], told["unread"], file.sha256 != file.public_sha256) == ([], [], True)
    take("notice", draft, "prepare", d.people["office"])


@pytest.mark.parametrize(
    ("who", "code"),
    [("committee1", "case.not_found"), ("north-office", "case.not_found"), ("songxi", "case.not_found")],
)
def test_others_hand_nothing_in(d: District, draft: int, who: str, code: str) -> None:
    assert refusal(hand_in, d, draft, "正文.docx", docx(), who) == code


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("病毒.exe", b"MZ\x90", "file.kind_forbidden"),
        ("正文.pdf", docx(), "file.kind_mismatch"),
        ("空.docx", b"", "file.empty"),
    ],
)
def test_other_kinds_are_not_taken(d: District, draft: int, name: str, content: bytes, code: str) -> None:
    assert refusal(hand_in, d, draft, name, content) == code


def test_a_step_brings_no_file(d: District, draft: int) -> None:
    assert refusal(take, "notice", draft, "attach", d.people["office"]) == "file.empty"


def test_the_name_of_a_file_is_masked_too(d: District, draft: int) -> None:
    hand_in(d, draft, f"{IDS[0]}证明.docx", docx())

    assert NoticeFile.objects.get(notice=draft).name == "35*************238证明.docx"


def test_a_notice_carries_so_many_files(d: District, draft: int) -> None:
    for n in range(20):
        hand_in(d, draft, f"{n}.docx", docx(document=word(f"第{n}份")))

    assert refusal(hand_in, d, draft, "再来.docx", docx()) == "notice.files_most"


def test_what_is_out_takes_no_further_file(d: District) -> None:
    assert refusal(hand_in, d, d.notice, "正文.docx", docx()) == "step.out_of_order"


def test_words_are_masked_before_they_go_out(d: District) -> None:
    draft = draw_up(
        d.edition, [d.cases["notice"]], title="公示", text="联系人张三 138 1234 1234", by=d.people["office"],
        key=uuid4(),
    )["notice"]  # fmt: skip

    stopped = refused(take, "notice", draft, "prepare", d.people["office"])
    take("notice", draft, "amend", d.people["office"], title="公示", text="联系人张三 138****1234")
    take("notice", draft, "prepare", d.people["office"])

    assert (stopped.code, stopped.params["where"], stopped.params["masked"]) == (
        "notice.personal_number",
        "text",
        "138****1234",
    )
    assert Notice.objects.get(pk=draft).text == "联系人张三 138****1234"


@pytest.mark.parametrize(
    "change", ["findings = '{}'", "name = 'x'", "public_sha256 = ''", "vouched_reason = 'anders'"]
)
def test_what_was_found_is_never_changed(d: District, draft: int, change: str) -> None:
    hand_in(d, draft, "扫描件.pdf", scanned_pdf())
    take("notice", draft, "vouch", d.people["office"], file=1, reason="看过")

    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        connection.cursor().execute(f"UPDATE workflow_noticefile SET {change}")


@pytest.mark.parametrize("step", ["detach", "vouch"])
def test_whoever_saw_the_notice_before_is_told_so_before_that_a_file_is_gone(
    d: District, draft: int, step: str
) -> None:
    hand_in(d, draft, "附图.pdf", scanned_pdf())
    seen = Notice.objects.get(pk=draft).version
    given: Any = {"by": d.people["office"], "reason": "看过", "fields": {"file": 1}}
    take_step("notice", draft, "vouch", key=uuid4(), **given)
    take_step("notice", draft, "detach", key=uuid4(), **given)

    stale = refusal(take_step, "notice", draft, step, version=seen, key=uuid4(), **given)
    fresh = refusal(take_step, "notice", draft, step, version=seen + 2, key=uuid4(), **given)

    assert (stale, fresh) == ("overtaken", "notice.file_not_found")
