"""One HTTP request to an address that somebody gave us: checked, pinned, bounded in time and size, never followed.

The standard library's client, because each of these has to be in our hands: the name is resolved here, every answer
is looked at, the connection is made to exactly that address, and TLS is still verified against the name.
"""

import http.client
import socket
import ssl
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address

from django.conf import settings

from services.workflow.domain.outside import Place, is_allowed, may_reach, read_url
from services.workflow.domain.refused import Refused

ANSWER_MOST = 16 * 1024
AGENT = "Laurel"


class Unreachable(Exception):
    """No answer: the message says why, without the address, which may be a secret."""


class Forbidden(Exception):
    """An address that this site does not call."""


@dataclass(frozen=True)
class Reply:
    status: int
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)


def post(url: str, body: bytes, headers: Mapping[str, str]) -> Reply:
    """POST and read up to 16 KiB of the answer, all within DELIVERY_TIMEOUT_S. Raises Unreachable or Forbidden."""
    try:
        place = read_url(url)
    except Refused as refusal:
        raise Forbidden(refusal.code) from None
    link = _Pinned(place, settings.DELIVERY_TIMEOUT_S)
    # The client's own time-out counts for each read; a receiver that drips would hold us for ever.
    watch = threading.Timer(settings.DELIVERY_TIMEOUT_S, link.cut)
    watch.daemon = True
    watch.start()
    try:
        link.request("POST", place.path, body=body, headers={"User-Agent": AGENT, **headers})
        answer = link.getresponse()
        told = answer.read(ANSWER_MOST)
        return Reply(answer.status, told, {name.lower(): text for name, text in answer.getheaders()})
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise Unreachable(_words(error, timed_out=link.was_cut)) from error
    finally:
        watch.cancel()
        link.close()


class _Pinned(http.client.HTTPConnection):
    """A connection to the address that was looked at, whatever the name says a moment later."""

    def __init__(self, place: Place, timeout_s: float) -> None:
        super().__init__(place.host, place.port, timeout=timeout_s)
        self._place = place
        self.was_cut = False

    def connect(self) -> None:
        address, family = _look_up(self._place)
        plain = socket.socket(family, socket.SOCK_STREAM)
        self.sock = plain
        plain.settimeout(self.timeout)
        plain.connect((address, self._place.port))
        if self._place.scheme == "https":
            self.sock = ssl.create_default_context().wrap_socket(plain, server_hostname=self._place.host)

    def cut(self) -> None:
        """End a request that has taken its time; whoever reads from the socket wakes up."""
        self.was_cut = True
        if self.sock is not None:
            try:
                self.sock.shutdown(socket.SHUT_RDWR)
            except OSError:
                return


def _look_up(place: Place) -> tuple[str, socket.AddressFamily]:
    """The first address of a host; every one of them must be allowed, so that none can be slipped in between."""
    found = socket.getaddrinfo(place.host, place.port, type=socket.SOCK_STREAM)
    addresses = [(str(entry[4][0]), entry[0]) for entry in found]
    for address, _ in addresses:
        if not may_reach(address, settings.DELIVERY_ALLOW):
            raise Forbidden("the address lies in a private network")
        if place.scheme != "https" and not is_allowed_text(address):
            raise Forbidden("only https leaves the house")
    return addresses[0]


def is_allowed_text(address: str) -> bool:
    """Whether the site's setting names the network of this address."""
    return is_allowed(ip_address(address.partition("%")[0]), settings.DELIVERY_ALLOW)


def _words(error: Exception, *, timed_out: bool) -> str:
    if timed_out or isinstance(error, TimeoutError):
        return "timed out"
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"certificate not accepted: {error.verify_message}"
    if isinstance(error, ssl.SSLError):
        return "TLS failed"
    if isinstance(error, ConnectionRefusedError):
        return "connection refused"
    if isinstance(error, socket.gaierror):
        return "name not found"
    if isinstance(error, ConnectionError | http.client.RemoteDisconnected):
        return "connection broken"
    return "no valid answer"
