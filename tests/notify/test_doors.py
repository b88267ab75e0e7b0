"""Connections of one address, and of one user."""

import contextlib

import httpx
import pytest

from services.notify.doors import Doors
from tests.notify.conftest import ticket

HERE, THERE = {"client": ("192.0.2.1", 1)}, {"client": ("192.0.2.2", 1)}


def test_one_address_may_hold_so_many():
    doors = Doors(2)

    assert [doors.enter(HERE), doors.enter(HERE), doors.enter(HERE)] == ["192.0.2.1", "192.0.2.1", None]
    assert doors.enter(THERE) == "192.0.2.2"


def test_who_leaves_makes_room():
    doors = Doors(1)
    doors.enter(HERE)

    doors.leave("192.0.2.1")

    assert doors.enter(HERE) == "192.0.2.1"
    assert doors.enter(HERE) is None


def test_without_an_address_nothing_is_limited():
    doors = Doors(1)

    assert [doors.enter({"client": None}), doors.enter({})] == ["", ""]


@pytest.mark.integration
def test_one_socket_too_many_of_an_address_is_closed(serve):
    node = serve(address_most=1)
    with node.socket(), node.raw_socket() as second:
        assert second.close_code() == 4429
    with node.raw_socket() as third:
        assert third.frame()["t"] == "hello"


@pytest.mark.integration
def test_sockets_and_streams_count_together(serve):
    node = serve(address_most=1)
    with node.socket():
        answer = httpx.get(f"{node.http}/events")

    assert (answer.status_code, answer.json()["code"]) == (429, "connection.too_many")
    assert answer.headers["retry-after"] == "30"


@pytest.mark.integration
def test_behind_a_proxy_the_forwarded_address_counts(serve):
    node = serve(address_most=1)

    def forwarded(address):
        return node.raw_socket(additional_headers={"X-Forwarded-For": f"203.0.113.9, {address}"})

    with forwarded("192.0.2.1") as first, forwarded("192.0.2.2") as other, forwarded("192.0.2.1") as again:
        assert [first.frame()["t"], other.frame()["t"]] == ["hello", "hello"]
        assert again.close_code() == 4429


@pytest.mark.integration
def test_who_is_no_proxy_cannot_name_an_address(serve):
    node = serve(proxies="192.0.2.7", address_most=1)

    with contextlib.ExitStack() as stack:
        first, second = (
            stack.enter_context(node.raw_socket(additional_headers={"X-Forwarded-For": f"192.0.2.{n}"}))
            for n in (1, 2)
        )
        assert first.frame()["t"] == "hello"
        assert second.close_code() == 4429


@pytest.mark.integration
def test_one_socket_too_many_of_a_user_is_closed(serve):
    node = serve(user_most=1)
    with node.socket() as first, node.socket() as second:
        assert first.sub("user:7", session="a")["t"] == "ok"
        second.send(t="sub", ticket=ticket("user:7", session="b"), topics=["user:7"])

        assert second.close_code() == 4429
