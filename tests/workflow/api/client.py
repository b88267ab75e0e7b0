"""A person's way into the API in tests: a bearer token, JSON both ways, keys where a test names them."""

import json
from typing import Any
from uuid import uuid4

from django.test import Client

from services.workflow.commands.access import issue_token
from services.workflow.models import Member
from tests.workflow.cast import District

PROBLEM = "application/problem+json"


class Api:
    """One log-in. `username` empty: nobody. Answers are Django's responses, with `.json()`."""

    # One for all: each new one would set all middleware up again.
    handler = Client().handler

    def __init__(self, username: str = "", **headers: str) -> None:
        self.client = Client(raise_request_exception=False)
        self.client.handler = self.handler
        self.headers = dict(headers)
        if username:
            token = issue_token(Member.objects.get(username=username))
            self.headers["Authorization"] = f"Bearer {token}"

    def get(self, path: str, **headers: str) -> Any:
        return self.client.get(f"/api/v1/{path}", headers={**self.headers, **headers})

    def send(self, method: str, path: str, body: object = None, **headers: str) -> Any:
        """`headers` in Python's spelling: Idempotency_Key, If_Match."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.client.generic(
            method,
            f"/api/v1/{path}",
            json.dumps({} if body is None else body),
            content_type="application/json",
            headers={**self.headers, **named},
        )

    def post(self, path: str, body: object = None, **headers: str) -> Any:
        return self.send("POST", path, body, **headers)

    def put(self, path: str, body: object = None, **headers: str) -> Any:
        return self.send("PUT", path, body, **headers)

    def delete(self, path: str) -> Any:
        return self.send("DELETE", path)


def step(
    d: District, username: str, code: str, name: str, body: dict[str, Any] | None = None, **headers: str
) -> Any:
    """A step on the declaration that is named for its leg."""
    return Api(username).post(f"declarations/{d.cases[code]}/steps/{name}", body or {}, **headers)


def code_of(response: Any) -> tuple[int, str]:
    """(status, code) of a refusal, which must be a whole problem."""
    assert response["Content-Type"] == PROBLEM, response.content
    body = response.json()
    assert {"type", "title", "status", "detail", "code"} <= body.keys()
    assert body["status"] == response.status_code
    return response.status_code, body["code"]


def new_key() -> str:
    return str(uuid4())
