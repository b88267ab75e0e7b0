"""What is found in a text and how it is masked, tried with numbers made up by their own rules."""

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from services.workflow.domain.masking import (
    PLACES,
    Find,
    Personal,
    finds_in,
    is_bank_card,
    is_id_number,
    mask,
    masked_name,
    masked_text,
)

ID, OLD_ID, MOBILE, CARD = "350102199001011238", "350102900101123", "13812341234", "6222021234567890128"
FULL_WIDTH = str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")
BETWEEN = st.sampled_from(["", " ", "-", "－", "\u3000", "\u200b", " - ", "·"])


def checked(body: str) -> str:
    """An ID number's 17 digits with their checksum, reckoned by powers of two modulo eleven."""
    rest = sum(int(digit) * pow(2, 17 - at, 11) for at, digit in enumerate(body)) % 11
    last = (12 - rest) % 11
    return body + ("X" if last == 10 else str(last))


id_numbers = st.builds(
    lambda place, rest, born, order: checked(f"{place}{rest:04}{born:%Y%m%d}{order:03}"),
    st.sampled_from(sorted(PLACES)),
    st.integers(0, 9999),
    st.dates(dt.date(1900, 1, 1), dt.date(2026, 12, 31)),
    st.integers(0, 999),
)
mobiles = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)


def kinds(text: str) -> list[str]:
    return [str(find.kind) for find in finds_in(text)]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (f"身份证号{ID}。", "身份证号35*************238。"),
        (ID.translate(FULL_WIDTH), "35*************238"),
        ("3501 0219 9001 0112 38", "35*************238"),
        ("350102-19900101-1238", "35*************238"),
        ("11010519491231002x", "11*************02X"),
        ("证号：11010519491231002ｘ", "证号：11*************02X"),
        (OLD_ID, "35**********123"),
        (f"联系人 张三 {MOBILE}", "联系人 张三 138****1234"),
        ("138 1234 1234", "138****1234"),
        ("+86-138-1234-1234；8613812341234", "+86-138****1234；86138****1234"),
        (f"卡号{CARD}", "卡号6222***********0128"),
        ("6222 0212 3456 7890 128", "6222***********0128"),
        (f"1 {ID}", "1 35*************238"),
    ],
)
def test_what_is_found_is_masked_where_it_stands(text: str, shown: str) -> None:
    assert masked_text(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "350102199001011237",  # the checksum does not fit
        "350102199013011238",  # no such month
        "云文明办〔2026〕7号，2026年11月21日",
        "电话 0591-87654321",
        "统一社会信用代码 91350100M000100Y43",
        "12381234123",  # no mobile number begins so
        "138123412345",  # one digit too many
        "6222021234567890123",  # Luhn's sum does not fit
        "13812\n341234",
        "得分 95 88 76 54 13",
        "",
    ],
)
def test_other_numbers_are_left_alone(text: str) -> None:
    assert (finds_in(text), masked_text(text)) == ((), text)


def test_a_find_says_where_and_never_the_number() -> None:
    assert finds_in(f"甲{ID}乙{MOBILE}") == (
        Find(Personal.ID_NUMBER, 1, 19, "35*************238"),
        Find(Personal.MOBILE, 20, 31, "138****1234"),
    )


@given(id_numbers, st.lists(BETWEEN, min_size=17, max_size=17), st.booleans(), st.booleans())
def test_every_id_number_is_found_however_it_is_typed(
    number: str, between: list[str], wide: bool, small: bool
) -> None:
    typed = "".join(sign + gap for sign, gap in zip(number, [*between, ""], strict=True))
    typed = typed.lower() if small else typed
    typed = typed.translate(FULL_WIDTH) if wide else typed

    assert kinds(f"证号：{typed}（本人）") == ["id_number"]


@given(id_numbers, st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_is_no_id_number(number: str, at: int, by: int) -> None:
    wrong = number[:at] + str((int(number[at]) + by) % 10) + number[at + 1 :]

    assert is_id_number(number) and not is_id_number(wrong)


@given(mobiles, st.sampled_from(["{0}{1}{2}", "{0} {1} {2}", "{0}-{1}-{2}"]), st.booleans())
def test_every_mobile_number_is_found(number: str, form: str, wide: bool) -> None:
    typed = form.format(number[:3], number[3:7], number[7:])

    assert kinds(f"电话{typed.translate(FULL_WIDTH) if wide else typed}。") == ["mobile"]


@given(st.text(), st.one_of(id_numbers, mobiles), st.text())
def test_nothing_that_was_found_is_left_after_masking(before: str, number: str, after: str) -> None:
    text = f"{before}\n{number}\n{after}"

    assert finds_in(masked_text(text)) == ()
    assert number not in masked_text(text)


@given(st.text(max_size=80))
def test_finds_lie_apart_and_in_order(text: str) -> None:
    found = finds_in(text)

    assert all(one.end <= two.start for one, two in pairwise(found))


@given(st.integers(10**14, 10**16 - 1))
def test_a_card_with_two_neighbours_exchanged_is_another_number(body: int) -> None:
    stem = f"62{body}"
    card = next(f"{stem}{last}" for last in range(10) if _luhn(f"{stem}{last}"))
    at = next(
        (n for n in range(2, len(card) - 1) if {card[n], card[n + 1]} not in ({"0", "9"}, {card[n]})), None
    )
    assume(at is not None and len(set(card)) > 1)
    assert at is not None
    swapped = card[:at] + card[at + 1] + card[at] + card[at + 2 :]

    assert is_bank_card(card) and not is_bank_card(swapped)


def _luhn(number: str) -> bool:
    table = (0, 2, 4, 6, 8, 1, 3, 5, 7, 9)
    signs = [int(sign) for sign in reversed(number)]
    return (sum(signs[0::2]) + sum(table[sign] for sign in signs[1::2])) % 10 == 0


def test_masks_are_as_long_as_the_number() -> None:
    shown = [mask(Personal.MOBILE, MOBILE), mask(Personal.ID_NUMBER, ID), mask(Personal.BANK_CARD, CARD)]

    assert shown == ["138****1234", "35*************238", "6222***********0128"]
    assert [len(one) for one in shown] == [len(MOBILE), len(ID), len(CARD)]


@pytest.mark.parametrize(
    ("name", "shown"), [("张三", "张*"), ("张三丰", "张*丰"), ("欧阳修文", "欧***"), ("李", "李"), ("", "")]
)
def test_of_a_name_the_first_sign_stays(name: str, shown: str) -> None:
    assert masked_name(name) == shown
