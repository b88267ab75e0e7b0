"""The chain of the ledger: recomputed here from its description, by other means."""

import datetime as dt
import hashlib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.workflow.domain.entry_hash import GENESIS, canonical, entry_hash, microseconds, reason_digest

AT = dt.datetime(2026, 3, 2, 1, 2, 3, 456789, tzinfo=dt.UTC)
FIRST: dict[str, Any] = {
    "case": 17, "seq": 1, "source": "", "target": "draft", "leg": 0, "step": "create", "actor": 5, "office": 6,
    "at": AT, "reason": "", "previous": GENESIS,
}  # fmt: skip


def test_the_hash_is_that_of_the_canonical_text() -> None:
    text = (
        '{"actor":5,"at":1772413323456789,"case":17,"leg":0,"office":6,"previous":"","reason":"","seq":1,'
        '"source":"","step":"create","target":"draft"}'
    )

    assert entry_hash(**FIRST) == hashlib.sha256(text.encode()).hexdigest()


def test_what_is_absent_is_null() -> None:
    text = (
        '{"actor":null,"at":1772413323456789,"case":17,"leg":null,"office":null,"previous":"","reason":"","seq":1,'
        '"source":"","step":"create","target":"draft"}'
    )

    assert entry_hash(**FIRST | {"actor": None, "office": None, "leg": None}) == (
        hashlib.sha256(text.encode()).hexdigest()
    )


@pytest.mark.parametrize("part", FIRST)
def test_the_hash_depends_on(part: str) -> None:
    other = AT + dt.timedelta(microseconds=1) if part == "at" else f"{FIRST[part]}1" if part in {
        "source", "target", "step", "reason", "previous"
    } else FIRST[part] + 1  # fmt: skip

    assert entry_hash(**FIRST | {part: other}) != entry_hash(**FIRST)


def test_the_zone_a_moment_is_told_in_does_not_matter() -> None:
    shanghai = AT.astimezone(dt.timezone(dt.timedelta(hours=8)))

    assert entry_hash(**FIRST | {"at": shanghai}) == entry_hash(**FIRST)


@given(st.integers(0, 10**17))
def test_microseconds_lose_no_digit(exact: int) -> None:
    """In a float of 64 bits the last digit goes from 2255 on."""
    moment = dt.datetime(1970, 1, 1, tzinfo=dt.UTC) + dt.timedelta(microseconds=exact)

    assert microseconds(moment) == exact


@given(st.text(), st.text(min_size=1))
def test_a_reason_is_told_apart_only_with_its_salt(text: str, salt: str) -> None:
    digest = reason_digest(text, salt)

    assert digest == (
        "" if not text else hashlib.sha256(f"{salt}{text}".encode("utf-8", "strict")).hexdigest()
    )
    assert not text or digest != reason_digest(text, "")


@given(
    st.dictionaries(
        st.sampled_from("abcdef"), st.none() | st.integers() | st.sampled_from(["桂冠", "é\n", '"'])
    )
)
def test_the_canonical_text_does_not_depend_on_the_order_of_writing(values: dict[str, Any]) -> None:
    turned = dict(reversed(values.items()))

    assert canonical(turned) == canonical(values)


def test_the_canonical_text_keeps_characters_as_they_are() -> None:
    assert canonical({"b": "文明 é", "a": None}) == '{"a":null,"b":"文明 é"}'.encode()


texts = st.text(max_size=30)
numbers = st.none() | st.integers(0, 2**53)


@given(texts, texts, texts, texts, texts, numbers, numbers, numbers)
def test_the_text_that_is_hashed_is_the_canonical_one(  # noqa: PLR0913  # the layout has these fields
    source: str,
    target: str,
    step: str,
    reason: str,
    previous: str,
    leg: int | None,
    actor: int | None,
    office: int | None,
) -> None:
    values: dict[str, Any] = {
        "case": 17, "seq": 2, "source": source, "target": target, "leg": leg, "step": step, "actor": actor,
        "office": office, "reason": reason, "previous": previous,
    }  # fmt: skip

    text = canonical({**values, "at": microseconds(AT)})

    assert entry_hash(**values, at=AT) == hashlib.sha256(text).hexdigest()
