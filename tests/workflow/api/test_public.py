"""What anybody reads and says without a log-in."""

import datetime as dt

import pytest

from services.workflow.api.public import OBJECTIONS_AN_HOUR
from services.workflow.models import Allowance, Notice, Objection
from tests.workflow import cast
from tests.workflow.api.client import Api, code_of, new_key

ENDS = dt.datetime(2026, 3, 9, 16, tzinfo=dt.UTC)  # the midnight after 9 March in Shanghai


def lodge(d, **change: object):
    return Api().post(f"public/notices/{d.notice}/objections", {"unit": 1, **cast.OBJECTION, **change})


def test_a_released_notice_is_read_by_anybody(d):
    listed = Api().get("public/notices").json()["items"]
    told = Api().get(f"public/notices/{d.notice}")

    assert d.notice in [row["id"] for row in listed]
    assert [line["unit"] for line in told.json()["lines"]] == ["listed社区", "listed_too社区"]
    assert told.json()["channels"] == ["web", "visit", "phone", "letter"]
    assert told["Cache-Control"] == "public, s-maxage=5, stale-while-revalidate=60"
    assert "Cookie" not in told.get("Vary", "")
    assert told["ETag"] == f'"{Notice.objects.get(pk=d.notice).version}"'


def test_a_notice_that_is_not_out_does_not_exist(d):
    draft = cast.draw_up(d, [d.cases["notice"]])

    assert code_of(Api().get(f"public/notices/{draft}")) == (404, "notice.not_found")
    assert draft not in [row["id"] for row in Api().get("public/notices").json()["items"]]


def test_what_has_been_taken_down_is_gone(d):
    closed = Notice.objects.get(status="closed").pk
    cast.take("notice", closed, "take_down", d.people["office"], reason="期满")

    assert code_of(Api().get(f"public/notices/{closed}")) == (404, "notice.not_found")


def test_the_notice_on_paper(d):
    response = Api().get(f"public/notices/{d.notice}/file")

    assert (response.status_code, response["Content-Type"]) == (200, "application/pdf")


def test_an_objection_gets_a_receipt_that_tells_its_way_and_not_its_author(d):
    made = lodge(d)

    receipt = made.json()["receipt"]
    assert (made.status_code, made["Location"]) == (201, f"/api/v1/public/objections/{receipt}")
    followed = Api().get(f"public/objections/{receipt.lower()}")
    assert followed.json() == {
        "receipt": receipt,
        "status": "lodged",
        "lodged_at": "2026-03-02T01:00:00Z",
        "outcome": "",
        "reply": "",
    }
    assert Objection.objects.get(receipt=receipt).declaration_id == d.cases["listed"]


def test_an_unknown_receipt_is_not_found(d):
    assert code_of(Api().get("public/objections/2026-XXXXXXXXXX")) == (404, "objection.not_found")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"unit": 99}, "objection.unit_not_listed"),
        ({"name": ""}, "field.missing"),
        ({"contact": ""}, "field.missing"),
        ({"text": ""}, "field.missing"),
        ({"text": "字" * 2001}, "field.too_long"),
        ({"kind": "robot"}, "field.not_a_choice"),
    ],
)
def test_an_objection_that_is_not_whole_has_a_code_and_keeps_nothing(d, change, code):
    assert code_of(lodge(d, **change)) == (422, code)
    assert not Objection.objects.exists()


def test_a_stranger_cannot_say_that_it_came_by_letter(d):
    lodge(d, channel="letter")

    assert [row.channel for row in Objection.objects.all()] == ["web"]


def test_objections_are_in_time_until_the_midnight_of_the_last_day(d):
    cast.set_clock(ENDS - dt.timedelta(seconds=30))
    in_time = lodge(d)
    cast.set_clock(ENDS + dt.timedelta(seconds=30))
    late = lodge(d)

    assert in_time.status_code == 201
    assert code_of(late) == (409, "notice.not_open")


def test_one_address_may_object_so_often_an_hour(d):
    codes = [lodge(d, text="").status_code for _ in range(OBJECTIONS_AN_HOUR)]
    over = lodge(d)

    assert set(codes) == {422}
    assert code_of(over) == (429, "objection.too_many")
    assert "127.0.0.1" not in Allowance.objects.get().who


def test_a_repeated_key_gives_the_same_receipt(d):
    key = new_key()
    path, body = f"public/notices/{d.notice}/objections", {"unit": 1, **cast.OBJECTION}

    first, again = (Api().post(path, body, Idempotency_Key=key).json() for _ in range(2))

    assert first == again
    assert Objection.objects.count() == 1


@pytest.mark.parametrize(("q", "found"), [("held", 1), ("示例", 1), ("nobody", 0), ("", 1)])
def test_the_register_is_searched(d, q, found):
    assert len(Api().get(f"public/honours?q={q}").json()["items"]) == found


def test_the_register_is_narrowed_by_status(d):
    assert Api().get("public/honours?status=revoked").json()["items"] == []
    assert code_of(Api().get("public/honours?status=lost")) == (400, "request.filter_invalid")


def test_an_entry_of_the_register_tells_nothing_but_what_is_public(d):
    told = Api().get(f"public/honours/{d.honour.number}").json()

    assert set(told) == {
        "number", "title", "level", "unit", "town", "programme", "edition", "status", "conferred_on", "resolution",
        "last_reviewed_on", "next_rereview_on", "revoked_on", "example", "version",
    }  # fmt: skip
    assert code_of(Api().get("public/honours/NONE")) == (404, "honour.not_found")
