"""What must not be public about a person, found in a text and masked by its class.

Real lists leaked ID numbers by the tens of thousands, often typed with full-width digits, with blanks or hyphens
between, or with a small x. So a number is read as its digits, whatever stands between them on one line; ID numbers are
told from other numbers by place, day of birth and checksum, bank cards by their first digits and Luhn's sum.
"""

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

STAR = "*"
MOST_BETWEEN = 3  # signs that may stand between two digits of one number
ID_LENGTH, OLD_ID_LENGTH, MOBILE_LENGTH = 18, 15, 11
CARD_LENGTHS = range(16, 20)
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK_SIGNS = "10X98765432"
# The first two digits of an ID number: provinces, Taiwan, Hong Kong, Macao, residence permits.
PLACES = frozenset(
    "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65"
    " 71 81 82 83 91".split()
)
FIRST_YEAR, LAST_YEAR = 1880, 2099
CARD_BEGINS = ("62", "60", "4", "51", "52", "53", "54", "55", "35", "95", "94")
# How people write a mobile number in groups; single digits apart are the twelfth way.
MOBILE_GROUPS = frozenset(
    {(11,), (3, 4, 4), (3, 8), (7, 4), (5, 6), (4, 4, 3), (3, 3, 5), (1,) * MOBILE_LENGTH}
)
COUNTRY_CODES = ("86", "0086")


class Personal(StrEnum):
    """A class of what is masked."""

    ID_NUMBER = "id_number"
    MOBILE = "mobile"
    BANK_CARD = "bank_card"


@dataclass(frozen=True, slots=True)
class Find:
    """One number found between two places of a text, and how it looks masked. It never carries the number itself."""

    kind: Personal
    start: int
    end: int
    masked: str


class _Digit(NamedTuple):
    sign: str
    at: int
    apart: bool  # whether anything stands between it and the digit before


def finds_in(text: str) -> tuple[Find, ...]:
    """Every ID number, mobile number and bank card in a text, in their order, none within another."""
    found: list[Find] = []
    for run in _runs(text):
        if len(run) >= MOBILE_LENGTH:
            found.extend(_finds_in_run(run))
    return tuple(found)


def masked_text(text: str) -> str:
    """The text with each find masked where it stands."""
    parts, at = [], 0
    for find in finds_in(text):
        parts += [text[at : find.start], find.masked]
        at = find.end
    return "".join([*parts, text[at:]])


def mask(kind: Personal, number: str) -> str:
    """138****1234, 35*************123, 6222***********1234: as long as the number, its middle gone."""
    head, tail = {Personal.MOBILE: (3, 4), Personal.ID_NUMBER: (2, 3), Personal.BANK_CARD: (4, 4)}[kind]
    return number[:head] + STAR * (len(number) - head - tail) + number[-tail:]


def masked_name(name: str) -> str:
    """Of a person's name the first sign stays: 张*, 张*丰, 欧***."""
    cleaned = name.strip()
    if len(cleaned) <= 2:
        return cleaned[:1] + STAR * (len(cleaned) - 1)
    middle = STAR * (len(cleaned) - 2)
    return cleaned[0] + middle + (cleaned[-1] if len(cleaned) == 3 else STAR)


def is_id_number(number: str) -> bool:
    """18 signs by GB 11643: place, day of birth, and the checksum of ISO 7064 MOD 11-2."""
    if len(number) != ID_LENGTH or not looks_like_id(number):
        return False
    total = sum(weight * int(digit) for weight, digit in zip(WEIGHTS, number[:-1], strict=True))
    return CHECK_SIGNS[total % 11] == number[-1]


def looks_like_id(number: str) -> bool:
    """Place and day of birth are there, whatever its checksum: a sheet that kept it as a number has lost the end."""
    if len(number) != ID_LENGTH or not number[:-1].isdigit() or number[-1] not in "0123456789X":
        return False
    return number[:2] in PLACES and _is_day(number[6:14])


def _is_old_id(number: str) -> bool:
    return number.isdigit() and number[:2] in PLACES and _is_day(f"19{number[6:12]}")


def _is_day(digits: str) -> bool:
    year, month, day = int(digits[:4]), int(digits[4:6]), int(digits[6:])
    try:
        date(year, month, day)
    except ValueError:
        return False
    return FIRST_YEAR <= year <= LAST_YEAR


def is_mobile(number: str) -> bool:
    return len(number) == MOBILE_LENGTH and number.isdigit() and number[0] == "1" and number[1] in "3456789"


def is_bank_card(number: str) -> bool:
    """16 to 19 digits that begin as cards do here and fit Luhn's sum."""
    if len(number) not in CARD_LENGTHS or not number.isdigit() or not number.startswith(CARD_BEGINS):
        return False
    doubled = [int(sign) * (2 if at % 2 else 1) for at, sign in enumerate(reversed(number))]
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0 and len(set(number)) > 1


def _runs(text: str) -> Iterator[Sequence[_Digit]]:
    """Digits, and an X that may end an ID number, that stand together but for a few signs that join."""
    run: list[_Digit] = []
    between = 0
    for at, sign in enumerate(text):
        digit = _digit(sign)
        if digit:
            run.append(_Digit(digit, at, between > 0 and bool(run)))
            between = 0
        elif run and between < MOST_BETWEEN and _joins(sign):
            between += 1
        elif run:
            yield run
            run, between = [], 0
    if run:
        yield run


def _digit(sign: str) -> str:
    """0 to 9 for a digit of any script and width, X for one that may end an ID number."""
    if "0" <= sign <= "9":
        return sign
    if sign in "xXｘＸⅹⅩ×✕":
        return "X"
    if sign < "\x80":
        return ""
    value = unicodedata.digit(sign, -1)
    return str(value) if value >= 0 else ""


def _joins(sign: str) -> bool:
    """Blanks, dashes, dots between digits and signs that nobody sees; a new line or a column ends a number."""
    if sign in "\n\r\v\f\t\x1c\x1d\x1e\x85\u2028\u2029":
        return False
    return sign in "·•._−" or unicodedata.category(sign) in {"Zs", "Pd", "Cf", "Mn"}


def _finds_in_run(run: Sequence[_Digit]) -> Iterator[Find]:
    """From the left, the longest and surest class first."""
    number = "".join(digit.sign for digit in run)
    at = 0
    while at <= len(run) - MOBILE_LENGTH:
        kind, length = _kind_at(run, number, at)
        if kind is None:
            at += 1
            continue
        yield Find(kind, run[at].at, run[at + length - 1].at + 1, mask(kind, number[at : at + length]))
        at += length


def _kind_at(run: Sequence[_Digit], number: str, at: int) -> tuple[Personal | None, int]:
    # An ID number is sure enough to be seen within a longer row of digits too.
    if is_id_number(number[at : at + ID_LENGTH]):
        return Personal.ID_NUMBER, ID_LENGTH
    for kind, lengths, fits in LOOSER:
        for length in lengths:
            piece = run[at : at + length]
            if len(piece) == length and _stands_alone(run, at, length, kind) and fits(piece):
                return kind, length
    return None, 0


def _stands_alone(run: Sequence[_Digit], at: int, length: int, kind: Personal) -> bool:
    """Nothing but a blank or the end of the row on either side; +86 before a mobile number is no part of it."""
    ends = at + length == len(run) or run[at + length].apart or run[at + length].sign == "X"
    if at == 0 or run[at].apart:
        return ends
    before = _joined_before(run, at)
    return ends and kind is Personal.MOBILE and before in COUNTRY_CODES


def _joined_before(run: Sequence[_Digit], at: int) -> str:
    start = at
    while start > 0 and not run[start].apart:
        start -= 1
    return "".join(digit.sign for digit in run[start:at])


def _groups(piece: Sequence[_Digit]) -> tuple[int, ...]:
    """How many digits stand together, group by group."""
    sizes = [1]
    for digit in piece[1:]:
        if digit.apart:
            sizes.append(1)
        else:
            sizes[-1] += 1
    return tuple(sizes)


def _number(piece: Sequence[_Digit]) -> str:
    return "".join(digit.sign for digit in piece)


def _fits_mobile(piece: Sequence[_Digit]) -> bool:
    return is_mobile(_number(piece)) and _groups(piece) in MOBILE_GROUPS


def _fits_card(piece: Sequence[_Digit]) -> bool:
    groups = _groups(piece)
    in_fours = len(groups) > 1 and all(size == 4 for size in groups[:-1]) and groups[-1] <= 4
    return is_bank_card(_number(piece)) and (len(groups) <= 2 or in_fours)


def _fits_old_id(piece: Sequence[_Digit]) -> bool:
    return len(_groups(piece)) == 1 and _is_old_id(_number(piece))


LOOSER: tuple[tuple[Personal, Iterable[int], Callable[[Sequence[_Digit]], bool]], ...] = (
    (Personal.BANK_CARD, tuple(reversed(CARD_LENGTHS)), _fits_card),
    (Personal.ID_NUMBER, (OLD_ID_LENGTH,), _fits_old_id),
    (Personal.MOBILE, (MOBILE_LENGTH,), _fits_mobile),
)
