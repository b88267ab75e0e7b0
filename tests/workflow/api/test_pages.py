"""Lists: pages without gap or repeat, in a number of statements that rows do not change."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from services.workflow.models import Unit
from tests.workflow.api.client import Api, code_of

# The list, who reads it, and its statements; two of them are the log-in's.
LISTS = [
    ("declarations", "office", 2),
    ("declarations", "songxi", 2),
    ("declarations", "held", 2),
    ("tasks", "office", 2),
    ("tasks", "dep-org", 2),
    ("slates", "office", 2),
    ("rounds", "office", 2),
    ("ballots", "committee1", 2),
    ("honours", "office", 2),
    ("notices", "office", 2),
    ("programmes", "office", 2),
    ("editions", "office", 2),
    ("units", "office", 2),
    ("people", "office", 2),
    ("vetoes", "office", 2),
    ("objections", "office", 2),
    ("rereviews", "office", 2),
    ("rectifications", "office", 2),
    ("documents", "office", 2),
    ("files", "office", 2),
    ("public/notices", "", 1),
    ("public/honours", "", 1),
]


@pytest.mark.parametrize(("path", "who", "statements"), LISTS)
def test_a_list_takes_the_same_statements_for_one_row_and_for_three(d, path, who, statements):
    api = Api(who)
    api.get(f"{path}?limit=3")  # definitions are read once a process

    counts = []
    for limit in (1, 3):
        with CaptureQueriesContext(connection) as asked:
            answer = api.get(f"{path}?limit={limit}")
        assert answer.status_code == 200
        counts.append(len(asked))

    assert counts == [statements, statements]


def test_pages_hold_every_row_once(d):
    api = Api("office")
    found: list[int] = []
    after: str | None = ""
    while after is not None:
        page = api.get(f"units?limit=7&after={after}").json()
        found += [row["id"] for row in page["items"]]
        after = page["next"]

    district = Unit.objects.get(code="yunling")
    assert found == sorted(
        [
            district.pk,
            *Unit.objects.filter(district=district).exclude(pk=district.pk).values_list("pk", flat=True),
        ]
    )


def test_the_newest_come_first(d):
    ids = [row["id"] for row in Api("office").get("declarations?limit=200").json()["items"]]

    assert ids == sorted(ids, reverse=True)


@pytest.mark.parametrize("query", ["after=x", "after=-1", "after=9999999999999999999"])
def test_a_cursor_that_is_none_is_refused(d, query):
    assert code_of(Api("office").get(f"units?{query}")) == (400, "request.cursor_malformed")


@pytest.mark.parametrize("limit", ["0", "201", "many"])
def test_a_page_holds_one_to_two_hundred_rows(d, limit):
    assert code_of(Api("office").get(f"units?limit={limit}")) == (422, "request.invalid")
