"""Certificate, plaque and editable papers behind the log-in: for those who may see the matter."""

import pytest

from services.workflow.documents.docx import DOCX_TYPE
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
        name for name in ("certificate", "plaque") if f"/honours/{d.honour.pk}/{name}.pdf" not in shown
    ] == []


def test_a_decision_and_a_notice_can_be_gone_on_with(d):
    paper = DocumentFile.objects.get(kind="resolution")
    answers = [
        Desk("office").get(path) for path in (f"/documents/{paper.pk}.docx", f"/notices/{d.notice}.docx")
    ]

    assert [(answer["Content-Type"], answer.content[:2]) for answer in answers] == [(DOCX_TYPE, b"PK")] * 2
    assert Desk("north-office").get(f"/documents/{paper.pk}.docx").status_code == 404
