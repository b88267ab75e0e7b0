"""What supervisors and gauges ask."""

import pytest
from django.db import connection
from django.test import Client


@pytest.fixture
def client():
    return Client()


def test_the_process_answers(client):
    assert client.get("/healthz").json() == {"status": "ok"}


def test_it_is_ready_with_all_migrations(d, client):
    response = client.get("/readyz")

    assert (response.status_code, response.json()) == (200, {"status": "ready"})


def test_it_is_not_ready_while_a_migration_waits(d, client):
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM django_migrations WHERE app = 'workflow'"
            " AND id = (SELECT max(id) FROM django_migrations WHERE app = 'workflow')"
        )

    response = client.get("/readyz")

    assert (response.status_code, response.json()) == (503, {"status": "migrations wait", "waiting": 1})


def test_gauges_are_read_from_this_machine(client):
    assert b"python_info" in client.get("/metrics").content


def test_and_from_elsewhere_with_the_token_only(client, monkeypatch):
    monkeypatch.setenv("METRICS_TOKEN", "a-long-token-of-the-operator")
    with_token = {"Authorization": "Bearer a-long-token-of-the-operator"}

    assert client.get("/metrics", REMOTE_ADDR="192.0.2.7").status_code == 404
    assert (
        client.get("/metrics", REMOTE_ADDR="192.0.2.7", headers={"Authorization": "Bearer x"}).status_code
        == 404
    )
    assert client.get("/metrics", REMOTE_ADDR="192.0.2.7", headers=with_token).status_code == 200
