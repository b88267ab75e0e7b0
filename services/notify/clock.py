"""PostgreSQL's own time between two looks at it; this process's wall clock decides nothing."""

import time


class DatabaseClock:
    """Measures the distance between the database's time and this process's monotonic clock."""

    def __init__(self) -> None:
        self._offset: float | None = None

    @property
    def known(self) -> bool:
        return self._offset is not None

    def measured(self, database_time: float, *, asked: float, answered: float) -> None:
        """Take a reading; `asked` and `answered` are monotonic times around the question."""
        self._offset = database_time - (asked + answered) / 2

    def now(self) -> float:
        """The database's time in epoch seconds, without the demo's offset."""
        assert self._offset is not None
        return time.monotonic() + self._offset
