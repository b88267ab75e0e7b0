"""Script in every field of notices and objections comes out as text, on every page that shows it."""

from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile

from services.workflow.commands.notices import draw_up
from services.workflow.models import NoticeFile, Objection
from tests.workflow.cast import take
from tests.workflow.scanning.files import scanned_pdf
from tests.workflow.test_leaks import crawled
from tests.workflow.web.desk import Desk, hidden

EVIL = "<script>alert(1)</script>\"><img src=x onerror=alert(1)>'"


def lived_through(d):
    """A notice and an objection whose every field was filled like this; the receipt."""
    office, second = d.people["office"], d.people["office2"]
    draft = draw_up(
        d.edition, [d.cases["notice"]], title=EVIL, text=EVIL, by=office, key=uuid4()
    )["notice"]  # fmt: skip
    desk, page = Desk("office"), f"/notices/{draft}/edit"
    file = SimpleUploadedFile(f"{EVIL.replace('/', '')}.pdf", scanned_pdf())
    assert desk.client.post(f"{page}/files", {**hidden(desk.get(page)), "file": file}).status_code == 302
    assert NoticeFile.objects.filter(notice=draft).count() == 1
    take("notice", draft, "vouch", office, file=1, reason=EVIL)
    take("notice", draft, "prepare", office, reason=EVIL)
    take("notice", draft, "release", second, reason=EVIL)
    given = {"unit": "1", "kind": "person", "name": EVIL, "contact": EVIL, "text": EVIL}
    answer = Desk().send(f"/notices/{draft}/object", **given)
    receipt = answer["Location"].partition("receipts/")[2].partition("?")[0]
    case = Objection.objects.get(receipt=receipt).pk
    take("objection", case, "receive", office, reason=EVIL)
    take("objection", case, "assign", office, investigator=d.people["investigator"].member_id, reason=EVIL)
    take("objection", case, "find", d.people["investigator"], finding=EVIL)
    take("objection", case, "dismiss", office, reason=EVIL)
    take("objection", case, "reply", office, reply=EVIL)
    return draft, case, receipt


def test_script_in_every_field_is_shown_as_text(d):
    draft, case, receipt = lived_through(d)
    pages = {
        "": [
            "/notices",
            f"/notices/{draft}",
            f"/notices/{draft}?q={EVIL}",
            f"/objections/receipts/{receipt}",
        ],
        "office": ["/", f"/notices/{draft}/edit", f"/objections/{case}", f"/notices/{draft}/edit/preview"],
        "investigator": [f"/objections/{case}"],
    }
    shown, run = 0, []
    for who, starts in pages.items():
        for path, answer in crawled(Desk(who), *starts):
            text = answer.content.decode("utf-8", "replace") if "html" in answer["Content-Type"] else ""
            shown += "&lt;script&gt;alert(1)" in text
            run += [path] if "<script>alert" in text or "<img src=x" in text else []

    assert (run, shown > 5) == ([], True)
