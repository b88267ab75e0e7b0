import pytest

from services.workflow.domain.backoff import delay_s, is_dead

SCHEDULE = (5.0, 30.0, 120.0)


@pytest.mark.parametrize(
    ("failures", "luck", "seconds"),
    [(1, 1.0, 5.0), (1, 0.0, 2.5), (2, 0.5, 22.5), (3, 1.0, 120.0), (9, 1.0, 120.0)],
)
def test_the_pause_grows_and_is_never_less_than_half_its_step(
    failures: int, luck: float, seconds: float
) -> None:
    assert delay_s(failures, SCHEDULE, luck) == seconds


@pytest.mark.parametrize(
    ("attempts", "age_s", "dead"), [(1, 0, False), (3, 155, False), (4, 0, True), (1, 155.1, True)]
)
def test_a_letter_is_dead_by_its_tries_or_by_its_age(attempts: int, age_s: float, dead: bool) -> None:
    assert is_dead(attempts, age_s, SCHEDULE) is dead
