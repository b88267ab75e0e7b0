"""Log-in, who am I, tickets, and the demo's clock."""

import base64
import json

import pytest
from axes.models import AccessAttempt
from django.conf import settings
from django.test import override_settings

from services.workflow.models import ApiToken, Member, Signal
from services.workflow.queries.clock import now
from tests.workflow.api.client import Api, code_of
from tests.workflow.cast import NOW

PASSWORD = "a long enough password"


@pytest.fixture
def clerk(d, settings):
    settings.PASSWORD_HASHERS = [
        "django.contrib.auth.hashers.MD5PasswordHasher"
    ]  # quick, and nothing else matters
    member = Member.objects.get(username="held")
    member.set_password(PASSWORD)
    member.save()
    return member


def log_in(password: str = PASSWORD, username: str = "held"):
    return Api().post("login", {"username": username, "password": password})


def test_a_log_in_gives_a_token_that_works(clerk):
    token = log_in().json()["token"]

    assert Api(Authorization=f"Bearer {token}").get("me").json()["username"] == "held"
    assert not ApiToken.objects.filter(digest=token).exists()


@pytest.mark.parametrize(("username", "password"), [("held", "wrong"), ("nobody", PASSWORD), ("", "")])
def test_a_wrong_log_in_tells_nothing_more(clerk, username, password):
    assert code_of(log_in(password, username)) == (401, "login.failed")


def test_too_many_failures_lock_the_name_from_this_address(clerk):
    codes = [code_of(log_in("wrong")) for _ in range(settings.AXES_FAILURE_LIMIT)]

    assert codes[0] == (401, "login.failed")
    assert codes[-1] == (429, "login.locked")
    assert code_of(log_in()) == (429, "login.locked")
    assert AccessAttempt.objects.get().failures_since_start >= settings.AXES_FAILURE_LIMIT


def test_who_am_i(d):
    told = Api("songxi").get("me").json()

    assert told["office"] == told["offices"][0]
    assert {told["office"][name] for name in ("role", "unit_code", "role_label")} == {
        "town",
        "songxi",
        "街镇审核员",
    }


def test_logging_out_ends_the_token_and_its_sockets(d):
    office = Api("office")

    assert office.post("logout").status_code == 200

    assert code_of(office.get("me")) == (401, "login.required")
    told = Signal.objects.get(type="session.ended")
    assert told.topics == [f"user:{d.people['office'].member_id}"]
    assert set(told.body) == {"session"}


def test_a_ticket_carries_the_topics_one_may_hear_and_no_others(d):
    songxi, other = d.units["songxi"], d.units["guihua"]
    wanted = [
        f"unit:{songxi}",
        f"unit:{other}",
        f"case:{d.cases['preliminary']}",
        "public:notice",
        "nonsense",
    ]

    response = Api("songxi").post("ticket", {"topics": wanted})

    told = response.json()
    assert told["topics"] == [wanted[0], wanted[2], wanted[3]]
    payload = told["ticket"].partition(".")[0]
    claims = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    assert claims["topics"] == told["topics"]
    cookie = response.cookies["laurel_ticket"]
    assert (cookie.value, cookie["httponly"], cookie["samesite"]) == (told["ticket"], True, "Strict")


def test_a_ticket_for_nothing_is_refused(d):
    response = Api("songxi").post("ticket", {"topics": [f"unit:{d.units['guihua']}"]})

    assert code_of(response) == (403, "ticket.nothing_allowed")


def test_a_ticket_names_notify_where_it_has_a_port_of_its_own(d, monkeypatch):
    monkeypatch.setenv("SPLIT", "1")
    monkeypatch.setenv("NOTIFY_PORT", "8001")

    told = Api("songxi", Host="127.0.0.1:8000").post("ticket", {"topics": ["public:notice"]}).json()

    assert told["notify"] == "http://127.0.0.1:8001"


@override_settings(DEMO=True)
def test_the_demos_time_moves_ahead(d):
    response = Api().post("demo/clock", {"advance_days": 30})

    assert response.status_code == 200
    assert round((now() - NOW).total_seconds() / 86400) == 30


@override_settings(DEMO=False)
def test_outside_the_demo_time_stays(d):
    assert code_of(Api("office").post("demo/clock", {"advance_days": 30})) == (403, "clock.not_demo")
    assert round((now() - NOW).total_seconds() / 86400) == 0


@override_settings(DEMO=True)
def test_a_stranger_from_elsewhere_cannot_move_time(d):
    api = Api()
    api.client.defaults["REMOTE_ADDR"] = "192.0.2.7"

    assert code_of(api.post("demo/clock", {"advance_days": 30})) == (401, "login.required")
