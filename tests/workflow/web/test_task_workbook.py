"""Figures by workbook: out with a row for each, in as a whole, back with its faults marked."""

import base64
import io
import re

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile

from services.workflow.documents.sheet_rows import table_of
from services.workflow.models import Measurement
from tests.workflow import measured
from tests.workflow.web.desk import Desk, words


@pytest.fixture
def address(d):
    edition, old, new = measured.both(d)
    return f"/tasks/{measured.tabled(d, edition, [old, new])}/figures"


def workbook(rows):
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for at, row in enumerate(rows):
            for column, cell in enumerate(row):
                sheet.write_string(at, column, cell)
    return SimpleUploadedFile("figures.xlsx", target.getvalue())


def filled(table, changes):
    """The template with numbers and sources by (unit, criterion)."""
    head = table[1]
    rows = [list(row) + [""] * (len(head) - len(row)) for row in table]
    for row in rows[2:]:
        for column, text in changes.get((row[0], row[2]), {}).items():
            row[head.index(column)] = text
    return rows


def test_every_figure_that_is_asked_for_has_its_row(address):
    got = Desk("dep-org").get(f"{address}.xlsx")

    table = table_of(got.content)
    assert [(row[0], row[2], row[4]) for row in table[2:]] == [
        ("idle", "1.2", "cards"), ("idle", "2.1", "old"), ("guiyuan", "1.2", "cards"), ("guiyuan", "2.2", "new"),
    ]  # fmt: skip


def test_a_filled_in_workbook_is_taken_over(address):
    desk = Desk("dep-org")
    cards = {"numerator": "96", "denominator": "100", "source": "台账", "on": "2026-03-01"}
    rows = filled(
        table_of(desk.get(f"{address}.xlsx").content), {("idle", "1.2"): cards, ("guiyuan", "1.2"): cards}
    )

    taken = desk.post(address, file=workbook(rows))

    assert taken.status_code == 302
    found = Measurement.objects.filter(tier="department").values_list("criterion", "source", "numerator")
    assert [(code, source, str(n)) for code, source, n in found] == [("1.2", "台账", "96.0000")] * 2


def test_a_workbook_with_faults_comes_back_marked_and_nothing_is_kept(address):
    desk = Desk("dep-org")
    table = table_of(desk.get(f"{address}.xlsx").content)
    good = {"numerator": "96", "denominator": "100", "source": "台账"}
    rows = filled(
        table,
        {
            ("idle", "1.2"): good,
            ("idle", "2.1"): {"value": "三百", "source": "丈量"},
            ("guiyuan", "1.2"): {"numerator": "96"},
        },
    )

    answer = desk.post(address, file=workbook(rows))

    [encoded] = re.findall(r'base64,([^"]+)"', answer.text)
    sent_back = base64.b64decode(encoded)
    marked = {row[0] + row[2]: row[-1] for row in table_of(sent_back)[2:] if row[-1]}
    assert answer.status_code == 422
    assert set(marked) == {"idle2.1", "guiyuan1.2"}
    assert "value" in marked["idle2.1"] and "source" in marked["guiyuan1.2"]
    assert not Measurement.objects.filter(tier="department").exists()


def test_what_the_rules_refuse_comes_back_in_its_row_too(address):
    desk = Desk("dep-org")
    cards = {"numerator": "101", "denominator": "100", "source": "台账"}
    rows = filled(table_of(desk.get(f"{address}.xlsx").content), {("idle", "1.2"): cards})

    answer = desk.post(address, file=workbook(rows))

    assert answer.status_code == 422
    assert "表格第 3 行 · measure · 该数据不能采用：1.2 条的数据“联系卡发放率”不成立" in words(answer)
