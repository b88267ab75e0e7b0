import pytest

from services.notify.config import Config
from services.notify.http import origin_allowed, topics_asked
from services.notify.problems import Problem
from services.notify.ticket import Ticket

CONFIG = Config("postgresql:///x", b"", frozenset({"https://laurel.test", "http://127.0.0.1:8000"}))
TICKET = Ticket("7", "s", frozenset({"case:1", "unit:2"}), "n", 0.0)


def scope(*origins):
    return {"headers": [(b"origin", origin.encode()) for origin in origins]}


@pytest.mark.parametrize("origin", ["https://laurel.test", "http://127.0.0.1:8000", "HTTPS://LAUREL.TEST"])
def test_our_origins_are_allowed(origin):
    assert origin_allowed(scope(origin), CONFIG, needed=True)


@pytest.mark.parametrize(
    "origin",
    ["null", "", "http://laurel.test", "https://laurel.test:8443", "https://laurel.test.evil.cn", "https://evil.cn",
     "http://127.0.0.1", "http://127.0.0.1:8001", "https://laurel.test/"],
)  # fmt: skip
def test_scheme_host_and_port_all_count(origin):
    assert not origin_allowed(scope(origin), CONFIG, needed=False)


def test_two_origins_are_none_of_ours():
    assert not origin_allowed(scope("https://laurel.test", "https://laurel.test"), CONFIG, needed=False)


def test_no_origin_will_do_only_where_none_is_needed():
    assert not origin_allowed(scope(), CONFIG, needed=True)
    assert origin_allowed(scope(), CONFIG, needed=False)


def test_topics_default_to_the_ticket_s_and_then_to_the_notices():
    assert topics_asked(None, TICKET) == ["case:1", "unit:2"]
    assert topics_asked(None, None) == ["public:notice"]


def test_topics_are_asked_once_each():
    assert topics_asked("case:1,public:notice:9,case:1", TICKET) == ["case:1", "public:notice:9"]


@pytest.mark.parametrize(
    ("asked", "ticket", "code"),
    [
        ("case:3", TICKET, "topic.denied"),
        ("case:1", None, "topic.denied"),
        ("public:notice,unit:9", TICKET, "topic.denied"),
        ("", TICKET, "topic.unknown"),
        ("everything", TICKET, "topic.unknown"),
        ("public:secret", None, "topic.unknown"),
        ("case:1\n", TICKET, "topic.unknown"),
        (",".join(f"case:{n}" for n in range(201)), TICKET, "topic.unknown"),
    ],
)
def test_other_topics_are_refused(asked, ticket, code):
    with pytest.raises(Problem) as refused:
        topics_asked(asked, ticket)

    assert refused.value.code == code
