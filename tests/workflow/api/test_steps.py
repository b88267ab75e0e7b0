"""Steps by HTTP: one, many, once each key, and never on a stale version."""

import pytest

from services.workflow.models import Declaration, LedgerEntry
from tests.workflow import cast
from tests.workflow.api.client import Api, code_of, new_key, step


def test_a_step_by_the_right_office_moves_the_case(d):
    before = d.case("preliminary")

    response = step(d, "songxi", "preliminary", "endorse", {"rank": 1, "version": before.version})

    assert response.status_code == 200
    assert response.json() == {
        "case": before.pk,
        "id": before.pk,
        "kind": "declaration",
        "version": before.version + 1,
        "stage": "eligibility",
        "leg": 2,
        "steps": [],
    }
    assert d.case("preliminary").rank == 1


@pytest.mark.parametrize(
    ("who", "refusal"),
    [
        ("guihua", (404, "case.not_found")),
        ("north-town", (404, "case.not_found")),
        ("north-office", (404, "case.not_found")),
        ("idle", (404, "case.not_found")),
        ("office", (403, "step.not_yours")),
        ("committee1", (403, "step.not_yours")),
        ("preliminary", (403, "step.not_yours")),
    ],
)
def test_a_wrong_office_moves_nothing_and_learns_nothing(d, who, refusal):
    before = d.case("preliminary").version

    assert code_of(step(d, who, "preliminary", "endorse")) == refusal
    assert d.case("preliminary").version == before


def test_a_stale_version_is_overtaken_and_told_the_present_state(d):
    step(d, "songxi", "preliminary", "return", {"reason": "缺材料"})

    response = step(d, "songxi2", "preliminary", "endorse", If_Match='"2"')

    assert code_of(response) == (409, "overtaken")
    assert {name: response.json()[name] for name in ("case", "version", "place")} == {
        "case": d.cases["preliminary"],
        "version": d.case("preliminary").version,
        "place": "returned",
    }


def test_a_step_out_of_order_says_where_the_case_stands(d):
    response = step(d, "committee1", "preliminary", "decide")

    assert code_of(response) == (409, "step.out_of_order")
    assert response.json()["detail"] == "当前处于“初评”，不能办理“审定”。"


@pytest.mark.parametrize(
    ("name", "body", "refusal"),
    [
        ("return", {}, (422, "reason.missing")),
        ("return", {"reason": "字" * 2001}, (422, "reason.too_long")),
        ("endorse", {"rank": "first"}, (422, "field.not_a_number")),
        ("endorse", {"rank": 0}, (422, "field.out_of_range")),
        ("promote", {}, (404, "step.unknown")),
        ("endorse", {"version": "two"}, (422, "request.invalid")),
    ],
)
def test_what_is_wrong_with_a_step_has_a_code(d, name, body, refusal):
    assert code_of(step(d, "songxi", "preliminary", name, body)) == refusal


def test_a_repeated_key_gets_the_first_answer_and_has_one_effect(d):
    key = new_key()
    first = step(d, "songxi", "preliminary", "endorse", {"rank": 1}, Idempotency_Key=key)
    second = step(d, "songxi", "preliminary", "endorse", {"rank": 1}, Idempotency_Key=key)

    assert (second.status_code, second.json()) == (200, first.json())
    assert first["Idempotency-Key"] == second["Idempotency-Key"] == key
    assert LedgerEntry.objects.filter(case_id=d.cases["preliminary"], step="endorse").count() == 1


def test_a_key_stands_for_one_request_of_one_person(d):
    key = new_key()
    step(d, "songxi", "preliminary", "endorse", {"rank": 1}, Idempotency_Key=key)

    other_body = step(d, "songxi", "preliminary", "endorse", {"rank": 2}, Idempotency_Key=key)
    other_person = step(d, "songxi2", "preliminary", "endorse", {"rank": 1}, Idempotency_Key=key)

    assert code_of(other_body) == code_of(other_person) == (422, "key_reused")


def test_a_refusal_leaves_its_key_free(d):
    key = new_key()
    refused = step(d, "songxi", "preliminary", "return", {}, Idempotency_Key=key)
    allowed = step(d, "songxi", "preliminary", "return", {"reason": "缺材料"}, Idempotency_Key=key)

    assert (refused.status_code, allowed.status_code) == (422, 200)


def test_filing_is_guarded_by_the_revision_too(d):
    case = d.case("draft")

    stale = step(d, "draft", "draft", "submit", If_Match=f'"{case.version}.{case.revision - 1}"')
    fresh = step(d, "draft", "draft", "submit", If_Match=f'"{case.version}.{case.revision}"')

    assert code_of(stale) == (409, "overtaken")
    assert fresh.json()["stage"] == "preliminary_review"


def test_the_answer_can_leave_out_what_is_open_next(d):
    response = Api("songxi").post(f"declarations/{d.cases['preliminary']}/steps/endorse?steps=false", {})

    assert "steps" not in response.json()


def test_many_cases_are_answered_row_by_row_and_a_stale_one_holds_up_nobody(d):
    cases = [cast.file(d, "idle"), d.cases["preliminary"]]
    versions = dict(Declaration.objects.filter(pk__in=cases).values_list("pk", "version"))
    rows = [
        {"id": cases[0], "version": versions[cases[0]]},
        {"id": cases[1], "version": 1},
        {"id": 999_999_999},
    ]

    response = Api("songxi").post("steps", {"step": "endorse", "cases": rows})

    [moved, stale, unknown] = response.json()["results"]
    assert (moved["ok"], moved["stage"], moved["kind"]) == (True, "eligibility", "declaration")
    assert (stale["ok"], stale["code"]) == (False, "overtaken")
    assert (unknown["ok"], unknown["code"]) == (False, "case.not_found")
    assert stale["detail"].startswith("在您之前已有人办理")


def test_cases_out_of_sight_do_not_exist_for_many_either(d):
    response = Api("guihua").post("steps", {"step": "endorse", "cases": [{"id": d.cases["preliminary"]}]})

    assert [row["code"] for row in response.json()["results"]] == ["case.not_found"]


@pytest.mark.parametrize(
    ("body", "refusal"),
    [
        ({"step": "endorse", "cases": []}, (422, "request.invalid")),
        ({"step": "endorse", "cases": [{"id": 1}], "kind": "round_task"}, (422, "field.not_a_choice")),
        ({"step": "promote", "cases": [{"id": 1}]}, (404, "step.unknown")),
    ],
)
def test_what_is_wrong_with_many_has_a_code(d, body, refusal):
    assert code_of(Api("songxi").post("steps", body)) == refusal


def test_a_veto_takes_its_fields_and_bars_the_case(d):
    veto = {"reason": "治安事件", **cast.VETO}

    raised = step(d, "dep-police", "confirmation", "raise_veto", veto)
    barred = step(d, "committee1", "confirmation", "confirm")

    assert raised.status_code == 200
    assert code_of(barred) == (422, "declaration.vetoed")
    [row] = Api("office").get("vetoes?open=true").json()["items"]
    assert (row["case"], row["ground"]) == (d.cases["confirmation"], "public_security")
    assert Api("office").get(f"vetoes/{row['id']}").json() == row
    assert code_of(Api("north-office").get(f"vetoes/{row['id']}")) == (404, "veto.not_found")


@pytest.mark.parametrize(
    ("who", "change", "code"),
    [
        ("dep-health", {}, "veto.not_your_ground"),
        ("dep-police", {"ground": "weather"}, "veto.unknown_ground"),
        ("dep-police", {"event_on": "2026-13-40"}, "field.not_a_date"),
        ("dep-police", {"event_on": "2030-01-01"}, "veto.event_in_future"),
        ("dep-police", {"event_on": "2024-01-01"}, "veto.event_too_old"),
        ("dep-police", {"basis": ""}, "field.missing"),
    ],
)
def test_a_veto_that_does_not_hold_is_refused(d, who, change, code):
    veto = {"reason": "治安事件", **cast.VETO, **change}

    assert code_of(step(d, who, "confirmation", "raise_veto", veto)) == (422, code)
