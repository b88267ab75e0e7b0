"""People and their accounts as the three administrators see them."""

from collections.abc import Sequence

from django.contrib.auth.tokens import default_token_generator
from django.db.models import Prefetch, Q, QuerySet

from services.workflow.domain.actor import Actor
from services.workflow.domain.refused import Refused
from services.workflow.domain.stages import Role
from services.workflow.models import AccountEvent, Member, Office

ADMINISTRATORS = (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN)


def members_of(actor: Actor, words: str = "") -> QuerySet[Member]:
    """Everybody with an office in the actor's district now or before, and who has none anywhere; by number.

    `words` narrows to those whose name, user name or unit contains it. Their open offices come along as `held`.
    Refused: step.not_yours for anybody but an administrator.
    """
    if actor.role not in ADMINISTRATORS:
        raise Refused("step.not_yours", step="administer")
    rows = Member.objects.all()
    if actor.district_id is not None:
        near = Q(offices__unit__district=actor.district_id) | Q(offices__unit=actor.district_id)
        rows = rows.filter(near | Q(offices__isnull=True))
    if words:
        named = Q(name__icontains=words) | Q(username__icontains=words)
        rows = rows.filter(named | Q(offices__unit__name__icontains=words, offices__until__isnull=True))
    held = Office.objects.filter(until__isnull=True).select_related("unit").order_by("since", "pk")
    return rows.distinct().order_by("pk").prefetch_related(Prefetch("offices", held, to_attr="held"))


def member_of(actor: Actor, number: int) -> Member:
    """One of them. Refused: step.not_yours; person.not_found."""
    member = members_of(actor).filter(pk=number).first()
    if member is None:
        raise Refused("person.not_found", person=number)
    return member


def account_events_of(member: Member) -> Sequence[AccountEvent]:
    """What happened to an account, newest first."""
    return list(member.account_events.select_related("by__unit", "by__member").order_by("-pk"))


def password_link(member: Member) -> str:
    """The path under which this person can set a password once.

    It ends with its use, with any other change of the password, with the next log-in, and after
    PASSWORD_RESET_TIMEOUT.
    """
    return f"/account/password/{member.pk}/{default_token_generator.make_token(member)}"


def invited(number: int, token: str) -> Member:
    """Whose link this is. Refused: account.link_invalid."""
    member = Member.objects.filter(pk=number, is_active=True).first()
    if member is None or not default_token_generator.check_token(member, token):
        raise Refused("account.link_invalid")
    return member
