"""Documents and files by HTTP."""

import pytest

from services.workflow.models import DocumentFile, Evidence
from tests.workflow.api.client import Api, code_of


@pytest.fixture
def resolution(d, settings, tmp_path):
    settings.FILES_DIR = tmp_path
    return DocumentFile.objects.get(kind="resolution")


def test_a_resolution_is_listed_read_and_printed(resolution):
    api = Api("held")

    [row] = api.get("documents").json()["items"]
    detail = api.get(f"documents/{row['id']}").json()
    pdf = api.get(f"documents/{row['id']}/file")

    assert (row["number"], row["kind"]) == (resolution.number, "resolution")
    assert [named["unit"] for named in detail["paper"]["named"]] == ["held社区"]
    assert pdf.content.startswith(b"%PDF-")
    assert (pdf["Content-Type"], pdf["X-Content-Type-Options"]) == ("application/pdf", "nosniff")
    assert pdf["Content-Disposition"] == f'attachment; filename="resolution-{row["id"]}.pdf"'


@pytest.mark.parametrize("part", ["", "/file"])
def test_a_document_of_another_district_does_not_exist(resolution, part):
    assert code_of(Api("north-office").get(f"documents/{resolution.pk}{part}")) == (404, "document.not_found")


@pytest.mark.parametrize(
    ("who", "sees"),
    [("preliminary", True), ("songxi", True), ("office", True), ("idle", False), ("north-office", False)],
)
def test_evidence_is_read_by_those_who_may_see_its_declaration(d, who, sees):
    number = Evidence.objects.get(declaration=d.cases["preliminary"]).pk
    response = Api(who).get(f"files/{number}")

    if sees:
        assert response.status_code == 200
        assert response["Content-Disposition"] == "attachment; filename*=utf-8''%E5%88%B6%E5%BA%A6.pdf"
    else:
        assert code_of(response) == (404, "evidence.not_found")


def test_bytes_that_are_gone_are_said_to_be(d, settings, tmp_path):
    settings.FILES_DIR = tmp_path
    number = Evidence.objects.get(declaration=d.cases["preliminary"]).pk

    assert code_of(Api("office").get(f"files/{number}")) == (404, "file.missing")


@pytest.mark.parametrize(
    ("who", "refusal"),
    [
        ("preliminary", (422, "declaration.not_editable")),
        ("songxi", (404, "case.not_found")),
        ("idle", (404, "evidence.not_found")),
    ],
)
def test_evidence_of_what_is_filed_stays(d, who, refusal):
    number = Evidence.objects.get(declaration=d.cases["preliminary"]).pk

    assert code_of(Api(who).delete(f"evidence/{number}")) == refusal
    assert Evidence.objects.get(pk=number).removed_at is None
