"""Addresses that others gave us: their form, and whether a connection to them may leave the house.

An address typed by a person must not turn the worker into a tool that reads the private network (SSRF): a name is
resolved by us, every answer looked at, and the connection made to exactly the address that was looked at.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from urllib.parse import urlsplit

from services.workflow.domain.refused import Refused

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network
URL_LIMIT = 500
MAIL = re.compile(r"[^@\s,;:<>()\[\]\"\\\x00-\x1f]{1,64}@(?:[A-Za-z0-9-]{1,63}\.)+[A-Za-z]{2,24}")
MOBILE = re.compile(r"(?:\+?86)?(1[3-9]\d{9})")
SECRET = re.compile(r"[\x21-\x7e]{4,120}")
# IPv6 forms that carry an IPv4 address inside: translated, 6to4, compatible, Teredo.
CARRIERS = tuple(ip_network(n) for n in ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "::/96", "2001::/32"))
ROBOT_HOSTS = {
    "wecom": ("qyapi.weixin.qq.com",),
    "dingtalk": ("oapi.dingtalk.com", "api.dingtalk.com"),
    "feishu": ("open.feishu.cn", "open.larksuite.com"),
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where an address leads, in parts; `path` with its query."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def shown(self) -> str:
        """Without the query and, of a long path, without its end: these may be secrets."""
        default = {"https": 443, "http": 80}[self.scheme]
        port = "" if self.port == default else f":{self.port}"
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}{port}{self.path.partition('?')[0][:40]}"


def read_url(url: str) -> Place:
    """An http or https address in its parts. Refused: endpoint.address_malformed."""
    malformed = Refused("endpoint.address_malformed")
    if len(url) > URL_LIMIT or not url.isprintable() or " " in url:
        raise malformed
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
        host.encode("ascii")
    except ValueError:
        raise malformed from None
    if parts.scheme not in {"http", "https"} or not host or parts.username or parts.password or "%" in host:
        raise malformed
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    if not path.isascii():
        raise malformed
    return Place(parts.scheme, host, port or (443 if parts.scheme == "https" else 80), path)


def may_reach(address: str, allowed: Sequence[Network]) -> bool:
    """Whether a connection may go there: to the public internet, or where the site's setting allows it."""
    found = ip_address(address.partition("%")[0])
    if isinstance(found, IPv6Address) and found.ipv4_mapped is not None:
        found = found.ipv4_mapped
    if is_allowed(found, allowed):
        return True
    if any(found.version == carrier.version and found in carrier for carrier in CARRIERS):
        return False
    return found.is_global and not found.is_multicast


def is_allowed(found: Address, allowed: Sequence[Network]) -> bool:
    return any(found.version == network.version and found in network for network in allowed)


def read_mail(text: str) -> str:
    """A mail address. Refused: reach.mail_malformed."""
    given = text.strip()
    if len(given) > 120 or not given.isascii() or not MAIL.fullmatch(given):
        raise Refused("reach.mail_malformed")
    return given


def read_mobile(text: str) -> str:
    """A mainland mobile number, as eleven digits. Refused: reach.mobile_malformed."""
    found = MOBILE.fullmatch(re.sub(r"[\s-]", "", text))
    if found is None:
        raise Refused("reach.mobile_malformed")
    return found[1]


def masked(text: str) -> str:
    """Enough of an address to know it by: `z…@x.cn`, `138…8000`."""
    name, at, domain = text.partition("@")
    return f"{name[:1]}…@{domain}" if at else f"{text[:3]}…{text[-4:]}"


def check_secret(text: str) -> str:
    """A robot's signing secret, or none. Refused: endpoint.secret_malformed."""
    given = text.strip()
    if given and not SECRET.fullmatch(given):
        raise Refused("endpoint.secret_malformed")
    return given
