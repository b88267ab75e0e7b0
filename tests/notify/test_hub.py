"""The hub with sinks that only write down what they are given."""

from datetime import UTC, datetime

import pytest

from services.notify.clock import DatabaseClock
from services.notify.cursor import Place
from services.notify.delivery import Delivery
from services.notify.frames import Event
from services.notify.hub import Hub
from services.notify.ticket import BadTicket, Ticket, TicketOffice
from tests.notify.conftest import SECRET, sign

AT = datetime(2026, 3, 2, tzinfo=UTC)


class Note:
    """A sink on paper: its texts are a place and a topic."""

    form = staticmethod(lambda event, topic: (event.place.id, topic))

    def __init__(self):
        self.topics = {}
        self.ticket = None
        self.live = False
        self.each = False
        self.given = []
        self.told = []
        self.cut_with = None

    def put(self, text):
        self.given.append(text)

    def tell(self, **frame):
        self.told.append(frame)

    def beat(self, cursor):
        self.told.append({"t": "hb", "c": cursor})

    def cut(self, code):
        self.cut_with = code

    def bye(self):
        self.cut_with = 1012


def event(number, *topics, type="declaration.endorse", **changes):
    fields = {"epoch": "e", "at": AT, "case_id": 1, "seq": 1, "data": {}, "public": None, **changes}
    return Event(place=Place(1, number), type=type, topics=topics, **fields)


@pytest.fixture
def hub():
    clock = DatabaseClock()
    clock.measured(1_790_000_000.0, asked=0.0, answered=0.0)
    hub = Hub(clock, TicketOffice(SECRET), ring_size=4)
    hub.begin("e", Place(1, 0), ring=[], ring_from=Place(1, 0))
    return hub


def enter(hub, *topics, user=None, session="s", each=False):
    sink = Note()
    sink.each = each
    hub.add(sink)
    if user:
        hub.identify(sink, Ticket(user, session, frozenset(topics), "n", 0.0))
    sink.topics = dict.fromkeys(topics, hub.head)
    hub.attach(sink)
    return sink


def test_an_event_goes_to_those_who_hear_its_topics(hub):
    mine, other = enter(hub, "case:1"), enter(hub, "case:2")

    hub.publish(event(1, "case:1", "unit:3"))

    assert (mine.given, other.given) == ([(1, "case:1")], [])


def test_a_sink_with_several_of_the_topics_gets_one_frame(hub):
    sink = enter(hub, "unit:3", "case:1", "public:notice")

    hub.publish(event(1, "public:notice", "case:1", "unit:3", public={}))

    assert sink.given == [(1, "case:1")]


def test_a_sink_that_asks_for_each_gets_a_frame_for_every_topic(hub):
    shared, own = enter(hub, "unit:3", "case:1", each=True), enter(hub, "unit:3", "case:1")

    hub.publish(event(1, "case:1", "unit:3"))

    assert shared.given == [(1, "case:1"), (1, "unit:3")]
    assert own.given == [(1, "case:1")]


def test_one_who_asks_for_each_and_leaves_gets_nothing_more(hub, monkeypatch):
    monkeypatch.setattr(Delivery.go_on, "__defaults__", (1,))
    first, second = (enter(hub, "unit:3", "case:1", each=True) for _ in range(2))

    hub.publish(event(1, "case:1", "unit:3"))
    hub.remove(second)
    hub.detach(first)
    hub.deliver_all()

    assert (first.given, second.given) == ([(1, "case:1"), (1, "unit:3")], [])


def test_nothing_is_given_after_leaving(hub):
    sink = enter(hub, "case:1", user="7")

    hub.remove(sink)
    hub.publish(event(1, "case:1"))

    assert sink.given == []
    assert hub.sinks == ()
    assert not hub._by_user


def test_a_sink_that_leaves_while_it_is_given_an_event_hurts_nobody(hub):
    first, second = enter(hub, "case:1"), enter(hub, "case:1")
    first.put = lambda _: hub.remove(first)
    second.put = lambda _: hub.remove(second)
    for sink in (first, second):
        hub.detach(sink)
        hub.attach(sink)

    hub.publish(event(1, "case:1"))

    assert hub.sinks == ()


def crowd(hub, monkeypatch, *, size):
    """So many sinks of one topic, and a hub that writes to two of them in one go."""
    monkeypatch.setattr(Delivery.go_on, "__defaults__", (2,))
    return [enter(hub, "case:1") for _ in range(size)]


def test_a_large_audience_is_written_to_in_slices(hub, monkeypatch):
    sinks = crowd(hub, monkeypatch, size=5)

    hub.publish(event(1, "case:1"))
    after_each = [[len(sink.given) for sink in sinks]]
    while hub.deliver():
        after_each.append([len(sink.given) for sink in sinks])

    assert after_each == [[1, 1, 0, 0, 0], [1, 1, 1, 1, 0]]
    assert [sink.given for sink in sinks] == [[(1, "case:1")]] * 5


def test_nobody_hears_the_next_event_before_the_last(hub, monkeypatch):
    sinks = crowd(hub, monkeypatch, size=5)

    hub.publish(event(1, "case:1"))
    hub.publish(event(2, "case:1"))
    hub.deliver_all()

    assert [sink.given for sink in sinks] == [[(1, "case:1"), (2, "case:1")]] * 5


def test_one_who_is_silenced_before_its_turn_has_heard_the_head_once(hub, monkeypatch):
    *_, last = crowd(hub, monkeypatch, size=5)

    hub.publish(event(1, "case:1"))
    hub.detach(last)
    at_once = list(last.given)
    hub.deliver_all()

    assert (at_once, last.given) == ([(1, "case:1")], [(1, "case:1")])


def test_one_who_leaves_before_its_turn_gets_nothing(hub, monkeypatch):
    *_, last = crowd(hub, monkeypatch, size=5)

    hub.publish(event(1, "case:1"))
    hub.remove(last)
    hub.deliver_all()

    assert last.given == []


def test_a_transport_that_closed_a_moment_ago_hinders_nobody(hub):
    def closed(_):
        raise RuntimeError("the handler is closed")

    first, second = enter(hub, "case:1"), enter(hub, "case:1")
    hub.detach(first)
    first.put = closed
    hub.attach(first)

    hub.publish(event(1, "case:1"))

    assert second.given == [(1, "case:1")]


def test_the_ring_gives_what_follows_a_place(hub):
    for number in range(1, 4):
        hub.publish(event(number, "case:1"))

    assert [e.place.id for e in hub.after(Place(1, 1), 10)] == [2, 3]
    assert [e.place.id for e in hub.after(Place(1, 0), 2)] == [1, 2]


def test_the_ring_says_when_it_does_not_reach_back(hub):
    for number in range(1, 9):
        hub.publish(event(number, "case:1"))

    assert hub.after(Place(1, 3), 10) is None
    assert [e.place.id for e in hub.after(Place(1, 4), 10)] == [5, 6, 7, 8]


def test_changed_rights_take_all_but_the_public_topics(hub):
    mine, other = enter(hub, "case:1", "public:notice", user="7"), enter(hub, "case:1", user="8")

    hub.publish(event(1, "user:7", type="rights.changed"))
    hub.publish(event(2, "case:1"))
    hub.publish(event(3, "public:notice", public={}))

    assert mine.told == [{"t": "deny", "topic": "case:1", "reason": "rights_changed"}]
    assert mine.given == [(3, "public:notice")]
    assert other.given == [(2, "case:1")]


def test_changed_rights_void_tickets_not_yet_used(hub):
    claims = {"user": "7", "session": "s", "topics": [], "nonce": "n", "exp": hub.clock.now() + 59}

    hub.publish(event(1, "user:7", type="rights.changed"))

    with pytest.raises(BadTicket, match="void"):
        hub.tickets.redeem(sign(claims), now=hub.clock.now())


def test_the_end_of_a_session_closes_its_sinks_only(hub):
    ended, same_user, other = (
        enter(hub, "user:7", user="7", session="a"),
        enter(hub, "user:7", user="7", session="b"),
        enter(hub, "case:1", user="8", session="a"),
    )

    hub.publish(event(1, "user:7", type="session.ended", data={"session": "a"}))

    assert [sink.cut_with for sink in (ended, same_user, other)] == [4401, None, None]
    assert same_user.given == []


def test_the_end_of_all_sessions_closes_all_of_the_user(hub):
    sinks = [enter(hub, "user:7", user="7", session=session) for session in "ab"]

    hub.publish(event(1, "user:7", type="session.ended", data={"session": None}))

    assert [sink.cut_with for sink in sinks] == [4401, 4401]


def test_another_history_resets_every_topic(hub):
    sink = enter(hub, "case:1", "unit:2")

    hub.begin("f", Place(9, 9), ring=[], ring_from=Place(9, 9))

    assert sink.told == [
        {"t": "reset", "topic": "case:1", "c": "f.9.9"},
        {"t": "reset", "topic": "unit:2", "c": "f.9.9"},
    ]


def test_signals_read_at_the_start_are_heeded(hub):
    signal = event(1, "user:7", type="rights.changed")
    hub.begin("e", Place(1, 1), ring=[signal], ring_from=Place(1, 0))
    claims = {"user": "7", "session": "s", "topics": [], "nonce": "n", "exp": hub.clock.now() + 59}

    with pytest.raises(BadTicket, match="void"):
        hub.tickets.redeem(sign(claims), now=hub.clock.now())


def test_the_sockets_of_a_session_are_counted(hub):
    enter(hub, "case:1", user="7", session="a")
    enter(hub, "case:1", user="7", session="b")
    third = Note()

    assert hub.identify(third, Ticket("7", "a", frozenset(), "n", 0.0)) == (2, 3)
