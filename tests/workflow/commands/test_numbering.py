from collections.abc import Callable
from functools import partial

import pytest
from django.db import transaction

from services.workflow.commands.numbering import document_number, next_number, next_numbers
from tests.races import at_once
from tests.workflow.cast import District


def test_numbers_follow_each_other_for_each_series_and_year(d: District) -> None:
    found = [
        next_number("甲", 2026),
        next_number("甲", 2026),
        next_number("甲", 2027),
        next_number("乙", 2026),
    ]

    assert found == [1, 2, 1, 1]


def test_several_numbers_are_taken_in_a_row(d: District) -> None:
    next_number("甲", 2026)

    assert (next_numbers("甲", 2026, 3), next_number("甲", 2026)) == ([2, 3, 4], 5)


def test_a_documents_number_reads_as_on_official_papers(d: District) -> None:
    assert document_number("云文明办公示", 2026) == "云文明办公示〔2026〕1号"


def test_a_number_of_a_command_that_failed_is_given_again(d: District) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        next_number("甲", 2026)
        raise ZeroDivisionError

    assert next_number("甲", 2026) == 1


def test_numbers_have_no_gap_and_no_double_under_a_race(
    committed: District, scale: Callable[[int, int], int]
) -> None:
    each = scale(10, 100)

    def take_some(fails: bool) -> list[int]:
        taken = []
        for turn in range(each):
            try:
                with transaction.atomic():
                    number = next_number("race", 2026)
                    assert not (fails and turn % 3 == 0)
                taken.append(number)
            except AssertionError:
                continue
        return taken

    results = at_once(*[partial(take_some, fails) for fails in (True, False) * 4])

    numbers = sorted(number for result in results for number in result)
    assert numbers == list(range(1, len(numbers) + 1))
