"""Who asks, by which log-in, in which office."""

import datetime as dt

import pytest
from django.test import Client

from services.workflow.models import ApiToken, Member, Office, Unit
from tests.workflow.api.client import Api, code_of
from tests.workflow.cast import EARLIER


@pytest.mark.parametrize("header", ["", "Bearer wrong", "Basic b2ZmaWNl", "Bearer "])
def test_without_a_good_token_nobody_comes_in(d, header):
    response = Api(**({"Authorization": header} if header else {})).get("inbox")

    assert code_of(response) == (401, "login.required")


def test_a_token_that_has_run_out_is_none(d):
    office = Api("office")
    ApiToken.objects.update(expires_at=dt.datetime(2020, 1, 1, tzinfo=dt.UTC))

    assert code_of(office.get("inbox")) == (401, "login.required")


def test_a_token_ends_with_its_member(d):
    office = Api("office")
    Member.objects.filter(username="office").update(is_active=False)

    assert code_of(office.get("inbox")) == (401, "login.required")


def test_who_holds_no_office_may_only_ask_who_they_are(d):
    Office.objects.filter(member__username="office").update(until=EARLIER)
    office = Api("office")

    assert code_of(office.get("inbox")) == (403, "office.none")
    assert office.get("me").json()["offices"] == []


def test_another_office_of_ones_own_may_be_chosen(d):
    member = Member.objects.get(username="songxi")
    second = Office.objects.create(
        member=member, unit=Unit.objects.get(code="guihua"), role="town", name="代理", since=EARLIER
    )

    chosen = Api("songxi", **{"X-Office": str(second.pk)}).get("me").json()["office"]

    assert (chosen["id"], chosen["unit_code"]) == (second.pk, "guihua")


@pytest.mark.parametrize("wanted", ["nonsense", "office"])
def test_an_office_of_somebody_else_may_not(d, wanted):
    number = str(d.people["office"].office_id) if wanted == "office" else wanted

    assert code_of(Api("songxi", **{"X-Office": number}).get("inbox")) == (403, "office.not_yours")


@pytest.fixture
def session(d):
    """The pages' own log-in, with CSRF checked as in production."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(
        Member.objects.get(username="office"), backend="django.contrib.auth.backends.ModelBackend"
    )
    return client


def test_a_session_reads_as_a_token_does(session):
    assert session.get("/api/v1/me").json()["username"] == "office"


def test_a_session_needs_the_csrf_token_to_write(session):
    response = session.post("/api/v1/ticket", "{}", content_type="application/json")

    assert code_of(response) == (403, "request.csrf")


def test_a_session_with_its_csrf_token_writes(session):
    session.cookies["csrftoken"] = "a" * 32
    response = session.post(
        "/api/v1/ticket", "{}", content_type="application/json", headers={"X-CSRFToken": "a" * 32}
    )

    assert response.status_code == 200
