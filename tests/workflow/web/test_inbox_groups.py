"""Rows of the inbox under headings."""

import pytest

from services.workflow.queries.inbox import waiting_for
from services.workflow.web.inbox_groups import group_choices, grouped
from tests.workflow.cast import District
from tests.workflow.web.desk import Desk, words


@pytest.mark.parametrize(
    ("who", "names"),
    [("office", ["programme", "edition", "stage", "town"]), ("songxi", ["programme", "edition", "stage"]),
     ("idle", [])],
)  # fmt: skip
def test_what_rows_may_be_put_under(d: District, who: str, names: list[str]) -> None:
    assert [name for name, _label in group_choices(d.people[who])] == names


def test_groups_stand_together_and_every_row_stays(d: District) -> None:
    items = waiting_for(d.people["office"]).items
    rows = [{"id": item.id} for item in items]

    found = grouped(rows, items, "stage")

    headings = [row["heading"] for row in found if "heading" in row]
    assert sorted(row["id"] for row in found) == sorted(item.id for item in items)
    assert sum(heading["count"] for heading in headings) == len(items)
    assert len({heading["words"] for heading in headings}) == len(headings) > 1


def test_an_unknown_group_leaves_the_rows_as_they_are(d: District) -> None:
    items = waiting_for(d.people["office"]).items
    rows = [{"id": item.id} for item in items]

    assert grouped(rows, items, "nonsense") == [{"id": item.id} for item in items]


def test_the_address_says_how_rows_are_grouped(d: District) -> None:
    page = Desk("office").get("/?group=town")

    assert "group-row" in page.text and "songxi社区" in words(page)
