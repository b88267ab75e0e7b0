"""So many acts an hour for whoever has no log-in."""

from datetime import timedelta

import pytest
from django.db.models import F

from services.workflow.commands.allowance import KEPT_HOURS, network, take_one
from services.workflow.domain.refused import Refused
from services.workflow.models import Allowance


def test_the_limit_itself_is_allowed_and_what_follows_is_not(d):
    for _ in range(3):
        take_one("objection", "192.0.2.1", most=3, refusal="objection.too_many")

    with pytest.raises(Refused) as refused:
        take_one("objection", "192.0.2.1", most=3, refusal="objection.too_many")
    assert (refused.value.code, refused.value.params) == ("objection.too_many", {"most": 3})


def test_others_are_counted_apart(d):
    take_one("objection", "192.0.2.1", most=1, refusal="objection.too_many")
    take_one("objection", "192.0.2.2", most=1, refusal="objection.too_many")
    take_one("reply", "192.0.2.1", most=1, refusal="objection.too_many")

    assert Allowance.objects.count() == 3


def test_the_address_itself_is_not_kept(d):
    take_one("objection", "192.0.2.1", most=1, refusal="objection.too_many")

    assert "192.0.2.1" not in str(Allowance.objects.values().get())


def test_hours_long_gone_are_forgotten(d):
    take_one("objection", "192.0.2.1", most=1, refusal="objection.too_many")
    Allowance.objects.update(hour=F("hour") - timedelta(hours=KEPT_HOURS + 2))

    take_one("objection", "192.0.2.1", most=1, refusal="objection.too_many")

    assert Allowance.objects.get().used == 1


@pytest.mark.parametrize(
    ("who", "counted"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3::4", "2001:db8:1:2::/64"),
        ("unix:", "unix:"),
        ("", ""),
    ],
)
def test_a_household_is_one_address(who, counted):
    assert network(who) == counted


def test_one_household_has_one_allowance_whatever_its_addresses(d):
    take_one("objection", "2001:db8:1:2::1", most=1, refusal="objection.too_many")

    with pytest.raises(Refused):
        take_one("objection", "2001:db8:1:2:ffff::9", most=1, refusal="objection.too_many")
    take_one("objection", "2001:db8:1:3::1", most=1, refusal="objection.too_many")
