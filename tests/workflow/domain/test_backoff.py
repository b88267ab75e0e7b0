import pytest

from services.workflow.domain.backoff import delay_s

SCHEDULE = (5.0, 30.0, 120.0)


@pytest.mark.parametrize(
    ("failures", "luck", "seconds"),
    [(1, 1.0, 5.0), (1, 0.0, 2.5), (2, 0.5, 22.5), (3, 1.0, 120.0), (9, 1.0, 120.0)],
)
def test_the_pause_grows_and_is_never_less_than_half_its_step(
    failures: int, luck: float, seconds: float
) -> None:
    assert delay_s(failures, SCHEDULE, luck) == seconds
