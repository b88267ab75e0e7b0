"""The draw can be foreseen by nobody and recomputed by everybody."""

import hashlib

import pytest

from services.workflow.domain.sampling import draw_number, drawn, seed_hash

SEED = "6f1d4c"


def test_the_draw_is_the_hash_that_the_case_shows() -> None:
    by_hand = hashlib.sha256(b"6f1d4c:inspection:4711").hexdigest()

    assert draw_number(SEED, "inspection", 4711) == int(by_hand[:16], 16)


def test_about_as_many_are_drawn_as_the_leg_says_and_always_the_same() -> None:
    draws = [drawn(SEED, "inspection", case, 10) for case in range(10_000)]

    assert draws == [drawn(SEED, "inspection", case, 10) for case in range(10_000)]
    assert 900 < sum(draws) < 1100


@pytest.mark.parametrize(("percent", "number"), [(0, 0), (100, 1000)])
def test_none_of_a_hundred_are_none_and_all_are_all(percent: int, number: int) -> None:
    assert sum(drawn(SEED, "inspection", case, percent) for case in range(1000)) == number


def test_a_larger_sample_holds_the_smaller_one() -> None:
    ten = {case for case in range(1000) if drawn(SEED, "inspection", case, 10)}

    assert ten < {case for case in range(1000) if drawn(SEED, "inspection", case, 20)}


def test_legs_and_seeds_draw_apart() -> None:
    numbers = {draw_number(seed, leg, 1) for seed in ("a", "b") for leg in ("c", "d")}

    assert len(numbers) == 4
    assert seed_hash("a") == hashlib.sha256(b"a").hexdigest()
