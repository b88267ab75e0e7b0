"""Files of a notice on its page, and how the public gets them."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from services.workflow.commands.notices import draw_up
from services.workflow.domain.refused import Refused
from services.workflow.models import NoticeFile
from services.workflow.wording.refusals import refusal_text
from tests.workflow import cast
from tests.workflow.cast import take
from tests.workflow.scanning.files import IDS, docx, pdf, scanned_pdf, word
from tests.workflow.web.desk import Desk, hidden, words


@pytest.fixture
def draft(d):
    return cast.draw_up(d, [d.cases["notice"]])


def hand_in(draft, name, content):
    desk = Desk("office")
    page = f"/notices/{draft}/edit"
    file = SimpleUploadedFile(name, content)
    return desk.client.post(f"{page}/files", {**hidden(desk.get(page)), "file": file}, follow=True)


def test_a_file_that_is_clean_says_so(draft):
    page = hand_in(draft, "正文.docx", docx())

    assert "“正文.docx”已添加，检查未发现问题。" in page.text
    assert "已检查" in words(page)


def test_what_was_found_is_shown_masked_with_its_place(draft):
    page = hand_in(draft, "说明.docx", docx(footnotes=word(IDS[0])))

    said = words(page)
    assert "不得发布" in said
    assert "脚注 word/footnotes.xml：身份证号 35*************238" in said
    assert IDS[0] not in page.text


def test_the_refusal_says_in_chinese_where_it_stands():
    refused = Refused(
        "notice.personal_number", where="file:1", what="id_number", masked="35*************238", count=1
    )

    assert refusal_text(refused) == (
        "附件 1中有不得公开的信息：身份证号 35*************238（共发现 1 处）。请脱敏或移除该附件后再继续。"
    )


def test_a_named_person_answers_for_a_scan(d, draft):
    page = hand_in(draft, "扫描件.pdf", scanned_pdf())
    address = f"/notices/{draft}/edit/vouch?file=1"

    assert "未能全部检查" in words(page) and address in page.text
    answer = Desk("office").send(address, file="1", reason="逐页看过")
    assert answer.status_code == 302
    assert "office社区 office署名负责：逐页看过" in words(Desk("office").get(f"/notices/{draft}/edit"))


def test_a_file_is_left_out(draft):
    hand_in(draft, "正文.docx", docx())

    Desk("office").send(f"/notices/{draft}/edit/detach?file=1", file="1")

    assert NoticeFile.objects.get(notice=draft).removed_at is not None
    assert "正文.docx" not in words(Desk("office").get(f"/notices/{draft}/edit")).partition("办理过程")[0]


def test_masks_are_proposed_in_the_form(d):
    draft = draw_up(
        d.edition,
        [d.cases["notice"]],
        title="公示",
        text="联系人 13812341234",
        by=d.people["office"],
        key=None,
    )["notice"]

    page = Desk("office").get(f"/notices/{draft}/edit")
    form = Desk("office").get(f"/notices/{draft}/edit/amend")

    assert "正文：手机号 138****1234" in words(page)
    assert "联系人 138****1234" in form.text and "13812341234" not in words(form)
    Desk("office").send(f"/notices/{draft}/edit/amend", title="公示", text="联系人 138****1234")
    assert "不得公开的信息" not in words(Desk("office").get(f"/notices/{draft}/edit"))


def test_the_public_gets_the_copy_and_not_what_was_handed_in(d, draft):
    given = pdf("Notice", author="王秘书")
    hand_in(draft, "正文.pdf", given)
    hidden_before = Desk().get(f"/notices/{draft}/files/1")
    take("notice", draft, "prepare", d.people["office"])
    take("notice", draft, "release", d.people["office2"])

    page = Desk().get(f"/notices/{draft}")
    file = Desk().get(f"/notices/{draft}/files/1")

    assert hidden_before.status_code == 404
    assert f'href="/notices/{draft}/files/1"' in page.text
    assert (file.status_code, file["X-Content-Type-Options"]) == (200, "nosniff")
    assert file["Content-Disposition"].startswith("attachment")
    content = BytesIO(b"".join(file.streaming_content) if file.streaming else file.content).getvalue()
    assert content.startswith(b"%PDF-") and content != given
    assert Desk().get(f"/notices/{draft}/files/2").status_code == 404
    assert Desk().get(f"/notices/{draft}/files/99999999999").status_code == 404


def test_nobody_else_hands_in(d, draft):
    desk = Desk("committee1")
    page = desk.client.post(f"/notices/{draft}/edit/files", {"file": SimpleUploadedFile("a.docx", docx())})

    assert page.status_code == 404
