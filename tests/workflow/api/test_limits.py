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


@pytest.mark.parametrize(
    "path",
    ["people?role=%00", "public/honours?q=%00", "public/objections/%00", "people?%00=1", "honours/%00"],
)
def test_a_nul_in_an_address_is_a_problem(d, path):
    assert code_of(Api("office").get(path)) == (400, "request.text_unkeepable")


@pytest.mark.parametrize(
    ("path", "body", "code"),
    [
        ("login", {"username": "a\x00", "password": "b"}, "request.text_unkeepable"),
        ("login", {"username": "a\ud800", "password": "b"}, "request.text_unkeepable"),
        ("ticket", {"topics": ["case:\x00"]}, "request.text_unkeepable"),
        ("steps", {"step": "endorse", "cases": [{"id": 2**63}]}, "request.number_too_large"),
        ("slates", {"edition": -(2**70), "cases": []}, "request.number_too_large"),
    ],
)
def test_what_no_column_keeps_is_a_problem_wherever_it_lies_in_json(d, path, body, code):
    assert code_of(Api("office").post(path, body)) == (400, code)


def test_a_cookie_with_a_nul_is_a_problem(d):
    api = Api(Cookie='sessionid="\\000aaaaaaaaaaa"')

    assert code_of(api.get("inbox")) == (400, "request.text_unkeepable")


def test_a_number_in_an_address_that_no_row_can_have_is_a_problem(d):
    assert code_of(Api("office").get(f"declarations/{10**30}")) == (400, "request.number_too_large")


def test_a_filter_by_a_number_that_no_row_can_have_finds_nothing(d):
    assert [Api("office").get(f"people?unit={n}").json() for n in (10**30, -(10**30))] == [
        {"items": [], "next": None}
    ] * 2


@pytest.mark.parametrize("limit", [0, -1, 201, 10**30])
def test_a_page_has_its_limits(d, limit):
    assert code_of(Api("office").get(f"people?limit={limit}")) == (422, "request.invalid")


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/register?q=%00", "request.text_unkeepable"),
        ("/objections/receipts/%00", "request.text_unkeepable"),
        (f"/notices/{10**30}", "request.number_too_large"),
    ],
)
def test_pages_refuse_the_same_by_a_page(d, path, code):
    answer = Api().client.get(path)

    assert (answer.status_code, answer["Content-Type"], code in answer.text) == (
        400,
        "text/html; charset=utf-8",
        True,
    )


def test_a_form_with_a_nul_is_refused_by_a_page(d):
    answer = Api().client.post("/login", {"username": "a\x00", "password": "b"})

    assert (answer.status_code, "request.text_unkeepable" in answer.text) == (400, True)
