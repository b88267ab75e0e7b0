"""Limits for those who act without a log-in: so many an hour from one address."""

import hashlib
import hmac
from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings
from django.db import connection

from services.workflow.domain.refused import Refused

KEPT_HOURS = 24
HOUSEHOLD_BITS = 64


def take_one(what: str, who: str, *, most: int, refusal: str) -> None:
    """Count one act of `who` within this hour, and refuse it with the given code where `most` are used up.

    The address is kept as a keyed digest only. Committed on its own, so that an act that is refused later counts too.
    """
    digest = hmac.new(settings.SECRET_KEY.encode(), network(who).encode(), hashlib.sha256).hexdigest()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO workflow_allowance AS a (what, who, hour, used)"
            " VALUES (%s, %s, date_trunc('hour', now()), 1)"
            " ON CONFLICT (what, who, hour) DO UPDATE SET used = a.used + 1 RETURNING used",
            [what, digest],
        )
        used: int = cursor.fetchone()[0]
        if used == 1:
            cursor.execute(
                "DELETE FROM workflow_allowance WHERE hour < now() - make_interval(hours => %s)", [KEPT_HOURS]
            )
    if used > most:
        raise Refused(refusal, most=most)


def network(who: str) -> str:
    """Of an IPv6 address the network that one household gets: within it anybody has as many addresses as they like."""
    try:
        address = ip_address(who)
    except ValueError:
        return who
    if not isinstance(address, IPv6Address):
        return str(address)
    if address.ipv4_mapped is not None:
        return str(address.ipv4_mapped)
    return str(ip_network((address, HOUSEHOLD_BITS), strict=False))
