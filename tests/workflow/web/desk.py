"""A person at their desk in tests: logged in, filling the forms that pages show them."""

import re
from html import unescape
from typing import Any

from django.test import Client

from services.workflow.models import Member

BACKEND = "django.contrib.auth.backends.ModelBackend"
HIDDEN = re.compile(r'<input type="hidden" name="([a-z]+)" value="([^"]*)"')


class Desk:
    """One log-in; `send` fills the hidden fields of the form as it was drawn, unless they are given."""

    # One for all: each new one would set all middleware up again.
    handler = Client().handler

    def __init__(self, username: str = "") -> None:
        self.client = Client(raise_request_exception=False)
        self.client.handler = self.handler
        if username:
            self.client.force_login(Member.objects.get(username=username), backend=BACKEND)

    def get(self, path: str, **headers: str) -> Any:
        return self.client.get(path, headers=headers)

    def post(self, path: str, **fields: Any) -> Any:
        return self.client.post(path, fields)

    def send(self, path: str, **fields: Any) -> Any:
        return self.client.post(path, {**hidden(self.get(path)), **fields})


def hidden(page: Any) -> dict[str, str]:
    """The hidden fields of a page, the last form's where several have one of a name."""
    assert page.status_code == 200, (page.status_code, words(page)[:300])
    return {name: value for name, value in HIDDEN.findall(page.text) if name != "next"}


def words(page: Any) -> str:
    """What a person reads of a page's main part."""
    main = page.text.partition("<main")[2] or page.text
    text = re.sub(r"<[^>]+>", " ", re.sub(r"<svg.*?</svg>", "", main, flags=re.S))
    return re.sub(r"\s+", " ", unescape(text)).strip()


def summary(page: Any) -> list[str]:
    """The lines of the error summary."""
    _, found, rest = page.text.partition('class="error-summary"')
    listed = rest.partition("</ul>")[0] if found else ""
    return [unescape(re.sub(r"<[^>]+>", "", line)) for line in re.findall(r"<li>(.*?)</li>", listed)]
