"""Refusals and faults as problems of RFC 9457."""

import json
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.utils import translation
from ninja.errors import HttpError

from services.workflow.api.problems import on_fault, on_http_error, plain, problem
from services.workflow.domain.faults import Fault
from services.workflow.domain.refused import Refused
from tests.workflow.api.client import Api, code_of


def test_a_refusal_is_told_whole():
    with translation.override("en"):
        response = problem(Refused("score.above_maximum", criterion="1.1", maximum="5"))

    assert response.status_code == 422
    assert response["Content-Type"] == "application/problem+json"
    assert response["Content-Language"] == "en"
    assert response.content.decode() == (
        '{"type": "/docs/codes#score.above_maximum", "title": "The points cannot be taken", "status": 422,'
        ' "detail": "Criterion 1.1: 5 points at most.", "code": "score.above_maximum", "criterion": "1.1",'
        ' "maximum": "5"}'
    )


def test_a_particular_never_hides_a_member_of_the_standard():
    with translation.override("en"):
        told = json.loads(problem(Refused("round.closed", status="DONE", title="x")).content)

    assert (told["status"], told["title"]) == (409, "The round cannot go on")


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (3, 3),
        (True, True),
        (None, None),
        (Decimal("2.50"), "2.50"),
        (datetime(2026, 3, 2, tzinfo=UTC), "2026-03-02T00:00:00+00:00"),
        (("a", {"b": Decimal(1)}), ["a", {"b": "1"}]),
    ],
)
def test_particulars_are_plain(given, told):
    assert plain(given) == told


def test_a_fault_in_a_programme_file_is_told_with_its_line():
    with translation.override("en"):
        assert (
            plain(Fault(7, "legs[1].mode", "programme.empty"))
            == "Line 7 · legs[1].mode · This must not be empty."
        )


def test_who_asks_too_often_is_told_when_to_come_back():
    assert problem(Refused("objection.too_many", most=20))["Retry-After"] == "3600"


def test_nobody_is_told_how_to_log_in():
    assert problem(Refused("login.required"))["WWW-Authenticate"].startswith("Bearer")


def test_what_is_no_json_is_malformed(rf):
    assert on_http_error(rf.get("/"), HttpError(400, "no")).status_code == 400


def test_a_fault_of_ours_tells_the_log_and_not_the_client(rf, caplog):
    response = on_fault(rf.get("/api/v1/inbox"), RuntimeError("secret of the house"))

    assert response.status_code == 500
    assert b"secret" not in response.content
    assert "secret of the house" in caplog.text


def test_words_follow_the_language_that_was_asked(d):
    chinese = Api().get("inbox").json()["detail"]
    english = Api().get("inbox", **{"Accept-Language": "en-GB,en;q=0.8"}).json()["detail"]

    assert (chinese, english) == ("请先登录。", "Please log in first.")


def test_every_field_that_is_wrong_is_named(d):
    response = Api("office").post("slates", {"cases": "all"})

    assert code_of(response) == (422, "request.invalid")
    assert {found["field"] for found in response.json()["fields"]} == {"body.edition", "body.cases"}
