"""Reading what a person or a client gave with an act; every fault has a code and names its field."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from services.workflow.domain.refused import Refused

TEXT_LIMIT = 2000
Fields = Mapping[str, Any]


def text(fields: Fields, name: str, *, limit: int = TEXT_LIMIT, required: bool = True) -> str:
    given = fields.get(name, "")
    if not isinstance(given, str):
        raise Refused("field.not_text", field=name)
    cleaned = given.replace("\x00", "").strip()
    if required and not cleaned:
        raise Refused("field.missing", field=name)
    if len(cleaned) > limit:
        raise Refused("field.too_long", field=name, limit=limit)
    return cleaned


def day(fields: Fields, name: str) -> date:
    """A date in the form 2026-11-21."""
    try:
        return date.fromisoformat(text(fields, name, limit=10))
    except ValueError:
        raise Refused("field.not_a_date", field=name) from None


def whole(fields: Fields, name: str, *, least: int = 0, most: int = 10_000) -> int:
    given = fields.get(name)
    if isinstance(given, str) and given.strip().isdecimal():
        given = int(given.strip())
    if not isinstance(given, int) or isinstance(given, bool):
        raise Refused("field.not_a_number", field=name)
    if not least <= given <= most:
        raise Refused("field.out_of_range", field=name, least=least, most=most)
    return given


def choice(fields: Fields, name: str, choices: tuple[str, ...]) -> str:
    given = text(fields, name)
    if given not in choices:
        raise Refused("field.not_a_choice", field=name, choices=", ".join(choices))
    return given


def decimal(given: object, name: str) -> Decimal:
    try:
        number = Decimal(str(given).strip())
    except InvalidOperation:
        raise Refused("field.not_a_number", field=name) from None
    if not number.is_finite() or abs(number) >= 10**10:
        raise Refused("field.out_of_range", field=name, least=0, most=10**10)
    return number
