"""A guard carries its code and its particulars."""

from typing import Any

from services.workflow.domain.guarding import refuses


def test_a_guard_carries_its_code_and_tells_nothing_more_by_itself() -> None:
    @refuses("notice.empty")
    def guard(case: Any) -> bool:
        return bool(case)

    told: Any = guard

    assert (guard(1), told.code, told.told(None)) == (True, "notice.empty", {})


def test_a_guard_tells_of_the_case() -> None:
    @refuses("notice.file_unread", told=lambda case: {"name": case})
    def guard(case: Any) -> bool:
        return False

    told: Any = guard

    assert told.told("扫描件.pdf") == {"name": "扫描件.pdf"}
