"""Accounts: closed and opened again, and the link for a password, by the security administrator; one's own password.

Offices are given and taken by `import_people`, of one row or of thousands.
"""

from uuid import UUID

from django.contrib.auth.password_validation import validate_password

from services.workflow.commands import fields as f
from services.workflow.commands.signals import tell
from services.workflow.commands.transaction import Answer, Transaction, run
from services.workflow.domain.accounts import AccountAct
from services.workflow.domain.actor import Actor
from services.workflow.domain.refused import Refused
from services.workflow.domain.stages import Role
from services.workflow.models import AccountEvent, ApiToken, Member
from services.workflow.queries.people import invited, member_of

REASON_LIMIT = 200


def close_account(number: int, fields: f.Fields, *, by: Actor, key: UUID | None) -> Answer:
    """Nobody logs in with it any more, every session and socket of it ends; the offices and the history stay.

    Fields: reason. Refused: step.not_yours, person.not_found, account.own, account.closed, field.missing.
    """
    return run(
        lambda tx: _switch(tx, number, fields, active=False), name="close_account", by=by, key=key,
        request=[number, dict(fields)],
    )  # fmt: skip


def reopen_account(number: int, fields: f.Fields, *, by: Actor, key: UUID | None) -> Answer:
    """Fields: reason. Refused: step.not_yours, person.not_found, account.own, account.open, field.missing."""
    return run(
        lambda tx: _switch(tx, number, fields, active=True), name="reopen_account", by=by, key=key,
        request=[number, dict(fields)],
    )  # fmt: skip


def invite(number: int, *, by: Actor, key: UUID | None) -> Answer:
    """Write down that a link to set a password is handed out; queries/people.py, `password_link`, makes it.

    The link itself is in no answer that is kept. Refused: step.not_yours, person.not_found, account.own,
    account.closed.
    """
    return run(lambda tx: _invite(tx, number), name="invite", by=by, key=key, request=number)


def set_password(number: int, token: str, password: str) -> Answer:
    """Redeem the link: the password is set and every earlier log-in ends.

    Refused: account.link_invalid. Raises django's ValidationError for a password that is too weak.
    """
    member = invited(number, token)
    validate_password(password, member)
    themselves = Actor(member_id=member.pk, office_id=None, role="")
    return run(lambda tx: _set(tx, token, password), name="set_password", by=themselves, key=None)


def change_password(password: str, *, by: Actor) -> Answer:
    """One's own, by whoever has just shown the present one; every other log-in of theirs ends.

    Raises django's ValidationError for a password that is too weak.
    """
    validate_password(password, Member.objects.get(pk=by.member_id or 0))
    return run(lambda tx: _change(tx, password), name="change_password", by=by, key=None)


def _switch(tx: Transaction, number: int, given: f.Fields, *, active: bool) -> Answer:
    member = _others(tx, number)
    if member.is_active == active:
        raise Refused("account.open" if active else "account.closed")
    _keep(tx, member, AccountAct.REOPENED if active else AccountAct.CLOSED, reason=_reason(given))
    member.is_active = active
    member.save(update_fields=["is_active"])
    if not active:
        _end_all(tx, member)
    tell(tx, "rights.changed", [f"user:{member.pk}"])
    return {"person": member.pk, "active": active}


def _invite(tx: Transaction, number: int) -> Answer:
    member = _others(tx, number)
    if not member.is_active:
        raise Refused("account.closed")
    _keep(tx, member, AccountAct.INVITED)
    return {"person": member.pk}


def _set(tx: Transaction, token: str, password: str) -> Answer:
    # Once more under the lock: of two who use one link at once, the second finds it used.
    Member.objects.select_for_update(no_key=True).get(pk=tx.by.member_id or 0)
    return _store(tx, invited(tx.by.member_id or 0, token), password)


def _change(tx: Transaction, password: str) -> Answer:
    return _store(tx, Member.objects.select_for_update(no_key=True).get(pk=tx.by.member_id or 0), password)


def _store(tx: Transaction, member: Member, password: str) -> Answer:
    member.set_password(password)
    member.save(update_fields=["password"])
    _end_all(tx, member)
    _keep(tx, member, AccountAct.PASSWORD_SET)
    return {"person": member.pk}


def _others(tx: Transaction, number: int) -> Member:
    """The person an administrator acts on, held."""
    if tx.by.role != Role.SECURITY_ADMIN:
        raise Refused("step.not_yours", step="administer")
    if member_of(tx.by, number).pk == tx.by.member_id:
        raise Refused("account.own")
    return Member.objects.select_for_update(no_key=True).get(pk=number)


def _reason(given: f.Fields) -> str:
    return f.text(given, "reason", limit=REASON_LIMIT)


def _end_all(tx: Transaction, member: Member) -> None:
    """Tokens go, sockets close; a session of the pages ends at its next request, its user being closed or changed."""
    ApiToken.objects.filter(member=member).delete()
    tell(tx, "session.ended", [f"user:{member.pk}"], body={"session": None})


def _keep(tx: Transaction, member: Member, act: AccountAct, *, reason: str = "") -> None:
    AccountEvent.objects.create(member=member, act=act, reason=reason, by_id=tx.by.office_id, at=tx.at)
