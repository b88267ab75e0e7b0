"""Canaries in every private field, looked for wherever anybody else could read: pages, API, files, events, logs."""

import logging
import re
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from html import unescape
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from pypdf import PdfReader
from pypdf.errors import PyPdfError

from deploy.verify_ledger import faults_of
from services.workflow.commands import declare
from services.workflow.commands.notice_files import attach
from services.workflow.commands.notices import draw_up
from services.workflow.commands.objections import lodge
from services.workflow.commands.sealing import Letter, open_identity
from services.workflow.models import NoticeFile, Objection, RoundTask, SealedLetter
from tests.workflow import cast
from tests.workflow.api.client import Api
from tests.workflow.cast import District, take
from tests.workflow.databases import at_the_cast, built, d, transactional_db
from tests.workflow.scanning.files import docx, pdf, word
from tests.workflow.web.desk import Desk, hidden

__all__ = ["at_the_cast", "built", "d", "transactional_db"]
# Who objects: nowhere in clear, not even in a table.
IDENTITY = ("凯娜瑞甲", "13700000001", "凯娜瑞单位乙", "13700000002")
# The scan of a letter: its name and its words, in clear in no table and no file.
SCAN = ("凯娜瑞扫描名", "凯娜瑞扫描件")
# What is written in an objection and found of it: for the host, the committee and the investigator.
OBJECTED = ("凯娜瑞事实", "凯娜瑞线索", "凯娜瑞来函", "凯娜瑞调查结论", "凯娜瑞裁定理由", "凯娜瑞查看目的")
# What other bodies are asked about it, and what they answer: for them and the investigator, later for the office.
ASKED = ("凯娜瑞核查事项", "凯娜瑞消防核查", "凯娜瑞司法核查")
# What an office keeps to itself, and a unit to those who judge it: not for the public.
KEPT = (
    "凯娜瑞否决依据", "凯娜瑞否决说明", "凯娜瑞退回理由", "凯娜瑞佐证名", "凯娜瑞佐证属性", "凯娜瑞草稿标题",
    "凯娜瑞草稿正文", "凯娜瑞撤下附件", "凯娜瑞附件作者", "凯娜瑞公章经办", "凯娜瑞担保理由", "凯娜瑞暂停理由",
)  # fmt: skip
LINK = re.compile(r'(?:href|src|action)="(/[^"#]*)"')
AFAR = ("/logout", "/static/", "/language")
PAGES_MOST = 150


@dataclass
class Planted:
    notice: int
    receipts: list[str] = field(default_factory=list)


@pytest.fixture
def planted(d: District, caplog: pytest.LogCaptureFixture) -> Planted:
    """Every private field is filled by the ways that people have, the web form and its refusals among them."""
    caplog.set_level(logging.DEBUG)
    office, made = d.people["office"], Planted(d.notice)
    published_with_files(d)
    form = f"/notices/{made.notice}/object"
    given = {"unit": "1", "kind": "person", "name": IDENTITY[0], "contact": IDENTITY[1], "text": OBJECTED[0]}
    Desk().send(form, **{**given, "unit": "77"})
    answer = Desk().send(form, **given)
    made.receipts.append(answer["Location"].partition("receipts/")[2].partition("?")[0])
    tip = {"unit": 2, "kind": "tip", "text": OBJECTED[1]}
    lodge(made.notice, tip)
    by_letter = {"unit": 2, "kind": "unit", "name": IDENTITY[2], "contact": IDENTITY[3], "text": OBJECTED[2]}
    letter = Letter(f"{SCAN[0]}.pdf", pdf(author=SCAN[1]) + SCAN[1].encode())
    sealed = {**by_letter, "channel": "letter", "seal": "on"}
    lodge(made.notice, sealed, letter=letter, by=office, key=uuid4())
    investigated(d, made.receipts[0])
    others(d)
    return made


def published_with_files(d: District) -> None:
    """A notice whose files tell of their author, one of them left out again, one answered for."""
    office = d.people["office"]
    take("notice", d.notice, "suspend", office, reason=KEPT[11])
    take("notice", d.notice, "release", d.people["office2"])
    words = {"title": KEPT[5], "text": KEPT[6]}
    draft = draw_up(d.edition, [d.cases["notice"]], **words, by=office, key=uuid4())["notice"]
    take("notice", draft, "amend", office, title="公示二", text="现予公示")
    author = docx(**{"docProps__core.xml": f"<p><creator>{KEPT[8]}</creator></p>"})
    by_hand = docx(comments=f'<c author="{KEPT[9]}"/>', **{"word__media__image1.png": b"\x89PNG\r\n\x1a\n"})
    for name, content in (
        ("正文.docx", author),
        ("正文.pdf", pdf(author=KEPT[8])),
        (f"{KEPT[7]}.docx", docx(document=word(KEPT[7]))),
        ("附图.docx", by_hand),
    ):
        attach(draft, name=name, content=content, by=office, key=uuid4())
    take("notice", draft, "detach", office, file=3, reason=KEPT[7])
    take("notice", draft, "vouch", office, file=4, reason=KEPT[10])
    take("notice", draft, "prepare", office)
    take("notice", draft, "release", d.people["office2"])


def investigated(d: District, receipt: str) -> None:
    case = Objection.objects.get(receipt=receipt).pk
    take("objection", case, "receive", d.people["office"])
    take("objection", case, "assign", d.people["office"], investigator=d.people["investigator"].member_id)
    seen = open_identity(case, purpose=OBJECTED[5], by=d.people["investigator"], key=uuid4())
    assert seen["name"] == IDENTITY[0]
    bodies = [cast.department(d, code) for code in ("dep-fire", "dep-law")]
    asked: Any = {"bodies": [body.unit_id for body in bodies], "question": ASKED[0]}
    take("objection", case, "consult", d.people["investigator"], **asked)
    for body, found in zip(bodies, ASKED[1:], strict=True):
        task = RoundTask.objects.get(participant_unit=body.unit_id)
        cast.decide(task.pk, "founded", body, reason=found)
    take("objection", case, "find", d.people["investigator"], finding=OBJECTED[3])
    take("objection", case, "sustain", d.people["office"], reason=OBJECTED[4], effect="hold")


def others(d: District) -> None:
    """What is private beside objections: vetoes, returns, evidence, a notice that is not out."""
    veto = {"ground": "public_security", "basis": KEPT[0], "event_on": "2026-01-15"}
    take("declaration", d.cases["preliminary"], "raise_veto", d.people["dep-police"], reason=KEPT[1], **veto)
    take("declaration", d.cases["decision"], "return", d.people["committee1"], reason=KEPT[2])
    declare.add_evidence(
        d.cases["begun"], "1.1", name=f"{KEPT[3]}.pdf", content=pdf(author=KEPT[4]), by=d.people["begun"]
    )


def crawled(desk: Desk, *starts: str) -> Iterator[tuple[str, Any]]:
    """Every page that can be reached by following links, each address once."""
    waiting, seen = list(starts), set(starts)
    while waiting and len(seen) < PAGES_MOST:
        path = waiting.pop(0)
        answer = desk.get(path)
        yield path, answer
        if answer.status_code == 200 and "html" in answer["Content-Type"]:
            for address in map(unescape, LINK.findall(answer.text)):
                if address not in seen and not address.startswith(AFAR):
                    seen.add(address)
                    waiting.append(address)


def said(answer: Any) -> str:
    """All that an answer says: its headers, its bytes, and of a PDF its words."""
    content = answer.getvalue() if answer.streaming else answer.content
    text = f"{dict(answer.headers)}\n{content.decode('utf-8', 'replace')}\n"
    if content.startswith(b"%PDF-"):
        with suppress(PyPdfError):  # the cast's own evidence is none that a reader opens
            reader = PdfReader(BytesIO(content))
            text += "".join(page.extract_text() for page in reader.pages) + str(reader.metadata)
    return text


def leaks(text: str, canaries: tuple[str, ...]) -> list[str]:
    return [canary for canary in canaries if canary in text]


PUBLIC = ("/notices", "/register", "/register/data", "/project-notices", "/objections/follow", "/login")


def test_the_public_reads_nothing_of_it(d: District, planted: Planted) -> None:
    found, read = {}, 0
    starts = [*PUBLIC, *(f"/objections/receipts/{receipt}" for receipt in planted.receipts)]
    for path, answer in crawled(Desk(), *starts):
        read += answer.status_code == 200
        if told := leaks(said(answer), IDENTITY + SCAN + OBJECTED + ASKED + KEPT):
            found[path] = told

    assert (found, read > 15) == ({}, True)


def test_the_public_api_tells_nothing_of_it(d: District, planted: Planted) -> None:
    desk, found = Desk(), {}
    schema = desk.get("/api/v1/openapi.json").json()
    notices = [row["id"] for row in desk.get("/api/v1/public/notices").json()["items"]]
    honour = d.honour.number
    asked = 0
    filled = {"number": honour, "receipt": planted.receipts[0]}
    for path in [path for path, acts in schema["paths"].items() if "/public/" in path and "get" in acts]:
        for number in notices if "{notice_id}" in path else [0]:
            names = re.findall(r"{(\w+)}", path)
            address = path.format(**{**dict.fromkeys(names, 1), **filled, "notice_id": number})
            answer = desk.get(address)
            asked += answer.status_code == 200
            if told := leaks(said(answer), IDENTITY + SCAN + OBJECTED + ASKED + KEPT):
                found[address] = told

    assert (found, asked > 5) == ({}, True)


def test_public_copies_of_files_tell_nothing_of_it(d: District, planted: Planted) -> None:
    desk, found = Desk(), {}
    files = list(NoticeFile.objects.filter(removed_at__isnull=True))
    for file in files:
        answer = desk.get(f"/notices/{file.notice_id}/files/{file.position}")
        content = said(answer)
        if content and answer.content.startswith(b"PK"):
            with zipfile.ZipFile(BytesIO(answer.content)) as package:
                content += "".join(
                    package.read(name).decode("utf-8", "replace") for name in package.namelist()
                )
        if told := leaks(content, IDENTITY + SCAN + OBJECTED + ASKED + KEPT):
            found[file.name] = told

    assert (found, len(files)) == ({}, 3)
    gone = NoticeFile.objects.get(removed_at__isnull=False)
    assert desk.get(f"/notices/{gone.notice_id}/files/{gone.position}").status_code == 404


@pytest.mark.parametrize("who", ["listed", "songxi", "dep-health", "dep-police"])
def test_the_unit_its_town_and_departments_read_neither_name_nor_facts(
    d: District, planted: Planted, who: str
) -> None:
    unit, found, read = d.cases["listed"], {}, 0
    starts = ("/", f"/cases/{unit}", f"/cases/{unit}/body", f"/declarations/{unit}", "/?tab=done", "/account")
    api = [f"/api/v1/declarations/{unit}", f"/api/v1/declarations/{unit}/history"]
    for path, answer in crawled(Desk(who), *starts, *api):
        read += answer.status_code == 200
        if told := leaks(said(answer), IDENTITY + SCAN + OBJECTED + ASKED):
            found[path] = told

    assert (found, read > 10) == ({}, True)


def test_a_body_that_is_asked_reads_the_question_and_its_own_answer(d: District, planted: Planted) -> None:
    """Neither who objects, nor the words, the receipt or the way it came; nor what another body found."""
    hidden_from_it, own = (*IDENTITY, *SCAN, *OBJECTED, *planted.receipts, ASKED[2]), ASKED[:2]
    task = RoundTask.objects.get(participant_unit=d.units["dep-fire"])
    objection = Objection.objects.get(receipt=planted.receipts[0]).pk
    found, read, seen = {}, 0, set()
    pages = (
        "/",
        "/?tab=done",
        f"/tasks/{task.pk}",
        f"/tasks/{task.pk}/late",
        f"/slates/{task.process.slate_id}",
    )
    api = (
        "tasks",
        f"tasks/{task.pk}",
        "rounds",
        f"rounds/{task.process_id}",
        "slates",
        "objections",
        "inbox",
    )
    more = (f"/objections/{objection}", *(f"/api/v1/{path}" for path in api))
    for path, answer in crawled(Desk("dep-fire"), *pages, *more):
        read += answer.status_code == 200
        seen |= {mine for mine in own if mine in said(answer)}
        if told := leaks(said(answer), hidden_from_it):
            found[path] = told

    assert (found, read > 8, seen) == ({}, True, set(own))


def test_the_unit_does_not_see_at_which_moment_somebody_objected(d: District, planted: Planted) -> None:
    page = Desk("listed").get(f"/cases/{d.cases['listed']}")
    office = Desk("office").get(f"/cases/{d.cases['listed']}")

    assert ("异议" in page.text.partition("<main")[2], "因异议" in office.text) == (False, True)


def test_the_record_that_the_unit_takes_away_keeps_the_moment_and_its_links(
    d: District, planted: Planted
) -> None:
    """Whoever has the record can follow it from entry to entry, and learns nowhere when somebody objected."""
    path = f"declarations/{d.cases['listed']}/history"
    of_unit, of_office = (Api(who).get(path).json() for who in ("listed", "office"))

    sealed = [entry for entry in of_unit["items"] if entry.get("sealed")]
    assert {(entry["step"], entry["at"], entry["at_us"]) for entry in sealed} == {("hold", None, None)}
    assert [entry for entry in of_office["items"] if entry.get("sealed")] == []
    assert {entry["reason_digest"] for entry in sealed} == {None}
    # All else in the hash they know; what they do not is drawn by lot, or the moment could be found by trying.
    lots = [entry["reason_digest"] for entry in of_office["items"] if entry["step"] == "hold"]
    assert len(lots) == len(set(lots)) > 0 and all(re.fullmatch("[0-9a-f]{64}", lot) for lot in lots)
    assert [list(faults_of(record)) for record in (of_unit, of_office)] == [[], []]


def test_no_event_no_signal_and_no_row_tells_who_objects(d: District, planted: Planted) -> None:
    """All tables are looked through; what is sealed lies there in cipher."""
    found = {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(string_agg(f::text, ' '), '') FROM feed f")
        told: str = cursor.fetchone()[0]
        tables = connection.introspection.table_names(cursor)
        for table in tables:
            cursor.execute(f"SELECT coalesce(string_agg(t::text, chr(10)), '') FROM \"{table}\" t")
            if leaked := leaks(cursor.fetchone()[0], IDENTITY):
                found[table] = leaked

    assert (found, "workflow_objectoridentity" in tables) == ({}, True)
    assert leaks(told, IDENTITY + SCAN + OBJECTED + ASKED + KEPT) == []
    assert "objection.create" in told


def test_no_table_no_event_and_no_file_holds_the_scan_in_clear(d: District, planted: Planted) -> None:
    found, files = {}, [path for path in Path(settings.FILES_DIR).rglob("*") if path.is_file()]
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT coalesce(string_agg(t::text, chr(10)), '') FROM \"{table}\" t")
            if leaked := leaks(cursor.fetchone()[0], SCAN):
                found[table] = leaked
    clear = [path for path in files if SCAN[1].encode() in path.read_bytes()]

    assert (found, clear) == ({}, [])
    assert SealedLetter.objects.get().sha256 in {path.name for path in files}


def test_no_log_line_tells_of_it(
    d: District, planted: Planted, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    lines = caplog.text + "".join(capfd.readouterr())

    assert leaks(lines, IDENTITY + SCAN + OBJECTED + ASKED + KEPT) == []


def test_receipts_tell_neither_order_nor_number(d: District, planted: Planted) -> None:
    made = [lodge(planted.notice, {**cast.OBJECTION, "unit": 1})["receipt"] for _ in range(40)]

    told = [re.fullmatch(r"2026-([2-9A-HJKMNP-Z]{10})", receipt) for receipt in made]
    assert all(told) and made != sorted(made) and len(set(made)) == 40
    page = Desk().get(f"/notices/{planted.notice}").text
    assert [receipt for receipt in made if receipt in page] == []


def test_an_upload_that_is_refused_is_not_logged(d: District, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    draft = cast.draw_up(d, [d.cases["notice"]])

    desk, page = Desk("office"), f"/notices/{draft}/edit"
    file = SimpleUploadedFile(f"{KEPT[3]}.exe", b"MZ" + KEPT[4].encode())
    answer = desk.client.post(f"{page}/files", {**hidden(desk.get(page)), "file": file})

    assert answer.status_code == 422
    assert leaks(caplog.text, KEPT) == []
