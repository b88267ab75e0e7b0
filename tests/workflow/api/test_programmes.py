"""Programmes and editions by HTTP."""

import pytest

from services.workflow.models import Edition
from tests.workflow.api.client import Api, code_of

WINDOW = {"opens_at": "2027-01-01T00:00:00+08:00", "closes_at": "2027-06-01T00:00:00Z"}


def test_an_edition_tells_its_route_and_standard(d):
    told = Api("held").get(f"editions/{d.edition}").json()

    assert (told["edition"], told["pass_mark"], told["year"]) == ("示例社区 2026年度", "90", 2026)
    assert [leg["mode"] for leg in told["legs"]][:3] == ["single", "single", "clearance"]
    [organisation, environment] = told["standard"]["indicators"]
    assert [c["code"] for c in organisation["criteria"]] == ["1.1", "1.2"]
    assert {c["code"]: c["points"] for c in environment["criteria"]} == {"2.1": "30", "2.2": "10"}


def test_an_edition_of_another_district_does_not_exist(d):
    assert code_of(Api("north-office").get(f"editions/{d.edition}")) == (404, "edition.not_found")


def test_a_programme_is_read_with_its_newest_version(d):
    told = Api("office").get(f"programmes/{d.programme}").json()

    assert (told["code"], told["status"], told["definition_version"], told["host"]) == (
        "sample",
        "admitted",
        1,
        "office社区",
    )
    assert told["steps"] == ["withdraw"]


def test_the_host_opens_the_next_edition(d):
    made = Api("office").post("editions", {"programme": d.programme, "year": 2027, **WINDOW})

    edition = Edition.objects.get(pk=made.json()["id"])
    assert (made.status_code, edition.year) == (201, 2027)
    assert edition.opens_at.isoformat() == "2026-12-31T16:00:00+00:00"


@pytest.mark.parametrize(
    ("who", "change", "refusal"),
    [
        ("committee1", {}, (403, "step.not_yours")),
        ("office", {"year": 2026}, (409, "edition.exists")),
        ("office", {"closes_at": WINDOW["opens_at"]}, (422, "edition.window_empty")),
        ("office", {"programme": 999_999}, (404, "case.not_found")),
        ("office", {"year": 1900}, (422, "request.invalid")),
    ],
)
def test_an_edition_that_cannot_open_has_a_code(d, who, change, refusal):
    body = {"programme": d.programme, "year": 2027, **WINDOW, **change}

    assert code_of(Api(who).post("editions", body)) == refusal


def test_the_host_withdraws_its_programme_and_the_record_says_so(d):
    office = Api("office")

    response = office.post(f"programmes/{d.programme}/steps/withdraw", {"reason": "不再举办"})

    assert response.json()["status"] == "withdrawn"
    steps = [entry["step"] for entry in office.get(f"programmes/{d.programme}/history").json()["items"]]
    assert steps == ["create", "propose", "admit", "withdraw"]
