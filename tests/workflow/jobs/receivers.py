"""What lies outside, on loopback: an HTTP receiver that does as it is told, and a mail server."""

import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_network
from typing import Any

from aiosmtpd.controller import Controller

LOOPBACK = ip_network("127.0.0.0/8")


@dataclass
class Call:
    """One request as it came in."""

    path: str
    headers: dict[str, str]
    body: bytes
    at: float

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class Receiver:
    """Answers with `status` and `answer`, each a value or a function of the number of calls so far."""

    status: int | Callable[[int], int] = 200
    answer: bytes = b'{"errcode": 0, "code": 0, "id": "gw-1"}'
    headers: dict[str, str] = field(default_factory=dict)
    delay_s: float = 0.0
    calls: list[Call] = field(default_factory=list)
    on_call: Callable[[Call], None] | None = None

    def __enter__(self) -> "Receiver":
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                told = {name.lower(): text for name, text in self.headers.items()}
                receiver.calls.append(Call(self.path, told, body, time.monotonic()))
                receiver.reply(self)

            def log_message(self, *_: object) -> None:
                pass

        class Server(ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, *_: object) -> None:
                """A client that went away is part of what is tried."""

        self.server = Server(("127.0.0.1", 0), Handler)
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.05})
        self.thread.start()
        return self

    def reply(self, handler: BaseHTTPRequestHandler) -> None:
        number = len(self.calls)
        if self.on_call is not None:
            self.on_call(self.calls[-1])
        time.sleep(self.delay_s)
        status = self.status(number) if callable(self.status) else self.status
        handler.send_response(status)
        for name, text in self.headers.items():
            handler.send_header(name, text)
        handler.send_header("Content-Length", str(len(self.answer)))
        handler.end_headers()
        handler.wfile.write(self.answer)

    def __exit__(self, *_: object) -> None:
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_address[1]}/hook"


@dataclass
class Inbox:
    """What a mail server took; `refuse` maps an address to the answer its recipient gets."""

    letters: list[EmailMessage] = field(default_factory=list)
    recipients: list[list[str]] = field(default_factory=list)
    refuse: dict[str, str] = field(default_factory=dict)
    port: int = 0

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        if address in self.refuse:
            return self.refuse[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        letter = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(letter, EmailMessage)
        self.letters.append(letter)
        self.recipients.append(list(envelope.rcpt_tos))
        return "250 taken"

    def text(self, number: int = -1) -> str:
        return str(self.letters[number].get_body(("plain",)).get_content())  # type: ignore[union-attr]

    def html(self, number: int = -1) -> str:
        return str(self.letters[number].get_body(("html",)).get_content())  # type: ignore[union-attr]


class AnyPort(Controller):
    """The controller asks its own port for a sign of life; with port 0 it is known only once it listens."""

    def _trigger_server(self) -> None:
        listening: Any = self.server
        self.port = listening.sockets[0].getsockname()[1]
        super()._trigger_server()


class MailServer:
    def __enter__(self) -> Inbox:
        inbox = Inbox()
        self.controller = AnyPort(inbox, hostname="127.0.0.1", port=0)
        self.controller.start()
        inbox.port = int(self.controller.port or 0)
        return inbox

    def __exit__(self, *_: object) -> None:
        self.controller.stop()
