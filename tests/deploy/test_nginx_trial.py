"""The proxy's configuration in a real nginx before a web process that counts what it is asked."""

import os
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from deploy.nginx_trial import nginx, product_behind, written
from tests.ports import free_port

pytestmark = [
    pytest.mark.integration,
    pytest.mark.skipif(nginx() is None, reason="未安装 nginx, 跳过代理测试 / nginx is not installed"),
]
CACHED = "public, s-maxage=5, stale-while-revalidate=60"
PRIVATE = ("/notices/1/edit", "/documents", "/cases/1")


@dataclass
class Site:
    """nginx, and the web process behind it."""

    port: int
    web: ThreadingHTTPServer
    asked: list[str] = field(default_factory=list)
    told: dict[str, str] = field(default_factory=dict)

    def get(self, path: str, method: str = "GET", **headers: str) -> tuple[int, bytes]:
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=10)) as link:
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            link.request(method, path, headers=named)
            answer = link.getresponse()
            return answer.status, answer.read()


@pytest.fixture(scope="module")
def running(tmp_path_factory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("nginx")
    asked: list[str] = []
    told: dict[str, str] = {}

    class Web(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(f"{self.command} {self.path}")
            told.update(self.headers.items())
            body = f"{len(asked)}".encode()
            self.send_response(200)
            private = self.path in PRIVATE or "/object" in self.path
            if not private:
                self.send_header("Cache-Control", CACHED)
                self.send_header("Vary", "Cookie")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_POST = do_GET

        def log_message(self, *args: Any) -> None:
            """Nothing."""

    web = ThreadingHTTPServer(("127.0.0.1", 0), Web)
    threading.Thread(target=web.serve_forever, daemon=True).start()
    site = Site(free_port(), web, asked, told)
    user = "user root;" if os.getuid() == 0 else ""
    path = written(folder, product_behind(folder, site.port, web.server_address[1]), user=user)
    child = subprocess.Popen([nginx() or "", "-c", str(path), "-e", str(folder / "error.log")])
    try:
        wait_for(site)
        yield site
    finally:
        child.terminate()
        child.wait(10)
        web.shutdown()
        web.server_close()


def wait_for(site: Site) -> None:
    for _ in range(200):
        try:
            site.get("/healthz")
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError("nginx does not get up")


@pytest.fixture
def site(running: Site) -> Site:
    running.asked.clear()
    return running


@pytest.mark.parametrize(
    "path", ["/notices", "/register/A-1", "/decisions/3", "/register.csv", "/api/v1/public/honours"]
)
def test_the_application_is_asked_once_however_many_read(site, path):
    answers = {site.get(f"{path}?once") for _ in range(30)}

    assert (answers, site.asked) == ({(200, b"1")}, [f"GET {path}?once"])


def test_readers_with_other_cookies_get_the_same_page_and_large_type_another(site):
    plain = site.get("/notices/7")
    others = [site.get("/notices/7", Cookie=f"sessionid={n}") for n in range(5)]
    large = site.get("/notices/7", Cookie="sessionid=1; laurel_type=large")
    english = site.get("/notices/7", Cookie="django_language=en")

    assert set(others) == {plain} and len({plain, large, english}) == 3
    assert len(site.asked) == 3


@pytest.mark.parametrize("path", [*PRIVATE, "/notices/1/object"])
def test_what_is_not_for_all_is_asked_for_each_time(site, path):
    assert len({site.get(path) for _ in range(4)}) == len(site.asked) == 4


def test_what_is_sent_goes_through(site):
    site.get("/notices/8")
    site.get("/notices/8", method="POST")
    site.get("/api/v1/public/notices/8/objections", method="POST")

    assert site.asked == [
        "GET /notices/8",
        "POST /notices/8",
        "POST /api/v1/public/notices/8/objections",
    ]


def test_answers_of_the_api_differ_by_what_was_accepted(site):
    text = site.get("/api/v1/public/log/checkpoint", Accept="text/plain")
    data = site.get("/api/v1/public/log/checkpoint", Accept="application/json")

    assert text != data and text == site.get("/api/v1/public/log/checkpoint", Accept="text/plain")


@pytest.mark.parametrize("path", ["/notices/9", "/api/v1/public/notices/9", "/api/v1/inbox", "/"])
def test_the_application_learns_the_address_that_was_typed_and_who_asks(site, path):
    site.get(path, X_Forwarded_For="1.2.3.4")

    told = {name: site.told.get(name) for name in ("Host", "X-Forwarded-Proto", "X-Forwarded-For")}
    assert told == {
        "Host": f"127.0.0.1:{site.port}",
        "X-Forwarded-Proto": "http",
        "X-Forwarded-For": "127.0.0.1",
    }
