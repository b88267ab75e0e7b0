"""The inbox as outside tools rely on it."""

from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.workflow import cast
from tests.workflow.api.client import Api, code_of

CONTRACT = ("kind id version programme edition unit stage leg due_at working_days_left overdue steps").split()


def items(who: str):
    return Api(who).get("inbox").json()["items"]


def test_an_item_has_every_field_of_the_contract(d):
    [item] = [i for i in items("songxi") if i["id"] == d.cases["preliminary"]]

    assert {name: item[name] for name in CONTRACT} == {
        "kind": "declaration",
        "id": d.cases["preliminary"],
        "version": d.case("preliminary").version,
        "programme": "示例社区创建",
        "edition": "示例社区 2026年度",
        "unit": "preliminary社区",
        "stage": "preliminary_review",
        "leg": 1,
        "due_at": "2026-03-16T16:00:00Z",
        "working_days_left": 10,
        "overdue": False,
        "steps": ["decline", "endorse", "return"],
    }


@pytest.mark.parametrize(
    ("who", "kinds"),
    [
        ("dep-police", {"round_task"}),
        ("begun", {"declaration"}),
        ("north-office", set()),
        ("audit-admin", set()),
    ],
)
def test_everybody_finds_their_own_work_and_nobody_elses(d, who, kinds):
    assert {item["kind"] for item in items(who)} == kinds


def test_the_number_of_statements_does_not_grow_with_rows(d):
    cast.file(d, "idle")
    cast.complete(d, "begun")
    cast.take("declaration", d.cases["begun"], "submit", d.people["begun"])
    api = Api("songxi")
    api.get("inbox")

    counts = []
    for limit in (1, 3):
        with CaptureQueriesContext(connection) as asked:
            told = api.get(f"inbox?limit={limit}").json()
        assert [item["kind"] for item in told["items"]] == ["declaration"] * limit
        counts.append(len(asked))

    assert counts == [9, 9]


def test_pages_of_the_inbox_follow_each_other(d):
    whole = [item["id"] for item in items("office")]
    api = Api("office")
    found: list[int] = []
    after: str | None = ""
    while after is not None:
        page = api.get("inbox?" + urlencode({"limit": 2, "after": after})).json()
        found += [item["id"] for item in page["items"]]
        after = page["next"]

    assert found == whole


@pytest.mark.parametrize("cursor", ["x", "none_", "2026-03-16_4", "none_1;drop"])
def test_a_cursor_that_is_none_is_refused(d, cursor):
    assert code_of(Api("office").get(f"inbox?after={cursor}")) == (400, "request.cursor_malformed")


def test_the_count_is_the_number_of_items(d):
    assert Api("office").get("inbox/count").json() == {"count": len(items("office"))}
