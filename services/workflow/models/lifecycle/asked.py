"""What the longer steps of a declaration ask for, in the order in which a refusal is given."""

from services.workflow.domain.guards import (
    has_scored_here,
    holds_no_title,
    holds_the_titles_below,
    is_complete,
    is_not_banned,
    is_not_vetoed,
    is_on_no_negative_list,
    is_scored_by_those_asked,
    is_scored_to_decide,
    is_within_window,
    keeps_composition,
    leg_mode_is,
    may_be_evaluated_now,
    no_higher_rank_waits,
    passes_to_decide,
    quota_is_left,
    reaches_mark_here,
    round_carried,
    town_quota_is_left,
)
from services.workflow.domain.stages import Mode

TO_FILE = [
    is_within_window, is_not_banned, holds_no_title, holds_the_titles_below, is_on_no_negative_list,
    is_not_vetoed, is_complete, reaches_mark_here,
]  # fmt: skip
TO_ENDORSE = [
    leg_mode_is(Mode.SINGLE), is_not_vetoed, has_scored_here, reaches_mark_here, town_quota_is_left,
]  # fmt: skip
TO_ASSESS = [
    leg_mode_is(Mode.SCORING), is_not_vetoed, round_carried, is_scored_by_those_asked, reaches_mark_here,
]  # fmt: skip
TO_DECIDE = [
    leg_mode_is(Mode.SINGLE), is_not_vetoed, may_be_evaluated_now, has_scored_here, reaches_mark_here,
    is_scored_to_decide, passes_to_decide, is_on_no_negative_list, quota_is_left, keeps_composition,
    no_higher_rank_waits,
]  # fmt: skip
