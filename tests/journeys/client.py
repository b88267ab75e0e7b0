"""A client of the API that knows nothing of the product but its address: HTTP and JSON, standard library only.

A broken connection means "unknown", never "failed": a write carries one key and is sent again until it is answered.
"""

import http.client
import json
import time
import uuid
from dataclasses import dataclass, field
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

Json = Any
AGAIN = {502, 503, 504}
PATIENCE_S = 90.0


class Answered(Exception):
    """An answer that is not a success: its status and its stable code."""

    def __init__(self, status: int, body: Json) -> None:
        super().__init__(status, body)
        self.status = status
        self.body = body
        self.code = body.get("code") if isinstance(body, dict) else None


@dataclass
class Client:
    """One person's way into the API. `sent_again` counts what a fault made it repeat."""

    base: str
    token: str = ""
    ticket: str = ""
    sent_again: int = 0
    keys: list[str] = field(default_factory=list)

    def get(self, path: str) -> Json:
        return self._until_answered("GET", path, None, {})

    def post(self, path: str, body: Json = None, *, key: str | None = None) -> Json:
        key = key or str(uuid.uuid4())
        self.keys.append(key)
        return self._until_answered("POST", path, body if body is not None else {}, {"Idempotency-Key": key})

    def put(self, path: str, body: Json) -> Json:
        return self._until_answered("PUT", path, body, {"Idempotency-Key": str(uuid.uuid4())})

    def everything(self, path: str) -> list[Json]:
        """All items of a collection, page by page."""
        items: list[Json] = []
        cursor: str | None = ""
        while cursor is not None:
            joint = "&" if "?" in path else "?"
            page = self.get(path + (f"{joint}after={cursor}" if cursor else ""))
            items += page["items"]
            cursor = page["next"]
        return items

    def _until_answered(self, method: str, path: str, body: Json, headers: dict[str, str]) -> Json:
        end = time.monotonic() + PATIENCE_S
        while True:
            try:
                return self._once(method, path, body, headers)
            except Answered as answer:
                if answer.status not in AGAIN or time.monotonic() > end:
                    raise
            except (URLError, ConnectionError, http.client.HTTPException, TimeoutError):
                if time.monotonic() > end:
                    raise
            self.sent_again += 1
            time.sleep(0.2)

    def _once(self, method: str, path: str, body: Json, headers: dict[str, str]) -> Json:
        raw: bytes | None = None
        kind: dict[str, str] = {}
        if isinstance(body, Form):
            raw, kind = body.encoded()
        elif body is not None:
            raw, kind = json.dumps(body).encode(), {"Content-Type": "application/json"}
        signed = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        if self.ticket:
            signed = {"Authorization": f"Ticket {self.ticket}"}
        request = Request(self.base + path, raw, {**headers, **kind, **signed}, method=method)
        try:
            with urlopen(request, timeout=20) as answer:
                text = answer.read()
                return json.loads(text) if text else None
        except HTTPError as error:
            text = error.read()
            try:
                told = json.loads(text)
            except ValueError:
                told = {"text": text.decode(errors="replace")[:500]}
            raise Answered(error.code, told) from None


@dataclass
class Form:
    """A form with one file."""

    fields: dict[str, str]
    name: str
    content: bytes

    def encoded(self) -> tuple[bytes, dict[str, str]]:
        edge = uuid.uuid4().hex
        parts = [
            f'--{edge}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
            for name, value in self.fields.items()
        ]
        head = f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="{self.name}"\r\n\r\n'
        body = b"".join([*parts, head.encode(), self.content, f"\r\n--{edge}--\r\n".encode()])
        return body, {"Content-Type": f"multipart/form-data; boundary={edge}"}


def log_in(base: str, logins: list[Json], username: str) -> Client:
    """A client for one of the demo's log-ins."""
    row = next(login for login in logins if login["username"] == username)
    client = Client(base + "/api/v1/")
    told = client.post("login", {"username": row["username"], "password": row["password"]})
    client.token = told["token"]
    return client
