"""Accounts closed and opened again, and passwords by a link that works once."""

from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from services.workflow.commands.access import issue_token
from services.workflow.commands.people import close_account, invite, reopen_account, set_password
from services.workflow.models import AccountEvent, ApiToken, Member, Signal
from services.workflow.queries.people import password_link
from tests.workflow import contract
from tests.workflow.cast import District
from tests.workflow.commands.refusing import refusal

WHY = {"reason": "调离"}
GOOD = "十分可靠的口令-2026"


def member(name: str) -> Member:
    return Member.objects.get(username=name)


def test_a_closed_account_has_no_log_in_left_and_its_sockets_are_told(d: District) -> None:
    songxi = member("songxi")
    issue_token(songxi)
    last = contract.last_event()

    close_account(songxi.pk, WHY, by=d.people["security-admin"], key=uuid4())

    assert not member("songxi").is_active and not ApiToken.objects.filter(member=songxi).exists()
    told = {(s.type, tuple(s.topics)) for s in Signal.objects.filter(id__gt=last)}
    mine = (f"user:{songxi.pk}",)
    assert told == {("session.ended", mine), ("rights.changed", mine)}
    assert contract.faults_since(last) == []
    kept = AccountEvent.objects.get(member=songxi)
    assert (kept.act, kept.reason, kept.by_id) == ("closed", "调离", d.people["security-admin"].office_id)


def test_it_is_opened_again(d: District) -> None:
    number, by = member("songxi").pk, d.people["security-admin"]
    close_account(number, WHY, by=by, key=uuid4())

    answer = reopen_account(number, {"reason": "返岗"}, by=by, key=uuid4())

    assert answer == {"person": number, "active": True} and member("songxi").is_active
    assert refusal(lambda: reopen_account(number, WHY, by=by, key=uuid4())) == "account.open"


@pytest.mark.parametrize("who", ["system-admin", "audit-admin", "office"])
def test_only_the_security_administrator_acts_on_accounts(d: District, who: str) -> None:
    number = member("songxi").pk

    assert refusal(lambda: close_account(number, WHY, by=d.people[who], key=uuid4())) == "step.not_yours"
    assert refusal(lambda: invite(number, by=d.people[who], key=uuid4())) == "step.not_yours"


def test_what_is_refused(d: District) -> None:
    by, number = d.people["security-admin"], member("songxi").pk
    assert refusal(lambda: close_account(by.member_id or 0, WHY, by=by, key=uuid4())) == "account.own"
    assert refusal(lambda: close_account(number, {"reason": " "}, by=by, key=uuid4())) == "field.missing"
    assert refusal(lambda: close_account(2**40, WHY, by=by, key=uuid4())) == "person.not_found"
    close_account(number, WHY, by=by, key=uuid4())
    assert refusal(lambda: close_account(number, WHY, by=by, key=uuid4())) == "account.closed"
    assert refusal(lambda: invite(number, by=by, key=uuid4())) == "account.closed"


def test_a_link_sets_a_password_once_and_ends_earlier_log_ins(d: District) -> None:
    songxi = member("songxi")
    issue_token(songxi)
    invite(songxi.pk, by=d.people["security-admin"], key=uuid4())
    token = password_link(songxi).rpartition("/")[2]

    set_password(songxi.pk, token, GOOD)

    assert member("songxi").check_password(GOOD) and not ApiToken.objects.filter(member=songxi).exists()
    assert refusal(lambda: set_password(songxi.pk, token, GOOD)) == "account.link_invalid"
    assert [event.act for event in AccountEvent.objects.order_by("pk")] == ["invited", "password_set"]


def test_a_weak_password_and_a_closed_accounts_link_change_nothing(d: District) -> None:
    songxi = member("songxi")
    before, token = songxi.password, password_link(songxi).rpartition("/")[2]

    with pytest.raises(ValidationError):
        set_password(songxi.pk, token, "123")
    close_account(songxi.pk, WHY, by=d.people["security-admin"], key=uuid4())

    assert refusal(lambda: set_password(songxi.pk, token, GOOD)) == "account.link_invalid"
    assert member("songxi").password == before


def test_what_happened_to_an_account_stays(d: District) -> None:
    close_account(member("songxi").pk, WHY, by=d.people["security-admin"], key=uuid4())

    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE workflow_accountevent SET reason = ''")
