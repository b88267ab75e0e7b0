"""live.js in a browser: one fetch for a burst, polling without a socket, nothing missed over a cut."""

import json
import threading
import time
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import expect, sync_playwright

from services.notify.config import Config
from tests.chromium import launched
from tests.notify.conftest import Served, ticket

STATIC = Path(__file__).parents[2] / "services/workflow/web/static"
PAGE = """<!doctype html><meta charset="utf-8"><body data-topics="{topic}" data-live-since="{since}"
 data-ws-url="ws://127.0.0.1:{port}/ws/" data-live-poll="{poll}">
<p data-live data-text-live="实时" data-text-reconnecting="已断开,重连中"></p>
<div id="part" data-live-fragment="/fragment"{swap}>0</div>
<div data-live-fragment="/other" data-live-match="case:other">0</div>
<input id="field">{htmx}<script src="/laurel/live.js"></script>"""


class Site:
    """The pages beside notify, and what was asked of them."""

    def __init__(self):
        self.topic = ""
        self.asked: list[str] = []
        self.page = ""
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                site.asked.append(self.path)
                self.send_response(HTTPStatus.OK)
                self.send_header(
                    "Content-Type", "text/javascript" if self.path.endswith(".js") else "text/html"
                )
                self.end_headers()
                self.wfile.write(site.answer(self.path))

            def do_POST(self):
                site.asked.append(self.path)
                wanted = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["topics"]
                self.send_response(HTTPStatus.OK)
                self.end_headers()
                self.wfile.write(json.dumps({"ticket": ticket(*wanted), "topics": wanted}).encode())

            def log_message(self, *arguments):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.origin = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def answer(self, path):
        if path.endswith(".js"):
            return (STATIC / path.lstrip("/")).read_bytes()
        if path == "/fragment":
            number = self.asked.count("/fragment")
            return (
                f'<div id="part" data-live-fragment="/fragment" hx-swap="outerHTML">{number}</div>'.encode()
            )
        if path == "/other":
            return b'<div data-live-fragment="/other" data-live-match="case:other">1</div>'
        return self.page.encode()


@pytest.fixture(scope="module")
def one_site():
    site = Site()
    yield site
    site.server.shutdown()
    site.server.server_close()


@pytest.fixture
def site(one_site, topic):
    """The site with a page about a topic of this test's own."""
    one_site.topic = topic
    one_site.asked.clear()
    return one_site


def start_node(site, settings, port=0):
    # Pages take two missing heartbeats for a dead line and connect anew; on a busy machine 0.2 s are missed.
    more = {"origins": frozenset({site.origin}), "heartbeat_s": 3.0}
    node = Served(Config(**{**settings, **more}), port)
    node.start()
    return node


@pytest.fixture(scope="module")
def node(one_site, settings_of_a_node):
    node = start_node(one_site, settings_of_a_node)
    yield node
    node.stop()


@pytest.fixture(scope="module")
def browser(chromium):
    with sync_playwright() as playwright, launched(playwright, chromium) as browser:
        yield browser


@pytest.fixture
def browser_page(browser):
    page = browser.new_page()
    yield page
    page.close()


def open_page(page, site, port, since, *, htmx=True, poll=60):
    site.page = PAGE.format(
        topic=site.topic,
        since=since,
        port=port,
        poll=poll,
        swap=' hx-swap="outerHTML"' if htmx else "",
        htmx='<script src="/vendor/htmx.min.js"></script>' if htmx else "",
    )
    page.goto(site.origin + "/")


@pytest.mark.parametrize("htmx", [True, False])
def test_a_burst_is_one_request(site, node, writer, browser_page, htmx):
    open_page(browser_page, site, node.port, writer.cursor(), htmx=htmx)
    state = browser_page.locator("[data-live]")
    expect(state).to_have_text("实时")
    site.asked.clear()

    writer.connection.execute(
        "INSERT INTO ledger (type, topics)"
        " SELECT 'declaration.endorse', ARRAY[%s] FROM generate_series(1, 20)",
        (site.topic,),
    )
    writer.ring()

    expect(browser_page.locator("#part")).to_have_text("1")
    time.sleep(0.5)
    assert site.asked == ["/fragment"]


def test_without_a_socket_it_says_so_and_polls(site, node, writer, browser_page):
    open_page(browser_page, site, 1, writer.cursor(), poll=0.3)

    expect(browser_page.locator("[data-live]")).to_have_text("已断开,重连中")
    expect(browser_page.locator("[data-live]")).to_have_attribute("data-state", "reconnecting")
    browser_page.wait_for_function("Number(document.getElementById('part').textContent) >= 2")


def test_over_a_cut_nothing_is_missed(site, writer, settings_of_a_node, browser_page):
    events = (
        "window.seen = []; document.addEventListener('laurel:event', (e) => window.seen.push(e.detail.seq))"
    )
    node = start_node(site, settings_of_a_node)
    open_page(browser_page, site, node.port, writer.cursor())
    state = browser_page.locator("[data-live]")
    expect(state).to_have_attribute("data-state", "live")
    browser_page.evaluate(events)
    writer.write(site.topic, seq=1)
    browser_page.wait_for_function("window.seen.length === 1")

    node.stop()
    expect(state).to_have_attribute("data-state", "reconnecting")
    writer.write(site.topic, seq=2)
    again = start_node(site, settings_of_a_node, node.port)
    expect(state).to_have_attribute("data-state", "live", timeout=10_000)
    writer.write(site.topic, seq=3)

    browser_page.wait_for_function("window.seen.length === 3")
    assert browser_page.evaluate("window.seen") == [1, 2, 3]
    again.stop()


def test_a_page_missed_between_reading_and_connecting_is_told(site, node, writer, browser_page):
    since = writer.cursor()
    writer.write(site.topic, seq=1)

    open_page(browser_page, site, node.port, since)

    expect(browser_page.locator("#part")).to_have_text("1")


def test_the_end_of_the_session_asks_for_a_new_ticket(site, node, writer, browser_page):
    open_page(browser_page, site, node.port, writer.cursor())
    state = browser_page.locator("[data-live]")
    expect(state).to_have_attribute("data-state", "live")
    site.asked.clear()

    writer.write("user:7", type="session.ended", data={"session": "s7"})

    expect(state).to_have_attribute("data-state", "reconnecting")
    expect(state).to_have_attribute("data-state", "live", timeout=10_000)
    assert "/api/v1/ticket" in site.asked


def test_changed_rights_renew_the_ticket_on_the_same_socket(site, node, writer, browser_page):
    open_page(browser_page, site, node.port, writer.cursor())
    expect(browser_page.locator("[data-live]")).to_have_attribute("data-state", "live")
    site.asked.clear()

    writer.write("user:7", type="rights.changed")
    deadline = time.monotonic() + 5
    while "/api/v1/ticket" not in site.asked:
        assert time.monotonic() < deadline
        browser_page.wait_for_timeout(20)
    writer.write(site.topic, seq=1)

    expect(browser_page.locator("#part")).to_have_text("1")
    assert site.asked == ["/api/v1/ticket", "/fragment"]


def test_what_is_being_typed_is_not_taken_away(site, node, writer, browser_page):
    open_page(browser_page, site, node.port, writer.cursor())
    expect(browser_page.locator("[data-live]")).to_have_attribute("data-state", "live")
    browser_page.evaluate("document.getElementById('part').append(document.getElementById('field'))")
    browser_page.locator("#field").type("意见")

    writer.write(site.topic, seq=1)
    browser_page.wait_for_timeout(500)
    assert browser_page.locator("#field").input_value() == "意见"

    browser_page.locator("#field").blur()
    expect(browser_page.locator("#part")).to_have_text("1")


@pytest.fixture
def context(browser):
    """One browser with a profile of its own, for several pages."""
    context = browser.new_context()
    yield context
    context.close()


def two_pages(context, site, node, writer, topic):
    """A page about the site's topic, and one about another."""
    first, second = context.new_page(), context.new_page()
    open_page(first, site, node.port, writer.cursor())
    expect(first.locator("[data-live]")).to_have_attribute("data-state", "live")
    mine, site.topic = site.topic, topic
    open_page(second, site, node.port, writer.cursor())
    site.topic = mine
    expect(second.locator("[data-live]")).to_have_attribute("data-state", "live")
    for page in (first, second):
        page.evaluate(
            "window.seen = []; document.addEventListener('laurel:event', (e) => window.seen.push(e.detail.seq))"
        )
    return first, second


def websockets(node):
    return len(node.node.hub.sinks)


def test_two_pages_of_a_browser_share_one_connection(site, node, writer, context):
    before = websockets(node)
    other = f"{site.topic}-other"
    first, second = two_pages(context, site, node, writer, other)

    writer.write(site.topic, seq=1)
    writer.write(other, seq=2)
    writer.write(site.topic, other, seq=3)

    first.wait_for_function("window.seen.length === 2")
    second.wait_for_function("window.seen.length === 2")
    assert (first.evaluate("window.seen"), second.evaluate("window.seen")) == ([1, 3], [2, 3])
    assert websockets(node) == before + 1


def test_when_the_page_that_leads_is_closed_the_other_misses_nothing(site, node, writer, context):
    other = f"{site.topic}-other"
    first, second = two_pages(context, site, node, writer, other)
    writer.write(other, seq=1)
    second.wait_for_function("window.seen.length === 1")

    first.close()
    writer.write(other, seq=2)

    second.wait_for_function("window.seen.length === 2")
    expect(second.locator("[data-live]")).to_have_attribute("data-state", "live")
    writer.write(other, seq=3)
    second.wait_for_function("window.seen.length === 3")
    assert second.evaluate("window.seen") == [1, 2, 3]


def test_a_page_whose_topic_is_on_the_line_already_looks_once(site, node, writer, context):
    first, second = context.new_page(), context.new_page()
    since = writer.cursor()
    open_page(first, site, node.port, since)
    expect(first.locator("[data-live]")).to_have_attribute("data-state", "live")
    writer.write(site.topic, seq=1)
    expect(first.locator("#part")).to_have_text("1")
    site.asked.clear()

    open_page(second, site, node.port, since)

    expect(second.locator("#part")).to_have_text("1")


def test_the_state_is_read_aloud_politely():
    template = STATIC.parent / "templates/parts/live_state.html"

    assert 'role="status" aria-live="polite"' in template.read_text()
