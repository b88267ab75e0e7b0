"""Webhooks and robots of bodies: who may make them, where they may lead, how their secrets change."""

import datetime as dt
from uuid import uuid4

import pytest

from services.workflow.commands.endpoints import (
    change_endpoint,
    good_secrets,
    make_endpoint,
    opened,
    remove_endpoint,
    rotate_secret,
    secret_of,
)
from services.workflow.models import CommandLog, Endpoint
from tests.workflow import cast
from tests.workflow.commands.refusing import refusal

URL = "https://receiver.example/hooks?token=secret-token"


@pytest.fixture(autouse=True)
def nothing_allowed(settings):
    settings.DELIVERY_ALLOW = []


def make(d, by="system-admin", **fields):
    told = {
        "kind": "webhook",
        "name": "档案系统",
        "url": URL,
        "unit": d.units["office"],
        "role": "office",
        **fields,
    }
    return make_endpoint(told, by=d.people[by], key=uuid4())["endpoint"]


def test_a_webhook_gets_a_secret_of_ours_and_its_address_is_sealed(d):
    number = make(d)

    row = Endpoint.objects.get(pk=number)
    secret = secret_of(number, by=d.people["system-admin"])
    assert secret.startswith("whsec_") and row.shown == "https://receiver.example/hooks"
    assert opened(row)["url"] == URL and b"secret-token" not in bytes(row.sealed)
    assert [log for log in CommandLog.objects.all() if secret in str(log.answer)] == []


@pytest.mark.parametrize(
    "who", ["office", "committee1", "security-admin", "audit-admin", "songxi", "north-office"]
)
def test_nobody_but_the_system_administrator_makes_or_reads_one(d, who):
    number = make(d)

    assert refusal(make, d, who) == "step.not_yours"
    assert refusal(secret_of, number, by=d.people[who]) == "step.not_yours"
    assert refusal(remove_endpoint, number, by=d.people[who], key=uuid4()) == "step.not_yours"


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"url": "http://receiver.example/"}, "endpoint.not_https"),
        ({"url": "https://127.0.0.1/"}, "endpoint.private_address"),
        ({"url": "https://[::ffff:10.0.0.1]/"}, "endpoint.private_address"),
        ({"url": "https://169.254.169.254/latest"}, "endpoint.private_address"),
        ({"url": "javascript:alert(1)"}, "endpoint.address_malformed"),
        ({"url": ""}, "field.missing"),
        ({"kind": "fax"}, "field.not_a_choice"),
        ({"kind": "wecom"}, "endpoint.robot_elsewhere"),
        ({"kinds": ["lunch"]}, "field.not_a_choice"),
        ({"role": "investigator"}, "field.not_a_choice"),
        ({"role": "system_admin"}, "field.not_a_choice"),
        ({"name": ""}, "field.missing"),
    ],
)
def test_what_cannot_be_is_refused(d, fields, code):
    assert refusal(make, d, **fields) == code
    assert Endpoint.objects.count() == 0


def test_a_body_of_another_district_is_not_there(d):
    assert refusal(make, d, unit=d.units["north-office"]) == "unit.not_found"


def test_a_new_secret_and_the_old_one_sign_together_for_a_day(d):
    admin = d.people["system-admin"]
    number = make(d)
    before = secret_of(number, by=admin)

    rotate_secret(number, by=admin, key=uuid4())

    address, after = opened(Endpoint.objects.get(pk=number)), secret_of(number, by=admin)
    assert good_secrets(address, cast.NOW + dt.timedelta(hours=23)) == [after, before]
    assert good_secrets(address, cast.NOW + dt.timedelta(hours=24)) == [after]


def test_a_changed_address_keeps_the_secret(d):
    admin = d.people["system-admin"]
    number = make(d)
    before = secret_of(number, by=admin)

    change_endpoint(
        number, {"url": "https://other.example/", "name": "新", "active": False}, by=admin, key=uuid4()
    )

    row = Endpoint.objects.get(pk=number)
    assert (row.name, row.shown, row.active) == ("新", "https://other.example/", False)
    assert secret_of(number, by=admin) == before


def test_a_removed_one_is_not_found_and_its_address_is_gone(d):
    admin = d.people["system-admin"]
    number = make(d)

    remove_endpoint(number, by=admin, key=uuid4())

    assert refusal(secret_of, number, by=admin) == "endpoint.not_found"
    assert bytes(Endpoint.objects.get(pk=number).sealed) == b""


def test_the_same_key_makes_one_endpoint(d):
    key = uuid4()
    told = {"kind": "webhook", "name": "一", "url": URL}

    made = {make_endpoint(told, by=d.people["system-admin"], key=key)["endpoint"] for _ in range(2)}

    assert len(made) == Endpoint.objects.count() == 1
