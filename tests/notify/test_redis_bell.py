"""The bell by Redis, on a Redis of our own."""

import os
import shutil
import subprocess
import time
from contextlib import closing

import psycopg
import pytest
import redis
from django.db import connection

from services.workflow.commands import bell

NO_REDIS = "没有 redis-server, 跳过 / no redis-server found, its tests are skipped"
pytestmark = pytest.mark.integration


@pytest.fixture
def redis_url(tmp_path):
    program = shutil.which("redis-server")
    if program is None and os.environ.get("CI") != "true":
        pytest.skip(NO_REDIS)
    assert program is not None, NO_REDIS
    place = tmp_path / "r.sock"
    command = [program, "--port", "0", "--unixsocket", str(place), "--save", "", "--dir", str(tmp_path)]
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    deadline = time.monotonic() + 10
    while not place.exists():
        assert time.monotonic() < deadline
        time.sleep(0.02)
    yield f"unix://{place}"
    child.terminate()
    child.wait(10)


def subscribed(link):
    deadline = time.monotonic() + 10
    while link.pubsub_numsub("laurel")[0][1] == 0:
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_without_listen_a_message_brings_the_event_at_once(serve, writer, topic, redis_url):
    node = serve(listen=False, poll_s=30.0, bell_redis_url=redis_url)
    with redis.Redis.from_url(redis_url) as link, node.socket() as socket:
        subscribed(link)
        socket.sub(topic)
        time.sleep(0.7)
        writer.write(topic, seq=1, ring=False)
        was_silent = socket.silent(0.5)
        link.publish("laurel", "")

        assert (was_silent, socket.frame(2.0)["seq"]) == (True, 1)


def test_a_redis_that_went_away_is_found_again(serve, writer, topic, redis_url):
    node = serve(listen=False, poll_s=30.0, bell_redis_url=redis_url)
    with redis.Redis.from_url(redis_url) as link, node.socket() as socket:
        subscribed(link)
        socket.sub(topic)
        link.client_kill_filter(_type="pubsub", skipme=True)
        writer.write(topic, seq=1, ring=False)

        # Coming back it looks once: what was rung meanwhile is not missed.
        assert socket.frame(10.0)["seq"] == 1


def test_workflow_s_bell_is_heard_by_redis(redis_url, settings):
    settings.BELL_REDIS_URL = redis_url
    with redis.Redis.from_url(redis_url) as link, link.pubsub(ignore_subscribe_messages=True) as heard:
        heard.subscribe("laurel")
        subscribed(link)
        heard.get_message(timeout=1)

        bell.ring_by_redis()

        assert heard.get_message(timeout=5)["channel"] == b"laurel"


def test_a_redis_that_is_away_hinders_no_writer(db, django_capture_on_commit_callbacks, tmp_path, settings):
    settings.BELL_REDIS_URL = f"unix://{tmp_path}/nothing.sock"
    ours = bell.Bell()
    heard: list[psycopg.Notify] = []
    with closing(connection.copy()) as listener:
        listener.cursor().execute("LISTEN laurel")
        for _ in range(2):
            with django_capture_on_commit_callbacks(execute=True):
                ours.ring_after_commit()
            heard += listener.connection.notifies(timeout=5, stop_after=1)

    assert [note.channel for note in heard] == ["laurel", "laurel"]
