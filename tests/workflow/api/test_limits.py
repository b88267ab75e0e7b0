"""Sizes, lengths and methods."""

import pytest

from services.workflow.api.limits import too_much
from tests.workflow.api.client import Api, code_of

KIB = 1024


@pytest.mark.parametrize(
    ("content_type", "length", "code"),
    [
        ("application/json", 1024 * KIB, None),
        ("application/json", 1024 * KIB + 1, "request.too_large"),
        ("multipart/form-data; boundary=x", 20 * 1024 * KIB + KIB, None),
        ("multipart/form-data; boundary=x", 21 * 1024 * KIB, "request.too_large"),
        ("application/json", "many", "request.length_required"),
    ],
)
def test_a_body_is_taken_up_to_its_limit(rf, content_type, length, code):
    request = rf.generic("POST", "/api/v1/slates")
    request.META.update(CONTENT_TYPE=content_type, CONTENT_LENGTH=str(length))

    refusal = too_much(request)

    assert (refusal.code if refusal else None) == code


def test_a_body_of_unknown_length_is_not_read(rf):
    refusal = too_much(rf.generic("POST", "/api/v1/slates", headers={"Transfer-Encoding": "chunked"}))

    assert refusal is not None
    assert refusal.code == "request.length_required"


def test_a_large_body_is_a_problem(d):
    response = Api("office").post("slates", {"edition": 1, "cases": [], "padding": "x" * 1024 * KIB})

    assert code_of(response) == (413, "request.too_large")


def test_a_method_that_is_not_taken_is_a_problem_that_names_the_others(d):
    response = Api("office").delete("declarations")

    assert code_of(response) == (405, "request.method_not_allowed")
    assert set(response["Allow"].replace(" ", "").split(",")) == {"GET", "POST"}


def test_an_unknown_address_is_a_problem(d):
    assert code_of(Api("office").get("honors")) == (404, "request.not_found")


def test_what_is_no_json_is_a_problem(d):
    response = Api("office").client.post(
        "/api/v1/slates", "{", content_type="application/json", headers=Api("office").headers
    )

    assert code_of(response) == (400, "request.malformed")


def test_what_django_says_by_a_page_is_a_problem_here(d):
    response = Api("office", Host="somewhere.else").get("inbox")

    assert code_of(response) == (400, "request.malformed")
