"""The product as it is served, on a copy of the cast's database, and people with a browser before it."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Page,
    ViewportSize,
    WebSocketRoute,
    expect,
    sync_playwright,
)

from services.workflow.models import Member
from tests.chromium import launched
from tests.workflow.cast import District
from tests.workflow.databases import at_the_cast, built, committed, d, transactional_db

BACKEND = "django.contrib.auth.backends.ModelBackend"
START_S = 180
PATIENCE_MS = 20_000  # a busy machine is slow, not wrong
# Whether the page hears what is pushed, where a test can wait for it.
TELLS_WHETHER_IT_HEARS = (
    "document.addEventListener('laurel:state',"
    " (event) => { document.documentElement.dataset.hears = event.detail.state; });"
)
WIDE = ViewportSize(width=1280, height=900)
PHONE = ViewportSize(width=360, height=780)


@dataclass
class Line:
    """The websocket of one person: it can be cut, and keeps cut until it is mended."""

    cut: bool = False
    open: list[WebSocketRoute] = field(default_factory=list)

    def route(self, socket_: WebSocketRoute) -> None:
        if self.cut:
            socket_.close()
            return
        socket_.connect_to_server()
        self.open.append(socket_)

    def break_off(self) -> None:
        self.cut = True
        for one in self.open:
            one.close()
        self.open.clear()


@dataclass
class Desk:
    """One person's browser: their page, their line, and what the page has asked the server for."""

    context: BrowserContext
    page: Page
    line: Line
    asked: list[str] = field(default_factory=list)

    def note(self, request: Any) -> None:
        self.asked.append(f"{request.method} {urlsplit(request.url).path}")


@dataclass
class Site:
    """The running product."""

    origin: str
    browser: Browser

    def context(self, **options: Any) -> BrowserContext:
        context = self.browser.new_context(base_url=self.origin, locale="zh-CN", **options)
        context.add_init_script(TELLS_WHETHER_IT_HEARS)
        return context

    def stranger(self, path: str, *, scripts: bool = True, viewport: ViewportSize = WIDE) -> Page:
        """Somebody without a log-in, looking at a page."""
        page = self.context(java_script_enabled=scripts, viewport=viewport).new_page()
        page.goto(path)
        return page

    def desk(self, username: str, path: str = "/", viewport: ViewportSize = WIDE) -> Desk:
        """Somebody logged in, looking at a page."""
        context = self.context(viewport=viewport)
        client = Client()
        client.force_login(Member.objects.get(username=username), backend=BACKEND)
        name = settings.SESSION_COOKIE_NAME
        context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": self.origin}])
        line = Line()
        context.route_web_socket("**/ws/", line.route)
        desk = Desk(context, context.new_page(), line)
        desk.page.on("request", desk.note)
        desk.page.goto(path)
        return desk


def hears(page: Page) -> None:
    """Wait until what is pushed reaches the page."""
    expect(page.locator("html")).to_have_attribute("data-hears", "live")


@pytest.fixture(scope="module")
def browser(chromium: Path) -> Iterator[Browser]:
    # Playwright's own loop runs in this thread; Django is still asked from one thread, one thing at a time.
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        expect.set_options(timeout=PATIENCE_MS)
        with launched(playwright, chromium) as browser:
            yield browser
            # Under that loop Django holds a second connection, which nobody else sees: it goes with this file's
            # database.
            connection.close()


@pytest.fixture(scope="module")
def origin(committed: District, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the one application behind PORT, in a process of its own."""
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    listening.listen(128)
    address = f"http://127.0.0.1:{listening.getsockname()[1]}"
    database = (
        urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}").geturl()
    )
    served = {"DATABASE_URL": database, "DB_ROLE": "laurel_web", "PUBLIC_ORIGIN": address, "DEMO": "1"}
    process = subprocess.Popen(
        [sys.executable, "-m", "deploy.serve", "services.asgi:application", str(listening.fileno())],
        env={**os.environ, **served, "DATA_DIR": str(tmp_path_factory.mktemp("data"))},
        pass_fds=(listening.fileno(),),
        cwd=settings.BASE_DIR,
    )
    listening.close()
    wait_for(address)
    yield address
    process.terminate()
    process.wait(timeout=60)


def wait_for(address: str) -> None:
    until = time.monotonic() + START_S
    while True:
        try:
            with urlopen(f"{address}/login", timeout=5):
                return
        except (URLError, TimeoutError, ConnectionError):
            assert time.monotonic() < until, "the product did not start"
            time.sleep(0.1)


@pytest.fixture
def site(origin: str, browser: Browser) -> Iterator[Site]:
    site = Site(origin, browser)
    yield site
    for context in browser.contexts:
        context.close()


__all__ = ["at_the_cast", "built", "committed", "d", "transactional_db"]
