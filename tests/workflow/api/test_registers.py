"""Units and people as workbooks by HTTP."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import override

from services.workflow.documents.register_sheets import people_workbook, units_in, units_workbook
from services.workflow.documents.sheet_rows import table_of
from services.workflow.domain.person_rows import PersonRow
from services.workflow.domain.stages import Role, UnitKind
from services.workflow.domain.unit_rows import UnitRow
from services.workflow.models import Member, Unit
from tests.workflow.api.client import Api, code_of

TOWN = UnitRow(3, "hexi", "河西街道", UnitKind.TOWN, "yunling")
PERSON = PersonRow(3, "shen", "沈知行", "songxi", Role.TOWN)


def send(username: str, path: str, content: bytes):
    api = Api(username)
    file = SimpleUploadedFile("units.xlsx", content)
    return api.client.post(f"/api/v1/workbooks/{path}", {"file": file}, headers=api.headers)


def test_a_workbook_of_units_is_tried_and_taken_over(d):
    content = units_workbook([TOWN])

    tried = send("system-admin", "units?dry_run=true", content).json()
    assert (tried, Unit.objects.filter(code="hexi").count()) == (
        {"created": 1, "changed": 0, "same": 0, "dry_run": True},
        0,
    )
    taken = send("system-admin", "units", content).json()
    assert (taken["created"], Unit.objects.filter(code="hexi").count()) == (1, 1)


def test_faults_are_listed_or_come_back_marked_in_the_workbook(d):
    with override("zh-hans"):
        content = units_workbook([UnitRow(3, "hexi", "河西街道", UnitKind.TOWN, "nowhere")])

    listed = send("system-admin", "units", content)
    assert code_of(listed) == (422, "workbook.faulty")
    assert listed.json()["faults"] == ["表格第 3 行 · parent · 系统和本表中都没有单位“nowhere”。"]
    marked = send("system-admin", "units?marked=true", content)
    assert (marked.status_code, table_of(marked.content)[2][-1]) == (
        422,
        "parent: 系统和本表中都没有单位“nowhere”。",
    )


def test_the_register_comes_out_as_a_workbook_that_may_come_in_again(d):
    out = Api("system-admin").get("workbooks/units").content

    assert {row.code for row in units_in(table_of(out)).rows} == set(
        Unit.objects.values_list("code", flat=True)
    )
    assert send("system-admin", "units", out).json()["same"] == Unit.objects.count()
    assert len(table_of(Api("security-admin").get("workbooks/people?empty=true").content)) == 2


def test_people_are_the_security_administrators_matter(d):
    content = people_workbook([PERSON])

    assert send("security-admin", "people", content).json()["given"] == 1
    assert Member.objects.filter(username="shen").exists()
    for username, path in (("system-admin", "people"), ("security-admin", "units"), ("office", "people")):
        assert code_of(send(username, path, content)) == (403, "step.not_yours")
        assert code_of(Api(username).get(f"workbooks/{path}")) == (403, "step.not_yours")


def test_what_is_no_workbook_is_refused(d):
    assert code_of(send("system-admin", "units", b"code,name")) == (422, "workbook.unreadable")
