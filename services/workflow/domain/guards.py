"""Conditions of the steps. Each looks at the row and its facts, and carries the code it refuses with."""

from typing import Any

from services.workflow.domain.actor import Actor
from services.workflow.domain.guarding import Guard, refuses
from services.workflow.domain.notice_gate import first_of
from services.workflow.domain.programme_rules import Outside
from services.workflow.domain.route import asked_at, scores_itself, scoring_leg
from services.workflow.domain.stages import Mode, NoticeStatus


def leg_mode_is(*modes: Mode) -> Guard:
    """The case stands at a leg that is handled in one of these ways."""

    @refuses("step.not_on_this_leg")
    def guard(case: Any) -> bool:
        return case.leg is not None and case.facts.mode(case.leg) in modes

    return guard


@refuses("leg.not_scored")
def has_scored_here(case: Any) -> bool:
    """A leg that scores for itself goes on with a complete sheet only."""
    own = case.facts.own
    return not _scores_here(case) or (own is not None and not own.missing)


@refuses("leg.below_mark")
def reaches_mark_here(case: Any) -> bool:
    """What a leg's own pass mark asks of the score given there; of the unit's own before it files."""
    leg, facts = case.facts.legs[case.leg or 0], case.facts
    if leg.pass_mark is None:
        return True
    if facts.own is not None:
        return bool(facts.own.passed)
    judged = facts.verdict
    return judged is not None and not judged.missing and judged.points >= leg.pass_mark


def _scores_here(case: Any) -> bool:
    return scores_itself(case.facts.legs[case.leg or 0])


@refuses("declaration.ladder_unmet")
def holds_the_titles_below(case: Any) -> bool:
    return not case.facts.ladder_unmet


@refuses("declaration.negative_list")
def is_on_no_negative_list(case: Any) -> bool:
    return not case.facts.incidents


@refuses("declaration.incomplete")
def is_complete(case: Any) -> bool:
    return bool(case.facts.gaps == 0)


@refuses("declaration.window_closed")
def is_within_window(case: Any) -> bool:
    return bool(case.facts.within_window)


@refuses("edition.outside_evaluating")
def may_be_evaluated_now(case: Any) -> bool:
    """Outside its window only where the programme lets it, with a warning or with a reason (commands/windows.py)."""
    return _may_act_outside(case)


@refuses("edition.outside_naming")
def may_be_named_now(case: Any) -> bool:
    return _may_act_outside(case)


def _may_act_outside(case: Any) -> bool:
    return case.facts.outside is None or case.facts.outside.rule is not Outside.REFUSE


@refuses("declaration.banned")
def is_not_banned(case: Any) -> bool:
    return case.facts.banned_until is None


@refuses("declaration.title_held")
def holds_no_title(case: Any) -> bool:
    return not case.facts.title_held


@refuses("declaration.vetoed")
def is_not_vetoed(case: Any) -> bool:
    """000, 三(二): a veto bars declaring, being evaluated and being named."""
    return not case.facts.open_vetoes


@refuses("veto.none_open")
def is_vetoed(case: Any) -> bool:
    return bool(case.facts.open_vetoes)


@refuses("veto.already_open")
def has_a_ground_left(case: Any, actor: Actor) -> bool:
    """A department raises each of its grounds once at a time."""
    own = {ground.code for ground in case.facts.definition.veto_grounds if ground.owner == actor.unit_code}
    return not own <= set(case.facts.open_vetoes)


@refuses("declaration.nothing_to_disqualify")
def is_vetoed_or_sustained(case: Any) -> bool:
    return bool(case.facts.open_vetoes or case.facts.sustained_objections)


@refuses("objection.not_sustained")
def is_sustained(case: Any) -> bool:
    return bool(case.facts.sustained_objections)


@refuses("leg.not_scored")
def has_a_scoring_leg(case: Any) -> bool:
    """There is a leg before this one at which it can be scored anew."""
    return scoring_leg(case.facts.definition, case.leg) is not None


@refuses("objection.open")
def has_no_open_objection(case: Any) -> bool:
    return not case.facts.open_objections and not case.facts.sustained_objections


@refuses("declaration.already_acted_on")
def nobody_acted_since(case: Any) -> bool:
    return case.facts.last_step in {"submit", "resubmit"}


@refuses("return.leg_not_allowed")
def may_return_there(case: Any) -> bool:
    """The leg that was chosen for the correction is one that the programme's rule allows."""
    return case.returned_to is None or case.returned_to in case.facts.may_return_to(case.leg)


@refuses("round.open")
def is_in_no_round(case: Any) -> bool:
    return bool(case.facts.round != "open")


@refuses("round.not_carried")
def round_carried(case: Any) -> bool:
    return bool(case.facts.round == "carried")


@refuses("score.incomplete")
def is_scored(case: Any) -> bool:
    return case.facts.verdict is not None and not case.facts.verdict.missing


@refuses("score.incomplete")
def is_scored_by_those_asked(case: Any) -> bool:
    """Each scoring leg brings in the criteria of its own bodies, the last one whatever is left."""
    facts = case.facts
    if facts.verdict is None:
        return False
    asked = asked_at(facts.definition, case.leg)
    by_code = facts.definition.standard.by_code
    return not any(asked is None or by_code[code].scorer in asked for code in facts.verdict.missing)


def _before_the_decision(case: Any) -> bool:
    """A leg of the evaluation that only scores for itself; the programme decides further on."""
    return not case.facts.decides_at(case.leg)


@refuses("score.incomplete")
def is_scored_to_decide(case: Any) -> bool:
    return _before_the_decision(case) or bool(is_scored(case))


@refuses("score.below_pass_mark")
def passes_to_decide(case: Any) -> bool:
    return _before_the_decision(case) or bool(passes(case))


@refuses("score.below_pass_mark")
def passes(case: Any) -> bool:
    """000, 三(二): 90 points and more pass, 90 itself included."""
    return case.facts.verdict is not None and case.facts.verdict.passed


@refuses("edition.quota_used")
def quota_is_left(case: Any) -> bool:
    return case.facts.places.quota_left is None or case.facts.places.quota_left > 0


@refuses("edition.town_quota_used")
def town_quota_is_left(case: Any) -> bool:
    return case.facts.places.town_quota_left is None or case.facts.places.town_quota_left > 0


@refuses("edition.over_composed")
def keeps_composition(case: Any) -> bool:
    return not case.facts.places.over_composed


@refuses("edition.higher_rank_waits")
def no_higher_rank_waits(case: Any) -> bool:
    return not case.facts.places.higher


@refuses("notice.not_released")
def notice_is_released(case: Any) -> bool:
    return bool(case.facts.notice == NoticeStatus.RELEASED)


@refuses("notice.still_open")
def notice_is_closed(case: Any) -> bool:
    return bool(case.facts.notice == NoticeStatus.CLOSED)


@refuses("notice.still_open")
def notice_has_ended(case: Any) -> bool:
    return bool(case.facts.ended)


@refuses("objection.bodies_still_asked")
def nobody_is_still_asked(case: Any) -> bool:
    """The finding rests on what the bodies say that were asked: they are heard, or the question is taken back."""
    return not case.facts.asked_together


@refuses("notice.end_is_provisional")
def end_is_known(case: Any) -> bool:
    return not case.facts.end_is_provisional


@refuses("notice.empty")
def has_lines(case: Any) -> bool:
    return bool(case.facts.lines)


@refuses("notice.personal_number", told=lambda case: first_of(case.facts.exposed))
def shows_nothing_personal(case: Any) -> bool:
    """No ID number, mobile number or bank card stands unmasked in title, text, lines or files."""
    return not case.facts.exposed


@refuses("notice.file_unread", told=lambda case: {"name": case.facts.unread[0]})
def is_read_or_vouched_for(case: Any) -> bool:
    """What nobody could read of a file goes out on a named person's word only."""
    return not case.facts.unread


@refuses("version.not_chosen")
def version_is_chosen(case: Any) -> bool:
    """The command has put a newer version on the row; there is no moving without saying where to."""
    return getattr(case, "chosen_version", None) is not None


@refuses("programme.cap_reached")
def cap_is_left(case: Any) -> bool:
    """A level of government admits only so many new programmes of its own a year."""
    return case.facts.cap_left is None or case.facts.cap_left > 0


@refuses("programme.withdrawn_before")
def has_no_withdrawn_namesake(case: Any) -> bool:
    return not case.facts.withdrawn_namesake
