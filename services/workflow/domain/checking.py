"""What the checks of a definition have in common."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

from services.workflow.domain.faults import KeyFault, KeyPath
from services.workflow.domain.scoring import plain

CODE = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}")
DAY = re.compile(r"\d\d-\d\d", re.ASCII)
LEAP_YEAR = 2024


def duplicates(codes: Sequence[str]) -> Iterator[int]:
    """Places of the codes that stood there before; a missing code is a fault of its own."""
    seen: set[str] = set()
    for place, code in enumerate(codes):
        if code and code in seen:
            yield place
        seen.add(code)


def duplicate(at: KeyPath, code: str) -> KeyFault:
    return KeyFault(at, "programme.duplicate", {"given": code})


def out_of_range(at: KeyPath, least: object, most: object) -> KeyFault:
    bounds = [plain(bound) if isinstance(bound, Decimal) else str(bound) for bound in (least, most)]
    return KeyFault(at, "programme.out_of_range", {"least": bounds[0], "most": bounds[1]})


def unknown_codes(codes: Iterable[str], known: Iterable[str]) -> Iterator[tuple[int, str]]:
    """Places and codes of those that nothing is known by."""
    names = set(known)
    yield from ((place, code) for place, code in enumerate(codes) if code not in names)


def outside_share(at: KeyPath, share: Fraction | None) -> Iterator[KeyFault]:
    """A share is above nothing and at most everything."""
    if share is not None and not 0 < share <= 1:
        yield out_of_range(at, 0, 1)


def is_day_of_year(text: str) -> bool:
    """Whether a text is a month and day, such as 04-10."""
    if not DAY.fullmatch(text):
        return False
    try:
        date.fromisoformat(f"{LEAP_YEAR}-{text}")
    except ValueError:
        return False
    return True


def bad_days(at: KeyPath, days: Iterable[tuple[str, str]]) -> Iterator[KeyFault]:
    """Keys whose text is there and is no day of the year."""
    for key, text in days:
        if text and not is_day_of_year(text):
            yield KeyFault((*at, key), "programme.bad_day", {"given": text[:20]})
