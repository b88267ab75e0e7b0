"""The API as a whole: its description, and that nothing of it is open by mistake."""

import json
import re

import pytest

from tests.workflow.api.client import Api, code_of

OPEN = {"/api/v1/login", "/api/v1/demo/clock"}


@pytest.fixture(scope="module")
def described():
    return json.loads(Api().get("openapi.json").content)


def test_it_is_described_in_openapi_3_1(described):
    assert described["openapi"].startswith("3.1")
    assert set(described["components"]["securitySchemes"]) == {"Bearer", "Session"}


def test_every_operation_has_a_name_of_its_own(described):
    names = [o["operationId"] for path in described["paths"].values() for o in path.values()]

    assert len(names) == len(set(names))


def test_whoever_is_not_logged_in_reads_and_writes_nothing(d, described):
    """Every address but the public ones and the log-in, by every method it takes."""
    asked = 0
    for path, operations in described["paths"].items():
        if path in OPEN or path.startswith("/api/v1/public/"):
            continue
        address = re.sub(r"\{.*?\}", "1", path).removeprefix("/api/v1/")
        for method in operations:
            assert code_of(Api().send(method.upper(), address)) == (401, "login.required"), (method, path)
            asked += 1
    assert asked > 60


@pytest.mark.parametrize(
    "path",
    """programmes editions units people declarations inbox tasks slates rounds ballots vetoes notices objections
    honours rereviews rectifications documents files""".split(),
)
def test_every_collection_is_a_page(d, path):
    told = Api("office").get(path).json()

    assert set(told) == {"items", "next"}


def test_answers_are_private_unless_they_say_otherwise(d):
    assert Api("office").get("declarations")["Cache-Control"] == "private, no-store"


def test_chinese_is_sent_as_it_is(d):
    assert "示例社区".encode() in Api("office").get("editions").content
