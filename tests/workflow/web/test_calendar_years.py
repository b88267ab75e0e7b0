"""The administrators' page of the calendar: what would change is shown first, then taken over whole."""

from io import BytesIO

import pytest

from services.workflow.documents.calendar_sheets import calendar_csv, calendar_workbook
from services.workflow.models import CalendarLoading, CalendarYear
from tests.workflow.domain.test_calendar_rows import YEAR
from tests.workflow.web.desk import Desk, hidden, words

PAGE = "/administration/calendar"
DOCUMENT = "国办发明电〔2026〕7号"


def upload(desk: Desk, content: bytes, **fields):
    file = BytesIO(content)
    file.name = "calendar.xlsx"
    given = {"year": "2027", "document": DOCUMENT, "file": file, **fields}
    return desk.client.post(PAGE, {**hidden(desk.get(PAGE)), **given})


@pytest.mark.parametrize("content", [calendar_workbook(YEAR), calendar_csv(YEAR).encode("gb18030")])
def test_a_year_is_shown_then_loaded(d, content):
    desk = Desk("system-admin")

    shown = upload(desk, content)
    assert "2027-02-05" in words(shown) and not CalendarLoading.objects.exists()
    loaded = desk.post(PAGE, **hidden(shown))

    assert loaded.status_code == 302
    assert CalendarYear.objects.get(year=2027).source == DOCUMENT
    page = words(desk.get(PAGE))
    assert DOCUMENT in page and "导入记录" in page


def test_faulty_rows_come_back_with_their_numbers(d):
    content = calendar_csv(YEAR).replace("2027-10-01,2027-10-07", "2026-10-01,2026-10-07").encode()

    answer = upload(Desk("system-admin"), content)

    assert answer.status_code == 422
    assert "10" in words(answer) and "2027 年" in words(answer)
    assert not CalendarYear.objects.filter(year=2027).exists()


def test_a_year_that_leaves_one_out_is_said_at_its_field(d):
    answer = upload(Desk("system-admin"), calendar_csv(YEAR).replace("2027-", "2028-").encode(), year="2028")

    assert answer.status_code == 422


@pytest.mark.parametrize(("who", "status"), [("security-admin", 200), ("audit-admin", 200), ("office", 403)])
def test_who_looks_at_the_calendar(d, who, status):
    page = Desk(who).get(PAGE)

    assert (page.status_code, "下载空白工作簿" in words(page)) == (status, False)
