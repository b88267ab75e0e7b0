import datetime as dt

import pytest
from django.conf import settings
from django.db import connection
from django.db.models.functions import Now

from services.notify.ticket import TicketOffice
from services.workflow.commands.access import (
    end_login,
    grant_ticket,
    issue_token,
    session_digest,
    token_digest,
)
from services.workflow.models import ApiToken, Member, Signal
from tests.workflow import cast
from tests.workflow.cast import District
from tests.workflow.commands.refusing import refusal

SESSION = session_digest("abc")


def test_only_the_digest_of_a_token_is_kept(d: District) -> None:
    member = Member.objects.get(username="songxi")

    token = issue_token(member)

    assert ApiToken.objects.get(member=member).digest == token_digest(token) != token


def test_a_tokens_life_is_counted_without_the_demos_offset(d: District) -> None:
    cast.set_clock(cast.NOW + dt.timedelta(days=3650))
    issue_token(Member.objects.get(username="songxi"))

    left = ApiToken.objects.annotate(now=Now()).get()

    life = left.expires_at - left.now
    assert abs(life - dt.timedelta(hours=12)) < dt.timedelta(minutes=1)


def test_the_end_of_a_log_in_takes_its_token_and_tells_its_sockets(d: District) -> None:
    member = Member.objects.get(username="songxi")
    token, other = issue_token(member), issue_token(member)

    end_login(token_digest(token), by=d.people["songxi"])

    signal = Signal.objects.order_by("-id")[0]
    assert list(ApiToken.objects.values_list("digest", flat=True)) == [token_digest(other)]
    assert (signal.type, signal.topics, signal.body) == (
        "session.ended", [f"user:{member.pk}"], {"session": token_digest(token)},
    )  # fmt: skip


def test_nobody_ends_anothers_log_in(d: District) -> None:
    token = issue_token(Member.objects.get(username="songxi"))

    end_login(token_digest(token), by=d.people["office"])

    assert ApiToken.objects.filter(digest=token_digest(token)).exists()


def grantable(d: District, who: str) -> list[str]:
    """A topic of each kind, some of them this person's to hear."""
    case, unit = d.cases["preliminary"], d.units["songxi"]
    member = d.people[who].member_id
    return [
        f"case:{case}",
        f"unit:{unit}",
        f"user:{member}",
        "user:999999",
        "public:notice",
        "all",
        "unit:",
        "case:x",
    ]


@pytest.mark.parametrize(
    ("who", "allowed"),
    [
        ("songxi", [0, 1, 2, 4]),
        ("preliminary", [0, 2, 4]),
        ("guihua", [2, 4]),
        ("office", [0, 2, 4]),
        ("north-office", [2, 4]),
        ("draft", [2, 4]),
    ],
)
def test_a_ticket_holds_what_its_bearer_may_hear(d: District, who: str, allowed: list[int]) -> None:
    topics = grantable(d, who)

    _, granted = grant_ticket(topics, by=d.people[who], session=SESSION)

    assert granted == [topics[index] for index in allowed]


def test_the_notification_service_reads_the_ticket(d: District) -> None:
    """Both sides of the contract: what workflow signs, notify verifies."""
    by = d.people["songxi"]

    text, topics = grant_ticket([f"unit:{by.unit_id}"], by=by, session=SESSION)

    with connection.cursor() as cursor:
        cursor.execute("SELECT extract(epoch FROM now())")
        moment = float(cursor.fetchone()[0])
    read = TicketOffice(settings.TICKET_SECRET.encode()).redeem(text, now=moment)
    assert (read.user, read.session, read.topics, round(read.exp - moment)) == (
        str(by.member_id), SESSION, frozenset(topics), 60,
    )  # fmt: skip


def test_a_ticket_of_nothing_is_refused(d: District) -> None:
    found = [
        refusal(grant_ticket, topics, by=d.people["guihua"], session=SESSION)
        for topics in (["user:999999"], ["public:notice"] * 51)
    ]

    assert found == ["ticket.nothing_allowed", "ticket.too_many_topics"]
