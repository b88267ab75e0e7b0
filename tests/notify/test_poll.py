"""The feed as JSON pages."""

import httpx
import pytest

from tests.notify.conftest import ticket

pytestmark = pytest.mark.integration


def page(served, text=None, headers=None, **parameters):
    headers = {**(headers or {}), **({"Authorization": f"Ticket {text}"} if text else {})}
    return httpx.get(f"{served.http}/api/v1/feed", params=parameters, headers=headers, trust_env=False)


def caught_up(served, writer):
    """A cursor the node has reached."""
    cursor = writer.cursor()
    return page(served, since=cursor).json()["next"]


def test_a_page_holds_what_follows_the_cursor(served, writer, topic):
    since = caught_up(served, writer)
    writer.write(topic, case_id=41, seq=3)
    writer.write("case:of-nobody")
    here = writer.cursor()
    page(served, since=here)

    answer = page(served, ticket(topic), since=since, topics=topic)

    content = answer.json()
    assert [(e["t"], e["case"], e["seq"], e["topic"]) for e in content["events"]] == [("event", 41, 3, topic)]
    assert (content["next"], content["reset"]) == (here, False)
    assert answer.headers["cache-control"] == "private, no-store"


def test_without_a_ticket_the_notices_are_public_and_cacheable(served, writer):
    since = caught_up(served, writer)
    writer.write("unit:1", "public:notice", data={"secret": 1}, public={"number": 5})
    page(served, since=writer.cursor())

    answer = page(served, since=since)

    assert [event["data"] for event in answer.json()["events"]] == [{"number": 5}]
    assert answer.headers["cache-control"] == "public, max-age=1"


def test_without_a_cursor_it_says_where_the_head_is(served, writer):
    here = caught_up(served, writer)

    assert page(served).json() == {"events": [], "next": here, "reset": False}


def test_pages_follow_each_other_without_gap_from_ring_and_database(serve, writer, topic):
    node = serve(ring_size=700)
    since = writer.cursor()
    writer.connection.execute(
        "INSERT INTO ledger (type, topics, seq) SELECT 'declaration.endorse', ARRAY[%s], n"
        " FROM generate_series(1, 2100) n",
        (topic,),
    )
    here = writer.cursor()
    page(node, since=here)
    seqs, pages = [], 0
    while since != here:
        content = page(node, ticket(topic), since=since).json()
        seqs += [event["seq"] for event in content["events"]]
        since, pages = content["next"], pages + 1

    assert seqs == list(range(1, 2101))
    assert pages >= 5


def test_a_foreign_cursor_is_a_reset(served, writer):
    here = caught_up(served, writer)

    assert page(served, since="f.1.1").json() == {"events": [], "next": here, "reset": True}


@pytest.mark.parametrize(
    ("text", "topics", "origin", "status", "code"),
    [
        ("a.b", "case:1", None, 401, "ticket.invalid"),
        (None, "case:1", None, 403, "topic.denied"),
        (None, "no-topic", None, 400, "topic.unknown"),
        (None, "public:notice", "http://evil.test", 403, "origin.foreign"),
    ],
)
def test_refusals_carry_a_code(served, text, topics, origin, status, code):
    answer = page(served, text, {"Origin": origin} if origin else None, topics=topics)

    assert (answer.status_code, answer.json()["code"]) == (status, code)
