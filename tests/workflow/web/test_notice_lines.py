"""A long list, page by page."""

from decimal import Decimal
from typing import Any

import pytest
from django.test import RequestFactory

from services.workflow.models import Declaration, NoticeLine
from services.workflow.web.notice_lines import LINES, WHOLE, Wanted, lines_shown, wanted
from tests.workflow.web.desk import Desk, words

UNITS = 1_300


def shown(n: int) -> list[Any]:
    return [{"unit": f"第{i}社区", "town": f"第{i // 50}街道"} for i in range(n)]


def units(part: Any) -> list[str]:
    return [line["unit"] for column in part["columns"] for line in column]


def test_every_unit_stands_on_exactly_one_page() -> None:
    pages = [lines_shown(shown(UNITS), Wanted(page)) for page in range(1, 14)]

    assert [unit for page in pages for unit in units(page)] == [line["unit"] for line in shown(UNITS)]
    assert {len(units(page)) for page in pages} == {LINES}
    assert (pages[0]["previous_address"], pages[-1]["next_address"]) == ("", "")


def test_a_page_past_the_end_is_the_last() -> None:
    assert units(lines_shown(shown(150), Wanted(9))) == [line["unit"] for line in shown(150)[100:]]


def test_a_unit_is_found_by_its_name_or_its_town() -> None:
    assert units(lines_shown(shown(UNITS), Wanted(query="第1299社区"))) == ["第1299社区"]
    assert len(units(lines_shown(shown(UNITS), Wanted(query="第3街道")))) == 50
    assert units(lines_shown(shown(UNITS), Wanted(query="没有"))) == []


def test_on_paper_the_list_is_whole() -> None:
    whole = lines_shown(shown(UNITS), WHOLE)

    assert (len(units(whole)), whole["long"], whole["next_address"]) == (UNITS, False, "")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", Wanted()),
        ("page=3&q=松溪", Wanted(3, "松溪")),
        ("page=-1", Wanted()),
        ("page=²", Wanted()),
        ("page=99999", Wanted()),
        ("print=1", Wanted(whole=True)),
    ],
)
def test_what_an_address_asks_for(query: str, expected: Wanted) -> None:
    assert wanted(RequestFactory().get(f"/notices/1?{query}")) == expected


def test_a_notice_of_1300_units_is_read_page_by_page(d) -> None:
    """The rows are of the cast's other declarations; a list of this length is not drawn up for a test."""
    origin = Declaration.objects.get(pk=d.cases["listed"])
    NoticeLine.objects.filter(notice=d.notice).delete()
    as_it_is = {one.attname: getattr(origin, one.attname) for one in Declaration._meta.concrete_fields}
    changed = {**as_it_is, "stage": "withdrawn", "number": ""}
    made = [Declaration(**{**changed, "id": 9_000_000 + n}) for n in range(UNITS)]
    Declaration.objects.bulk_create(made)
    NoticeLine.objects.bulk_create(
        NoticeLine(
            notice_id=d.notice, declaration=case, position=n, unit_name=f"第{n}社区", town_name="松溪街道",
            points=Decimal("95.50"),
        )
        for n, case in enumerate(made, start=1)
    )  # fmt: skip

    first, last = Desk().get(f"/notices/{d.notice}"), Desk().get(f"/notices/{d.notice}?page=13")

    assert "第 1 页，共 13 页，1300 个单位" in words(first)
    assert ("第100社区" in first.text, "第101社区" in first.text, "第1300社区" in last.text) == (
        True,
        False,
        True,
    )
    assert len(first.content) < 60_000
    assert "第1300社区" in words(Desk().get(f"/notices/{d.notice}?q=第1300社区"))
