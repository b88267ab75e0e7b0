"""How many connections one network address may hold."""

from collections import Counter

from services.notify.http import Scope


class Doors:
    """Counts connections by the client's address; none is counted where the server knows no address.

    Behind a proxy the address is the one uvicorn takes from X-Forwarded-For, which it believes only of the
    proxies named in FORWARDED_ALLOW_IPS.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._inside: Counter[str] = Counter()

    def enter(self, scope: Scope) -> str | None:
        """The address, now counted, to leave with; None when it holds as many as it may."""
        address = scope["client"][0] if scope.get("client") else ""
        if address and self._inside[address] >= self._most:
            return None
        self._inside[address] += 1
        return str(address)

    def leave(self, address: str) -> None:
        self._inside[address] -= 1
        if not self._inside[address]:
            del self._inside[address]
