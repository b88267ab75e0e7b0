"""Certificate, plaque and editable papers behind the log-in: for those who may see the matter."""

import pytest

from services.workflow.documents.editable import DOCX_TYPE
from services.workflow.models import DocumentFile
from tests.workflow.web.desk import Desk


@pytest.mark.parametrize("name", ["certificate", "plaque"])
@pytest.mark.parametrize(("who", "status"), [("office", 200), ("held", 200), ("north-office", 404)])
def test_a_certificate_is_for_its_office_and_its_holder(d, name, who, status):
    answer = Desk(who).get(f"/honours/{d.honour.pk}/{name}.pdf")

    assert answer.status_code == status
    assert (answer.content[:5] == b"%PDF-") == (status == 200)


def test_the_page_of_an_honour_leads_to_both(d):
    shown = Desk("office").get(f"/honours/{d.honour.pk}").text

    assert [
        name
        for name in ("certificate", "plaque")
        for kind in ("pdf", "docx")
        if f"/honours/{d.honour.pk}/{name}.{kind}" not in shown
    ] == []
    assert f"/notices/{d.notice}.docx" in Desk("office").get(f"/notices/{d.notice}/edit").text


def test_a_decision_and_a_notice_can_be_gone_on_with(d):
    paper = DocumentFile.objects.get(kind="resolution")
    honour = f"/honours/{d.honour.pk}"
    paths = [f"{honour}/certificate.docx", f"{honour}/plaque.docx"]
    paths += [f"/documents/{paper.pk}.docx", f"/notices/{d.notice}.docx"]
    answers = [Desk("office").get(path) for path in paths]

    assert [(answer["Content-Type"], answer.content[:2]) for answer in answers] == [(DOCX_TYPE, b"PK")] * 4
    assert [Desk("north-office").get(path).status_code for path in paths[:3]] == [404] * 3


def test_a_broken_template_is_told_and_no_failure_of_the_system(d, settings, tmp_path):
    settings.PAPER_TEMPLATES = tmp_path
    (tmp_path / "notice.docx").write_bytes(b"no package")

    answer = Desk("office").get(f"/notices/{d.notice}.docx")

    assert (answer.status_code, "notice.docx" in answer.text) == (503, True)
