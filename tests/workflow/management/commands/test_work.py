"""`manage.py work` as a process of its own, killed while it sends."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core.management import call_command
from django.db import connection

from services.workflow.models import Delivery, DeliveryTarget
from tests.workflow import cast
from tests.workflow.jobs.people import clean, ended, endpoint, reach
from tests.workflow.jobs.receivers import LOOPBACK, Receiver

ROOT = Path(__file__).parents[4]


def environment() -> dict[str, str]:
    name = str(connection.settings_dict["NAME"])
    url = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()
    return {
        **os.environ,
        "DATABASE_URL": url,
        "DB_ROLE": "laurel_worker",
        "DELIVERY_ALLOW": "127.0.0.0/8",
        "ROBOT_HOSTS": "127.0.0.1",
        "DELIVERY_BACKOFF_S": "0.2,0.2,0.2,0.2,60",
        "DELIVERY_LEASE_S": "2",
    }


class Workers:
    """Worker processes of the test database."""

    def __init__(self) -> None:
        self.started: list[subprocess.Popen[bytes]] = []

    def start(self) -> "subprocess.Popen[bytes]":
        child = subprocess.Popen([sys.executable, "manage.py", "work"], cwd=ROOT, env=environment())
        self.started.append(child)
        return child


@pytest.fixture
def workers() -> Iterator[Workers]:
    running = Workers()
    yield running
    for child in running.started:
        child.kill()
        child.wait()


@pytest.fixture
def d(committed, settings) -> Any:
    settings.DELIVERY_ALLOW, settings.ROBOT_HOSTS = [LOOPBACK], ["127.0.0.1"]
    clean()
    cast.set_clock(cast.NOW)
    return committed


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with Receiver() as running:
        yield running


def wait_until(happened: Any, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < end, Delivery.objects.values_list("ended", "error")
        time.sleep(0.1)


def test_a_worker_killed_between_sending_and_marking_loses_nothing(d, receiver, workers):
    endpoint(d, "webhook", receiver.url)
    first = workers.start()

    def kill(call: object) -> None:
        """The message has arrived; whoever sent it will never hear so."""
        receiver.on_call = None
        os.kill(first.pid, signal.SIGKILL)
        first.wait()

    receiver.on_call = kill
    cast.take("declaration", d.cases["preliminary"], "endorse", d.people["songxi"])
    wait_until(lambda: first.poll() is not None)
    waiting = ended()
    workers.start()
    wait_until(lambda: ended() and set(ended()) == {"sent"})

    ids = [call.headers["webhook-id"] for call in receiver.calls]
    assert waiting == [""] and ids[0] == ids[1] and len(set(ids)) == len(ended())
    assert receiver.calls[0].body == receiver.calls[1].body


def test_a_receiver_that_fails_then_recovers_is_served_beside_one_that_is_slow(d, receiver, workers):
    endpoint(d, "webhook", receiver.url)
    receiver.status = lambda n: 500 if n <= 2 else 200
    with Receiver(delay_s=8) as slow:
        endpoint(d, "wecom", slow.url)
        worker = workers.start()
        cast.take("declaration", d.cases["preliminary"], "return", d.people["songxi"], reason="补") if d.case(
            "preliminary"
        ).stage == "preliminary_review" else cast.take(
            "declaration", d.cases["returned"], "withdraw", d.people["returned"], reason="不报了"
        )
        wait_until(lambda: len(receiver.calls) >= 3 and set(ended(channel="webhook")) == {"sent"}, 30)
        slow_ones = ended(channel="wecom")
        worker.terminate()
        assert worker.wait(timeout=30) == 0

    assert [call.headers["webhook-id"] for call in receiver.calls[:3]] == [
        receiver.calls[0].headers["webhook-id"]
    ] * 3
    assert "sent" not in slow_ones


def test_once_does_what_is_due_now_and_ends(d, receiver, settings):
    settings.SMS_URL = receiver.url
    reach(d, "office", "sms", "13800138000")
    cast.set_clock(cast.NOW)

    call_command("work", "--once")

    assert DeliveryTarget.objects.filter(lease__isnull=False).count() == 0
    assert Delivery.objects.filter(ended="", send_at__lte=cast.NOW).count() == 0
