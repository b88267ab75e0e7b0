"""What is kept of public answers, for whom, and how long."""

import asyncio
import hashlib
from collections.abc import Sequence
from typing import Any

import pytest

from services import public_cache
from services.public_cache import Kept, key_of, limits_of

CACHED = b"public, s-maxage=5, stale-while-revalidate=60"


class App:
    """An application that counts what it is asked; its answers carry that number."""

    def __init__(
        self, control: bytes = CACHED, *, status: int = 200, more: Sequence[tuple[bytes, bytes]] = ()
    ) -> None:
        self.asked, self.control, self.status, self.more = 0, control, status, more
        self.commands, self.wait_s, self.named = 0, 0.0, True

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        self.asked += 1
        number = self.asked
        await asyncio.sleep(self.wait_s)
        headers = [(b"Cache-Control", self.control), *self.more]
        if self.named:
            headers.append((b"ETag", b'"%d"' % number))
        await send({"type": "http.response.start", "status": self.status, "headers": headers})
        await send({"type": "http.response.body", "body": b"answer %d" % number})


@pytest.fixture
def clock(monkeypatch):
    moment = [1000.0]
    monkeypatch.setattr(public_cache, "monotonic", lambda: moment[0])
    return moment


async def ask(kept: Kept, path: str = "/notices/1", method: str = "GET", **headers: str) -> tuple[int, bytes]:
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    told = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    scope = {"type": "http", "method": method, "path": path, "query_string": b"", "headers": told}
    await kept(scope, public_cache.empty, send)
    return sent[0]["status"], b"".join(one.get("body", b"") for one in sent[1:])


def kept_of(app: App) -> Kept:
    return Kept(app, lambda: app.commands)


def test_a_second_asker_gets_the_same_bytes_and_nobody_else_is_asked(clock):
    app = App()

    async def story() -> list[Any]:
        kept = kept_of(app)
        return [
            await ask(kept),
            await ask(kept),
            await ask(kept, method="HEAD"),
            await ask(kept, if_none_match='"1"'),
        ]

    assert asyncio.run(story()) == [(200, b"answer 1"), (200, b"answer 1"), (200, b""), (304, b"")]
    assert app.asked == 1


def test_after_its_time_the_old_bytes_go_out_while_new_ones_are_fetched(clock):
    app = App()

    async def story() -> list[Any]:
        kept = kept_of(app)
        first = await ask(kept)
        clock[0] += 6
        old = await ask(kept)
        await asyncio.sleep(0.01)
        new = await ask(kept)
        clock[0] += 66
        return [first, old, new, await ask(kept)]

    answers = [body for _, body in asyncio.run(story())]
    assert answers == [b"answer 1", b"answer 1", b"answer 2", b"answer 3"]


def test_after_a_command_of_this_process_nobody_gets_the_old_bytes(clock):
    app = App()

    async def story() -> list[Any]:
        kept = kept_of(app)
        first = await ask(kept)
        app.commands += 1
        clock[0] += 0.3
        return [first, await ask(kept)]

    assert [body for _, body in asyncio.run(story())] == [b"answer 1", b"answer 2"]


def test_many_who_come_at_once_are_fetched_for_once(clock):
    app = App()
    app.wait_s = 0.02

    async def story() -> list[Any]:
        kept = kept_of(app)
        return await asyncio.gather(*(ask(kept) for _ in range(50)))

    assert set(asyncio.run(story())) == {(200, b"answer 1")}
    assert app.asked == 1


def test_who_joins_a_fetch_that_began_before_a_command_gets_one_after_it(clock):
    app = App()
    app.wait_s = 0.02

    async def story() -> tuple[Any, Any]:
        kept = kept_of(app)
        early = asyncio.create_task(ask(kept))
        await asyncio.sleep(0.005)
        app.commands += 1
        return await ask(kept), await early

    assert asyncio.run(story()) == ((200, b"answer 2"), (200, b"answer 1"))


@pytest.mark.parametrize(
    "app",
    [
        App(b"private, no-store"),
        App(b"public, max-age=3"),
        App(status=404),
        App(more=[(b"Set-Cookie", b"a=b")]),
    ],
    ids=["private", "without s-maxage", "not found", "with a cookie"],
)
def test_what_is_not_for_all_is_kept_for_nobody(clock, app):
    async def story() -> list[Any]:
        kept = kept_of(app)
        return [await ask(kept), await ask(kept)]

    assert [body for _, body in asyncio.run(story())] == [b"answer 1", b"answer 2"]


@pytest.mark.parametrize("path", ["/", "/inbox", "/cases/1", "/api/v1/inbox", "/noticesx", "/login"])
def test_other_addresses_pass_by(clock, path):
    app = App()

    async def story() -> None:
        kept = kept_of(app)
        await ask(kept, path)
        await ask(kept, path)

    asyncio.run(story())
    assert app.asked == 2


def key(path: str, **headers: str) -> Any:
    told = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return key_of({"path": path, "query_string": b"", "headers": told})[0]


def test_a_page_differs_by_host_type_and_language_and_by_nothing_else_of_a_cookie():
    plain = key("/notices", host="a")

    assert key("/notices", host="a", cookie="sessionid=x; csrftoken=y") == plain
    assert key("/notices", host="a", accept="text/html", accept_language="en") == plain
    others = [
        key("/notices", host="b"),
        key("/notices", host="a", cookie="sessionid=x; laurel_type=large"),
        key("/notices", host="a", cookie="django_language=en"),
    ]
    assert len({plain, *others}) == 4


def test_an_answer_of_the_api_differs_by_what_it_accepts():
    assert key("/api/v1/public/honours", accept_language="en") != key("/api/v1/public/honours")
    assert key("/api/v1/public/honours", cookie="laurel_type=large") == key("/api/v1/public/honours")


@pytest.mark.parametrize(
    ("control", "limits"),
    [(CACHED, (5.0, 60.0)), (b"public, s-maxage=5", (5.0, 0.0)), (b"s-maxage=5", None), (b"", None)],
)
def test_the_limits_are_those_of_the_header(control, limits):
    assert limits_of(control) == limits


def test_memory_has_a_bound(clock, monkeypatch):
    monkeypatch.setattr(public_cache, "MOST_ENTRIES", 3)
    app = App()

    async def story() -> int:
        kept = kept_of(app)
        for number in range(9):
            await ask(kept, f"/notices/{number}")
        return len(kept._entries)

    assert asyncio.run(story()) == 3


def test_what_names_no_etag_gets_one_of_its_bytes(clock):
    app = App()
    app.named = False
    digest = hashlib.sha256(b"answer 1").hexdigest()[:32]

    async def story() -> list[Any]:
        kept = kept_of(app)
        return [await ask(kept), await ask(kept, if_none_match=f'W/"{digest}"')]

    assert asyncio.run(story()) == [(200, b"answer 1"), (304, b"")]
