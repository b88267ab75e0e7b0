"""Logging in and out, and the first administrator."""

import json

import pytest
from django.core import signing
from django.test import override_settings

from services.workflow.commands.first_admin import SALT
from services.workflow.models import Member, Office, Signal
from tests.workflow.web.desk import Desk, summary, words

PASSWORD = "a-long-pass-phrase"


@pytest.fixture
def member(d):
    found = Member.objects.get(username="songxi")
    found.set_password(PASSWORD)
    found.save()
    return found


def log_in(desk, password=PASSWORD, **fields):
    return desk.post("/login", username="songxi", password=password, **fields)


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        ("", "/"),
        ("/editions", "/editions"),
        ("https://elsewhere.example/", "/"),
        ("//elsewhere.example", "/"),
    ],
)
def test_a_log_in_leads_back_but_never_to_another_site(member, asked, given):
    answer = log_in(Desk(), next=asked)

    assert (answer.status_code, answer["Location"]) == (302, given)


def test_a_wrong_password_keeps_the_name_and_says_what_to_do(member):
    answer = log_in(Desk(), "wrong")

    assert (answer.status_code, len(summary(answer))) == (422, 1)
    assert 'value="songxi"' in answer.text and "wrong" not in answer.text


def test_the_next_try_after_ten_wrong_ones_has_to_wait(member):
    desk = Desk()
    codes = [log_in(desk, "wrong").status_code for _ in range(10)]
    locked = log_in(desk)

    assert (codes[0], locked.status_code, len(summary(locked))) == (422, 429, 1)


def test_logging_out_ends_the_session_and_its_sockets(member):
    desk = Desk("songxi")
    desk.get("/")

    answer = desk.post("/logout")

    told = Signal.objects.get(type="session.ended")
    assert (answer["Location"], told.topics) == ("/login", [f"user:{member.pk}"])
    assert desk.get("/").status_code == 302


def test_logging_out_is_an_act_not_a_link(member):
    assert Desk("songxi").get("/logout").status_code == 405


def test_demo_log_ins_stand_on_the_page_in_demo_mode_only(d, tmp_path):
    row = {
        "username": "u",
        "password": "p-123",
        "role": "town",
        "unit": "x",
        "name": "某人",
        "unit_name": "某街道",
    }
    (tmp_path / "demo-logins.json").write_text(json.dumps([row]))
    with override_settings(DATA_DIR=tmp_path, DEMO=True):
        shown = Desk().get("/login").text
    with override_settings(DATA_DIR=tmp_path, DEMO=False):
        hidden = Desk().get("/login").text

    assert ("p-123" in shown, "p-123" in hidden) == (True, False)


ADMIN = {"unit_name": "信息中心", "name": "司空维", "username": "first", "password": PASSWORD}


def test_the_first_administrators_link_is_dead_once_somebody_holds_an_office(d):
    token = signing.dumps("first-admin", salt=SALT)

    answer = Desk().post(f"/first-admin/{token}", **ADMIN)

    assert (answer.status_code, Member.objects.filter(username="first").exists()) == (422, False)
    assert len(summary(answer)) == 1


def test_a_forged_link_makes_nobody_an_administrator(d):
    answer = Desk().post("/first-admin/forged", **ADMIN)

    assert (answer.status_code, Member.objects.filter(username="first").exists()) == (422, False)


@pytest.mark.django_db
def test_the_first_administrator_comes_in_by_the_link():
    token = signing.dumps("first-admin", salt=SALT)
    desk = Desk()

    weak = desk.post(f"/first-admin/{token}", **{**ADMIN, "password": "1234567890"})
    made = desk.post(f"/first-admin/{token}", **ADMIN)

    assert (weak.status_code, made.status_code) == (422, 302)
    assert list(Office.objects.values_list("role", "member__username")) == [("system_admin", "first")]
    assert "信息中心" in words(desk.get("/account"))
