"""Reading what a form sent beside its fields: the idempotency key, the version it was drawn at, a next address."""

from uuid import UUID

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

from services.workflow.domain.refused import Refused

VERSION_DIGITS = 9
KEY_DIGITS = 18


def key_of(request: HttpRequest) -> UUID:
    """The key made when the form was drawn; without it a form sent twice would act twice."""
    try:
        return UUID(request.POST.get("key", ""))
    except ValueError:
        raise Refused("request.key_malformed") from None


def version_of(request: HttpRequest, name: str = "version") -> int:
    """The version that the person saw."""
    given = request.POST.get(name, "")
    if not (given.isascii() and given.isdigit() and len(given) <= VERSION_DIGITS):
        raise Refused("request.version_malformed")
    return int(given)


def tick_of(value: str) -> tuple[int, int]:
    """(case, version) of a ticked row, sent as `id:version`."""
    case, version = map(number_of, value.partition(":")[::2])
    if case is None or version is None:
        raise Refused("request.version_malformed")
    return case, version


def number_of(given: str) -> int | None:
    """A key that came as text, of a row or of the last one on the page before; None where it is none."""
    return int(given) if given.isascii() and given.isdigit() and len(given) <= KEY_DIGITS else None


def next_address(request: HttpRequest, given: str | None) -> str:
    """An address of this site to go on to; the start where it is another's."""
    if given and url_has_allowed_host_and_scheme(given, allowed_hosts={request.get_host()}):
        return given
    return "/"
