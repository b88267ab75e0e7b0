"""Certificate, plaque and editable papers by the API."""

import pytest

from services.workflow.documents.editable import DOCX_TYPE
from services.workflow.models import DocumentFile
from tests.workflow import cast
from tests.workflow.api.client import Api, code_of


@pytest.mark.parametrize("name", ["certificate", "plaque"])
def test_an_honour_has_both_for_those_who_see_it(d, name):
    path = f"honours/{d.honour.pk}/{name}"
    answer = Api("office").get(path)

    assert (answer["Content-Type"], answer.content[:5]) == ("application/pdf", b"%PDF-")
    assert d.honour.number in answer["Content-Disposition"]
    assert code_of(Api("north-office").get(path)) == (404, "case.not_found")


def test_papers_come_as_docx_too(d):
    paper = DocumentFile.objects.get(kind="resolution")
    honour = f"honours/{d.honour.pk}"
    paths = [f"{honour}/certificate/docx", f"{honour}/plaque/docx"]
    paths += [f"documents/{paper.pk}/docx", f"notices/{d.notice}/docx"]
    answers = [Api("office").get(path) for path in paths]

    assert [(answer.status_code, answer["Content-Type"]) for answer in answers] == [(200, DOCX_TYPE)] * 4
    assert code_of(Api("north-office").get(f"documents/{paper.pk}/docx")) == (404, "document.not_found")
    draft = cast.draw_up(d, [d.cases["notice"]])
    assert code_of(Api("north-office").get(f"notices/{draft}/docx")) == (404, "case.not_found")
    assert code_of(Api("office").get(f"notices/{draft}/docx"))[1] == "notice.not_released"
