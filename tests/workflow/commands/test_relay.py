"""From the feed to deliveries: nothing is lost, nothing told twice, whatever the writers and workers do."""

import datetime as dt
import os
from collections.abc import Iterator
from urllib.parse import urlsplit

import psycopg
import pytest
from django.db import connection

from services.workflow.commands.preferences import choose, set_rhythm
from services.workflow.commands.relay import PLACE, TOLD_BEFORE, relay_events, remind
from services.workflow.domain.calendar import SHANGHAI
from services.workflow.models import Delivery, FeedPlace
from tests.races import at_once
from tests.workflow import cast
from tests.workflow.jobs.people import clean, reach


@pytest.fixture
def d(committed, settings):
    settings.MAIL_BACKEND = "filebased"
    clean()
    cast.set_clock(cast.NOW)
    FeedPlace.objects.update(reminded_on=None)
    return committed


@pytest.fixture
def other_writer(d) -> Iterator[psycopg.Connection]:
    name = str(connection.settings_dict["NAME"])
    url = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()
    with psycopg.connect(url) as link:
        yield link


def signal(link: psycopg.Connection, member: int) -> None:
    """One more event, of a kind that its hearer is told of."""
    link.execute(
        "INSERT INTO signal (id, type, topics, body, at) VALUES (nextval('feed_id_seq'), 'programme.told',"
        " ARRAY[%s], '{}', laurel_now())",
        [f"user:{member}"],
    )


def keys() -> list[str]:
    return list(Delivery.objects.order_by("pk").values_list("key", flat=True))


def test_what_was_read_is_not_read_again(d, other_writer):
    reach(d, "office")
    signal(other_writer, d.people["office"].member_id)
    other_writer.commit()

    read = [relay_events(), relay_events()]

    assert read[0] >= 1 and read[1] == 0 and len(keys()) == 1


def test_a_transaction_that_commits_late_is_not_passed_over(d, other_writer):
    reach(d, "office")
    member = d.people["office"].member_id
    late = other_writer
    signal(late, member)  # has its number, and is still open
    with psycopg.connect(late.info.dsn, password=late.info.password) as early:
        signal(early, member)

    held_back = (relay_events(), keys())
    late.commit()
    while relay_events():
        pass

    assert held_back == (0, [])
    assert len(keys()) == 2


def test_two_workers_at_once_tell_each_event_once(d, other_writer):
    reach(d, "office")
    for _ in range(300):
        signal(other_writer, d.people["office"].member_id)
        other_writer.commit()

    at_once(*[lambda: [relay_events(most=7) for _ in range(60)]] * 4)
    while relay_events():
        pass

    assert len(keys()) == len(set(keys())) == 300


def test_a_place_read_twice_makes_no_second_message(d, other_writer):
    """As after a restored backup: the cursor goes back, the messages that are there stay single."""
    reach(d, "office")
    before = FeedPlace.objects.values("xid", "number").get(name=PLACE)
    signal(other_writer, d.people["office"].member_id)
    other_writer.commit()

    relay_events()
    FeedPlace.objects.update(**before)
    read = relay_events()

    assert read >= 1 and len(keys()) == 1


@pytest.fixture
def restored(d) -> Iterator[int]:
    """As after a restore from a dump: the place is that of a counter far ahead; the events keep their numbers."""
    while relay_events():
        pass
    Delivery.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(id) FROM feed")
        last = cursor.fetchone()[0]
    FeedPlace.objects.filter(name=PLACE).update(xid=2**40, number=last)
    yield last
    FeedPlace.objects.filter(name=TOLD_BEFORE).delete()


def test_after_a_restore_what_was_written_before_the_first_pass_is_told_too(d, other_writer, restored):
    reach(d, "office")
    member = d.people["office"].member_id
    signal(other_writer, member)
    other_writer.commit()

    read = relay_events()
    signal(other_writer, member)
    other_writer.commit()
    read += relay_events()

    assert (read, len(keys())) == (2, 2)


def test_after_a_restore_nothing_is_told_that_was_told_before(d, other_writer, restored):
    reach(d, "office")
    signal(other_writer, d.people["office"].member_id)
    other_writer.commit()

    numbers = []
    while relay_events():
        numbers = [int(key.rpartition(".")[2]) for key in keys()]

    assert numbers and min(numbers) > restored


def test_a_choice_of_off_makes_no_message(d, other_writer):
    reach(d, "office")
    choose({("programme", "mail"): "off"}, by=d.people["office"])
    signal(other_writer, d.people["office"].member_id)
    other_writer.commit()

    relay_events()

    assert keys() == []


def at(day: int, hour: int = 9) -> dt.datetime:
    return dt.datetime(2026, 3, day, hour, tzinfo=SHANGHAI)


def reminded(moment: dt.datetime) -> int:
    cast.set_clock(moment)
    return remind()


def test_reminders_count_working_days_and_come_once_a_day(d):
    """The preliminary review falls due on Monday 16 March; two working days before is Thursday."""
    reach(d, "songxi2")
    set_rhythm({"remind_days": 2}, by=d.people["songxi2"])

    days = [reminded(at(day)) for day in (11, 12, 12, 13, 14, 15, 16, 17)]

    assert days == [0, 1, 0, 1, 0, 0, 1, 1]
    assert keys() == [f"reminder:2026-03-{day}" for day in (12, 13, 16, 17)]


def test_reminders_begin_at_eight_and_a_late_worker_makes_up_for_them(d):
    reach(d, "songxi2")

    assert [reminded(at(12, 7)), reminded(at(12, 23))] == [0, 1]


def test_who_wants_more_days_is_reminded_earlier(d):
    reach(d, "songxi2")
    set_rhythm({"remind_days": 5}, by=d.people["songxi2"])

    assert [reminded(at(6)), reminded(at(9))] == [0, 1]
