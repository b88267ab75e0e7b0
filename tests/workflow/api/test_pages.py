"""Lists: pages without gap or repeat, in a number of statements that rows do not change."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from services.workflow.models import Unit
from tests.workflow.api.client import Api, code_of

# The list, who reads it, and its statements; two of them are the log-in's.
LISTS = [
    ("declarations", "office", 3),
    ("declarations", "songxi", 3),
    ("declarations", "held", 3),
    ("tasks", "office", 3),
    ("tasks", "dep-org", 3),
    ("slates", "office", 3),
    ("rounds", "office", 3),
    ("ballots", "committee1", 3),
    ("honours", "office", 3),
    ("notices", "office", 3),
    ("programmes", "office", 3),
    ("editions", "office", 3),
    ("units", "office", 3),
    ("people", "office", 3),
    ("vetoes", "office", 3),
    ("objections", "office", 3),
    ("rereviews", "office", 3),
    ("rectifications", "office", 3),
    ("documents", "office", 3),
    ("files", "office", 3),
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
