"""What differs between two versions, in words."""

from django.utils.translation import override

from services.workflow.domain.differences import Change, Difference
from services.workflow.wording.differences import CHANGES, difference_line


def test_every_sort_of_change_has_a_word() -> None:
    assert set(CHANGES) == set(Change)


def test_a_line_says_at_which_key_and_from_what_to_what() -> None:
    changed = Difference(("quota", "number"), Change.CHANGED, "10", "12")
    added = Difference(("legs", "notice"), Change.ADDED, after="公示")

    with override("zh-hans"):
        chinese = difference_line(changed)
    with override("en"):
        english = difference_line(added)

    assert (chinese, english) == ("quota.number · 改动 · 10 → 12", "legs.notice · added · 公示")
