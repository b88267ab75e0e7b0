"""A draft as files."""

import base64
import io
import re
import tomllib
from dataclasses import replace
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile

from services.workflow.commands.drafts import begin_draft
from services.workflow.documents.sheet_rows import table_of
from services.workflow.documents.spreadsheets import standard_rows
from services.workflow.documents.standard_template import standard_workbook
from services.workflow.domain.definition_codec import definition_from_dict, to_dict
from services.workflow.domain.definition_file import values_of
from services.workflow.domain.standard import Criterion
from services.workflow.domain.standard_rows import StandardRow
from services.workflow.domain.toml_text import definition_text
from services.workflow.models import ProgrammeDraft
from tests.workflow.cast import DEFINITION
from tests.workflow.web.desk import Desk, words

NEW = replace(DEFINITION, code="new", name="美丽社区创建")


def begin(d: Any, values: dict[str, Any]) -> int:
    draft: int = begin_draft(values=values, by=d.people["office"], key=None)["draft"]
    return draft


def upload(path: str, content: bytes, name: str) -> Any:
    return Desk("office").post(path, key=str(uuid4()), file=SimpleUploadedFile(name, content))


def test_a_draft_goes_out_as_toml_and_comes_back_the_same(d):
    draft = begin(d, to_dict(NEW))
    text = Desk("office").get(f"/programmes/drafts/{draft}/programme.toml").content

    answer = upload("/programmes/drafts/import", text, "new.toml")

    again = ProgrammeDraft.objects.order_by("-pk")[0]
    assert answer["Location"] == f"/programmes/drafts/{again.pk}"
    first = ProgrammeDraft.objects.get(pk=draft)
    assert definition_from_dict(again.definition) == definition_from_dict(first.definition)


def test_a_draft_that_is_no_programme_yet_goes_out_as_it_stands(d):
    draft = begin(d, {"code": "new", "name": "新项目", "pass_mark": "九十"})

    text = Desk("office").get(f"/programmes/drafts/{draft}/programme.toml").text

    assert tomllib.loads(text) == {"code": "new", "name": "新项目", "pass_mark": "九十"}


def test_a_file_that_is_no_toml_is_refused_with_its_line(d):
    answer = upload("/programmes/drafts/import", b"name = \n", "bad.toml")

    assert answer.status_code == 422 and "第 1 行" in words(answer)
    assert not ProgrammeDraft.objects.exists()


def test_a_file_with_faults_is_taken_over_to_be_put_right(d):
    text = definition_text(NEW).replace('title = "示例社区"', 'title = ""\nnonsense = 2026-01-01')

    upload("/programmes/drafts/import", text.encode(), "faulty.toml")

    kept = ProgrammeDraft.objects.get().definition
    assert (kept["title"], kept["nonsense"], values_of(text)["title"]) == ("", "2026-01-01", "")


def test_the_workbook_of_a_standard_holds_its_criteria(d):
    draft = begin(d, to_dict(NEW))

    content = Desk("office").get(f"/programmes/drafts/{draft}/standard.xlsx").content

    assert [row.criterion.code for row in standard_rows(content).rows] == ["1.1", "1.2", "2.1", "2.2"]


def rows(*points: str) -> list[StandardRow]:
    whole = sum(map(Decimal, points))
    return [
        StandardRow(0, "3", "新项", Decimal(whole), Criterion(f"3.{n}", f"条{n}", Decimal(one), "dep-org"))
        for n, one in enumerate(points, start=1)
    ]


def test_a_workbook_is_taken_over_whole(d):
    draft = begin(d, to_dict(NEW))
    content = standard_workbook(NEW, rows("4", "6.5"))

    answer = upload(f"/programmes/drafts/{draft}/standard.xlsx", content, "standard.xlsx")

    indicators = ProgrammeDraft.objects.get(pk=draft).definition["standard"]["indicators"]
    assert answer.status_code == 302
    assert [(one["code"], one["points"]) for one in indicators] == [("1", "60"), ("2", "40"), ("3", "10.5")]
    assert [one["name"] for one in indicators[2]["criteria"]] == ["条1", "条2"]


def test_a_workbook_with_faults_changes_nothing_and_names_its_cells(d):
    draft = begin(d, to_dict(NEW))
    broken = standard_workbook(NEW, [replace(row, indicator_name="") for row in rows("4")])

    answer = upload(f"/programmes/drafts/{draft}/standard.xlsx", broken, "standard.xlsx")
    garbage = upload(f"/programmes/drafts/{draft}/standard.xlsx", io.BytesIO(b"no").getvalue(), "x.xlsx")

    assert (answer.status_code, garbage.status_code) == (422, 422)
    assert "表格第 3 行 · indicator_name" in words(answer)
    assert ProgrammeDraft.objects.get(pk=draft).revision == 0


def test_a_workbook_with_faults_is_given_back_with_its_faulty_rows_marked(d):
    draft = begin(d, to_dict(NEW))
    lines = rows("4", "6")
    broken = standard_workbook(NEW, [lines[0], replace(lines[1], indicator_name="")])

    answer = upload(f"/programmes/drafts/{draft}/standard.xlsx", broken, "standard.xlsx")

    [encoded] = re.findall(r'base64,([^"]+)"', answer.text)
    given_back = table_of(base64.b64decode(encoded))
    marked = {at: row[-1] for at, row in enumerate(given_back, start=1) if "indicator_name" in row[-1:][0]}
    assert set(marked) - {2} == {4}
    assert [row[:2] for row in given_back[2:4]] == [row[:2] for row in table_of(broken)[2:4]]


def test_drawings_are_downloaded(d):
    draft = begin(d, to_dict(NEW))
    desk = Desk("office")

    svg = desk.get(f"/programmes/drafts/{draft}/route.svg")
    bpmn = [desk.get(f"/programmes/rounds/{mode}.bpmn") for mode in ("clearance", "vote", "nothing")]

    assert svg["Content-Type"] == "image/svg+xml" and "街镇初评" in svg.text
    assert [answer.status_code for answer in bpmn] == [200, 200, 404] and "definitions" in bpmn[0].text
